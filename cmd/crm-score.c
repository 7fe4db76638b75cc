/* crm-score -- how promising contacts are, and by which factors. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "date.h"
#include "db.h"
#include "keys.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "score.h"
#include "who.h"

static struct {
	const char *explain, *test, *limit;
} opt;

static const struct opt opts[] = {
	TEXT(0, "explain", "CONTACT", &opt.explain,
	    "each factor of this one, and the values it saw"),
	TEXT(0, "test", "RANGE", &opt.test,
	    "did scores of its first day tell who rose by its last?"),
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	END,
};

static const struct cmd self = {
	.name = "crm-score",
	.brief = "tell how promising contacts are, and by which factors",
	.operands = "[CONTACT... | -]",
	.opts = opts,
	.more = cmd_reader,
};

static int64_t
contact(struct db *db, const char *name)
{
	struct buf why = { 0 };
	int64_t key = 0;

	if (!who_contact(db, name, &key, &why))
		die(NO, "%s", buf_get(&why));
	return key;
}

/* A column for each factor. */
static const struct outcol *
columns(struct db *db)
{
	int n = score_count(db), i;
	struct outcol *cols = arena_get(sizeof(*cols) * ((size_t)n + 4));

	cols[0] = (struct outcol){ "contact", OUT_NUMBER };
	cols[1] = (struct outcol){ "score", OUT_NUMBER };
	for (i = 0; i < n; i++)
		cols[2 + i] = (struct outcol){ score_factor(i), OUT_NUMBER };
	cols[2 + n] = (struct outcol){ "name", OUT_TEXT };
	return cols;
}

static void
explain(struct db *db)
{
	static const struct outcol cols[] = {
		{ "factor", OUT_TEXT }, { "points", OUT_NUMBER },
		{ "evidence", OUT_TEXT }, { "rule", OUT_TEXT },
		{ NULL, OUT_TEXT },
	};
	int64_t key = contact(db, opt.explain);
	struct out *out = out_open(&common.form, cols);

	print_rows(out, score_explain(db, key), print_limit(opt.limit));
	out_close(out);
}

static void
test(struct db *db)
{
	static const struct outcol cols[] = {
		{ "decile", OUT_NUMBER }, { "n", OUT_NUMBER },
		{ "hits", OUT_NUMBER }, { "rate", OUT_NUMBER },
		{ "low", OUT_NUMBER }, { "high", OUT_NUMBER },
		{ "lift", OUT_NUMBER }, { "least", OUT_NUMBER },
		{ "most", OUT_NUMBER }, { NULL, OUT_TEXT },
	};
	int64_t first, last;
	struct out *out;

	if (!date_read_range(opt.test, &first, &last))
		cmd_usage("--test: not a range of days: '%s'", opt.test);
	out = out_open(&common.form, cols);
	print_rows(out, score_test(db, first, last), print_limit(opt.limit));
	out_close(out);
}

static void
list(struct db *db, const struct operands *o)
{
	bool picked = o->input || o->nkeys > 0;
	struct out *out;

	if (picked)
		keys_pick_given(db, o->entity, o->input, o->keys, o->nkeys);
	out = out_open(&common.form, columns(db));
	print_rows(out, score_query(db, picked), print_limit(opt.limit));
	out_close(out);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct db *db;

	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (o.input + (o.nkeys > 0) + (opt.explain != NULL) +
	    (opt.test != NULL) > 1)
		cmd_usage("expected contacts, '-', --explain or --test");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	if (score_count(db) == 0)
		die(CONFIG, "no score: in crm.yaml");
	if (opt.explain)
		explain(db);
	else if (opt.test)
		test(db);
	else
		list(db, &o);
	db_close(db);
	return cmd_end(OK);
}
