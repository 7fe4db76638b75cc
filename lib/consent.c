#include "consent.h"

#include <string.h>

#include "along.h"
#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "rule.h"

enum { STATES = CONSENT_WITHDRAWN + 1, REASONS = STATES * STATES * 2 };

/* Who fulfils the condition of a ground. */
struct condition {
	const struct ground *ground;
	struct along *scan;
};

struct consents {
	const char *channel;
	const struct purpose *purpose;
	struct along *states;
	struct condition *conditions;
	int n;
	char now[AT_SIZE];
	const char **reasons; /* told before, by what they depend on */
};

static const char sql_states[] =
    "SELECT contact, state, at, consent"
    "  FROM consent"
    " WHERE contact BETWEEN :from AND :to"
    "   AND channel = :channel"
    "   AND purpose = :purpose"
    " ORDER BY contact";

static void
add_condition(struct db *db, struct consents *c, const struct ground *g)
{
	struct condition *add = &c->conditions[c->n];
	struct buf sql = { 0 };

	if (!g->when)
		return;
	buf_printf(&sql, "SELECT t.contact, %s FROM contact t"
	    " WHERE t.contact BETWEEN ?1 AND ?2 ORDER BY t.contact",
	    rule_check(db, entity_find("contact"), g->when,
	    purpose_path(c->purpose)));
	add->ground = g;
	add->scan = along_open(db, sql.text, NOARGS);
	buf_free(&sql);
	c->n++;
}

struct consents *
consent_open(struct db *db, const char *channel, const struct purpose *p)
{
	struct consents *c = arena_get(sizeof(*c));
	int i;

	c->channel = channel;
	c->purpose = p;
	date_at_text(c->now, date_now());
	c->states = along_open(db, sql_states, ARGS(STR(channel),
	    STR(p->name)));
	c->conditions = arena_get(sizeof(*c->conditions) *
	    ((size_t)p->ncountries + 1));
	c->reasons = arena_get(sizeof(*c->reasons) * REASONS *
	    ((size_t)p->ncountries + 1));
	add_condition(db, c, &p->ground);
	for (i = 0; i < p->ncountries; i++)
		add_condition(db, c, &p->countries[i]);
	return c;
}

/* The newest row of those that are looked at so far. */
struct newest {
	char at[AT_SIZE];
	int64_t key;
	enum consent state;
};

static void
take(struct newest *n, const char *at, int64_t key, enum consent state)
{
	size_t size = strnlen(at, sizeof(n->at) - 1);
	int order = strcmp(at, n->at);

	if (order < 0 || (order == 0 && key < n->key))
		return;
	memcpy(n->at, at, size);
	n->at[size] = '\0';
	n->key = key;
	n->state = state;
}

static void
read_states(struct consents *c, int64_t contact, struct standing *to)
{
	struct newest all = { .at = "" }, decided = { .at = "" };
	enum consent state;
	struct stmt *s;
	const char *at;
	bool there;

	for (there = along_find(c->states, contact); there;
	    there = along_next(c->states)) {
		s = along_row(c->states);
		at = db_text(s, 2, NULL);
		if (strcmp(at, c->now) > 0)
			continue;
		state = consent_read(db_text(s, 1, NULL));
		take(&all, at, db_int(s, 3), state);
		if (state != CONSENT_ASKED)
			take(&decided, at, db_int(s, 3), state);
	}
	to->newest = all.state;
	to->decided = decided.state;
}

static bool
holds(struct consents *c, const struct ground *g, int64_t contact)
{
	int i;

	for (i = 0; i < c->n; i++)
		if (c->conditions[i].ground == g)
			return along_find(c->conditions[i].scan, contact) &&
			    db_int(along_row(c->conditions[i].scan), 1);
	return false;
}

void
consent_look(struct consents *c, int64_t contact, const char *country,
    struct standing *to)
{
	to->ground = purpose_ground(c->purpose, country);
	to->newest = to->decided = CONSENT_NONE;
	if (to->ground->basis != NO_CONSENT || to->ground->when)
		read_states(c, contact, to);
	to->holds = purpose_asks(to->ground, to->newest) &&
	    holds(c, to->ground, contact);
	to->permitted = purpose_permits(to->ground, to->newest, to->decided,
	    to->holds);
}

/* Which of all there can be, from 0. */
static size_t
number(const struct consents *c, const struct standing *s)
{
	size_t ground = s->ground == &c->purpose->ground ? 0 :
	    (size_t)(s->ground - c->purpose->countries) + 1;

	return ground * REASONS + ((size_t)s->newest * STATES +
	    (size_t)s->decided) * 2 + s->holds;
}

const char *
consent_reason(struct consents *c, const struct standing *s)
{
	const char **kept = &c->reasons[number(c, s)];
	struct buf b = { 0 };

	if (!*kept) {
		purpose_tell(&b, c->purpose, s->ground, c->channel,
		    s->newest, s->decided, s->holds ||
		    s->newest == CONSENT_GIVEN);
		*kept = arena_copy(b.text);
		buf_free(&b);
	}
	return *kept;
}
