#include "purpose.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "phone.h"
#include "text.h"

const char *const basis_words[] = { "opt-in", "opt-out", "none", NULL };

static struct {
	bool read;
	const char *country; /* ours, or NULL */
	struct purpose *list;
	int n;
} all;

const char *
purpose_path(const struct purpose *p)
{
	struct buf b = { 0 };
	const char *path;

	buf_printf(&b, "purposes.%s", p->name);
	path = arena_copy(b.text);
	buf_free(&b);
	return path;
}

static void
must_be_map(const struct node *n, const char *what)
{
	if (node_count(n) && (node_text(n) || !node_name(n, 0)))
		node_reject(n, "%s: not a map", what);
}

static int
listed(const char *const *words, const char *word)
{
	int i;

	for (i = 0; word && words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return -1;
}

static struct ground
read_ground(const struct purpose *p, const struct node *n)
{
	struct ground g = { .when = node_key(n, "when") };
	const struct node *basis = node_key(n, "basis");
	int at = listed(basis_words, node_text(basis));

	if (at < 0)
		node_reject(basis ? basis : n, "%s.basis: opt-in, opt-out or "
		    "none is expected", purpose_path(p));
	g.basis = (enum basis)at;
	if (g.when && !node_text(g.when))
		node_reject(g.when, "%s.when: an expression is expected",
		    purpose_path(p));
	if (g.when && g.basis == OPT_IN)
		node_reject(g.when, "%s.when goes with opt-out and none",
		    purpose_path(p));
	return g;
}

static void
read_countries(struct purpose *p, const struct node *n)
{
	struct ground *g;
	int i;

	must_be_map(n, "purposes.*.countries");
	p->countries = arena_get(sizeof(*g) * ((size_t)node_count(n) + 1));
	for (i = 0; i < node_count(n); i++) {
		g = &p->countries[p->ncountries++];
		*g = read_ground(p, node_at(n, i));
		g->country = node_name(n, i);
		if (!phone_country(g->country))
			node_reject(node_at(n, i), "%s.countries: not a "
			    "country code: '%s'", purpose_path(p),
			    g->country);
	}
}

static void
read_one(struct purpose *p)
{
	static const char *const kinds[] = { "marketing", "transactional",
		NULL };
	const struct node *kind = node_key(p->node, "kind");
	int at = kind ? listed(kinds, node_text(kind)) : 0;

	must_be_map(p->node, purpose_path(p));
	if (at < 0)
		node_reject(kind, "%s.kind: marketing or transactional is "
		    "expected", purpose_path(p));
	p->transactional = at == 1;
	p->ground = read_ground(p, p->node);
	read_countries(p, node_key(p->node, "countries"));
}

static void
read_all(void)
{
	const struct node *n = config_get("purposes");
	int i;

	if (all.read)
		return;
	all.read = true;
	all.country = config_text("country");
	must_be_map(n, "purposes");
	all.list = arena_get(sizeof(*all.list) * ((size_t)node_count(n) + 1));
	for (i = 0; i < node_count(n); i++, all.n++) {
		all.list[i].name = node_name(n, i);
		all.list[i].node = node_at(n, i);
		read_one(&all.list[i]);
	}
}

int
purpose_count(void)
{
	read_all();
	return all.n;
}

const struct purpose *
purpose_at(int i)
{
	return &all.list[i];
}

const struct purpose *
purpose_find(const char *name, struct buf *why)
{
	const char **names, *near;
	int i;

	read_all();
	names = arena_get(sizeof(*names) * ((size_t)all.n + 1));
	for (i = 0; i < all.n; i++) {
		if (strcmp(all.list[i].name, name) == 0)
			return &all.list[i];
		names[i] = all.list[i].name;
	}
	near = text_nearest(name, names);
	buf_printf(why, "no purpose '%s' in crm.yaml%s%s%s", name,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
	return NULL;
}

const struct ground *
purpose_ground(const struct purpose *p, const char *country)
{
	int i;

	if (!country || !*country)
		country = all.country;
	for (i = 0; country && i < p->ncountries; i++)
		if (strcmp(p->countries[i].country, country) == 0)
			return &p->countries[i];
	return &p->ground;
}

enum consent
consent_read(const char *state)
{
	if (!state)
		return CONSENT_NONE;
	return *state == 'g' ? CONSENT_GIVEN : *state == 'w' ?
	    CONSENT_WITHDRAWN : CONSENT_ASKED;
}

bool
purpose_asks(const struct ground *g, enum consent newest)
{
	return g->when && newest != CONSENT_GIVEN;
}

bool
purpose_permits(const struct ground *g, enum consent newest,
    enum consent decided, bool holds)
{
	bool so = !g->when || holds;

	if (newest == CONSENT_GIVEN || (so && g->basis == NO_CONSENT))
		return true;
	return so && g->basis == OPT_OUT && decided != CONSENT_WITHDRAWN;
}

void
purpose_tell(struct buf *b, const struct purpose *p, const struct ground *g,
    const char *channel, enum consent newest, enum consent decided,
    bool holds)
{
	bool so = !g->when || holds;

	buf_printf(b, "%s is %s%s", p->name, g->basis == NO_CONSENT ?
	    "free of consent" : basis_words[g->basis], so ? "" : " only when ");
	if (!so)
		buf_text(b, node_text(g->when));
	if (g->country)
		buf_printf(b, " in %s", g->country);
	if (so && g->basis == NO_CONSENT)
		return;
	if (newest == CONSENT_GIVEN)
		buf_printf(b, ": consent to %s given", channel);
	else if (newest == CONSENT_WITHDRAWN || (so && g->basis == OPT_OUT &&
	    decided == CONSENT_WITHDRAWN))
		buf_printf(b, ": consent to %s withdrawn", channel);
	else if (so && g->basis == OPT_OUT)
		buf_printf(b, ": no objection to %s", channel);
	else if (newest == CONSENT_ASKED)
		buf_printf(b, ": consent to %s only asked for", channel);
	else
		buf_printf(b, ": no consent to %s", channel);
}
