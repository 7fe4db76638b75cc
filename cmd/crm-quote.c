/*
 * crm-quote -- what is offered for a deal: versions of quotes, made, shown,
 * sent and decided.
 */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "lifecycle.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "pager.h"
#include "print.h"
#include "put.h"
#include "quote.h"
#include "rows.h"
#include "spool.h"
#include "who.h"

static struct {
	const char *from, *as, *at, *reason;
	bool late, win, strict;
} opt;

static const struct opt opts[] = {
	TEXT(0, "from", "QUOTE", &opt.from,
	    "new: begin with this one's lines; last: the deal's newest"),
	TEXT(0, "as", "FORM", &opt.as, "show: text, md or html"),
	TEXT(0, "at", "WHEN", &opt.at, "when it was sent or decided"),
	TEXT(0, "reason", "TEXT", &opt.reason, "why it was rejected"),
	FLAG(0, "late", &opt.late, "accept: also one that has expired"),
	FLAG(0, "win", &opt.win, "accept: the deal is won, the lines are sold"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-quote",
	.brief = "offer products for a deal, and keep every version of it",
	.operands = "{new [DEAL] {PRODUCT[=QUANTITY]... | -} [FIELD=VALUE...]"
		    " | {sent | accept | reject} {QUOTE... | -}"
		    " | show QUOTE | diff QUOTE QUOTE}",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol answers[] = {
	{ "quote", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER }, { "deal", OUT_NUMBER },
	{ "version", OUT_NUMBER }, { "state", OUT_TEXT },
	{ "total", OUT_NUMBER }, { "currency", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static const struct outcol rounds[] = {
	{ "line", OUT_TEXT }, { "change", OUT_TEXT }, { "field", OUT_TEXT },
	{ "before", OUT_TEXT }, { "after", OUT_TEXT },
	{ "difference", OUT_NUMBER }, { NULL, OUT_TEXT },
};

static struct db *db;
static struct out *out;
static struct operands o;
static bool refused;

static void
answer(int64_t quote, enum done done, const char *reason)
{
	static struct buf name;
	struct stmt *s = quote_answer(db, quote);

	buf_clear(&name);
	who_label(db, entity_find("quote"), quote, &name);
	out_int(out, quote);
	out_text(out, buf_get(&name), name.len);
	out_word(out, done_words[done]);
	out_word(out, reason);
	if (db_next(s))
		print_row(out, s, 0);
	db_done(s);
	refused = refused || done == REFUSED;
}

/* new: what the operands ask for. */
static struct quote_plan plan;

/* May a new quote be given it? */
static bool
is_field(const char *name)
{
	const struct column *c = column_find(NULL, entity_find("quote"),
	    name);

	return c && column_writable(c) && (!(c->flags & GUARD) ||
	    c->type == TYPE_CURRENCY);
}

static void
add_item(const char *word)
{
	plan.items[plan.nitems++] = (struct quote_item){ .word = word };
}

/* A word that was taken for a field, as it stood. */
static const char *
word_of(const struct field *f)
{
	struct buf b = { 0 };
	const char *word;

	buf_printf(&b, "%s=%s", f->name, f->value);
	word = arena_copy(b.text);
	buf_free(&b);
	return word;
}

/* NAME=VALUE is a field of the quote, the tax of its new lines, or so many of
 * a product. */
static void
sort_operands(void)
{
	size_t all = (size_t)(o.nkeys + o.nfields + 1);
	int i;

	plan.items = arena_get(sizeof(*plan.items) * all);
	plan.fields = arena_get(sizeof(*plan.fields) * all);
	plan.deal = o.nkeys ? o.keys[0] : NULL;
	plan.from = opt.from;
	for (i = 1; i < o.nkeys; i++)
		add_item(o.keys[i]);
	for (i = 0; i < o.nfields; i++)
		if (strcmp(o.fields[i].name, "tax") == 0)
			plan.tax = o.fields[i].value;
		else if (is_field(o.fields[i].name))
			plan.fields[plan.nfields++] = o.fields[i];
		else
			add_item(word_of(&o.fields[i]));
	for (i = 0; i < plan.nitems; i++)
		plan.items[i].tax = plan.tax;
}

static void
tell_new(int64_t quote)
{
	answer(quote, CREATED, NULL);
}

static int64_t
find(const char *name)
{
	return rows_find(db, entity_find("quote"), name);
}

/* sent, accept, reject: one quote. */
static void
step(const char *name, const struct quote_step *how)
{
	struct fault f = { 0 };
	int64_t quote = find(name);
	enum done done;

	if (!quote)
		return;
	done = quote_move(db, quote, how, &f);
	if (done == FAULT)
		rows_fault(&f);
	else
		answer(quote, done, done == REFUSED ? f.why.text : NULL);
	buf_free(&f.why);
}

static void
step_all(struct spool *input, const char *state)
{
	struct quote_step how = { state, opt.at, opt.reason, opt.late,
		opt.win };
	bool reasons = strcmp(state, "rejected") == 0;
	int i;

	for (i = 0; i < o.nkeys; i++)
		step(o.keys[i], &how);
	if (!input)
		return;
	o.entity = entity_find("quote");
	rows_only_keys();
	rows_open(db, store_open(db, o.entity), &o, input, true);
	while (rows_next()) {
		how.at = rows_given("at", opt.at);
		if (reasons)
			how.reason = rows_given("reason", opt.reason);
		step(rows_key(), &how);
	}
}

/* The state that a verb leads to; NULL: it is new. */
static enum status
change(const char *state)
{
	struct spool *input = rows_take(&o);
	int64_t last;
	bool keep;

	db = db_open(db_path(common.db), DB_WRITE);
	calc_define(db);
	calc_calendar();
	op_begin(db, self.name, o.words);
	last = lifecycle_last_sale(db);
	out = out_open(&common.form, answers);
	out_hold(out);
	if (state)
		step_all(input, state);
	else
		quote_new(db, &plan, input, tell_new);
	lifecycle_sold(db, last);
	keep = !(opt.strict && refused);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	if (keep)
		out_close(out);
	return refused || rows_rejected() ? NO : OK;
}

static enum status
show(void)
{
	const char *as = opt.as ? opt.as : "text";
	struct buf text = { 0 };
	int i;

	for (i = 0; quote_forms[i] && strcmp(quote_forms[i], as) != 0; i++)
		;
	if (!quote_forms[i])
		cmd_usage("--as: not text, md or html: '%s'", as);
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	quote_print(db, find(o.keys[0]), as, &text);
	db_close(db);
	pager_begin();
	put(buf_get(&text), text.len);
	pager_end();
	buf_free(&text);
	return OK;
}

static enum status
diff(void)
{
	int64_t one, other;

	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	one = find(o.keys[0]);
	other = find(o.keys[1]);
	out = out_open(&common.form, rounds);
	print_rows(out, quote_diff(db, one, other), -1);
	out_close(out);
	db_close(db);
	return OK;
}

/* Verbs, what they lead to, and the quotes they take: -1 for any number. */
static const struct {
	const char *name, *state;
	int keys;
} verbs[] = {
	{ "new", NULL, -1 }, { "sent", "sent", -1 },
	{ "accept", "accepted", -1 }, { "reject", "rejected", -1 },
	{ "show", NULL, 1 }, { "diff", NULL, 2 },
};
enum { NEW, SENT, ACCEPT, REJECT, SHOW_IT, DIFF, VERBS };

static int
find_verb(void)
{
	const char *word = o.nkeys ? o.keys[0] : "";
	int i;

	for (i = 0; i < VERBS && strcmp(verbs[i].name, word) != 0; i++)
		;
	if (i == VERBS)
		cmd_usage("expected new, sent, accept, reject, show or diff,"
		    " not '%s'", word);
	o.keys++;
	o.nkeys--;
	return i;
}

/* Options that mean nothing to a verb are an error, as everywhere. */
static void
check_options(int verb)
{
	if (opt.from && verb != NEW)
		cmd_usage("--from goes with new");
	if (opt.as && verb != SHOW_IT)
		cmd_usage("--as goes with show");
	if (opt.at && (verb < SENT || verb > REJECT))
		cmd_usage("--at goes with sent, accept and reject");
	if (opt.reason && verb != REJECT)
		cmd_usage("--reason goes with reject");
	if ((opt.late || opt.win) && verb != ACCEPT)
		cmd_usage("--late and --win go with accept");
	if (rowopts.keep_going && verb == NEW)
		cmd_usage("a quote has all its lines: no --keep-going");
}

static void
check_operands(int verb)
{
	int keys = verbs[verb].keys;

	if (verb == NEW) {
		if (!o.nkeys && !o.input)
			cmd_usage("expected a deal or '-'");
		sort_operands();
		if (!plan.nitems && !o.input && !opt.from)
			cmd_usage("expected products, '-' or --from");
		return;
	}
	if (o.nfields)
		cmd_usage("no field is expected: '%s='", o.fields[0].name);
	if (keys > 0 ? o.nkeys != keys || o.input : o.input == (o.nkeys > 0))
		cmd_usage(keys == 1 ? "expected one quote" : keys == 2 ?
		    "expected two quotes" : "expected either quotes or '-'");
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), verb;

	o = operands_read(argc, argv, n, 0);
	verb = find_verb();
	check_options(verb);
	check_operands(verb);
	if (verb == SHOW_IT)
		return cmd_end(show());
	if (verb == DIFF)
		return cmd_end(diff());
	return cmd_end(change(verbs[verb].state));
}
