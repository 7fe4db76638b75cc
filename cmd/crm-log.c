/*
 * crm-log -- record what was said and done: calls, mails, visits, notes.
 */
#include <string.h>

#include "answer.h"
#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "op.h"
#include "operands.h"
#include "rows.h"
#include "slurp.h"
#include "spool.h"
#include "store.h"
#include "talk.h"

static struct {
	const char *channel, *at, *body, *with, *next, *todo;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel,
	    "how: call, email, meeting and so on; note if not said"),
	TEXT(0, "at", "WHEN", &opt.at, "when, if not now"),
	TEXT(0, "body", "FILE", &opt.body, "take the text from this file"),
	TEXT(0, "with", "STAFF", &opt.with,
	    "who else of us took part, by comma"),
	TEXT(0, "next", "WHEN", &opt.next, "make a follow-up for then"),
	TEXT(0, "todo", "TEXT", &opt.todo, "what is to be done then"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-log",
	.brief = "record calls, mails, meetings and notes",
	.operands = "{CONTACT... | -} [FIELD=VALUE...] [-- TEXT]",
	.opts = opts,
	.more = cmd_writer,
};

static struct operands o;

static const char *
read_file(const char *name)
{
	const char *text = slurp(name, NOINPUT, DATA);
	size_t n = strlen(text);

	while (n && text[n - 1] == '\n')
		n--;
	return arena_slice(text, n);
}

/* Of the text behind "--" the first line is the subject, the rest the body. */
static void
add_text(const char *text)
{
	size_t n = strcspn(text, "\n");

	operands_add(&o, "subject", arena_slice(text, n));
	if (text[n] && text[n + strspn(text + n, "\n")])
		operands_add(&o, "body", text + n + strspn(text + n, "\n"));
}

/* Options that only save words become fields. */
static void
gather_fields(void)
{
	operands_add(&o, "channel", opt.channel);
	operands_add(&o, "at", opt.at);
	if (opt.body)
		operands_add(&o, "body", read_file(opt.body));
	if (!o.input)
		operands_add(&o, "contact", o.keys[0]);
	if (o.text)
		add_text(o.text);
}

static void
log_all(struct talk *talk, struct store *store)
{
	struct talk_also also = { 0 };
	struct fault f = { 0 };
	struct buf label = { 0 };
	int64_t key;

	if (!o.input)
		also.contacts = o.keys + 1;
	while (rows_next()) {
		also.staff = rows_given("with", opt.with);
		also.next = rows_given("next", opt.next);
		also.todo = rows_given("todo", opt.todo);
		if (talk_add(talk, &also, &key, &f) == FAULT)
			rows_fault(&f);
		else
			answer_row(key, store_label(store, key, CREATED,
			    &label), CREATED, NULL,
			    store_contact(store, key));
	}
}

int
main(int argc, char *argv[])
{
	static const char *const own[] = { "with", "next", "todo", NULL };
	int n = cmd_begin(&self, argc, argv);
	struct spool *input;
	struct store *store;
	enum status status;
	struct db *db;

	o = operands_read(argc, argv, n, OPERANDS_TEXT);
	if (o.input == (o.nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	gather_fields();
	input = rows_take(&o);
	o.entity = entity_find("interaction");
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	store = store_open(db, o.entity);
	rows_own(own);
	rows_open(db, store, &o, input, false);
	answer_open(o.entity, &common.form);
	log_all(talk_open(db, store), store);
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return cmd_end(status == OK && rows_rejected() ? NO : status);
}
