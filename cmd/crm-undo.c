/* crm-undo -- take back what an operation wrote. */
#include <string.h>

#include "calc.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "permit.h"
#include "undo.h"

static struct {
	bool strict;
} opt;

static const struct opt opts[] = {
	FLAG(0, "strict", &opt.strict,
	    "take back nothing where something would be kept"),
	END,
};

static const struct cmd self = {
	.name = "crm-undo",
	.brief = "take back what an operation wrote",
	.operands = "OP",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol cols[] = {
	{ "op", OUT_NUMBER },
	{ "entity", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ "rows", OUT_NUMBER },
	{ "key", OUT_NUMBER },
	{ "field", OUT_TEXT },
	{ "reason", OUT_TEXT },
	{ "by_op", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static struct out *out;
static int64_t op;
static bool kept;

static void
tell(const struct undone *u)
{
	kept = kept || u->key;
	out_key(out, op);
	out_word(out, u->entity);
	out_word(out, u->result);
	out_key(out, u->rows);
	out_key(out, u->key);
	out_word(out, u->field);
	out_word(out, u->reason);
	out_key(out, u->by);
	out_row(out);
}

static int64_t
number_of(const char *text_of_op)
{
	int64_t n;

	if (!num_int(text_of_op, &n) || n <= 0)
		cmd_usage("not the number of an operation: '%s'", text_of_op);
	return n;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	int64_t state;
	struct db *db;
	bool keep;

	if (o.nkeys != 1 || o.nfields || o.input)
		cmd_usage("expected the number of one operation");
	op = number_of(o.keys[0]);
	db = db_open(db_path(common.db), DB_WRITE);
	db_expect_bulk(db, DB_CHANGE);
	op_begin(db, self.name, o.words);
	state = undo_state(db, op);
	if (state == -2)
		die(NO, "operation %s forgot somebody: that is for good",
		    o.keys[0]);
	if (state < 0)
		die(NO, "unknown operation '%s'", o.keys[0]);
	if (state > 0)
		die(NO, "operation %s was undone by operation %lld",
		    o.keys[0], (long long)state);
	permit_undo(db, op);
	out = out_open(&common.form, cols);
	out_hold(out);
	op_undoes(db, op);
	undo_run(db, op, tell);
	keep = !(kept && opt.strict);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	out_close(out);
	return cmd_end(kept ? NO : OK);
}
