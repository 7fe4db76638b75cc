#include "gate.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "num.h"
#include "purpose.h"
#include "reach.h"
#include "rule.h"

const char *const gate_names[GATES] = { "open", "unknown", "inactive",
	"unreachable", "suppressed", "consent", "pressure", "quiet" };

/* At most so many messages in so long. */
struct cap {
	int64_t messages;
	const char *within; /* as it is written */
	char since[AT_SIZE];
	bool brand; /* of the same brand only */
};

static struct {
	struct db *db;
	const char *channel, *kind; /* kind: of handle, or NULL */
	const struct purpose *purpose;
	int64_t campaign;
	struct cap *caps;
	int ncaps;
	bool branded; /* some cap is */
	int from, to; /* quiet, minutes of the day; equal: never */
	struct buf sql;
} g;

enum { ACTIVE, COUNTRY, ZONE, STREET, NORM, STATE, STATE_AT, HOLDS, CAPS };

static const char facts[] =
    " SELECT t.active, t.country, t.zone, t.street,"
    " (SELECT n.norm FROM contact_point n WHERE n.contact = t.contact"
    " AND n.kind = ?2 AND n.valid = 1"
    " ORDER BY n.preferred DESC, n.contact_point LIMIT 1),"
    " k.state, k.at, ";

static const char newest[] =
    " FROM contact t LEFT JOIN consent k ON k.consent ="
    " (SELECT c.consent FROM consent c WHERE c.contact = t.contact"
    " AND c.channel = ?3 AND c.purpose = ?4 AND c.at <= now()"
    " ORDER BY c.at DESC, c.consent DESC LIMIT 1) WHERE t.contact = ?1";

static void
add_cap(const struct cap *c)
{
	buf_text(&g.sql, ", (SELECT count(*) FROM audience a");
	if (c->brand)
		buf_text(&g.sql, " JOIN campaign o ON o.campaign = a.campaign"
		    " AND o.brand = (SELECT b.brand FROM campaign b"
		    " WHERE b.campaign = ?5)");
	buf_printf(&g.sql, " WHERE a.contact = t.contact"
	    " AND a.sent_at > '%s' AND a.sent_at <= now())", c->since);
}

static void
read_cap(const struct node *n, struct cap *c)
{
	const char *messages = node_key_text(n, "messages");
	const char *brand = node_key_text(n, "brand");
	int64_t days;

	c->within = node_key_text(n, "within");
	if (!messages || !num_int(messages, &c->messages) || c->messages < 0)
		node_reject(n, "gate.caps: not a number of messages: '%s'",
		    messages ? messages : "");
	if (!c->within || !date_span(c->within, &days))
		node_reject(n, "gate.caps: within: not a step such as 30d: "
		    "'%s'", c->within ? c->within : "");
	if (brand && strcmp(brand, "same") != 0 && strcmp(brand, "any") != 0)
		node_reject(n, "gate.caps: brand: not any or same: '%s'",
		    brand);
	c->brand = brand && strcmp(brand, "same") == 0;
	g.branded = g.branded || c->brand;
	date_at_text(c->since, date_now() - days * 86400);
}

/* "21:00-08:00" */
static void
read_quiet(const struct node *n)
{
	const char *s = node_text(n);
	int a, b, c, d, end = -1;

	if (!s || strcmp(s, "never") == 0)
		return;
	if (sscanf(s, "%2d:%2d-%2d:%2d%n", &a, &b, &c, &d, &end) != 4 ||
	    end < 0 || s[end] || a < 0 || a > 23 || c < 0 || c > 23 ||
	    b < 0 || b > 59 || d < 0 || d > 59)
		node_reject(n, "gate.quiet: not hours such as 21:00-08:00: "
		    "'%s'", s);
	g.from = a * 60 + b;
	g.to = c * 60 + d;
}

void
gate_open(struct db *db, const char *channel, const struct purpose *p,
    int64_t campaign)
{
	const struct node *caps = config_get("gate.caps");
	int i;

	g.db = db;
	g.channel = channel;
	g.kind = reach_kind(channel);
	g.purpose = p;
	g.campaign = campaign;
	buf_text(&g.sql, facts);
	buf_printf(&g.sql, "(%s)", p->when ? rule_check(db,
	    entity_find("contact"), p->when, "when") : "1");
	if (!p->transactional) {
		read_quiet(config_get("gate.quiet"));
		g.ncaps = node_count(caps);
		g.caps = arena_get(sizeof(*g.caps) * ((size_t)g.ncaps + 1));
	}
	for (i = 0; i < g.ncaps; i++) {
		read_cap(node_at(caps, i), &g.caps[i]);
		add_cap(&g.caps[i]);
	}
	buf_text(&g.sql, newest);
}

/* Is it the domain, or one below it? */
static bool
within_domain(const char *domain, const char *of)
{
	size_t n = strlen(domain), m = strlen(of);

	return n >= m && strcmp(domain + n - m, of) == 0 &&
	    (n == m || domain[n - m - 1] == '.');
}

static bool
suppressed(const char *norm, struct buf *why)
{
	const struct node *list = config_get("gate.suppressed");
	const char *domain = norm ? strrchr(norm, '@') : NULL, *of;
	int i;

	for (i = 0; domain && i < node_count(list); i++) {
		of = node_text(node_at(list, i));
		if (!of || !within_domain(domain + 1, of))
			continue;
		buf_printf(why, "%s is suppressed", of);
		return true;
	}
	return false;
}

static bool
reachable(struct stmt *s, struct buf *why)
{
	bool street = db_text(s, STREET, NULL) != NULL;

	if (!g.kind || db_text(s, NORM, NULL) ||
	    (strcmp(g.kind, "post") == 0 && street))
		return true;
	buf_printf(why, "has no valid %s", strcmp(g.kind, "post") == 0 ?
	    "postal address" : g.kind);
	return false;
}

/* What the basis asks for, and what there is. */
static bool
permitted(struct stmt *s, struct buf *why)
{
	enum basis basis = purpose_basis(g.purpose, db_text(s, COUNTRY,
	    NULL));
	const char *state = db_text(s, STATE, NULL);
	bool out = state && strcmp(state, "withdrawn") == 0;
	bool in = state && strcmp(state, "given") == 0;

	if (basis == NO_BASIS || (basis == OPT_IN ? in : !out &&
	    (in || db_int(s, HOLDS))))
		return true;
	buf_printf(why, "%s is %s: ", g.purpose->name, basis_names[basis]);
	if (out)
		buf_printf(why, "withdrawn for %s on %.10s", g.channel,
		    db_text(s, STATE_AT, NULL));
	else if (basis == OPT_OUT)
		buf_printf(why, "not for %s", node_text(g.purpose->when));
	else if (state)
		buf_printf(why, "asked for %s on %.10s, not confirmed",
		    g.channel, db_text(s, STATE_AT, NULL));
	else
		buf_printf(why, "no consent to %s", g.channel);
	return false;
}

static bool
pressed(struct stmt *s, struct buf *why)
{
	int i;

	for (i = 0; i < g.ncaps; i++)
		if (db_int(s, CAPS + i) >= g.caps[i].messages) {
			buf_printf(why, "%lld messages in %s%s",
			    (long long)db_int(s, CAPS + i),
			    g.caps[i].within, g.caps[i].brand ?
			    " of this brand" : "");
			return true;
		}
	return false;
}

/* By the clock of the contact's zone, or else of ours. */
static bool
asleep(struct stmt *s, struct buf *why)
{
	int now;

	if (g.from == g.to)
		return false;
	now = date_minute_in(db_text(s, ZONE, NULL), date_now());
	if (g.from < g.to ? now < g.from || now >= g.to :
	    now < g.from && now >= g.to)
		return false;
	buf_printf(why, "quiet hours: it is %02d:%02d there", now / 60,
	    now % 60);
	return true;
}

static enum gate
judge(struct stmt *s, struct buf *why)
{
	if (!db_int(s, ACTIVE)) {
		buf_text(why, "is inactive");
		return GATE_INACTIVE;
	}
	if (!reachable(s, why))
		return GATE_UNREACHABLE;
	if (suppressed(db_text(s, NORM, NULL), why))
		return GATE_SUPPRESSED;
	if (!permitted(s, why))
		return GATE_CONSENT;
	if (pressed(s, why))
		return GATE_PRESSURE;
	return asleep(s, why) ? GATE_QUIET : GATE_OPEN;
}

enum gate
gate_look(int64_t contact, struct buf *why)
{
	const struct arg end = { .type = ARG_END };
	const struct arg args[] = { INT(contact), STR(g.kind),
		STR(g.channel), STR(g.purpose->name),
		g.branded ? (struct arg)INT(g.campaign) : end, end };
	struct stmt *s = db_query_text(g.db, g.sql.text, args);
	enum gate found = GATE_UNKNOWN;

	buf_clear(why);
	if (db_next(s))
		found = judge(s, why);
	else
		buf_printf(why, "unknown contact '%lld'", (long long)contact);
	db_done(s);
	return found;
}
