#include "handoff.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "staff.h"
#include "who.h"

static struct {
	struct db *db;
	struct store *offers, *contacts;
} h;

void
handoff_open(struct db *db)
{
	static const char *const columns[] = { "contact", "giver", "taker",
		"state", "decided_at", "note", "reason" };
	size_t i;

	h.db = db;
	h.offers = store_open(db, entity_find("handoff"));
	h.contacts = store_open(db, entity_find("contact"));
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		store_want(h.offers, columns[i]);
	store_want(h.contacts, "owner");
}

/* The open one, if there is one. */
struct offer {
	int64_t key, taker; /* 0: none */
	int64_t owner;      /* of the contact; 0: nobody */
};

static const char sql_offer[] =
    "SELECT h.handoff, h.taker, c.owner"
    "  FROM contact c"
    "  LEFT JOIN handoff h ON h.contact = c.contact"
    "   AND h.state = 'offered'"
    " WHERE c.contact = :contact";

static struct offer
find_offer(int64_t contact)
{
	struct stmt *s = db_query(h.db, sql_offer, ARGS(INT(contact)));
	struct offer o = { 0 };

	if (db_next(s)) {
		o.key = db_int(s, 0);
		o.taker = db_int(s, 1);
		o.owner = db_int(s, 2);
	}
	db_done(s);
	return o;
}

static void
give_staff(struct store *s, const char *column, int64_t staff)
{
	store_key(s, store_find(s, column), staff);
}

static enum done
stored(enum done done, const struct fault *f, struct buf *said)
{
	if (done != FAULT)
		return done;
	buf_clear(said);
	buf_text(said, f->why.text);
	return REFUSED;
}

static enum done
decide(int64_t offer, const char *state, const char *reason,
    struct buf *said)
{
	static struct fault f;
	char at[AT_SIZE];

	date_at_text(at, date_now());
	store_clear(h.offers);
	store_named(h.offers, "state", state);
	store_named(h.offers, "decided_at", at);
	if (reason)
		store_named(h.offers, "reason", reason);
	return stored(store_set(h.offers, offer, &f), &f, said);
}

static void
say_staff(struct buf *said, const char *what, int64_t staff)
{
	buf_clear(said);
	buf_text(said, what);
	who_label(h.db, entity_find("staff"), staff, said);
}

enum done
handoff_offer(int64_t contact, int64_t taker, const char *note,
    struct buf *said)
{
	static struct fault f;
	struct offer o = find_offer(contact);
	char key[NUM_SIZE];
	enum done done;

	say_staff(said, "offered to ", taker);
	if (o.owner == taker) {
		say_staff(said, "is with ", taker);
		return UNCHANGED;
	}
	if (o.key && o.taker == taker) {
		say_staff(said, "was offered before to ", taker);
		return UNCHANGED;
	}
	if (o.key && decide(o.key, "withdrawn", NULL, said) == REFUSED)
		return REFUSED;
	num_text(key, contact);
	store_clear(h.offers);
	store_named(h.offers, "contact", key);
	if (o.owner)
		give_staff(h.offers, "giver", o.owner);
	give_staff(h.offers, "taker", taker);
	store_named(h.offers, "note", note);
	done = store_add(h.offers, &o.key, &f);
	return stored(done == CREATED ? UPDATED : done, &f, said);
}

/* Is it for this one to say? */
static bool
is_theirs(const struct offer *o, int64_t me, struct buf *said)
{
	buf_clear(said);
	if (!o->key)
		buf_text(said, "was not offered to anybody");
	else if (o->taker != me)
		say_staff(said, "was offered to ", o->taker);
	return o->key && o->taker == me;
}

enum done
handoff_accept(int64_t contact, int64_t me, struct buf *said)
{
	static struct fault f;
	struct offer o = find_offer(contact);
	enum done done;

	if (!is_theirs(&o, me, said))
		return REFUSED;
	done = decide(o.key, "accepted", NULL, said);
	if (done == REFUSED)
		return done;
	store_clear(h.contacts);
	give_staff(h.contacts, "owner", me);
	done = store_set(h.contacts, contact, &f);
	return stored(done == UNCHANGED ? UPDATED : done, &f, said);
}

enum done
handoff_reject(int64_t contact, int64_t me, const char *reason,
    struct buf *said)
{
	struct offer o = find_offer(contact);

	if (!is_theirs(&o, me, said))
		return REFUSED;
	return decide(o.key, "rejected", reason, said);
}
