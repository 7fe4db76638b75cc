/*
 * crm-reward -- the ledger of loyalty: points, vouchers and gifts, earned by
 * rule or by hand, redeemed, and told.
 */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "keys.h"
#include "op.h"
#include "operands.h"
#include "reward.h"
#include "rows.h"
#include "store.h"
#include "who.h"

static struct {
	const char *reason;
	bool rules, all, strict;
} opt;

static const struct opt opts[] = {
	FLAG(0, "rules", &opt.rules,
	    "give what the rules in crm.yaml have not given yet"),
	FLAG(0, "all", &opt.all, "to every contact, with --rules"),
	TEXT(0, "reason", "TEXT", &opt.reason, "why; kept as its note"),
	FLAG(0, "strict", &opt.strict, "write nothing if a row is refused"),
	ROWS_OPTIONS,
	END,
};

static const struct cmd self = {
	.name = "crm-reward",
	.brief = "let contacts earn and redeem points, vouchers and gifts",
	.operands = "{earn CONTACT... | redeem CONTACT... [POINTS] | "
	    "give CONTACT... | due [CONTACT...] | balance [CONTACT...]} "
	    "[-] [FIELD=VALUE...]",
	.opts = opts,
	.more = cmd_writer,
};

enum verb { EARN, REDEEM, GIVE, DUE, BALANCE, VERBS };
static const char *const verbs[] = { "earn", "redeem", "give", "due",
	"balance", NULL };

/* The fields that each takes; rule is none of a reward's by hand. */
static const char *const takes[VERBS][10] = {
	{ "points", "rule", "note", "day", "expires", "cost", "currency",
	    "campaign", "sale", NULL },
	{ "points", "code", "note", "campaign", "sale", NULL },
	{ "kind", "code", "note", "day", "expires", "cost", "currency",
	    "campaign", NULL },
	{ NULL },
	{ NULL },
};

static const struct outcol cols[] = {
	{ "reward", OUT_NUMBER },
	{ "name", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ "reason", OUT_TEXT },
	{ "contact", OUT_NUMBER },
	{ "kind", OUT_TEXT },
	{ "points", OUT_NUMBER },
	{ "code", OUT_TEXT },
	{ "rule", OUT_TEXT },
	{ "what", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

static enum verb verb;
static struct operands o;
static struct field *fields; /* of the reward: not of the contacts */
static int nfields;
static int *slots;           /* of each */
static struct db *db;
static struct store *store;
static struct out *out;
static bool refused;

static void
answer(const struct award *a, enum done done, const char *reason)
{
	out_key(out, a->reward);
	out_word(out, a->name);
	out_word(out, done_words[done]);
	out_word(out, reason);
	out_key(out, a->contact);
	out_word(out, a->kind);
	if (done == CREATED)
		out_int(out, a->points);
	else
		out_word(out, NULL);
	out_word(out, a->code);
	out_word(out, a->rule);
	out_word(out, a->what);
	out_row(out);
	refused = refused || done == REFUSED;
}

static void
tell(const struct award *a)
{
	answer(a, CREATED, NULL);
}

static const char *
field(const char *name)
{
	int i;

	for (i = 0; i < nfields; i++)
		if (strcmp(fields[i].name, name) == 0)
			return fields[i].value;
	return NULL;
}

/* What the operands say counts for all rows, else each says it. */
static const char *
given(const char *name)
{
	const char *text = field(name);

	if (!text)
		text = rows_given(name, NULL);
	return text && *text ? text : NULL;
}

/* RULE_NONE: it is a fault. */
static int
rule_of(const char *name)
{
	struct fault f = { .unknown = true };
	int rule = reward_rule(name, &f.why);

	if (rule == RULE_NONE) {
		f.column = "rule";
		rows_fault(&f);
	}
	buf_free(&f.why);
	return rule;
}

static void
by_rule(int64_t contact, const char *name)
{
	static struct buf label;
	struct award a = { .contact = contact, .rule = name };
	int rule = name ? rule_of(name) : RULE_ALL;

	if (rule == RULE_NONE || reward_run_one(rule, contact, tell))
		return;
	buf_clear(&label);
	who_label(db, o.entity, contact, &label);
	a.name = buf_get(&label);
	answer(&a, UNCHANGED, "nothing is due");
}

static void
put_fields(void)
{
	int i;

	store_clear(store);
	for (i = 0; i < nfields; i++)
		store_value(store, slots[i], fields[i].value);
	if (opt.reason)
		store_named(store, "note", opt.reason);
}

static void
by_hand(int64_t contact)
{
	static struct buf why;
	struct fault f = { 0 };
	struct award a;
	enum done done;

	put_fields();
	buf_clear(&why);
	if (verb == EARN)
		done = reward_earn(contact, given("points"), &a, &f);
	else if (verb == GIVE)
		done = reward_give(contact, &a, &f);
	else
		done = reward_redeem(contact, given("points"),
		    field("points") ? NULL : given("code"), &a, &f, &why);
	if (done == FAULT)
		rows_fault(&f);
	else
		answer(&a, done, f.why.len ? f.why.text : why.text);
	buf_free(&f.why);
}

static void
act_on(const char *name)
{
	static struct fault f;
	const char *rule;
	int64_t contact;

	f.unknown = true;
	if (!who_contact(db, name, &contact, &f.why)) {
		rows_fault(&f);
		return;
	}
	rule = verb == EARN && !field("points") ? given("rule") : NULL;
	if (opt.rules || rule)
		by_rule(contact, opt.rules ? NULL : rule);
	else
		by_hand(contact);
}

/* Where in the list, or where it ends. */
static int
index_of(const char *const *list, const char *word)
{
	int i;

	for (i = 0; list[i] && strcmp(list[i], word) != 0; i++)
		;
	return i;
}

static void
read_verb(void)
{
	const char *word = o.nkeys ? o.keys[0] : "";

	verb = (enum verb)index_of(verbs, word);
	if (verb == VERBS)
		cmd_usage("expected earn, redeem, give, due or balance, not "
		    "'%s'", word);
	o.keys++;
	o.nkeys--;
}

/* They are the reward's: rows of contacts have none of them. */
static void
take_fields(void)
{
	int i;

	if (verb == REDEEM && o.nkeys > (o.input ? 0 : 1) &&
	    !operands_have(&o, "points") && !operands_have(&o, "code"))
		operands_add(&o, "points", o.keys[--o.nkeys]);
	fields = o.fields;
	nfields = o.nfields;
	o.nfields = 0;
	for (i = 0; i < nfields; i++) {
		if (!takes[verb][index_of(takes[verb], fields[i].name)])
			cmd_usage("no field of crm-reward %s: '%s'",
			    verbs[verb], fields[i].name);
		if (fields[i].how != '=')
			cmd_usage("'%s' takes = only", fields[i].name);
	}
	if (opt.reason && field("note"))
		cmd_usage("--reason is the note, which is given too");
}

static void
check_options(void)
{
	bool tells = verb == DUE || verb == BALANCE;

	if (opt.rules && verb != EARN)
		cmd_usage("--rules goes with earn");
	if (opt.all && !opt.rules)
		cmd_usage("--all goes with --rules");
	if (opt.reason && (tells || opt.rules))
		cmd_usage("--reason goes with what is done by hand");
	if (opt.rules && nfields)
		cmd_usage("--rules takes no field: '%s='", fields[0].name);
	if (field("rule") && nfields > 1)
		cmd_usage("rule= goes alone: what it gives is in crm.yaml");
	if (field("code") && field("points"))
		cmd_usage("points= or code=, not both");
}

static void
check_words(void)
{
	bool coded = verb == REDEEM && field("code");

	if (opt.all ? o.input || o.nkeys :
	    o.input ? o.nkeys > 0 : !o.nkeys && !coded)
		cmd_usage(opt.all ? "--all takes no contacts" :
		    "expected either contacts or '-'");
	if (o.input)
		return;
	if (verb == EARN && !opt.rules && !field("points") && !field("rule"))
		cmd_usage("expected points=N, rule=RULE or --rules");
	if (verb == REDEEM && !field("points") && !coded)
		cmd_usage("expected a number of points, or code=CODE");
	if (coded && o.nkeys > 1)
		cmd_usage("a code is redeemed once");
}

static void
open_store(void)
{
	struct fault f = { 0 };
	int i;

	store = store_open(db, entity_find("reward"));
	slots = arena_get(((size_t)nfields + 1) * sizeof(*slots));
	for (i = 0; i < nfields; i++)
		slots[i] = store_column(store, fields[i].name, '=', &f);
	reward_hand(db, store);
}

static void
do_rows(void)
{
	int i;

	if (opt.all)
		reward_run(tell);
	else if (o.input)
		while (rows_next())
			act_on(rows_key());
	else if (!o.nkeys)
		by_hand(0);
	for (i = 0; i < o.nkeys; i++)
		act_on(o.keys[i]);
}

static enum status
record(void)
{
	struct spool *input;
	bool keep;

	check_words();
	input = rows_take(&o);
	db = db_open(db_path(common.db), DB_WRITE);
	calc_define(db);
	calc_calendar();
	op_begin(db, self.name, o.words);
	open_store();
	if (verb == EARN)
		reward_open(db);
	rows_only_keys();
	rows_open(db, store_open(db, o.entity), &o, input, true);
	out = out_open(&common.form, cols);
	out_hold(out);
	do_rows();
	keep = !(refused && opt.strict);
	op_end(db, keep && !common.dry_run);
	db_close(db);
	if (keep)
		out_close(out);
	return refused || rows_rejected() ? NO : OK;
}

static void
show(void)
{
	bool picked = o.input || o.nkeys;

	if (o.input && o.nkeys)
		cmd_usage("expected either contacts or '-'");
	db = db_open(db_path(common.db), DB_READ);
	if (verb == DUE)
		reward_open(db);
	if (picked)
		keys_pick_given(db, o.entity, o.input, o.keys, o.nkeys);
	out = out_open(&common.form, verb == DUE ? reward_due_columns :
	    reward_balance_columns);
	if (verb == DUE)
		reward_due(db, out, picked);
	else
		reward_balance(db, out, picked);
	out_close(out);
	db_close(db);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	enum status status = OK;

	o = operands_read(argc, argv, n, 0);
	read_verb();
	take_fields();
	check_options();
	if (verb == DUE || verb == BALANCE)
		show();
	else
		status = record();
	return cmd_end(status);
}
