/* crm-history -- what was written, when, by whom. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "date.h"
#include "db.h"
#include "history.h"
#include "num.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "value.h"
#include "who.h"

static struct {
	const char *op, *field, *by, *range, *ever, *limit;
	bool changes;
} opt;

static const struct opt opts[] = {
	TEXT(0, "op", "OP", &opt.op, "what this operation wrote"),
	TEXT(0, "field", "COLUMN", &opt.field, "only changes of this field"),
	TEXT(0, "by", "LOGIN", &opt.by, "only what this person did"),
	TEXT(0, "at", "WHEN", &opt.range, "only of this day or range"),
	TEXT(0, "ever", "FIELD=VALUE", &opt.ever,
	    "rows that ever had this value, and when"),
	TEXT('l', "limit", "N", &opt.limit, "at most so many rows"),
	FLAG(0, "changes", &opt.changes, "changes of all rows, not operations"),
	END,
};

static const struct cmd self = {
	.name = "crm-history",
	.brief = "tell what was written, when and by whom",
	.operands = "[ENTITY] [KEY]",
	.opts = opts,
	.more = cmd_reader,
};

static const struct outcol changes[] = {
	{ "op", OUT_NUMBER },
	{ "at", OUT_TEXT },
	{ "by", OUT_TEXT },
	{ "command", OUT_TEXT },
	{ "entity", OUT_TEXT },
	{ "key", OUT_TEXT },
	{ "field", OUT_TEXT },
	{ "before", OUT_TEXT },
	{ "after", OUT_TEXT },
	{ "undone_by", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static const struct outcol ops[] = {
	{ "op", OUT_NUMBER },
	{ "at", OUT_TEXT },
	{ "by", OUT_TEXT },
	{ "command", OUT_TEXT },
	{ "words", OUT_TEXT },
	{ "rows", OUT_NUMBER },
	{ "undoes", OUT_NUMBER },
	{ "undone_by", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static void
print(struct stmt *s, const struct outcol *cols)
{
	struct out *out = out_open(&common.form, cols);

	print_rows(out, s, print_limit(opt.limit));
	out_close(out);
}

static void
read_range(struct history *h)
{
	static char from[AT_SIZE], until[AT_SIZE];
	int64_t first, last;

	if (!opt.range)
		return;
	if (!date_read_range(opt.range, &first, &last))
		cmd_usage("--at: not a day or a range: '%s'", opt.range);
	h->from = date_at_text(from, date_at_of(first, 0, 0));
	h->until = date_at_text(until, date_at_of(last + 1, 0, 0) - 1);
}

/* A field by its name, its value as it is stored. */
static void
print_ever(struct db *db, const struct entity *e)
{
	static struct outcol cols[] = {
		{ NULL, OUT_NUMBER },
		{ "name", OUT_TEXT },
		{ "field", OUT_TEXT },
		{ "since", OUT_TEXT },
		{ "until", OUT_TEXT },
		{ "op", OUT_NUMBER },
		{ NULL, OUT_TEXT },
	};
	const char *equals = strchr(opt.ever, '=');
	const struct column *c;
	struct cell cell = { 0 };
	struct fault f = { 0 };

	if (!equals)
		cmd_usage("--ever: expected FIELD=VALUE, not '%s'", opt.ever);
	c = column_find(NULL, e, arena_slice(opt.ever,
	    (size_t)(equals - opt.ever)));
	if (!c || !(c->flags & PLAIN))
		cmd_usage("--ever: no field '%.*s' in %s",
		    (int)(equals - opt.ever), opt.ever, e->plural);
	if (c->type == TYPE_TEXT || c->type == TYPE_WORD)
		cell.arg = (struct arg)STR(equals + 1);
	else if (!value_read(db, c, equals + 1, NULL, &cell, &f))
		die(f.unknown ? NO : USAGE, "--ever: %s", buf_get(&f.why));
	cols[0].name = e->name;
	print(history_ever(db, e, c->name, &cell.arg), cols);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, OPERANDS_ENTITY);
	struct history h = { .field = opt.field, .by = opt.by };
	struct buf why = { 0 };
	struct db *db;

	if (o.nkeys > 1 || o.nfields || o.input)
		cmd_usage("expected one row at most");
	if (opt.op && (!num_int(opt.op, &h.op) || h.op <= 0))
		cmd_usage("--op: not a number: '%s'", opt.op);
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	read_range(&h);
	h.entity = o.nkeys || n < argc ? o.entity : NULL;
	if (o.nkeys && !who_row(db, o.entity, o.keys[0], &h.key, &why))
		die(NO, "%s", buf_get(&why));
	if (opt.ever)
		print_ever(db, o.entity);
	else if (h.entity || h.op || h.field || opt.changes)
		print(history_changes(db, &h), changes);
	else
		print(history_ops(db, &h), ops);
	db_close(db);
	return cmd_end(OK);
}
