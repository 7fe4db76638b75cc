#include "campaign.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "campaigncore.h"
#include "catalog.h"
#include "die.h"
#include "op.h"

struct campaign campaign;
struct db *campaign_db;
struct place campaign_place;

static char instant[AT_SIZE]; /* when they are put in, or sent to */
static int64_t wave;          /* that is being made */
static struct buf name;       /* of the contact */

static const char sql_campaign[] =
    "SELECT name, status, currency, channel, since, until, arms, seed"
    "  FROM campaign"
    " WHERE campaign = :campaign";

static void
copy_day(char to[DAY_SIZE], const char *day)
{
	*to = '\0';
	if (day && strlen(day) == DAY_SIZE - 1)
		memcpy(to, day, DAY_SIZE);
}

const struct campaign *
campaign_open(struct db *db, int64_t key)
{
	struct stmt *s = db_query(db, sql_campaign, ARGS(INT(key)));
	struct campaign *c = &campaign;
	struct buf why = { 0 };

	calc_calendar();
	campaign_db = db;
	if (!db_next(s))
		die(BUG, "no campaign %lld", (long long)key);
	c->key = key;
	c->name = arena_copy(db_text(s, 0, NULL));
	c->status = arena_copy(db_text(s, 1, NULL));
	c->currency = arena_copy(db_text(s, 2, NULL));
	c->channel = arena_copy(db_text(s, 3, NULL));
	copy_day(c->since, db_text(s, 4, NULL));
	copy_day(c->until, db_text(s, 5, NULL));
	c->split = arena_copy(db_text(s, 6, NULL));
	c->seed = db_int(s, 7);
	db_done(s);
	if (c->split && !arms_read(&c->arms, c->split, &why))
		die(DATA, "campaign '%s': arms: %s", c->name, why.text);
	buf_free(&why);
	return c;
}

bool
campaign_instant(const char *at, int64_t *to, struct fault *f)
{
	*to = date_now();
	if (at && !date_read_at(at, to))
		return fault_say(f, "at", "not an instant: '%s'", at);
	if (date_day_of(*to) > date_today())
		return fault_say(f, "at", "not yet: '%s'", at);
	return true;
}

bool
campaign_when(const char *at, struct fault *f)
{
	char today[DAY_SIZE];
	int64_t n;

	if (!campaign_instant(at, &n, f))
		return false;
	date_day_text(today, date_today());
	if (!at && *campaign.until && strcmp(campaign.until, today) < 0)
		date_read_at(campaign.since, &n);
	date_at_text(instant, n);
	return true;
}

static const char sql_place[] =
    "SELECT c.name, a.audience, a.wave, a.arm, a.sent_at"
    "  FROM contact c"
    "  LEFT JOIN audience a ON a.campaign = :campaign"
    "   AND a.contact = c.contact"
    "   AND (:wave = 0 OR a.wave = :wave)"
    " WHERE c.contact = :contact"
    " ORDER BY a.wave DESC"
    " LIMIT 1";

static void
keep(struct buf *b, const char *text)
{
	buf_clear(b);
	if (text)
		buf_text(b, text);
}

bool
campaign_look(int64_t contact, int64_t which, struct addressed *to)
{
	struct stmt *s = db_query(campaign_db, sql_place, ARGS(
	    INT(campaign.key), INT(which), INT(contact)));
	bool there = db_next(s);

	keep(&name, there ? db_text(s, 0, NULL) : NULL);
	campaign_place.audience = there ? db_int(s, 1) : 0;
	to->wave = there ? db_int(s, 2) : 0;
	keep(&campaign_place.arm, there ? db_text(s, 3, NULL) : NULL);
	keep(&campaign_place.sent, there ? db_text(s, 4, NULL) : NULL);
	db_done(s);
	to->name = buf_get(&name);
	to->arm = buf_get(&campaign_place.arm);
	buf_clear(&to->said);
	return there;
}

static enum done
unknown(int64_t contact, struct fault *f)
{
	fault_say(f, NULL, "unknown contact '%lld'", (long long)contact);
	f->unknown = true;
	return FAULT;
}

static const char sql_put[] =
    "INSERT INTO audience (audience, campaign, contact, wave, arm, offer,"
    "                      added_at)"
    " VALUES (:audience, :campaign, :contact, :wave, :arm, :offer, :at)";

static void
put(int64_t contact, const char *offer, struct addressed *to)
{
	db_run(campaign_db, sql_put, ARGS(
	    INT(op_key(campaign_db, "audience")), INT(campaign.key),
	    INT(contact), INT(to->wave), STR(*to->arm ? to->arm : NULL),
	    STR(offer), STR(instant)));
}

enum done
campaign_add(int64_t contact, const char *arm, const char *offer,
    struct addressed *to, struct fault *f)
{
	if (!campaign_look(contact, 0, to))
		return unknown(contact, f);
	if (campaign_place.audience)
		return UNCHANGED;
	if (arm && campaign.split && !arms_have(&campaign.arms, arm)) {
		fault_say(f, "arm", "not an arm of %s: '%s'", campaign.name,
		    arm);
		return FAULT;
	}
	if (!arm && campaign.split)
		arm = arms_draw(&campaign.arms, campaign.seed, campaign.key,
		    contact);
	to->arm = arm ? arm : "";
	to->wave = 1;
	put(contact, offer, to);
	return CREATED;
}

static const char sql_last_wave[] =
    "SELECT ifnull(max(wave), 0)"
    "  FROM audience"
    " WHERE campaign = :campaign";

void
campaign_wave(int64_t number)
{
	date_at_text(instant, date_now());
	wave = number ? number : 1 + db_number(campaign_db, sql_last_wave,
	    ARGS(INT(campaign.key)), 0);
}

static bool
is_in(struct addressed *to)
{
	if (!campaign_place.audience)
		buf_printf(&to->said, "is not in the audience of %s",
		    campaign.name);
	return campaign_place.audience != 0;
}

enum done
campaign_again(int64_t contact, const char *offer, struct addressed *to,
    struct fault *f)
{
	if (!campaign_look(contact, wave, to))
		return unknown(contact, f);
	if (campaign_place.audience)
		return UNCHANGED;
	campaign_look(contact, 0, to);
	if (!is_in(to))
		return REFUSED;
	to->wave = wave;
	put(contact, offer, to);
	return CREATED;
}

bool
campaign_sent_at(const char *at, struct fault *f)
{
	char day[DAY_SIZE];
	int64_t n;

	if (!campaign_instant(at, &n, f))
		return false;
	date_at_text(instant, n);
	date_day_text(day, date_day_of(n));
	return strcmp(day, campaign.since) >= 0 ||
	    fault_say(f, "at", "%s is before it begins, on %s", day,
	        campaign.since);
}

static const char sql_sent[] =
    "UPDATE audience"
    "   SET sent_at = :at"
    " WHERE audience = :audience";

static const char sql_running[] =
    "UPDATE campaign"
    "   SET status = 'running'"
    " WHERE campaign = :campaign"
    "   AND status = 'planned'";

enum done
campaign_sent(int64_t contact, int64_t which, struct addressed *to,
    struct fault *f)
{
	if (!campaign_look(contact, which, to))
		return unknown(contact, f);
	if (!is_in(to))
		return REFUSED;
	if (strcmp(to->arm, ARMS_CONTROL) == 0) {
		buf_text(&to->said, "is held out");
		return REFUSED;
	}
	if (campaign_place.sent.len)
		return UNCHANGED;
	db_run(campaign_db, sql_sent, ARGS(STR(instant),
	    INT(campaign_place.audience)));
	if (strcmp(campaign.status, "planned") == 0) {
		db_run(campaign_db, sql_running, ARGS(INT(campaign.key)));
		campaign.status = "running";
	}
	return UPDATED;
}

enum done
campaign_close(const char *until, struct fault *f)
{
	struct store *s = store_open(campaign_db, entity_find("campaign"));
	char today[DAY_SIZE];

	date_day_text(today, date_today());
	if (!until && (!*campaign.until ||
	    strcmp(campaign.until, today) > 0))
		until = today;
	store_named(s, "status", "closed");
	store_named(s, "until", until);
	return store_set(s, campaign.key, f);
}
