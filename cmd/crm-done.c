/*
 * crm-done -- what was due is done, or put off.
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
#include "finish.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "spool.h"
#include "store.h"
#include "tsv.h"

static struct {
	const char *channel, *at, *snooze, *reason;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel,
	    "how it was done: call, email, meeting"),
	TEXT(0, "at", "WHEN", &opt.at, "when it was done, if not now"),
	TEXT(0, "snooze", "WHEN", &opt.snooze,
	    "not done: put it off until then"),
	TEXT(0, "reason", "TEXT", &opt.reason, "why it is put off"),
	END,
};

static const struct cmd self = {
	.name = "crm-done",
	.brief = "complete follow-ups, or put off what is due",
	.operands = "{TASK... [TEXT] | -} [FIELD=VALUE...] [-- TEXT]",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol cols[] = {
	{ "due", OUT_TEXT },
	{ "name", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER },
	{ "interaction", OUT_NUMBER },
	{ "next_task", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static struct db *db;
static struct store *store;
static struct out *out;
static struct operands o;
static int *slots;
static const char *until;
static bool refused;

static void
answer(const char *due, const struct finished *to, enum done done)
{
	const char *result = done != UPDATED ? done_words[done] :
	    until ? "snoozed" : "done";

	out_word(out, due);
	out_text(out, buf_get(&to->name), to->name.len);
	out_word(out, result);
	out_text(out, buf_get(&to->reason), to->reason.len);
	out_key(out, to->contact);
	out_key(out, to->interaction);
	out_key(out, to->next);
	out_row(out);
}

/* A bare number is a task's. */
static bool
read_due(const char *word, struct buf *due, struct duekey *k)
{
	buf_clear(due);
	if (*word && !word[strspn(word, "0123456789")])
		buf_text(due, "task:");
	buf_text(due, word);
	return ack_parse(due->text, k);
}

/* False: it is not there, or its fields are wrong. */
static bool
settle(const char *word, const char *text, struct fault *f)
{
	static struct finished to;
	static struct buf due;
	struct duekey k;
	enum done done;
	int i;

	f->column = NULL;
	if (!read_due(word, &due, &k))
		return fault_say(f, NULL, "not a task or a due key: '%s'",
		    word);
	f->unknown = true;
	if (!ack_exists(db, &k, &f->why))
		return false;
	store_clear(store);
	for (i = 0; i < o.nfields; i++)
		store_value(store, slots[i], o.fields[i].value);
	done = until ? finish_later(due.text, &k, until, opt.reason, &to) :
	    finish(due.text, &k, text || o.nfields, text, &to, f);
	if (done == FAULT)
		return false;
	answer(due.text, &to, done);
	refused = refused || done == REFUSED;
	return true;
}

static void
settle_stream(struct spool *from)
{
	struct tsv *in = tsv_open(from, "<stdin>");
	int col = tsv_bare(in) ? 0 : tsv_find(in, "due");
	int text = tsv_find(in, "text");
	struct fault f = { 0 };

	if (!tsv_bare(in) && tsv_find(in, "task") >= 0 &&
	    tsv_find(in, "kind") < 0)
		col = tsv_find(in, "task");
	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column 'due' or 'task'");
	while (tsv_next(in))
		if (!settle(tsv_field(in, col), text >= 0 &&
		    *tsv_field(in, text) ? tsv_field(in, text) : o.text, &f))
			tsv_reject(in, f.column, "%s", buf_get(&f.why));
}

/* Words that are not keys are the text. */
static void
find_text(void)
{
	struct buf due = { 0 };
	struct duekey k;

	if (!o.text && o.nkeys > 1 && !read_due(o.keys[o.nkeys - 1], &due,
	    &k))
		o.text = o.keys[--o.nkeys];
	buf_free(&due);
	if (o.input == (o.nkeys > 0))
		cmd_usage("expected either tasks or '-'");
	if (opt.snooze && (o.text || o.nfields || opt.channel || opt.at))
		cmd_usage("--snooze logs nothing");
	if (opt.reason && !opt.snooze)
		cmd_usage("--reason goes with --snooze");
}

static void
add_field(const char *name, const char *value)
{
	if (value)
		o.fields[o.nfields++] = (struct field){ name, value, '=' };
}

static void
gather_fields(void)
{
	struct field *all = arena_get(((size_t)o.nfields + 3) *
	    sizeof(*all));
	struct fault f = { 0 };
	int i;

	if (o.nfields)
		memcpy(all, o.fields, (size_t)o.nfields * sizeof(*all));
	o.fields = all;
	add_field("channel", opt.channel);
	add_field("at", opt.at);
	slots = arena_get(((size_t)o.nfields + 1) * sizeof(*slots));
	for (i = 0; i < o.nfields; i++) {
		slots[i] = store_column(store, o.fields[i].name,
		    o.fields[i].how, &f);
		if (slots[i] < 0)
			cmd_usage("%s", buf_get(&f.why));
	}
}

static void
read_snooze(void)
{
	static char text[DAY_SIZE];
	int64_t day;

	if (!opt.snooze)
		return;
	if (!date_read_day(opt.snooze, &day))
		cmd_usage("--snooze: not a day: '%s'", opt.snooze);
	until = date_day_text(text, day);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), i;
	struct fault f = { 0 };
	struct spool *input;

	o = operands_read(argc, argv, n, OPERANDS_TEXT);
	find_text();
	input = o.input ? spool_take(0, "<stdin>") : NULL;
	db = db_open(db_path(common.db), DB_WRITE);
	calc_calendar();
	read_snooze();
	op_begin(db, self.name, o.words);
	store = store_open(db, entity_find("interaction"));
	gather_fields();
	finish_open(db, store);
	out = out_open(&common.form, cols);
	out_hold(out);
	if (input)
		settle_stream(input);
	for (i = 0; i < o.nkeys; i++)
		if (!settle(o.keys[i], o.text, &f))
			die(f.unknown ? NO : DATA, "%s%s%s",
			    f.column ? f.column : "", f.column ? ": " : "",
			    buf_get(&f.why));
	op_end(db, !common.dry_run);
	db_close(db);
	out_close(out);
	return cmd_end(refused ? NO : OK);
}
