/* How often, and at what hours, people are written to. */
#include <string.h>

#include "along.h"
#include "arena.h"
#include "buf.h"
#include "config.h"
#include "db.h"
#include "gatecore.h"
#include "memo.h"
#include "num.h"

enum { ZONES = 1024 }; /* that are kept */

/* Days count, today among them: in 1d, today. */
static void
read_within(struct cap *c, const struct node *n)
{
	const char *text = node_key_text(n, "within");
	struct buf back = { 0 };
	int64_t span, day;

	if (!text || !date_span(text, &span) || span < 1)
		node_reject(n, "gate.caps: within is expected, a step such as "
		    "30d");
	buf_printf(&back, "-%s", text);
	if (!date_step(date_today(), back.text, &day))
		node_reject(n, "gate.caps: no day %s ago", text);
	buf_free(&back);
	date_at_text(c->since, date_at_of(day + 1, 0, 0));
}

static void
read_cap(struct cap *c, const struct node *n)
{
	const char *messages = node_key_text(n, "messages");
	const char *brand = node_key_text(n, "brand");

	if (!messages || !num_int(messages, &c->messages) || c->messages < 1)
		node_reject(n, "gate.caps: messages is expected, a number "
		    "above 0");
	if (brand && strcmp(brand, "any") != 0 && strcmp(brand, "same") != 0)
		node_reject(n, "gate.caps: brand: any or same is expected");
	c->same = brand && *brand == 's';
	read_within(c, n);
	c->reason = gate_reason("contact pressure: %s message%s%s within %s",
	    messages, c->messages == 1 ? "" : "s",
	    c->same ? " of this brand" : "", node_key_text(n, "within"));
}

static const char sql_sent[] =
    "SELECT a.contact, a.sent_at, c.brand"
    "  FROM audience a"
    "  JOIN campaign c ON c.campaign = a.campaign"
    " WHERE a.contact BETWEEN :from AND :to"
    "   AND a.sent_at >= :since"
    "   AND a.sent_at <= :now"
    " ORDER BY a.contact";

static const char sql_brand[] =
    "SELECT brand"
    "  FROM campaign"
    " WHERE campaign = :campaign";

static const char *
brand_of(struct db *db, int64_t campaign)
{
	struct stmt *s = db_query(db, sql_brand, ARGS(INT(campaign)));
	const char *brand = db_next(s) ? arena_copy(db_text(s, 0, NULL)) :
	    NULL;

	db_done(s);
	return brand;
}

void
pressure_open(struct pressure *p, struct db *db, int64_t campaign)
{
	const struct node *caps = config_get("gate.caps");
	int n = node_count(caps), i;

	p->brand = campaign ? brand_of(db, campaign) : NULL;
	p->caps = arena_get(sizeof(*p->caps) * ((size_t)n + 1));
	date_at_text(p->now, date_now());
	memcpy(p->since, p->now, AT_SIZE);
	for (i = 0; i < n; i++) {
		read_cap(&p->caps[p->n], node_at(caps, i));
		if (p->caps[p->n].same && !p->brand)
			continue;
		if (strcmp(p->caps[p->n].since, p->since) < 0)
			memcpy(p->since, p->caps[p->n].since, AT_SIZE);
		p->n++;
	}
	if (p->n)
		p->sent = along_open(db, sql_sent, ARGS(STR(p->since),
		    STR(p->now)));
}

/* One more message, to each cap that it is under. */
static void
count(struct pressure *p, const char *at, const char *brand)
{
	struct cap *c;

	for (c = p->caps; c < p->caps + p->n; c++)
		c->count += strcmp(at, c->since) >= 0 && (!c->same ||
		    (brand && strcmp(brand, p->brand) == 0));
}

const char *
pressure_reason(struct pressure *p, int64_t contact)
{
	struct cap *c;
	bool there;

	if (!p->sent)
		return NULL;
	for (c = p->caps; c < p->caps + p->n; c++)
		c->count = 0;
	for (there = along_find(p->sent, contact); there;
	    there = along_next(p->sent))
		count(p, db_text(along_row(p->sent), 1, NULL),
		    db_text(along_row(p->sent), 2, NULL));
	for (c = p->caps; c < p->caps + p->n; c++)
		if (c->count >= c->messages)
			return c->reason;
	return NULL;
}

void
quiet_open(struct quiet *q)
{
	const struct node *n = config_get("gate.quiet");

	if (!n)
		return;
	q->hours = node_text(n);
	if (!q->hours || !date_read_hours(q->hours, &q->from, &q->to))
		node_reject(n, "gate.quiet: not hours such as 21:00-08:00");
	q->zones = memo_new(sizeof(bool), ZONES);
}

static bool
is_quiet(const struct quiet *q, const char *zone)
{
	char text[LOCAL_SIZE];
	int minutes;

	date_local_in(text, date_now(), zone);
	minutes = ((text[11] - '0') * 10 + text[12] - '0') * 60 +
	    (text[14] - '0') * 10 + text[15] - '0';
	return q->from < q->to ? minutes >= q->from && minutes < q->to :
	    minutes >= q->from || minutes < q->to;
}

const char *
quiet_reason(struct quiet *q, const char *zone, struct buf *why)
{
	const bool *kept;
	bool quiet;

	zone = zone ? zone : "";
	kept = memo_get(q->zones, zone, strlen(zone));
	quiet = kept ? *kept : is_quiet(q, zone);
	if (!kept)
		memo_put(q->zones, zone, strlen(zone), &quiet);
	if (!quiet)
		return NULL;
	buf_clear(why);
	buf_printf(why, "quiet hours%s%s: %s", *zone ? " in " : "", zone,
	    q->hours);
	return why->text;
}
