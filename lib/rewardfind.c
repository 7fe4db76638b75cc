/* Whom a rule gives something, as one statement. */
#include <math.h>
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "catalogbase.h"
#include "config.h"
#include "db.h"
#include "expr.h"
#include "rewardcore.h"
#include "rule.h"

/* More than this for one sale is a slip of the rule. */
#define MOST 1e9

/* Columns of a sale that are in the base currency here. */
#define BASE(name) \
	"major(" IN_BASE("s." name, "s.currency", "s.day") \
	", base_currency()) AS once_" name "_value"
static const char *const base[] = { "amount", "cost", "discount", NULL };

static const char *
expression(const struct rewardrule *r, const char *key, struct expr_once *once)
{
	const struct node *at = node_key(r->node, key);

	return at ? rule_sql(rewards.db, entity_find(strcmp(key, "when") ?
	    "sale" : "contact"), at, key, once) : NULL;
}

/* " r.rule = 'birthday'" */
static void
of_rule(struct buf *b, const struct rewardrule *r)
{
	buf_text(b, " r.rule = ");
	expr_quote(b, r->name);
}

static void
sale_when(struct buf *b, const struct rewardrule *r, bool one)
{
	struct expr_once once = { .summed = !one };
	const char *when = expression(r, "when", &once);

	if (!when)
		return;
	if (one) {
		buf_printf(b, " AND (SELECT %s FROM contact t"
		    " WHERE t.contact = ?1)", when);
		return;
	}
	buf_text(b, " AND t.contact IN (SELECT t.contact FROM contact t");
	column_join(b, once.from);
	buf_printf(b, " WHERE %s)", when);
}

static void
sale_sql(struct buf *b, const struct rewardrule *r, bool one)
{
	struct expr_once once = { .names = base };
	const char *per = expression(r, "per", &once);
	const char *sale = expression(r, "sale", &once);
	const char *since = node_key_text(r->node, "since");

	buf_printf(b, "SELECT t.contact, (SELECT p.name FROM contact p"
	    " WHERE p.contact = t.contact), t.sale, t.day, %s, t.amount,"
	    " t.amount + ifnull((SELECT sum(n.amount) FROM sale n"
	    " WHERE n.refunds = t.sale AND n.day <= today()), 0)"
	    " FROM (SELECT s.*, " BASE("amount") ", " BASE("cost") ", "
	    BASE("discount") " FROM sale s%s) t"
	    " WHERE t.refunds IS NULL AND t.day <= today()",
	    per ? per : "1", one ? " WHERE s.contact = ?1" : "");
	if (since) {
		buf_text(b, " AND t.day >= ");
		expr_quote(b, since);
	}
	if (sale)
		buf_printf(b, " AND %s", sale);
	sale_when(b, r, one);
	buf_printf(b, " AND t.sale NOT IN (SELECT r.sale FROM reward r"
	    " WHERE r.sale IS NOT NULL AND%s",
	    one ? " r.contact = ?1 AND" : "");
	of_rule(b, r);
	buf_text(b, ") ORDER BY t.contact, t.day, t.sale");
}

/* The last day that is so long ago that it may be given again. */
static int64_t
last_day(const char *every)
{
	struct buf back = { 0 };
	int64_t day, next;

	buf_printf(&back, "-%s", every + (*every == '+'));
	if (!date_step(date_today(), back.text, &day))
		day = date_join(1, 1, 1);
	buf_free(&back);
	while (date_step(day + 1, every, &next) && next <= date_today())
		day++;
	return day;
}

static void
contact_sql(struct buf *b, const struct rewardrule *r, bool one)
{
	struct expr_once once = { .summed = !one };
	const char *when = expression(r, "when", &once);
	const char *every = node_key_text(r->node, "every");
	char day[DAY_SIZE];

	buf_text(b, "SELECT t.contact, t.name, NULL, (SELECT max(r.day)"
	    " FROM reward r WHERE r.contact = t.contact AND");
	of_rule(b, r);
	buf_text(b, "), 1, 1, 1 FROM contact t");
	column_join(b, once.from);
	buf_printf(b, " WHERE t.active = 1 AND %s%s AND t.contact NOT IN"
	    " (SELECT r.contact FROM reward r WHERE%s", when,
	    one ? " AND t.contact = ?1" : "",
	    one ? " r.contact = ?1 AND" : "");
	of_rule(b, r);
	if (every)
		buf_printf(b, " AND r.day > '%s'", date_day_text(day,
		    last_day(every)));
	buf_text(b, ") ORDER BY t.contact");
}

static struct stmt *
prepare(const struct rewardrule *r, bool one)
{
	struct buf b = { 0 };
	struct stmt *s;

	if (r->sales)
		sale_sql(&b, r, one);
	else
		contact_sql(&b, r, one);
	db_restrict(rewards.db, true);
	s = db_prepare(rewards.db, b.text);
	db_restrict(rewards.db, false);
	buf_free(&b);
	return s;
}

struct stmt *
reward_find(struct rewardrule *r, int64_t contact)
{
	if (!contact)
		return prepare(r, false);
	if (!r->one)
		r->one = prepare(r, true);
	db_bind(r->one, 1, &(struct arg)INT(contact));
	return r->one;
}

void
reward_end(const struct rewardrule *r, struct stmt *s)
{
	if (s == r->one)
		db_reset(s);
	else
		db_done(s);
}

/* Rounded down; what a binary fraction lacks to a whole number is not
 * missing. */
static int64_t
points(const struct rewardrule *r, double per, int64_t sale)
{
	double x = r->points * per;

	if (!(x > 0))
		return 0;
	if (x > MOST)
		node_reject(node_key(r->node, "per"), "per: sale %lld would "
		    "give more than a billion points", (long long)sale);
	return (int64_t)floor(x * (1 + 1e-12) + 1e-9);
}

/* What was all given back before it was rewarded is not. */
bool
reward_next(const struct rewardrule *r, struct stmt *s, struct found *f)
{
	bool counted = strcmp(r->kind, "points") == 0;

	while (db_next(s)) {
		f->contact = db_int(s, 0);
		f->name = db_text(s, 1, NULL);
		f->sale = db_int(s, 2);
		f->day = db_text(s, 3, NULL);
		f->points = points(r, db_real(s, 4), f->sale);
		f->net = reward_share(f->points, db_int(s, 6), db_int(s, 5));
		f->cost = reward_cost(r, counted ? f->net : 1);
		if (counted ? f->net > 0 : db_int(s, 6) > 0 ||
		    db_int(s, 5) <= 0)
			return true;
	}
	return false;
}
