/* Buyers by recency, frequency and monetary value, and into which part of
 * all of them each falls by each of the three. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "date.h"
#include "db.h"
#include "dbarray.h"
#include "money.h"
#include "num.h"
#include "quantile.h"
#include "summarycore.h"

enum { MEASURES = 3, RECENCY = 1, PART = RECENCY + MEASURES,
	NCOLUMNS = PART + MEASURES };
enum { MOST = 100 }; /* parts */

struct buyer {
	int64_t contact, measure[MEASURES]; /* days, orders, minor units */
	unsigned char part[MEASURES];
};

struct scored {
	struct buf buyers;
};

static struct buyer *
buyers(const struct scored *s)
{
	return (struct buyer *)(void *)s->buyers.text;
}

static size_t
nbuyers(const struct scored *s)
{
	return s->buyers.len / sizeof(struct buyer);
}

static const char sql_sold[] =
    "SELECT contact, last_order, orders, revenue_minor"
    "  FROM sold(NULL, :last)"
    " WHERE orders > 0";

static void
read_all(struct scored *s, struct db *db, const char *last)
{
	struct stmt *st = db_query(db, sql_sold, ARGS(STR(last)));
	struct buyer b = { 0 };
	int64_t end, day;

	date_read_day(last, &end);
	while (db_next(st)) {
		if (!date_read_day(db_text(st, 1, NULL), &day))
			continue;
		b.contact = db_int(st, 0);
		b.measure[0] = end - day;
		b.measure[1] = db_int(st, 2);
		b.measure[2] = db_int(st, 3);
		buf_add(&s->buyers, (const char *)&b, sizeof(b));
	}
	db_done(st);
}

/* One more than the number of thresholds that the measure reaches; those are
 * the quantiles and one unit. */
static void
divide(struct scored *s, int measure, int bins, double unit)
{
	struct buf values = { 0 };
	struct buyer *all = buyers(s);
	size_t n = nbuyers(s), i;
	double limits[MOST], x;
	int part;

	for (i = 0; i < n; i++) {
		x = (double)all[i].measure[measure];
		buf_add(&values, (const char *)&x, sizeof(x));
	}
	if (quantile_sort(&values) == 0)
		return;
	for (part = 1; part < bins; part++)
		limits[part - 1] = quantile_of(&values,
		    (double)part / bins) + unit;
	for (i = 0; i < n; i++) {
		x = (double)all[i].measure[measure];
		for (part = 1; part < bins && x >= limits[part - 1]; part++)
			;
		all[i].part[measure] = (unsigned char)(measure ? part :
		    bins + 1 - part);
	}
	buf_free(&values);
}

static const char *
fill(void *made, struct db *db, const char *const args[], uint64_t used)
{
	struct scored *s = made;
	const char *const days[] = { NULL, args[0] };
	struct period p;
	int64_t bins = 5;
	const char *why;
	double unit = money_unit(money_digits(calc_base()));
	int i;

	(void)used;
	if ((why = period_begin(&p, days)))
		return "the first argument is not a day";
	if (args[1] && (!num_int(args[1], &bins) || bins < 1 || bins > MOST))
		return "the second argument is not a number, 1 to 100";
	read_all(s, db, p.last);
	for (i = 0; i < MEASURES; i++)
		divide(s, i, (int)bins, i == 2 ? unit : 1);
	return NULL;
}

static int64_t
count(const void *made)
{
	return (int64_t)nbuyers(made);
}

static void
give(const void *made, int64_t row, int column, struct call *c)
{
	const struct buyer *b = &buyers(made)[row];

	if (column == 0)
		call_give_int(c, b->contact);
	else if (column < PART)
		call_give_int(c, b->measure[column - RECENCY]);
	else
		call_give_int(c, b->part[column - PART]);
}

static void
drop(void *made)
{
	struct scored *s = made;

	buf_free(&s->buyers);
}

const struct dbarray scored = {
	.name = "scored",
	.columns = "contact INTEGER, recency INTEGER, frequency INTEGER,"
	    " monetary_minor INTEGER, r INTEGER, f INTEGER, m INTEGER",
	.ncolumns = NCOLUMNS,
	.args = "to_day TEXT HIDDEN, bins TEXT HIDDEN",
	.size = sizeof(struct scored),
	.fill = fill,
	.count = count,
	.give = give,
	.drop = drop,
};
