/* Who came back: buyers by the period of their first purchase and by that of
 * each later one, gathered by one scan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalogbase.h"
#include "date.h"
#include "db.h"
#include "dbarray.h"
#include "summarycore.h"

enum { COHORT, PERIOD, AGE, BUYERS, KEPT, REVENUE, BUYERS_REVENUE,
	KEPT_REVENUE, LEAST, BUYERS_UNPRICED, KEPT_UNPRICED, NCOLUMNS };

/* Those of a cohort in a period; both are numbers of months, quarters, years
 * since the year 0. */
struct cell {
	int cohort, period;
	int64_t buyers, kept;
	int64_t revenue, buyers_revenue, kept_revenue, least;
	int64_t buyers_unpriced, kept_unpriced;
};

struct matrix {
	struct buf cells;
	struct buf hash; /* slots: the number of a cell, from 1, or 0 */
	int nslots;
	int months;         /* in a period */
	bool overflow;
};

/* What one contact did in a period, and in the one before that. */
struct visit {
	int64_t contact;
	int cohort, period;
	bool bought, before; /* before: in period - 1 */
	int64_t revenue, revenue_before, unpriced;
};

static struct cell *
cells(const struct matrix *m)
{
	return (struct cell *)(void *)m->cells.text;
}

static int
ncells(const struct matrix *m)
{
	return (int)(m->cells.len / sizeof(struct cell));
}

static int *
slot(const struct matrix *m, int cohort, int period)
{
	int *slots = (int *)(void *)m->hash.text;
	unsigned at = ((unsigned)cohort * 2654435761u ^
	    (unsigned)period * 40503u) & (unsigned)(m->nslots - 1);
	const struct cell *c;

	for (;; at = (at + 1) & (unsigned)(m->nslots - 1)) {
		if (!slots[at])
			break;
		c = &cells(m)[slots[at] - 1];
		if (c->cohort == cohort && c->period == period)
			break;
	}
	return &slots[at];
}

static void
grow(struct matrix *m)
{
	int i, n = ncells(m);
	size_t size;

	m->nslots = m->nslots ? m->nslots * 2 : 1024;
	size = (size_t)m->nslots * sizeof(int);
	memset(buf_room(&m->hash, size), 0, size);
	for (i = 0; i < n; i++)
		*slot(m, cells(m)[i].cohort, cells(m)[i].period) = i + 1;
}

static struct cell *
cell(struct matrix *m, int cohort, int period)
{
	struct cell new = { .cohort = cohort, .period = period };
	int *at;

	if (ncells(m) * 2 >= m->nslots)
		grow(m);
	at = slot(m, cohort, period);
	if (!*at) {
		buf_add(&m->cells, (char *)&new, sizeof(new));
		*at = ncells(m);
	}
	return &cells(m)[*at - 1];
}

/* A period of a contact is over. */
static void
add_visit(struct matrix *m, const struct visit *v)
{
	struct cell *c = cell(m, v->cohort, v->period);
	int64_t least = v->revenue < v->revenue_before ? v->revenue :
	    v->revenue_before;

	if (least < 0)
		least = 0;
	summary_add(&m->overflow, &c->revenue, v->revenue);
	if (v->bought) {
		c->buyers++;
		c->buyers_unpriced += v->unpriced;
		summary_add(&m->overflow, &c->buyers_revenue, v->revenue);
	}
	if (v->before) {
		c->kept += v->bought;
		c->kept_unpriced += v->unpriced;
		summary_add(&m->overflow, &c->kept_revenue, v->revenue);
		summary_add(&m->overflow, &c->least, least);
	}
}

/* "2026-08-05", or -1. */
static int
period_of(const struct matrix *m, const char *day)
{
	int i, n = 0;

	for (i = 0; i < 7; i++)
		if (i != 4) {
			if (day[i] < '0' || day[i] > '9')
				return -1;
			n = n * 10 + day[i] - '0';
		}
	return (n / 100 * 12 + n % 100 - 1) / m->months;
}

/* To a contact's next period; a contact's first purchase is its cohort. */
static void
go_on(struct matrix *m, struct visit *v, int64_t contact, int period)
{
	if (v->contact != contact) {
		if (v->contact)
			add_visit(m, v);
		*v = (struct visit) { .contact = contact, .cohort = -1,
			.period = period };
	} else if (v->period != period) {
		add_visit(m, v);
		v->before = v->bought && v->period == period - 1;
		v->revenue_before = v->revenue;
		v->revenue = v->unpriced = 0;
		v->bought = false;
		v->period = period;
	}
}

static void
scan(struct matrix *m, struct stmt *s, const struct period *p)
{
	struct visit v = { 0 };
	bool amounts = db_columns(s) > 3;
	const char *day;
	int period;

	while (db_next(s)) {
		day = db_text(s, 1, NULL);
		period = period_of(m, day);
		if (period < 0 || strcmp(day, p->last) > 0)
			continue;
		go_on(m, &v, db_int(s, 0), period);
		if (!db_int(s, 2)) {
			if (v.cohort < 0)
				v.cohort = period;
			v.bought = true;
		}
		if (amounts) {
			v.unpriced += db_arg(s, 3).type == ARG_NULL;
			summary_add(&m->overflow, &v.revenue, db_int(s, 3));
		}
	}
	if (v.contact)
		add_visit(m, &v);
}

static const char sql_days[] =
    "SELECT contact, day, refunds"
    "  FROM sale"
    " ORDER BY contact, day";

static const char sql_amounts[] =
    "SELECT s.contact, s.day, s.refunds, "
    IN_BASE("s.amount", "s.currency", "s.day")
    "  FROM sale s"
    " ORDER BY s.contact, s.day";

static int
by_place(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	return x->cohort != y->cohort ? x->cohort - y->cohort :
	    x->period - y->period;
}

/* Leave out those of periods before the first. */
static void
put_in_order(struct matrix *m, int first)
{
	struct cell *all = cells(m);
	int i, n = 0;

	for (i = 0; i < ncells(m); i++)
		if (all[i].period >= first)
			all[n++] = all[i];
	m->cells.len = (size_t)n * sizeof(*all);
	if (n > 1)
		qsort(all, (size_t)n, sizeof(*all), by_place);
}

static const char *
fill(void *made, struct db *db, const char *const args[], uint64_t used)
{
	struct matrix *m = made;
	struct period p;
	struct stmt *s;
	const char *why, *per = args[2] ? args[2] : "month";
	bool amounts = used >> REVENUE & ((1 << (NCOLUMNS - REVENUE)) - 1);

	if ((why = period_begin(&p, args)))
		return why;
	m->months = strcmp(per, "month") == 0 ? 1 :
	    strcmp(per, "quarter") == 0 ? 3 : strcmp(per, "year") == 0 ? 12 :
	    0;
	if (!m->months)
		return "no month, quarter or year";
	s = db_query(db, amounts ? sql_amounts : sql_days, NOARGS);
	scan(m, s, &p);
	db_done(s);
	put_in_order(m, *p.first ? period_of(m, p.first) : 0);
	return m->overflow ? "integer overflow" : NULL;
}

static int64_t
count(const void *made)
{
	return ncells(made);
}

static void
give_label(const struct matrix *m, int period, struct call *c)
{
	char text[32];
	int n, year = period * m->months / 12;

	if (period < 0)
		return;
	if (m->months == 1)
		n = snprintf(text, sizeof(text), "%04d-%02d", year,
		    period % 12 + 1);
	else if (m->months == 3)
		n = snprintf(text, sizeof(text), "%04d-Q%d", year,
		    period % 4 + 1);
	else
		n = snprintf(text, sizeof(text), "%04d", year);
	call_give_text(c, text, (size_t)n);
}

static void
give(const void *made, int64_t row, int column, struct call *c)
{
	const struct matrix *m = made;
	const struct cell *x = &cells(m)[row];
	const int64_t numbers[] = { x->period - x->cohort, x->buyers, x->kept,
		x->revenue, x->buyers_revenue, x->kept_revenue, x->least,
		x->buyers_unpriced, x->kept_unpriced };

	if (column <= PERIOD)
		give_label(m, column == COHORT ? x->cohort : x->period, c);
	else if (column != AGE || x->cohort >= 0)
		call_give_int(c, numbers[column - AGE]);
}

static void
drop(void *made)
{
	struct matrix *m = made;

	buf_free(&m->cells);
	buf_free(&m->hash);
}

const struct dbarray cohorted = {
	.name = "cohorted",
	.columns = "cohort TEXT, period TEXT, age INTEGER, buyers INTEGER,"
	    " kept INTEGER, revenue_minor INTEGER, buyers_minor INTEGER,"
	    " kept_minor INTEGER, least_minor INTEGER,"
	    " buyers_unpriced INTEGER, kept_unpriced INTEGER",
	.ncolumns = NCOLUMNS,
	.args = "from_day TEXT HIDDEN, to_day TEXT HIDDEN, per TEXT HIDDEN",
	.size = sizeof(struct matrix),
	.fill = fill,
	.count = count,
	.give = give,
	.drop = drop,
};
