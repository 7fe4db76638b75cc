/* What people say, put on record. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "consent.h"
#include "date.h"
#include "db.h"

static struct {
	struct db *db;
	struct store *store;
} r;

void
consent_record_open(struct db *db)
{
	static const char *const columns[] = { "contact", "channel",
		"purpose", "state", "at", "how", "evidence" };
	size_t i;

	r.db = db;
	r.store = store_open(db, entity_find("consent"));
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		store_want(r.store, columns[i]);
}

/* How it stood at an instant. */
struct before {
	enum consent state;
	char day[DAY_SIZE]; /* since then */
	bool same;          /* by the same means, on the same evidence */
};

static const char sql_before[] =
    "SELECT state, at, how, evidence"
    "  FROM consent"
    " WHERE contact = :contact"
    "   AND channel = :channel"
    "   AND purpose = :purpose"
    "   AND at <= :at"
    " ORDER BY at DESC, consent DESC"
    " LIMIT 1";

/* Is there nothing new in it? */
static bool
adds_nothing(const char *said, const char *stored)
{
	return !said || (stored && strcmp(said, stored) == 0);
}

static struct before
look_back(int64_t contact, const struct said *said, const char *at)
{
	struct stmt *s = db_query(r.db, sql_before, ARGS(INT(contact),
	    STR(said->channel), STR(said->purpose), STR(at)));
	struct before b = { .state = CONSENT_NONE };
	int64_t since = 0;

	if (db_next(s)) {
		b.state = consent_read(db_text(s, 0, NULL));
		date_read_at(db_text(s, 1, NULL), &since);
		b.same = adds_nothing(said->how, db_text(s, 2, NULL)) &&
		    adds_nothing(said->evidence, db_text(s, 3, NULL));
	}
	date_day_text(b.day, date_day_of(since));
	db_done(s);
	return b;
}

static enum done
put(int64_t contact, const struct said *said, const char *at,
    struct fault *f)
{
	int64_t key;

	store_clear(r.store);
	store_key(r.store, store_find(r.store, "contact"), contact);
	store_named(r.store, "channel", said->channel);
	store_named(r.store, "purpose", said->purpose);
	store_named(r.store, "state", said->state);
	store_named(r.store, "at", at);
	store_named(r.store, "how", said->how ? said->how :
	    said->confirms ? "confirmed" : NULL);
	store_named(r.store, "evidence", said->evidence);
	return store_add(r.store, &key, f) == FAULT ? FAULT : UPDATED;
}

static bool
read_at(const char *text, char at[AT_SIZE], struct fault *f)
{
	int64_t instant = date_now();

	if (text && !date_read_at(text, &instant))
		return fault_say(f, "at", "not a day or an instant: '%s'",
		    text);
	if (instant > date_now())
		return fault_say(f, "at", "is still to come: '%s'", text);
	date_at_text(at, instant);
	return true;
}

enum done
consent_record(int64_t contact, const struct said *said, struct buf *why,
    struct fault *f)
{
	enum consent state = consent_read(said->state);
	char at[AT_SIZE];
	struct before b;

	buf_clear(why);
	if (!read_at(said->at, at, f))
		return FAULT;
	if (!purpose_find(said->purpose, why)) {
		fault_say(f, "purpose", "%s", why->text);
		return FAULT;
	}
	b = look_back(contact, said, at);
	if (b.state == CONSENT_GIVEN && (state == CONSENT_ASKED ||
	    said->confirms)) {
		buf_printf(why, "given since %s", b.day);
		return UNCHANGED;
	}
	if (said->confirms && b.state != CONSENT_ASKED) {
		buf_text(why, b.state == CONSENT_WITHDRAWN ?
		    "was withdrawn, and not asked for since" :
		    "was not asked for");
		return REFUSED;
	}
	if (b.state == state && b.same) {
		buf_printf(why, "%s since %s", said->state, b.day);
		return UNCHANGED;
	}
	return put(contact, said, at, f);
}
