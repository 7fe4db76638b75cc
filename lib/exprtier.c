/*
 * Tiers of customers: into which one a value falls.
 *
 * Where they are percentages the customers are ranked, once a command, when
 * the first value is asked about.  A tier ends where the number of those who
 * are at least as good exceeds its share and that of those above, rounded up:
 * equal values are in one tier, the lower one where a limit falls among them.
 */
#include <math.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "expr.h"
#include "exprcore.h"
#include "segment.h"
#include "spool.h"
#include "summary.h"

struct ranks {
	const char *sql; /* values of all customers, the best first */
	double *least;   /* of each tier but the last, once it is known */
	int64_t at;      /* at that time */
};

static struct {
	struct db *db;
	struct ranks *of; /* by the number of the segment */
} all;

/* Values that are equal. */
struct run {
	double value;
	int64_t n;
};

/* Kept as runs, since a limit takes the number of all; returns that. */
static int64_t
read_values(const char *sql, struct spool *runs)
{
	struct stmt *s = db_prepare(all.db, sql);
	struct run run = { 0 };
	int64_t n = 0;
	double value;

	for (; db_next(s) && db_arg(s, 0).type != ARG_NULL; n++) {
		value = db_real(s, 0);
		if (run.n && run.value != value) {
			spool_add(runs, &run, sizeof(run));
			run.n = 0;
		}
		run.value = value;
		run.n++;
	}
	if (run.n)
		spool_add(runs, &run, sizeof(run));
	db_done(s);
	return n;
}

/* How many there may be down to each tier but the last. */
static void
count_limits(const struct segment *s, int64_t n, int64_t limits[])
{
	double share = 0;
	int i;

	for (i = 0; i < s->ntiers - 1; i++) {
		share += s->by[i];
		limits[i] = (int64_t)ceil((double)n * share / 100 - 1e-9);
	}
}

static void
rank(const struct segment *s, struct ranks *r)
{
	int64_t *limits = arena_get(sizeof(*limits) * (size_t)s->ntiers);
	struct spool *runs = spool_new();
	int64_t n = 0;
	struct run run;
	int i;

	summary_define(all.db);
	count_limits(s, read_values(r->sql, runs), limits);
	for (i = 0; i < s->ntiers - 1; i++)
		r->least[i] = INFINITY;
	while (spool_read(runs, &run, sizeof(run)) == sizeof(run)) {
		n += run.n;
		for (i = 0; i < s->ntiers - 1; i++)
			if (n <= limits[i])
				r->least[i] = run.value;
	}
	spool_free(runs);
}

/* What the clock says may have been moved since. */
static const double *
least_of(const struct segment *s)
{
	struct ranks *r = &all.of[s->number];

	if (!s->share)
		return s->by;
	if (!r->least)
		r->least = arena_get(sizeof(*r->least) * (size_t)s->ntiers);
	else if (r->at == date_now())
		return r->least;
	r->at = date_now();
	rank(s, r);
	return r->least;
}

/* tier_of(number of a segment, value) */
static void
tier_of(struct call *c)
{
	const struct segment *s = segment_at((int)call_int(c, 0));
	double value = call_real(c, 1);
	const double *least;
	int i;

	if (call_null(c, 1))
		return;
	least = least_of(s);
	for (i = 0; i < s->ntiers - 1 && value < least[i]; i++)
		;
	call_give_text(c, s->tiers[i], strlen(s->tiers[i]));
}

static const struct function functions[] = {
	{ "tier_of", 2, tier_of },
	{ NULL, 0, NULL },
};

void
expr_ranks(struct db *db, const struct segment *s, const char *sql,
    unsigned from)
{
	struct ranks *r;
	struct buf b = { 0 };

	if (!all.of) {
		all.db = db;
		all.of = arena_get(sizeof(*all.of) * (size_t)segment_count());
		db_define(db, functions);
	}
	r = &all.of[s->number];
	if (r->sql)
		return;
	buf_printf(&b, "SELECT CAST(%s AS REAL) AS value FROM contact t", sql);
	column_join(&b, from);
	buf_text(&b, " WHERE " CUSTOMER
	    " ORDER BY value DESC");
	r->sql = arena_copy(b.text);
	buf_free(&b);
}
