/*
 * crm-segment -- named sets of contacts: who is in them, what they weigh,
 * how they change.
 */
#include <string.h>

#include "answer.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "date.h"
#include "db.h"
#include "keys.h"
#include "list.h"
#include "member.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "print.h"
#include "rows.h"
#include "segment.h"
#include "text.h"
#include "who.h"

static struct {
	const char *where, *columns, *sort, *limit, *except, *timeout;
	const char *about, *proposition;
	bool all, keys;
} opt;

static const struct opt opts[] = {
	TEXT('w', "where", "EXPR", &opt.where,
	    "list: only those for whom it holds; new: the rule"),
	TEXT('o', "columns", "COLUMNS", &opt.columns,
	    "list: these columns, or +COLUMNS more"),
	TEXT('s', "sort", "SORT", &opt.sort,
	    "list: order by these, -COLUMN downwards"),
	TEXT('l', "limit", "N", &opt.limit, "list: at most so many rows"),
	TEXT(0, "except", "FILE", &opt.except,
	    "list: leave out those whose keys are in this TSV"),
	CMD_TIMEOUT(&opt.timeout),
	TEXT(0, "about", "TEXT", &opt.about, "new: what set it is"),
	TEXT(0, "proposition", "TEXT", &opt.proposition,
	    "new: what we offer who is in it"),
	FLAG(0, "all", &opt.all, "snapshot: of all segments that have a rule"),
	FLAG(0, "keys", &opt.keys, "moves: the contacts, not their number"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-segment",
	.brief = "name sets of contacts, list them, and see them change",
	.operands = "{list SEGMENT [-] | names | show SEGMENT | check"
	    " | {add | remove} SEGMENT {CONTACT... | -}"
	    " | new SEGMENT -w EXPR | snapshot {SEGMENT... | --all}"
	    " | moves SEGMENT RANGE | overlap SEGMENT SEGMENT}",
	.opts = opts,
	.more = cmd_writer,
};

static struct db *db;
static struct operands o;
static const struct verb {
	const char *name;
	enum status (*run)(void);
	int keys;    /* operands; -1: any number */
	bool stream; /* - too */
	const char *expected;
	enum done (*change)(struct db *, const struct segment *, int64_t,
	    struct buf *);
} *verb;

static const struct segment *
find(const char *name)
{
	const struct segment *s = segment_find(name);
	const char *near;

	if (s)
		return s;
	near = segment_nearest(name);
	die(NO, "no segment '%s'%s%s%s", name, near ? "; did you mean '" : "",
	    near ? near : "", near ? "'?" : "");
}

static void
open_reader(void)
{
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
}

static void
open_writer(void)
{
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	calc_define(db);
	calc_calendar();
}

static enum status
list(void)
{
	struct list l = {
		.entity = o.entity,
		.where = opt.where,
		.columns = opt.columns,
		.sort = opt.sort,
		.limit = print_limit(opt.limit),
		.picked = o.input,
		.excepted = opt.except != NULL,
	};
	int seconds = cmd_timeout(opt.timeout);

	open_reader();
	l.of = find(o.keys[0]);
	if (o.input)
		keys_pick(db, l.entity, 0, "<stdin>", PICK);
	if (opt.except)
		keys_pick_file(db, l.entity, opt.except, EXCEPT);
	db_user_text(db, seconds, opt.where ? USAGE : CONFIG);
	list_print(db, &l, &common.form);
	return OK;
}

static enum status
names(void)
{
	struct out *out;

	open_reader();
	out = out_open(&common.form, member_names_columns);
	member_names(out);
	out_close(out);
	return OK;
}

static enum status
show(void)
{
	struct out *out;

	open_reader();
	out = out_open(&common.form, member_columns);
	member_show(db, find(o.keys[0]), out);
	out_close(out);
	return OK;
}

static enum status
check(void)
{
	int i;

	open_reader();
	for (i = 0; i < segment_count(); i++)
		member_check(db, segment_at(i));
	return OK;
}

/* add, remove */
static const struct segment *picked;
static struct store *store;

static void
change_one(const char *name)
{
	static struct fault f;
	static struct buf said, label;
	enum done done;
	int64_t contact;

	f.unknown = true;
	if (!who_contact(db, name, &contact, &f.why)) {
		rows_fault(&f);
		return;
	}
	done = verb->change(db, picked, contact, &said);
	answer_row(contact, store_label(store, contact, done, &label), done,
	    said.text && *said.text ? said.text : NULL, 0);
}

static enum status
change_all(void)
{
	struct spool *input = rows_take(&o);
	enum status status;
	int i;

	open_writer();
	picked = find(o.keys[0]);
	if (picked->kind != SEGMENT_STATIC)
		die(NO, "who is in '%s' is up to its rule", picked->name);
	store = store_open(db, o.entity);
	rows_only_keys();
	rows_open(db, store_open(db, o.entity), &o, input, true);
	answer_open(o.entity, &common.form);
	for (i = 1; i < o.nkeys; i++)
		change_one(o.keys[i]);
	if (o.input)
		while (rows_next())
			change_one(rows_key());
	op_end(db, !common.dry_run);
	status = answer_close(true);
	return status == OK && rows_rejected() ? NO : status;
}

static bool
is_text(const char *s)
{
	size_t at;

	return !s || (*s && text_check(s, strlen(s), &at));
}

static enum status
new(void)
{
	static const struct outcol cols[] = {
		{ "segment", OUT_TEXT }, { "result", OUT_TEXT },
		{ NULL, OUT_TEXT },
	};
	const char *name = o.keys[0];
	struct buf why = { 0 };
	struct out *out;

	if (!opt.where)
		cmd_usage("new needs -w");
	if (!segment_named(name))
		cmd_usage("not a name of a-z, 0-9, _ and -: '%s'", name);
	if (!is_text(opt.where) || !is_text(opt.about) ||
	    !is_text(opt.proposition))
		cmd_usage("new: not a text");
	open_writer();
	if (segment_find(name))
		die(NO, "there is a segment '%s' already", name);
	if (!member_rule(db, opt.where, &why))
		cmd_usage("-w: %s", buf_get(&why));
	segment_new(name, opt.where, opt.about, opt.proposition,
	    !common.dry_run);
	op_end(db, false);
	out = out_open(&common.form, cols);
	out_word(out, name);
	out_word(out, done_words[CREATED]);
	out_row(out);
	out_close(out);
	return OK;
}

static void
record(const char *name, struct out *out)
{
	const struct segment *s = find(name);

	if (s->kind == SEGMENT_STATIC)
		die(NO, "'%s' is recorded as contacts are put in and taken "
		    "out", name);
	member_record(db, s, out);
}

static enum status
snapshot(void)
{
	struct out *out;
	int i;

	if (opt.all == (o.nkeys > 0))
		cmd_usage("expected either segments or --all");
	open_writer();
	out = out_open(&common.form, member_record_columns);
	out_hold(out);
	for (i = 0; i < o.nkeys; i++)
		record(o.keys[i], out);
	for (i = 0; opt.all && i < segment_count(); i++)
		if (segment_at(i)->kind != SEGMENT_STATIC)
			record(segment_at(i)->name, out);
	op_end(db, !common.dry_run);
	out_close(out);
	return OK;
}

static enum status
moves(void)
{
	int64_t first, last;
	struct out *out;

	open_reader();
	if (!date_read_range(o.keys[1], &first, &last))
		cmd_usage("not a range of days: '%s'", o.keys[1]);
	out = out_open(&common.form, opt.keys ?
	    member_moved_columns : member_moves_columns);
	print_rows(out, member_moves(db, find(o.keys[0]), first, last,
	    opt.keys), -1);
	out_close(out);
	return OK;
}

static enum status
overlap(void)
{
	struct out *out;

	open_reader();
	out = out_open(&common.form, member_overlap_columns);
	member_overlap(db, find(o.keys[0]), find(o.keys[1]), out);
	out_close(out);
	return OK;
}

static const struct verb verbs[] = {
	{ "list", list, 1, true, "a segment", NULL },
	{ "names", names, 0, false, "nothing", NULL },
	{ "show", show, 1, false, "a segment", NULL },
	{ "check", check, 0, false, "nothing", NULL },
	{ "add", change_all, -1, true, "a segment and contacts or '-'",
	    member_add },
	{ "remove", change_all, -1, true, "a segment and contacts or '-'",
	    member_remove },
	{ "new", new, 1, false, "a name", NULL },
	{ "snapshot", snapshot, -1, false, "segments", NULL },
	{ "moves", moves, 2, false, "a segment and a range of days", NULL },
	{ "overlap", overlap, 2, false, "two segments", NULL },
	{ NULL, NULL, 0, false, NULL, NULL },
};

static void
find_verb(void)
{
	const char *word = o.nkeys ? o.keys[0] : "";

	for (verb = verbs; verb->name && strcmp(verb->name, word) != 0; verb++)
		;
	if (!verb->name)
		cmd_usage("expected list, names, show, check, add, remove, "
		    "new, snapshot, moves or overlap, not '%s'", word);
	o.keys++;
	o.nkeys--;
}

/* Options that mean nothing to a verb are an error, as everywhere. */
static void
check_options(void)
{
	bool of_list = verb->run == list, of_new = verb->run == new;

	if (opt.where && !of_list && !of_new)
		cmd_usage("-w goes with list and new");
	if ((opt.columns || opt.sort || opt.limit || opt.except ||
	    opt.timeout) && !of_list)
		cmd_usage("-o, -s, -l, --except and --timeout go with list");
	if ((opt.about || opt.proposition) && !of_new)
		cmd_usage("--about and --proposition go with new");
	if (opt.all && verb->run != snapshot)
		cmd_usage("--all goes with snapshot");
	if (opt.keys && verb->run != moves)
		cmd_usage("--keys goes with moves");
	if ((rowopts.keep_going || rowopts.ignore_unknown || rowopts.clean ||
	    rowopts.rejects) && !verb->change)
		cmd_usage("--keep-going, --rejects, --ignore-unknown and "
		    "--clean go with add and remove");
	if (common.dry_run && !verb->change && !of_new && verb->run != snapshot)
		cmd_usage("-n goes with what writes");
}

static void
check_operands(void)
{
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if ((o.input && !verb->stream) ||
	    (verb->keys >= 0 && o.nkeys != verb->keys) ||
	    (verb->change && (!o.nkeys || o.input == (o.nkeys > 1))))
		cmd_usage("%s: expected %s", verb->name, verb->expected);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	enum status status;

	o = operands_read(argc, argv, n, 0);
	find_verb();
	check_options();
	check_operands();
	status = verb->run();
	db_close(db);
	return cmd_end(status);
}
