/*
 * crm-consent -- what people agree to: by which channel they may be written
 * to, and what for.
 */
#include <string.h>

#include "answer.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "consent.h"
#include "db.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "rows.h"
#include "spool.h"
#include "store.h"
#include "who.h"

static struct {
	const char *channel, *purpose, *at, *how, *evidence;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel, "by which channel"),
	TEXT('p', "purpose", "PURPOSE", &opt.purpose, "for which purpose"),
	TEXT(0, "at", "WHEN", &opt.at, "when, if not now"),
	TEXT(0, "how", "TEXT", &opt.how, "by form, by telephone, on paper"),
	TEXT(0, "evidence", "TEXT", &opt.evidence, "how it is known"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-consent",
	.brief = "record who may be contacted, by what channel and what for",
	.operands = "{{give | withdraw | ask | confirm} {CONTACT... | -}"
	    " | record - | show CONTACT}",
	.opts = opts,
	.more = cmd_writer,
};

/* Columns of a stream that say what the options say else. */
static const char *const own[] = { "channel", "purpose", "state", "at", "how",
	"evidence", NULL };

static const struct verb {
	const char *name;
	const char *state; /* NULL: the column of that name says it */
	bool confirms;
} verbs[] = {
	{ "give", "given", false },
	{ "withdraw", "withdrawn", false },
	{ "ask", "asked", false },
	{ "confirm", "given", true },
	{ "record", NULL, false },
	{ "show", NULL, false },
	{ NULL, NULL, false },
};

static const struct verb *verb;
static struct db *db;
static struct store *store;

/* An option before a column, and no text where both are empty. */
static const char *
given(const char *option, const char *column)
{
	const char *text = option ? option : rows_given(column, NULL);

	return text && *text ? text : NULL;
}

static bool
read_row(struct said *said, struct fault *f)
{
	said->channel = given(opt.channel, "channel");
	said->purpose = given(opt.purpose, "purpose");
	said->state = given(verb->state, "state");
	said->at = given(opt.at, "at");
	said->how = given(opt.how, "how");
	said->evidence = given(opt.evidence, "evidence");
	said->confirms = verb->confirms;
	if (!said->channel)
		return fault_say(f, "channel", "is needed");
	if (!said->purpose)
		return fault_say(f, "purpose", "is needed");
	if (!said->state)
		return fault_say(f, "state", "is needed");
	return true;
}

static void
record(const char *name)
{
	static struct buf label, why;
	static struct fault f;
	struct said said;
	int64_t contact;
	enum done done;

	f = (struct fault){ .unknown = true, .why = f.why };
	buf_clear(&f.why);
	if (!who_contact(db, name, &contact, &f.why)) {
		rows_fault(&f);
		return;
	}
	f.unknown = false;
	done = read_row(&said, &f) ? consent_record(contact, &said, &why,
	    &f) : FAULT;
	if (done == FAULT)
		rows_fault(&f);
	else
		answer_row(contact, store_label(store, contact, done, &label),
		    done, why.text, 0);
}

static enum status
record_all(const struct operands *o)
{
	struct spool *input = rows_take(o);
	enum status status;
	int i;

	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o->words);
	calc_calendar();
	store = store_open(db, o->entity);
	rows_own(own);
	rows_open(db, store, o, input, true);
	consent_record_open(db);
	answer_open(o->entity, &common.form);
	for (i = 0; i < o->nkeys; i++)
		record(o->keys[i]);
	if (o->input)
		while (rows_next())
			record(rows_key());
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return status == OK && rows_rejected() ? NO : status;
}

static enum status
show(const struct operands *o)
{
	struct buf why = { 0 };
	struct out *out;
	int64_t contact;

	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	calc_calendar();
	if (!who_contact(db, o->keys[0], &contact, &why))
		die(NO, "%s", why.text);
	out = out_open(&common.form, consent_columns);
	consent_show(db, contact, opt.channel, opt.purpose, out);
	out_close(out);
	db_close(db);
	return OK;
}

static void
find_verb(struct operands *o)
{
	const char *word = o->nkeys ? o->keys[0] : "";

	for (verb = verbs; verb->name && strcmp(verb->name, word) != 0; verb++)
		;
	if (!verb->name)
		cmd_usage("expected give, withdraw, ask, confirm, record or "
		    "show");
	o->keys++;
	o->nkeys--;
}

/* Is a state to be recorded, or shown? */
static bool
is_show(void)
{
	return strcmp(verb->name, "show") == 0;
}

static void
check_purpose(void)
{
	struct buf why = { 0 };

	if (opt.purpose && !purpose_find(opt.purpose, &why))
		cmd_usage("-p: %s", why.text);
}

static void
check_operands(const struct operands *o)
{
	if (o->nfields)
		cmd_usage("no field is expected: '%s='", o->fields[0].name);
	if (is_show() && (o->input || o->nkeys != 1))
		cmd_usage("show: expected one contact");
	if (is_show() && (opt.at || opt.how || opt.evidence))
		cmd_usage("show: --at, --how and --evidence are about what is "
		    "recorded");
	if (is_show())
		return;
	if (!verb->state && (!o->input || o->nkeys))
		cmd_usage("record: expected '-', rows with a column state");
	if (o->input == (o->nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	if (!o->input && (!opt.channel || !opt.purpose))
		cmd_usage("expected -c CHANNEL and -p PURPOSE");
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	struct operands o = operands_read(argc, argv, n, 0);
	enum status status;

	find_verb(&o);
	check_operands(&o);
	db_path(common.db); /* beside it is crm.yaml */
	check_purpose();
	status = is_show() ? show(&o) : record_all(&o);
	return cmd_end(status);
}
