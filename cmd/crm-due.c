/*
 * crm-due -- what is due: follow-ups, appointments, birthdays, contacts gone
 * quiet.  Made for cron: silent when nothing is.
 */
#include <string.h>

#include "ack.h"
#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "date.h"
#include "db.h"
#include "due.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "spool.h"
#include "text.h"
#include "tsv.h"
#include "value.h"
#include "who.h"

static struct {
	const char *owner, *kind, *columns, *catch_up;
	bool ack, again;
} opt;

static const struct opt opts[] = {
	TEXT(0, "owner", "STAFF", &opt.owner,
	    "only what is theirs; me: mine"),
	TEXT(0, "kind", "KIND", &opt.kind,
	    "only what is of that kind: task, birthday, invoice"),
	TEXT('o', "columns", "COLUMNS", &opt.columns,
	    "these columns, or +COLUMNS more; help lists them"),
	FLAG(0, "ack", &opt.ack,
	    "record as announced what is printed, or piped in"),
	FLAG(0, "again", &opt.again, "also what was announced already"),
	TEXT(0, "catch-up", "STEP", &opt.catch_up,
	    "look so far back for what was missed"),
	END,
};

static const struct cmd self = {
	.name = "crm-due",
	.brief = "tell what is due: follow-ups, occasions, contacts to call",
	.operands = "[WHEN | -]",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;

static int64_t
owner(void)
{
	struct buf why = { 0 };
	int64_t staff = 0;

	if (opt.owner && strcmp(opt.owner, "all") != 0 &&
	    !who_row(db, entity_find("staff"), opt.owner, &staff, &why))
		die(NO, "%s", buf_get(&why));
	return staff;
}

/* A misspelt kind would be silent for ever. */
static const char *
kind(void)
{
	static const char *const ours[] = { "task", "appointment", "invoice",
		"quote", "handoff", "cadence", "playbook", "rotting",
		"next-step", NULL };
	const char *const *lists[] = { ours, value_words("@occasions") };
	const char *near = NULL;
	int i, j;

	for (i = 0; opt.kind && i < 2; i++) {
		for (j = 0; lists[i] && lists[i][j]; j++)
			if (strcmp(lists[i][j], opt.kind) == 0)
				return opt.kind;
		if (!near && lists[i])
			near = text_nearest(opt.kind, lists[i]);
	}
	if (opt.kind)
		cmd_usage("--kind: no such kind: '%s'%s%s%s", opt.kind,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	return NULL;
}

static int64_t
catch_up(void)
{
	int64_t days = -1;

	if (opt.catch_up && (!date_span(opt.catch_up, &days) || days < 0))
		cmd_usage("--catch-up: not a step such as 7d: '%s'",
		    opt.catch_up);
	return days;
}

/* The columns of the answer, but not the key in front. */
static const struct outcol *
columns_of(struct stmt *s)
{
	int i, n = db_columns(s);
	struct outcol *cols = arena_get((size_t)n * sizeof(*cols));
	const struct queuecolumn *c;
	const char *name;

	for (i = 1; i < n; i++) {
		name = db_column_name(s, i);
		c = queuecolumn_find(due_columns, name, strlen(name));
		cols[i - 1].name = arena_copy(name);
		cols[i - 1].type = c && c->number ? OUT_NUMBER : OUT_TEXT;
	}
	return cols;
}

/* Print what is due; keys goes what was printed, if it is not NULL. */
static struct out *
print(const struct due *q, struct spool *keys)
{
	struct buf why = { 0 };
	struct stmt *s = due_query(db, q, &why);
	struct out *out;
	const char *text;
	size_t size;

	if (!s)
		cmd_usage("-o: %s", buf_get(&why));
	common.form.quiet_empty = true;
	out = out_open(&common.form, columns_of(s));
	if (keys)
		out_hold(out);
	while (db_next(s)) {
		print_row(out, s, 1);
		text = db_text(s, 0, &size);
		if (keys) {
			spool_add(keys, text, size);
			spool_add(keys, "\n", 1);
		}
	}
	db_done(s);
	return out;
}

/* Rows that name due things by their key: announced. */
static void
acknowledge(struct spool *from, const char *name)
{
	struct tsv *in = tsv_open(from, name);
	int col = tsv_bare(in) ? 0 : tsv_find(in, "due");
	struct buf why = { 0 };
	struct duekey k;

	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column 'due'");
	while (tsv_next(in)) {
		if (!ack_parse(tsv_field(in, col), &k))
			tsv_reject(in, "due", "not a due key: '%s'",
			    tsv_field(in, col));
		if (!ack_exists(db, &k, &why))
			tsv_reject(in, "due", "%s", why.text);
		ack_put(db, tsv_field(in, col), "announced", NULL, NULL);
	}
}

static void
ack_printed(const struct due *q, const char *words)
{
	struct spool *keys = spool_new();
	struct out *out;

	op_begin(db, self.name, words);
	out = print(q, keys);
	if (spool_size(keys))
		acknowledge(keys, "<rows>");
	op_end(db, !common.dry_run);
	db_close(db);
	out_close(out);
}

static void
window(struct due *q, const struct operands *o)
{
	if (o->nkeys > 1 || o->nfields)
		cmd_usage("expected one day or range");
	if (!o->nkeys)
		return;
	if (!date_read_range(o->keys[0], &q->first, &q->last))
		cmd_usage("not a day or a range: '%s'", o->keys[0]);
	q->window = true;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct due q = { .again = opt.again, .columns = opt.columns };
	struct spool *input = o.input ? spool_take(0, "<stdin>") : NULL;

	if (opt.columns && strcmp(opt.columns, "help") == 0) {
		queuecolumn_help(due_columns, &common.form);
		return cmd_end(OK);
	}
	if (o.input && (!opt.ack || o.nkeys))
		cmd_usage("'-' goes with --ack alone");
	db = db_open(db_path(common.db), opt.ack ? DB_WRITE : DB_READ);
	calc_define(db);
	calc_calendar();
	window(&q, &o);
	q.owner = owner();
	q.kind = kind();
	q.catch_up = catch_up();
	if (input) {
		op_begin(db, self.name, o.words);
		acknowledge(input, "<stdin>");
		op_end(db, !common.dry_run);
		db_close(db);
	} else if (opt.ack)
		ack_printed(&q, o.words);
	else {
		out_close(print(&q, NULL));
		db_close(db);
	}
	return cmd_end(OK);
}
