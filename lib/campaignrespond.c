/* What contacts did, and what follows from it. */
#include <string.h>

#include "buf.h"
#include "campaigncore.h"
#include "catalog.h"
#include "reach.h"

static struct {
	struct store *responses, *consents;
	int contact, campaign; /* slots */
	struct buf how;
} r;

void
campaign_respond_open(struct store *responses, const char *purpose)
{
	static const char *const columns[] = { "contact", "channel",
		"purpose", "state", "at", "how" };
	size_t i;

	r.responses = responses;
	r.contact = store_want(responses, "contact");
	r.campaign = store_want(responses, "campaign");
	r.consents = store_open(campaign_db, entity_find("consent"));
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		store_want(r.consents, columns[i]);
	buf_printf(&r.how, "campaign %s", campaign.name);
	store_named(r.consents, "channel", campaign.channel);
	store_named(r.consents, "purpose", purpose);
	store_named(r.consents, "state", "withdrawn");
	store_named(r.consents, "how", r.how.text);
}

/* The day it was first sent to them. */
static const char sql_first_sent[] =
    "SELECT min(sent_at)"
    "  FROM audience"
    " WHERE campaign = :campaign"
    "   AND contact = :contact";

static bool
was_sent(int64_t contact, char day[DAY_SIZE])
{
	struct stmt *s = db_query(campaign_db, sql_first_sent,
	    ARGS(INT(campaign.key), INT(contact)));
	const char *at = db_next(s) ? db_text(s, 0, NULL) : NULL;
	int64_t n = 0;
	bool sent = at && date_read_at(at, &n);

	date_day_text(day, date_day_of(n));
	db_done(s);
	return sent;
}

/* Days count: an instant that is given as a day is noon. */
static bool
follows(int64_t contact, int64_t at, struct fault *f)
{
	char day[DAY_SIZE], sent[DAY_SIZE];

	date_day_text(day, date_day_of(at));
	if (strcmp(day, campaign.since) < 0)
		return fault_say(f, "at", "%s is before the campaign, which "
		    "began on %s", day, campaign.since);
	if (was_sent(contact, sent) && strcmp(day, sent) < 0)
		return fault_say(f, "at", "%s is before it was sent to them, "
		    "on %s", day, sent);
	return true;
}

static const char sql_there[] =
    "SELECT response"
    "  FROM response"
    " WHERE campaign = :campaign"
    "   AND contact = :contact"
    "   AND kind = :kind"
    "   AND day = :day"
    "   AND at = :at";

static int64_t
there(int64_t contact, const char *kind, int64_t n)
{
	char at[AT_SIZE], day[DAY_SIZE];

	date_at_text(at, n);
	date_day_text(day, date_day_of(n));
	return db_number(campaign_db, sql_there, ARGS(INT(campaign.key),
	    INT(contact), STR(kind), STR(day), STR(at)), 0);
}

static bool
withdraw(int64_t contact, int64_t at, struct buf *said, struct fault *f)
{
	char when[AT_SIZE];
	int64_t consent;

	date_at_text(when, at);
	store_key(r.consents, store_find(r.consents, "contact"), contact);
	store_named(r.consents, "at", when);
	buf_printf(said, "consent withdrawn: %s", campaign.channel);
	return store_add(r.consents, &consent, f) == CREATED;
}

static const char sql_dead[] =
    "UPDATE contact_point"
    "   SET valid = 0"
    " WHERE contact_point = (SELECT contact_point FROM contact_point"
    "                         WHERE contact = :contact AND kind = :kind"
    "                         ORDER BY preferred DESC, contact_point"
    "                         LIMIT 1)"
    "   AND valid = 1";

static void
mark_dead(int64_t contact, struct buf *said)
{
	const char *kind = reach_kind(campaign.channel);

	if (kind && db_run(campaign_db, sql_dead,
	    ARGS(INT(contact), STR(kind))))
		buf_printf(said, "its %s is no longer valid", kind);
}

enum done
campaign_respond(int64_t contact, int64_t *response, struct addressed *to,
    struct fault *f)
{
	const char *kind = store_text(r.responses, "kind");
	int64_t at;

	store_key(r.responses, r.contact, contact);
	store_key(r.responses, r.campaign, campaign.key);
	if (!store_check(r.responses, f) ||
	    !campaign_instant(store_text(r.responses, "at"), &at, f))
		return FAULT;
	campaign_look(contact, 0, to);
	*response = 0;
	if (!to->wave) {
		buf_printf(&to->said, "is not in the audience of %s",
		    campaign.name);
		return REFUSED;
	}
	if (!follows(contact, at, f))
		return FAULT;
	if (!campaign.channel && strcmp(kind, "unsubscribed") == 0) {
		fault_say(f, "kind", "%s has no channel from which to "
		    "unsubscribe", campaign.name);
		return FAULT;
	}
	if ((*response = there(contact, kind, at)))
		return UNCHANGED;
	if (strcmp(kind, "unsubscribed") == 0 && !withdraw(contact, at,
	    &to->said, f))
		return FAULT;
	if (strcmp(kind, "bounced") == 0)
		mark_dead(contact, &to->said);
	return store_add(r.responses, response, f) == CREATED ? CREATED :
	    FAULT;
}
