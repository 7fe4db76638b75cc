/* crm-promote -- contacts from stage to stage: by rule, or by hand. */
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "lifecycle.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	bool all, why, force, strict;
	const char *to, *reason;
} opt;

static const struct opt opts[] = {
	FLAG(0, "all", &opt.all, "all customers, by the rules in crm.yaml"),
	TEXT(0, "to", "STAGE", &opt.to,
	    "by hand, to this stage, unless a rule is against it"),
	FLAG(0, "why", &opt.why,
	    "move nobody; tell which condition of which rule holds"),
	FLAG(0, "force", &opt.force, "also against the rules; needs --reason"),
	TEXT(0, "reason", "TEXT", &opt.reason, "why it is done by hand"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-promote",
	.brief = "move contacts from stage to stage, by rule or by hand",
	.operands = "{--all | CONTACT... | -}",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol moves[] = {
	{ "contact", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT }, { "from", OUT_TEXT },
	{ "to", OUT_TEXT }, { "rule", OUT_TEXT }, { "evidence", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static const struct outcol reasons[] = {
	{ "contact", OUT_NUMBER }, { "rule", OUT_TEXT }, { "to", OUT_TEXT },
	{ "condition", OUT_TEXT }, { "evidence", OUT_TEXT },
	{ "result", OUT_TEXT }, { NULL, OUT_TEXT },
};

static struct db *db;
static struct out *out;
static bool refused;

static void
answer(int64_t contact, const char *name, enum done done, const char *reason)
{
	out_int(out, contact);
	out_word(out, name);
	out_word(out, done_words[done]);
	out_word(out, reason);
}

/* One contact, by hand. */
static void
move(int64_t contact)
{
	static struct move m;
	struct buf name = { 0 };
	enum done done;

	m.to = opt.to;
	m.reason = opt.reason;
	m.force = opt.force;
	done = lifecycle_move(contact, &m);
	who_label(db, entity_find("contact"), contact, &name);
	refused = refused || done == REFUSED;
	answer(contact, buf_get(&name), done, done == REFUSED ?
	    buf_get(&m.why) : opt.reason);
	out_word(out, buf_get(&m.was));
	out_word(out, opt.to);
	out_word(out, buf_get(&m.rule));
	out_word(out, buf_get(&m.evidence));
	out_row(out);
	buf_free(&name);
}

static void
tell_why(int64_t contact)
{
	struct stmt *s = lifecycle_why(contact, opt.to);

	if (s)
		print_rows(out, s, -1);
}

static void
pick(int64_t contact)
{
	db_pick(db, PICK, contact);
}

/* Call f for each contact that was named. */
static void
each(const struct operands *o, void (*f)(int64_t contact))
{
	static struct fault fault;
	int64_t contact;
	int i;

	while (rows_next())
		for (i = 0; i < (o->input ? 1 : o->nkeys); i++) {
			fault.column = o->input ? "contact" : NULL;
			fault.unknown = true;
			if (who_contact(db, o->input ? rows_key() :
			    o->keys[i], &contact, &fault.why))
				f(contact);
			else
				rows_fault(&fault);
		}
}

/* By the rules: a row for each step, and for who was named and stays. */
static void
run(const struct operands *o)
{
	struct stmt *s;
	bool moved;
	int i;

	if (!opt.all) {
		db_pick_begin(db, PICK);
		each(o, pick);
		db_pick_end(db);
	}
	lifecycle_run(!opt.all);
	for (s = lifecycle_steps(!opt.all); db_next(s);) {
		moved = db_text(s, 3, NULL) != NULL;
		answer(db_int(s, 0), db_text(s, 1, NULL),
		    moved ? UPDATED : UNCHANGED, moved ? NULL :
		    "no rule holds");
		for (i = 2; i < 6; i++)
			out_word(out, db_text(s, i, NULL));
		out_row(out);
	}
	db_done(s);
}

static void
check(const struct operands *o)
{
	const char *near;

	if (o->nfields)
		cmd_usage("no field is expected: '%s='", o->fields[0].name);
	if (opt.all + o->input + (o->nkeys > 0) != 1)
		cmd_usage("expected contacts, '-' or --all");
	if (opt.all && (opt.to || opt.why))
		cmd_usage("--all goes by the rules");
	if (opt.force && !(opt.to && opt.reason && *opt.reason))
		cmd_usage("--force goes with --to and --reason");
	if (opt.reason && !opt.to)
		cmd_usage("--reason goes with --to");
	db_path(common.db);
	if (opt.to && !lifecycle_stage(opt.to, &near))
		cmd_usage("--to: no stage '%s'%s%s%s", opt.to,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	struct spool *input;
	bool keep;

	check(&o);
	input = rows_take(&o);
	db = db_open(db_path(NULL), opt.why ? DB_READ : DB_WRITE);
	calc_define(db);
	calc_calendar();
	if (opt.all)
		db_expect_bulk(db, DB_CHANGE);
	if (!opt.why)
		op_begin(db, self.name, o.words);
	lifecycle_open(db);
	rows_only_keys();
	rows_open(db, store_open(db, o.entity), &o, input, true);
	out = out_open(&common.form, opt.why ? reasons : moves);
	out_hold(out);
	if (opt.why || opt.to)
		each(&o, opt.why ? tell_why : move);
	else
		run(&o);
	keep = !(refused && opt.strict);
	if (!opt.why)
		op_end(db, keep && !common.dry_run);
	db_close(db);
	if (keep)
		out_close(out);
	return cmd_end(refused || rows_rejected() ? NO : OK);
}
