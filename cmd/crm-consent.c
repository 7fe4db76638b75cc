/* crm-consent -- record what contacts said to being contacted. */
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
#include "purpose.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *channel, *purpose, *at, *how, *evidence;
} opt;

static const struct opt opts[] = {
	TEXT('c', "channel", "CHANNEL", &opt.channel, "to which channel"),
	TEXT('p', "purpose", "PURPOSE", &opt.purpose, "for which purpose"),
	TEXT(0, "at", "WHEN", &opt.at, "when it was said, if not now"),
	TEXT(0, "how", "TEXT", &opt.how,
	    "by form, by telephone, on paper"),
	TEXT(0, "evidence", "TEXT", &opt.evidence, "how it is known"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-consent",
	.brief = "record who may be contacted, for what and by which channel",
	.operands = "{give | withdraw | ask | confirm | show} "
	    "{CONTACT... | -}",
	.opts = opts,
	.more = cmd_writer,
};

static const struct verb {
	const char *name, *state;
	bool needs_asked;
} verbs[] = {
	{ "give", "given", false },
	{ "withdraw", "withdrawn", false },
	{ "ask", "asked", false },
	{ "confirm", "given", true },
	{ "show", NULL, false },
};

static const struct verb *verb;
static struct operands o;
static struct db *db;
static struct store *store;
static int contact_slot, state_slot;

static const struct verb *
find_verb(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(verbs[i].name, word) == 0)
			return &verbs[i];
	cmd_usage("expected give, withdraw, ask, confirm or show, not '%s'",
	    word);
}

/* Why it makes no difference, or can't be; NULL: it can. */
static const char *
objection(int64_t contact, enum done *done)
{
	const char *channel = store_text(store, "channel");
	const char *purpose = store_text(store, "purpose");
	const char *was = channel && purpose ?
	    consent_state(db, contact, channel, purpose) : NULL;
	bool asked = was && strcmp(was, "asked") == 0;

	*done = REFUSED;
	if (verb->needs_asked && !asked)
		return was && strcmp(was, "given") == 0 ?
		    "is given already" : "was not asked";
	if (strcmp(verb->state, "asked") == 0 && was &&
	    strcmp(was, "given") == 0)
		return "is given already";
	*done = UNCHANGED;
	return was && strcmp(was, verb->state) == 0 &&
	    !store_text(store, "at") ? "was said before" : NULL;
}

static bool
known_purpose(struct fault *f)
{
	const char *purpose = store_text(store, "purpose");

	return !purpose || purpose_find(purpose) ||
	    fault_say(f, "purpose", "not one of crm.yaml: '%s'", purpose);
}

static void
record(int64_t contact)
{
	static struct buf label;
	static struct fault f;
	const char *objected;
	int64_t key = 0;
	enum done done;

	store_key(store, contact_slot, contact);
	store_value(store, state_slot, verb->state);
	f.column = NULL;
	f.unknown = false;
	if (!known_purpose(&f) || !store_check(store, &f)) {
		rows_fault(&f);
		return;
	}
	if ((objected = objection(contact, &done))) {
		answer_row(0, store_text(store, "purpose"), done, objected,
		    contact);
		return;
	}
	done = store_add(store, &key, &f);
	if (done == FAULT)
		rows_fault(&f);
	else
		answer_row(key, store_label(store, key, done, &label), done,
		    NULL, contact);
}

static void
record_named(const char *name)
{
	static struct fault f;
	int64_t contact;

	f.column = "contact";
	f.unknown = true;
	if (who_contact(db, name, &contact, &f.why))
		record(contact);
	else
		rows_fault(&f);
}

static void
record_all(void)
{
	const char *name;
	int i;

	while (rows_next()) {
		for (i = 0; i < o.nkeys; i++)
			record_named(o.keys[i]);
		if (!o.input)
			continue;
		name = rows_text(rows_column("contact"));
		record_named(name);
	}
}

static enum status
write_all(void)
{
	static const char *const own[] = { "consent", "contact", "state",
		NULL };
	struct spool *input;
	enum status status;

	operands_add(&o, "channel", opt.channel);
	operands_add(&o, "purpose", opt.purpose);
	operands_add(&o, "at", opt.at);
	operands_add(&o, "how", opt.how);
	operands_add(&o, "evidence", opt.evidence);
	input = rows_take(&o);
	o.entity = entity_find("consent");
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	calc_define(db);
	store = store_open(db, o.entity);
	contact_slot = store_want(store, "contact");
	state_slot = store_want(store, "state");
	rows_own(own);
	rows_open(db, store, &o, input, false);
	if (input && rows_column("contact") < 0)
		die(DATA, "<stdin>: no column 'contact'");
	answer_open(o.entity, &common.form);
	record_all();
	op_end(db, !common.dry_run);
	db_close(db);
	status = answer_close(true);
	return status == OK && rows_rejected() ? NO : status;
}

static void
show(void)
{
	struct buf why = { 0 };
	struct out *out;
	int64_t contact;
	int i;

	if (o.input || o.nfields || opt.channel || opt.purpose || opt.at ||
	    opt.how || opt.evidence)
		cmd_usage("show takes contacts alone");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	out = out_open(&common.form, consent_columns);
	for (i = 0; i < o.nkeys; i++) {
		if (!who_contact(db, o.keys[i], &contact, &why))
			die(NO, "%s", buf_get(&why));
		consent_tell(db, contact, out);
	}
	out_close(out);
	db_close(db);
	buf_free(&why);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	enum status status = OK;

	o = operands_read(argc, argv, n, 0);
	verb = find_verb(o.nkeys ? *o.keys : "");
	o.keys++;
	o.nkeys--;
	if (o.input == (o.nkeys > 0))
		cmd_usage("expected either contacts or '-'");
	if (!verb->state)
		show();
	else
		status = write_all();
	return cmd_end(status);
}
