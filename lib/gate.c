#include "gatecore.h"

#include <string.h>

#include "along.h"
#include "arena.h"
#include "buf.h"
#include "config.h"
#include "consent.h"
#include "db.h"
#include "email.h"
#include "reach.h"

struct gate {
	const char *channel, *kind; /* of contact_point, or NULL */
	const struct purpose *purpose;
	struct consents *consents;
	struct along *contacts, *points;
	bool post, email;
	struct suppressed {
		const char *domain, *reason;
	} *suppressed; /* ended by a NULL domain */
	const char *unreached; /* the reason, where there is no handle */
	struct pressure pressure;
	struct quiet quiet;
	int64_t last; /* the contact that was asked about */
	enum passage passage;
	const char *reason;
	struct buf why; /* one that is made each time */
};

enum { ACTIVE = 1, COUNTRY, ZONE, ADDRESS };

/* What is not asked about is not read. */
static struct along *
open_contacts(const struct gate *g, struct db *db)
{
	struct along *contacts;
	struct buf sql = { 0 };

	buf_printf(&sql, "SELECT contact, active, %s, %s, %s FROM contact"
	    " WHERE contact BETWEEN ?1 AND ?2 ORDER BY contact",
	    g->purpose->ncountries ? "country" : "NULL",
	    g->quiet.hours ? "zone" : "NULL",
	    g->post ? "street IS NOT NULL AND (city IS NOT NULL OR postcode"
	    " IS NOT NULL)" : "NULL");
	contacts = along_open(db, sql.text, NOARGS);
	buf_free(&sql);
	return contacts;
}

static const char sql_reached[] =
    "SELECT contact"
    "  FROM contact_point"
    " WHERE contact BETWEEN :from AND :to"
    "   AND kind = :kind"
    "   AND valid = 1"
    " ORDER BY contact";

/* Where it matters which it is. */
static const char sql_points[] =
    "SELECT contact, preferred, contact_point, norm"
    "  FROM contact_point"
    " WHERE contact BETWEEN :from AND :to"
    "   AND kind = :kind"
    "   AND valid = 1"
    " ORDER BY contact";

const char *
gate_reason(const char *fmt, ...)
{
	struct buf b = { 0 };
	const char *kept;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	kept = arena_copy(b.text);
	buf_free(&b);
	return kept;
}

/* In lower case, as addresses are compared. */
static const char *
read_domain(const struct node *n)
{
	struct buf address = { 0 }, norm = { 0 };
	const char *text = node_text(n), *domain;

	buf_printf(&address, "x@%s", text ? text : "");
	if (!text || !email_norm(&norm, address.text) || strchr(text, '@'))
		node_reject(n, "gate.suppressed: not a domain: '%s'",
		    text ? text : "");
	domain = arena_copy(strchr(norm.text, '@') + 1);
	buf_free(&address);
	buf_free(&norm);
	return domain;
}

static struct suppressed *
read_suppressed(void)
{
	const struct node *list = config_get("gate.suppressed");
	int n = node_count(list), i;
	struct suppressed *all = arena_get(sizeof(*all) * ((size_t)n + 1));

	for (i = 0; i < n; i++) {
		all[i].domain = read_domain(node_at(list, i));
		all[i].reason = gate_reason("suppressed domain: %s",
		    all[i].domain);
	}
	return all;
}

struct gate *
gate_open(struct db *db, const char *channel, const struct purpose *p,
    int64_t campaign)
{
	struct gate *g = arena_get(sizeof(*g));

	g->channel = channel;
	g->kind = reach_kind(channel);
	g->email = g->kind && strcmp(g->kind, "email") == 0;
	g->post = g->kind && strcmp(g->kind, "post") == 0;
	g->purpose = p;
	g->consents = consent_open(db, channel, p);
	g->unreached = gate_reason("no valid %s", g->post ?
	    "postal address" : g->email ? "e-mail address" :
	    g->kind ? g->kind : channel);
	g->suppressed = read_suppressed();
	if (g->kind)
		g->points = along_open(db, g->suppressed->domain ?
		    sql_points : sql_reached, ARGS(STR(g->kind)));
	pressure_open(&g->pressure, db, campaign);
	quiet_open(&g->quiet);
	g->contacts = open_contacts(g, db);
	g->last = -1;
	return g;
}

/* The reason, where nothing goes to the domain or one above it. */
static const char *
suppressed(const struct gate *g, const char *norm)
{
	const char *at = strrchr(norm, '@'), *end = norm + strlen(norm);
	const struct suppressed *d = g->suppressed;
	size_t size;

	for (; at && d->domain; d++) {
		size = strlen(d->domain);
		if ((size_t)(end - at) > size &&
		    strcmp(end - size, d->domain) == 0 &&
		    strchr("@.", end[-(long)size - 1]))
			return d->reason;
	}
	return NULL;
}

/* Of the address to which it would go: the preferred one, else the first. */
static const char *
suppressed_one(const struct gate *g)
{
	const char *found = NULL;
	int64_t key = 0, preferred = -1;
	struct stmt *s = along_row(g->points);

	do {
		if (db_int(s, 1) < preferred ||
		    (db_int(s, 1) == preferred && db_int(s, 2) > key))
			continue;
		preferred = db_int(s, 1);
		key = db_int(s, 2);
		found = suppressed(g, db_text(s, 3, NULL));
	} while (along_next(g->points));
	return found;
}

/* The contact is the present row. */
static bool
is_reached(struct gate *g, int64_t contact)
{
	if (!g->kind || (g->post && db_int(along_row(g->contacts), ADDRESS)))
		return true;
	if (!along_find(g->points, contact))
		g->reason = g->unreached;
	else if (g->email && g->suppressed->domain)
		g->reason = suppressed_one(g);
	return !g->reason;
}

static bool
is_permitted(struct gate *g, int64_t contact)
{
	struct standing standing;
	const char *country = NULL;

	if (g->purpose->ncountries)
		country = db_text(along_row(g->contacts), COUNTRY, NULL);
	consent_look(g->consents, contact, country, &standing);
	if (!standing.permitted)
		g->reason = consent_reason(g->consents, &standing);
	return standing.permitted;
}

/* Not too often, and not at night. */
static bool
is_welcome(struct gate *g, int64_t contact)
{
	if (g->purpose->transactional)
		return true;
	g->reason = pressure_reason(&g->pressure, contact);
	if (!g->reason && !g->post && g->quiet.hours)
		g->reason = quiet_reason(&g->quiet,
		    db_text(along_row(g->contacts), ZONE, NULL), &g->why);
	return !g->reason;
}

static enum passage
ask(struct gate *g, int64_t contact)
{
	g->reason = NULL;
	if (!along_find(g->contacts, contact))
		return GATE_UNKNOWN;
	if (!db_int(along_row(g->contacts), ACTIVE)) {
		g->reason = "inactive";
		return GATE_REFUSES;
	}
	return is_permitted(g, contact) && is_reached(g, contact) &&
	    is_welcome(g, contact) ? GATE_PASSES : GATE_REFUSES;
}

enum passage
gate_ask(struct gate *g, int64_t contact, const char **reason)
{
	if (contact != g->last) {
		g->passage = ask(g, contact);
		g->last = contact;
	}
	*reason = g->reason;
	return g->passage;
}
