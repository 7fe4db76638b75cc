/* What a segment is, how many are in it, and what they bring. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "member.h"
#include "money.h"
#include "out.h"
#include "segment.h"
#include "summary.h"

const struct outcol member_columns[] = {
	{ "segment", OUT_TEXT }, { "tier", OUT_TEXT },
	{ "contacts", OUT_NUMBER }, { "customers", OUT_NUMBER },
	{ "share", OUT_NUMBER }, { "revenue", OUT_NUMBER },
	{ "revenue_share", OUT_NUMBER }, { "profit", OUT_NUMBER },
	{ "profit_share", OUT_NUMBER }, { "kind", OUT_TEXT },
	{ "rule", OUT_TEXT }, { "about", OUT_TEXT },
	{ "proposition", OUT_TEXT }, { NULL, OUT_TEXT },
};

const struct outcol member_names_columns[] = {
	{ "segment", OUT_TEXT }, { "kind", OUT_TEXT }, { "rule", OUT_TEXT },
	{ "about", OUT_TEXT }, { "proposition", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

/* Of a tier, or of all. */
struct weight {
	int64_t contacts, customers, revenue, profit;
};

/* tier: its place in the list of tiers; 0 where there are none */
static const char sql_make[] =
    "CREATE TEMP TABLE inside (contact INTEGER PRIMARY KEY, tier INTEGER)";

static const char sql_put[] =
    "INSERT INTO temp.inside (contact, tier)"
    " VALUES (:contact, :tier)";

static int
place_of(const struct segment *s, const char *tier)
{
	int i;

	for (i = 0; tier && i < s->ntiers - 1; i++)
		if (strcmp(s->tiers[i], tier) == 0)
			break;
	return i;
}

static void
put_all(struct db *db, const struct segment *s)
{
	struct stmt *st;

	db_scratch_begin(db, sql_make);
	st = member_query(db, s);
	while (db_next(st))
		db_run(db, sql_put, ARGS(INT(db_int(st, 0)),
		    INT(place_of(s, db_text(st, 1, NULL)))));
	db_done(st);
	db_scratch_end(db);
}

static const char sql_count[] =
    "SELECT i.tier, count(*),"
    "       total(c.role = 'customer' AND c.active = 1)"
    "  FROM temp.inside i"
    "  JOIN contact c ON c.contact = i.contact"
    " GROUP BY i.tier";

static const char sql_customers[] =
    "SELECT count(*)"
    "  FROM contact"
    " WHERE role = 'customer'"
    "   AND active = 1";

static void
count(struct db *db, struct weight of[], struct weight *all)
{
	struct stmt *st = db_query(db, sql_count, NOARGS);

	while (db_next(st)) {
		of[db_int(st, 0)].contacts = db_int(st, 1);
		of[db_int(st, 0)].customers = db_int(st, 2);
	}
	db_done(st);
	all->customers = db_number(db, sql_customers, NOARGS, 0);
}

/* Each sale once: it counts where its contact is in, else where the
 * contact's organisation is. */
static void
sum(struct db *db, struct weight of[], struct weight *all)
{
	struct buf sql = { 0 };
	struct stmt *st;
	int64_t revenue, profit;

	summary_define(db);
	buf_text(&sql, "SELECT ifnull(a.tier, o.tier) AS tier,"
	    " sum(sold.revenue_365d_minor), sum(sold.profit_365d_minor)"
	    " FROM contact t");
	column_join(&sql, FROM_SOLD);
	buf_text(&sql, " LEFT JOIN temp.inside a ON a.contact = t.contact"
	    " LEFT JOIN temp.inside o ON o.contact = t.org"
	    " WHERE sold.contact IS NOT NULL GROUP BY 1");
	st = db_prepare(db, sql.text);
	while (db_next(st)) {
		revenue = db_int(st, 1);
		profit = db_int(st, 2);
		all->revenue += revenue;
		all->profit += profit;
		if (db_arg(st, 0).type != ARG_NULL) {
			of[db_int(st, 0)].revenue = revenue;
			of[db_int(st, 0)].profit = profit;
		}
	}
	db_done(st);
	buf_free(&sql);
}

/* Percent of a whole, with one decimal; nothing of nothing. */
static void
share(struct out *out, int64_t part, int64_t whole)
{
	struct buf b = { 0 };

	if (whole > 0)
		buf_printf(&b, "%.1f", 100 * (double)part / (double)whole);
	out_word(out, whole > 0 ? b.text : NULL);
	buf_free(&b);
}

static void
amount(struct out *out, int64_t minor, int64_t all)
{
	char text[MONEY_SIZE];

	out_word(out, money_text(text, minor, money_digits(calc_base())));
	share(out, minor, all);
}

static void
describe(struct out *out, const struct segment *s)
{
	out_word(out, segment_kinds[s->kind]);
	out_word(out, s->rule ? node_text(s->rule) : NULL);
	out_word(out, s->about);
	out_word(out, s->proposition);
	out_row(out);
}

void
member_names(struct out *out)
{
	int i;

	for (i = 0; i < segment_count(); i++) {
		out_word(out, segment_at(i)->name);
		describe(out, segment_at(i));
	}
}

static void
row(struct out *out, const struct segment *s, const char *tier,
    const struct weight *w, const struct weight *all)
{
	out_word(out, s->name);
	out_word(out, tier);
	out_int(out, w->contacts);
	out_int(out, w->customers);
	share(out, w->customers, all->customers);
	amount(out, w->revenue, all->revenue);
	amount(out, w->profit, all->profit);
	describe(out, s);
}

void
member_show(struct db *db, const struct segment *s, struct out *out)
{
	struct weight all = { 0 };
	struct weight *of = arena_get(sizeof(*of) * ((size_t)s->ntiers + 1));
	int i;

	put_all(db, s);
	count(db, of, &all);
	sum(db, of, &all);
	if (!s->ntiers)
		row(out, s, NULL, of, &all);
	for (i = 0; i < s->ntiers; i++)
		row(out, s, s->tiers[i], &of[i], &all);
}
