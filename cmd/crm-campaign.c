/*
 * crm-campaign -- campaigns from plan to result: who is addressed and in
 * which arm, what was sent, what they did, what it cost and brought.
 */
#include <string.h>

#include "address.h"
#include "answer.h"
#include "buf.h"
#include "buyer.h"
#include "calc.h"
#include "campaign.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "effect.h"
#include "op.h"
#include "operands.h"
#include "out.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *arms, *at, *purpose;
	bool all;
} opt;

static const struct opt opts[] = {
	TEXT(0, "arms", "ARMS", &opt.arms,
	    "add: split what has no arms yet, NAME:WEIGHT by comma"),
	TEXT(0, "at", "WHEN", &opt.at, "add, sent: when, if not now"),
	TEXT('p', "purpose", "PURPOSE", &opt.purpose,
	    "respond: what is unsubscribed from; marketing"),
	FLAG(0, "all", &opt.all, "result: of all campaigns, one a row"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-campaign",
	.brief = "plan campaigns, record what was sent and answered, tell "
	    "what it brought",
	.operands = "{new | add | wave | sent | respond | lead | cost | "
	    "close | result} [CAMPAIGN] [CONTACT... | AMOUNT | -] "
	    "[FIELD=VALUE...]",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol response_columns[] = {
	{ "response", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER }, { "kind", OUT_TEXT }, { NULL, OUT_TEXT },
};

static struct operands o;
static struct db *db;
static struct store *store;
static struct spool *input;
static struct out *out;
static const struct campaign *campaign;
static bool refused;
static struct fault fault;

static void
open_rows(const char *entity, const char *const *own, bool keys)
{
	o.entity = entity_find(entity);
	store = store_open(db, o.entity);
	rows_own(own);
	rows_open(db, store, &o, input, keys);
}

static void
open_out(const struct outcol *columns)
{
	out = out_open(&common.form, columns);
	out_hold(out);
}

static void
respond_one(void)
{
	static struct addressed to;
	const char *who = store_text(store, "contact");
	int64_t contact = 0, response = 0;
	enum done done = FAULT;

	fault.column = "contact";
	fault.unknown = true;
	if (!who)
		fault_say(&fault, "contact", "is needed");
	else if (who_contact(db, who, &contact, &fault.why))
		done = campaign_respond(contact, &response, &to, &fault);
	if (done == FAULT) {
		rows_fault(&fault);
		return;
	}
	out_key(out, response);
	out_word(out, to.name);
	out_word(out, done_words[done]);
	out_word(out, buf_get(&to.said));
	out_key(out, contact);
	out_word(out, store_text(store, "kind"));
	out_row(out);
	refused = refused || done == REFUSED;
}

static void
respond(void)
{
	static const char *const own[] = { "response", "campaign", NULL };

	if (o.nkeys > 1 || (o.input && o.nkeys))
		cmd_usage("expected a contact, or '-'");
	if (!o.input)
		operands_add(&o, "contact", o.nkeys ? o.keys[0] : NULL);
	open_rows("response", own, false);
	campaign_respond_open(store, opt.purpose ? opt.purpose : "marketing");
	open_out(response_columns);
	while (rows_next())
		respond_one();
}

static void
lead_one(void)
{
	static struct addressed to;
	const struct buyer who = { .name = store_text(store, "name"),
		.email = store_text(store, "email"),
		.phone = store_text(store, "phone") };
	int64_t contact;
	enum done done = campaign_lead(&who, &contact, &to, &fault);

	if (done == FAULT)
		rows_fault(&fault);
	else
		address_answer(out, contact, done, &to);
}

static void
lead(void)
{
	if (o.nkeys || (!o.input && !o.nfields))
		cmd_usage("expected FIELD=VALUE or '-'");
	open_rows("contact", NULL, false);
	campaign_lead_open(store);
	open_out(address_columns);
	while (rows_next())
		lead_one();
}

/* Add the row to the store; name is what answers call it, NULL: its own. */
static void
add_row(const char *name)
{
	static struct buf label;
	int64_t key = 0;
	enum done done = store_add(store, &key, &fault);

	if (done == FAULT) {
		rows_fault(&fault);
		return;
	}
	if (!name)
		name = key ? store_label(store, key, done, &label) :
		    store_text(store, "name");
	answer_row(key, name, done, done == REFUSED ? fault.why.text : NULL,
	    store_contact(store, key));
}

static void
cost(void)
{
	int slot, kind, currency;

	if (o.nkeys > 1 || o.input == (o.nkeys > 0))
		cmd_usage("expected an amount, or '-'");
	operands_add(&o, "amount", o.nkeys ? o.keys[0] : NULL);
	open_rows("expense", NULL, false);
	slot = store_want(store, "campaign");
	kind = store_want(store, "kind");
	currency = store_want(store, "currency");
	answer_open(o.entity, &common.form);
	while (rows_next()) {
		store_key(store, slot, campaign->key);
		if (!store_text(store, "kind"))
			store_value(store, kind, "acquisition");
		if (!store_text(store, "currency"))
			store_value(store, currency, campaign->currency);
		add_row(campaign->name);
	}
}

static void
new(void)
{
	if (o.nkeys > 1 || o.input == (o.nkeys > 0))
		cmd_usage("expected a name, or '-'");
	operands_add(&o, "name", o.nkeys ? o.keys[0] : NULL);
	open_rows("campaign", NULL, false);
	answer_open(o.entity, &common.form);
	while (rows_next())
		add_row(NULL);
}

static void
finish(void)
{
	const char *until = o.nfields ? o.fields[0].value : NULL;
	enum done done;

	if (o.nkeys || o.input || o.nfields > 1 ||
	    (o.nfields && strcmp(o.fields[0].name, "until") != 0))
		cmd_usage("close takes no more than until=DAY");
	done = campaign_close(until, &fault);
	if (done == FAULT)
		die(DATA, "%s: %s", fault.column, fault.why.text);
	answer_open(entity_find("campaign"), &common.form);
	answer_row(campaign->key, campaign->name, done, NULL, 0);
}

static int64_t
find_campaign(void)
{
	struct buf why = { 0 };
	int64_t key = 0;

	if (!o.nkeys)
		cmd_usage("expected a campaign");
	o.nkeys--;
	if (!who_row(db, entity_find("campaign"), *o.keys++, &key, &why))
		die(NO, "%s", why.text);
	return key;
}

static void
result(void)
{
	int64_t key = 0;

	if (o.input || o.nfields || o.nkeys != !opt.all)
		cmd_usage("expected one campaign, or --all");
	db = db_open(db_path(common.db), DB_READ);
	calc_define(db);
	if (!opt.all)
		key = find_campaign();
	out = out_open(&common.form, opt.all ? effect_all_columns :
	    effect_columns);
	if (opt.all)
		effect_tell_all(db, out);
	else
		effect_tell(db, key, out);
	out_close(out);
	db_close(db);
}

static void
check_options(const char *verb)
{
	if (opt.arms && strcmp(verb, "add") != 0)
		cmd_usage("--arms goes with add");
	if (opt.at && strcmp(verb, "add") != 0 && strcmp(verb, "sent") != 0)
		cmd_usage("--at goes with add and sent");
	if (opt.purpose && strcmp(verb, "respond") != 0)
		cmd_usage("--purpose goes with respond");
	if (opt.all && strcmp(verb, "result") != 0)
		cmd_usage("--all goes with result");
}

static const struct other {
	const char *name;
	void (*run)(void);
} others[] = {
	{ "new", new }, { "respond", respond }, { "lead", lead },
	{ "cost", cost }, { "close", finish }, { "result", result },
};

/* NULL: it is one of address. */
static const struct other *
find_verb(const char *verb)
{
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(others[i].name, verb) == 0)
			return &others[i];
	if (!address_find(verb))
		cmd_usage("expected new, add, wave, sent, respond, lead, "
		    "cost, close or result, not '%s'", verb);
	return NULL;
}

static enum status
write_all(const struct other *other, const struct address *by)
{
	enum status status = OK;

	if (by)
		address_fields(by, &o);
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	op_begin(db, self.name, o.words);
	if (!other || other->run != new)
		campaign = campaign_open(db, find_campaign());
	if (by) {
		open_out(address_columns);
		refused = !address(db, by, campaign, &o, input, opt.at,
		    opt.arms, out);
	}
	if (other)
		other->run();
	op_end(db, !common.dry_run);
	db_close(db);
	if (out)
		out_close(out);
	else
		status = answer_close(true);
	return refused || rows_rejected() ? NO : status;
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	const struct other *other;
	enum status status = OK;
	const char *verb;

	o = operands_read(argc, argv, n, 0);
	verb = o.nkeys ? *o.keys : "";
	other = find_verb(verb);
	o.keys++;
	o.nkeys--;
	check_options(verb);
	if (other && other->run == result)
		result();
	else
		status = write_all(other, address_find(verb));
	return cmd_end(status);
}
