/* Who is to get something, and what contacts have. */
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalogbase.h"
#include "config.h"
#include "db.h"
#include "money.h"
#include "print.h"
#include "rewardcore.h"

const struct outcol reward_due_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "rule", OUT_TEXT },
	{ "kind", OUT_TEXT },
	{ "what", OUT_TEXT },
	{ "since", OUT_TEXT },
	{ "cost", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

/* What one contact gets by one rule, of so many sales. */
struct sum {
	int64_t contact, points, cost, times;
	struct buf name;
	char since[DAY_SIZE];
};

/* The first of its sales; or the day on which it may be given again. */
static void
note_since(const struct rewardrule *r, const struct found *f, char *to)
{
	const char *every = node_key_text(r->node, "every");
	int64_t day;

	*to = '\0';
	if (!f->day)
		return;
	if (f->sale && date_read_day(f->day, &day))
		date_day_text(to, day);
	else if (every && date_read_day(f->day, &day) &&
	    date_step(day, every, &day))
		date_day_text(to, day);
}

static void
tell_sum(const struct rewardrule *r, struct sum *sum, struct out *out)
{
	char cost[MONEY_SIZE];
	struct buf what = { 0 };

	if (!sum->contact)
		return;
	out_key(out, sum->contact);
	out_word(out, sum->name.text);
	out_word(out, r->name);
	out_word(out, r->kind);
	if (!r->what)
		buf_printf(&what, "%lld", (long long)sum->points);
	else if (sum->times > 1)
		buf_printf(&what, "%lld x %s", (long long)sum->times,
		    r->what);
	else
		buf_text(&what, r->what);
	out_text(out, what.text, what.len);
	out_word(out, sum->since);
	out_word(out, r->costed ? money_text(cost, sum->cost,
	    money_digits(calc_base())) : NULL);
	out_row(out);
	buf_free(&what);
	sum->contact = 0;
}

static void
tell_rule(struct rewardrule *r, int64_t contact, struct out *out)
{
	struct stmt *s = reward_find(r, contact);
	static struct sum sum;
	struct found f;

	while (reward_next(r, s, &f)) {
		if (f.contact != sum.contact) {
			tell_sum(r, &sum, out);
			sum.contact = f.contact;
			sum.points = sum.cost = sum.times = 0;
			buf_clear(&sum.name);
			buf_text(&sum.name, f.name);
			note_since(r, &f, sum.since);
		}
		sum.points += f.net;
		sum.cost += f.cost;
		sum.times++;
	}
	tell_sum(r, &sum, out);
	reward_end(r, s);
}

static const char sql_picked[] =
    "SELECT key"
    "  FROM temp.picked"
    " ORDER BY n";

void
reward_due(struct db *db, struct out *out, bool picked)
{
	struct stmt *s;
	int i;

	if (!picked) {
		for (i = 0; i < rewards.n; i++)
			tell_rule(&rewards.rules[i], 0, out);
		return;
	}
	s = db_query(db, sql_picked, NOARGS);
	while (db_next(s))
		for (i = 0; i < rewards.n; i++)
			tell_rule(&rewards.rules[i], db_int(s, 0), out);
	db_done(s);
}

const struct outcol reward_balance_columns[] = {
	{ "contact", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "points", OUT_NUMBER },
	{ "vouchers", OUT_NUMBER },
	{ "gifts", OUT_NUMBER },
	{ "cost", OUT_NUMBER },
	{ "next_expiry", OUT_TEXT },
	{ "expiring", OUT_NUMBER },
	{ "expired", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

/* Of each contact the list of points is made once: LIMIT keeps SQLite from
 * merging the subqueries. */
#define BALANCE(from, order) \
	"SELECT contact, name, points_left(list), vouchers, gifts," \
	"       money(cost, base_currency())," \
	"       coalesce(min(voucher, next), voucher, next)," \
	"       iif(next <= ifnull(voucher, next), points_going(list), 0)," \
	"       points_expired(list)" \
	"  FROM (SELECT *, points_next(list) AS next" \
	"          FROM (SELECT c.contact, c.name, " POINTS_OF("c.contact") \
	"                       AS list," \
	"                       (SELECT count(*) FROM reward v" \
	"                         WHERE v.contact = c.contact" \
	"                           AND " VOUCHER_OPEN ") AS vouchers," \
	"                       (SELECT min(v.expires) FROM reward v" \
	"                         WHERE v.contact = c.contact" \
	"                           AND " VOUCHER_OPEN ") AS voucher," \
	"                       (SELECT count(*) FROM reward g" \
	"                         WHERE g.contact = c.contact" \
	"                           AND g.kind = 'gift'" \
	"                           AND g.day <= today()) AS gifts," \
	"                       (SELECT ifnull(sum(" IN_BASE("w.cost", \
	    "w.currency", "w.day") "), 0) FROM reward w" \
	"                         WHERE w.contact = c.contact" \
	"                           AND w.day <= today()) AS cost" \
	"                  FROM " from \
	"                 ORDER BY " order \
	"                 LIMIT -1)" \
	"         WHERE 1" \
	"         LIMIT -1)" \
	" WHERE 1"

static const char sql_balance[] =
    BALANCE("(SELECT DISTINCT contact FROM reward) k"
    "        JOIN contact c ON c.contact = k.contact", "k.contact");
static const char sql_balance_picked[] =
    BALANCE("temp.picked k JOIN contact c ON c.contact = k.key", "k.n");

void
reward_balance(struct db *db, struct out *out, bool picked)
{
	calc_define(db);
	calc_calendar();
	print_rows(out, db_query(db, picked ? sql_balance_picked :
	    sql_balance, NOARGS), -1);
}
