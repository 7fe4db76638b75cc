#include "address.h"

#include <string.h>

#include "buf.h"
#include "campaign.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "num.h"
#include "operands.h"
#include "out.h"
#include "rows.h"
#include "spool.h"
#include "store.h"
#include "who.h"

enum { LARGE = 4 << 20 }; /* bytes of input from which it is bulk */

const struct outcol address_columns[] = {
	{ "contact", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "result", OUT_TEXT }, { "reason", OUT_TEXT },
	{ "arm", OUT_TEXT }, { "wave", OUT_NUMBER }, { NULL, OUT_TEXT },
};

static const struct campaign *campaign;
static struct fault fault;

/* What a field or a column may say of a contact, by verb. */
static const char *const own_add[] = { "arm", "offer", NULL };
static const char *const own_wave[] = { "wave", "offer", NULL };
static const char *const own_sent[] = { "wave", NULL };
static const char *constant[2]; /* of these, as operands */

static const char *
given(const char *const *own, int i)
{
	const char *text = rows_given(own[i], constant[i]);

	return text && *text ? text : NULL;
}

void
address_answer(struct out *out, int64_t contact, enum done done,
    const struct addressed *to)
{
	out_key(out, contact);
	out_word(out, to->name);
	out_word(out, done_words[done]);
	out_word(out, buf_get(&to->said));
	out_word(out, to->arm);
	out_key(out, to->wave);
	out_row(out);
}

static bool
read_wave(const char *text, int64_t *to)
{
	*to = 0;
	return !text || (num_int(text, to) && *to > 0) ||
	    fault_say(&fault, "wave", "not a number from 1 on: '%s'", text);
}

static enum done
add(int64_t contact, struct addressed *to)
{
	return campaign_add(contact, given(own_add, 0), given(own_add, 1), to,
	    &fault);
}

static enum done
wave(int64_t contact, struct addressed *to)
{
	return campaign_again(contact, given(own_wave, 1), to, &fault);
}

static enum done
sent(int64_t contact, struct addressed *to)
{
	int64_t number;

	return read_wave(given(own_sent, 0), &number) ?
	    campaign_sent(contact, number, to, &fault) : FAULT;
}

static void
begin_add(struct db *db, const char *at, const char *arms)
{
	struct store *s;

	if (arms && campaign->split && strcmp(arms, campaign->split) != 0)
		die(NO, "%s has arms already: %s", campaign->name,
		    campaign->split);
	if (arms && !campaign->split) {
		s = store_open(db, entity_find("campaign"));
		store_named(s, "arms", arms);
		if (store_set(s, campaign->key, &fault) == FAULT)
			cmd_usage("--arms: %s", fault.why.text);
		campaign = campaign_open(db, campaign->key);
	}
	if (!campaign_when(at, &fault))
		cmd_usage("--at: %s", fault.why.text);
}

static void
begin_wave(struct db *db, const char *at, const char *arms)
{
	int64_t number;

	(void)db;
	(void)at;
	(void)arms;
	if (!read_wave(constant[0], &number))
		cmd_usage("wave: %s", fault.why.text);
	campaign_wave(number);
}

static void
begin_sent(struct db *db, const char *at, const char *arms)
{
	(void)db;
	(void)arms;
	if (campaign_sent_at(at, &fault))
		return;
	if (at)
		cmd_usage("--at: %s", fault.why.text);
	die(NO, "%s", fault.why.text);
}

/* What is done with contacts, one by one. */
static const struct address {
	const char *name;
	const char *const *own;
	void (*begin)(struct db *, const char *at, const char *arms);
	enum done (*act)(int64_t contact, struct addressed *);
} all[] = {
	{ "add", own_add, begin_add, add },
	{ "wave", own_wave, begin_wave, wave },
	{ "sent", own_sent, begin_sent, sent },
};

const struct address *
address_find(const char *verb)
{
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(all[i].name, verb) == 0)
			return &all[i];
	return NULL;
}

/* A number is looked up with its place in the audience, not before. */
static bool
find(struct db *db, const char *who, int64_t *contact)
{
	fault.column = NULL;
	fault.unknown = true;
	return (num_int(who, contact) && *contact > 0 && *who != '+') ||
	    who_contact(db, who, contact, &fault.why);
}

/* False: refused. */
static bool
act_on(struct db *db, const struct address *v, const char *who,
    struct out *out)
{
	static struct addressed to;
	int64_t contact;
	enum done done = FAULT;

	if (find(db, who, &contact))
		done = v->act(contact, &to);
	if (done == FAULT)
		rows_fault(&fault);
	else
		address_answer(out, contact, done, &to);
	return done != REFUSED;
}

/* Fields of these verbs are not those of contacts. */
void
address_fields(const struct address *v, struct operands *o)
{
	int i, j;

	if (o->input == (o->nkeys > 1))
		cmd_usage("expected either contacts or '-'");
	for (i = 0; i < o->nfields; i++) {
		for (j = 0; v->own[j]; j++)
			if (strcmp(v->own[j], o->fields[i].name) == 0)
				break;
		if (!v->own[j] || o->fields[i].how != '=')
			cmd_usage("no field of %s: '%s'", v->name,
			    o->fields[i].name);
		constant[j] = o->fields[i].value;
	}
	o->nfields = 0;
}

static void
open_rows(struct db *db, const struct address *v, struct operands *o,
    struct spool *input)
{
	int i;

	o->entity = entity_find("contact");
	rows_only_keys();
	rows_open(db, store_open(db, o->entity), o, input, true);
	for (i = 0; v->own[i]; i++)
		if (constant[i] && rows_column(v->own[i]) >= 0)
			cmd_usage("'%s' is both a column and an operand",
			    v->own[i]);
	if (input && spool_size(input) >= LARGE)
		db_expect_bulk(db, DB_CHANGE);
}

bool
address(struct db *db, const struct address *v, const struct campaign *c,
    struct operands *o, struct spool *input, const char *at,
    const char *arms, struct out *out)
{
	bool fine = true;
	int i;

	campaign = c;
	if (strcmp(c->status, "closed") == 0)
		die(NO, "%s is closed", c->name);
	v->begin(db, at, arms);
	open_rows(db, v, o, input);
	for (i = 0; i < o->nkeys; i++)
		fine &= act_on(db, v, o->keys[i], out);
	while (input && rows_next())
		fine &= act_on(db, v, rows_key(), out);
	return fine;
}
