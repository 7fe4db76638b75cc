#include "buyer.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "memo.h"
#include "store.h"
#include "text.h"
#include "value.h"
#include "who.h"

enum { REMEMBERED = 1 << 16 }; /* buyers: some 10 MiB */

struct buyers {
	struct db *db;
	struct store *people;
	int name, email, phone, since;
	bool completed;
	struct memo *memo;
	struct buf id; /* what the row says, by which it is remembered */
};

struct buyers *
buyers_open(struct db *db)
{
	struct buyers *b = arena_get(sizeof(*b));
	struct fault f = { 0 };

	b->db = db;
	b->people = store_open(db, entity_find("contact"));
	b->name = store_column(b->people, "name", '=', &f);
	b->email = store_column(b->people, "email", '+', &f);
	b->phone = store_column(b->people, "phone", '+', &f);
	b->since = store_column(b->people, "since", '=', &f);
	b->memo = memo_new(sizeof(int64_t), REMEMBERED);
	return b;
}

static void
add_part(struct buf *id, const char *text)
{
	if (text)
		buf_text(id, text);
	buf_add(id, "", 1);
}

int64_t
buyers_known(struct buyers *b, const struct buyer *who)
{
	const void *kept;
	int64_t contact = 0;

	buf_clear(&b->id);
	add_part(&b->id, who->contact);
	if (!who->contact) {
		add_part(&b->id, who->name);
		add_part(&b->id, who->email);
		add_part(&b->id, who->phone);
	}
	if ((kept = memo_get(b->memo, b->id.text, b->id.len)))
		memcpy(&contact, kept, sizeof(contact));
	return contact;
}

static const char sql_among[] =
    "SELECT DISTINCT contact"
    "  FROM contact_point"
    "  JOIN contact USING (contact)"
    " WHERE norm = :norm"
    "   AND name_key = :key"
    " LIMIT 2";

/* Of several who share an e-mail or phone the one of that name, or 0. */
static int64_t
among(struct buyers *b, const char *kind, const char *value, const char *name)
{
	struct buf norm = { 0 }, key = { 0 };
	int64_t contact = 0;
	struct stmt *q;

	who_norm(&norm, kind, value, NULL);
	text_fold(&key, name, strlen(name));
	q = db_query(b->db, sql_among, ARGS(STR(buf_get(&norm)),
	    STR(buf_get(&key))));
	if (db_next(q))
		contact = db_int(q, 0);
	if (contact && db_next(q))
		contact = 0;
	db_done(q);
	buf_free(&norm);
	buf_free(&key);
	return contact;
}

/* 0: nobody; -1: fault. */
static int64_t
by_point(struct buyers *b, int slot, const char *kind, const char *value,
    const char *name, struct fault *f)
{
	int64_t contact = store_match(b->people, slot, f), one;

	if (contact < 0 && f->several && name &&
	    (one = among(b, kind, value, name)))
		return one;
	return contact;
}

static const char sql_reached[] =
    "SELECT 1"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND (kind = 'email' AND :email IS NOT NULL"
    "     OR kind = 'phone' AND :phone IS NOT NULL)";

/* By name, unless that one is reached otherwise: then it is somebody else,
 * and what was remembered by the name alone may be wrong from now on. */
static int64_t
by_name(struct buyers *b, const struct buyer *who, struct fault *f)
{
	int64_t contact = store_match(b->people, b->name, f);
	bool other = contact < 0 && f->several && (who->email || who->phone);

	if (contact > 0 && (who->email || who->phone))
		other = db_number(b->db, sql_reached, ARGS(INT(contact),
		    STR(who->email), STR(who->phone)), 0);
	if (!other)
		return contact;
	memo_clear(b->memo);
	return 0;
}

static int64_t
match(struct buyers *b, const struct buyer *who, struct fault *f)
{
	int64_t contact = 0;

	if (who->email)
		contact = by_point(b, b->email, "email", who->email,
		    who->name, f);
	if (!contact && who->phone)
		contact = by_point(b, b->phone, "phone", who->phone,
		    who->name, f);
	if (!contact && who->name)
		contact = by_name(b, who, f);
	return contact;
}

/* An e-mail or a phone that nobody has. */
static bool
is_new(struct buyers *b, int slot, const char *value)
{
	struct fault f = { 0 };
	bool new = value && store_match(b->people, slot, &f) == 0;

	buf_free(&f.why);
	return new;
}

/* The contact gets what it lacks, but nothing that is somebody else's. */
static bool
complete(struct buyers *b, const struct buyer *who, int64_t contact,
    struct fault *f)
{
	bool email = is_new(b, b->email, who->email);
	bool phone = is_new(b, b->phone, who->phone);

	if (!email && !phone)
		return true;
	store_clear(b->people);
	store_value(b->people, b->email, email ? who->email : NULL);
	store_value(b->people, b->phone, phone ? who->phone : NULL);
	b->completed = true;
	return store_set(b->people, contact, f) != FAULT;
}

static int64_t
named(struct buyers *b, const char *name, struct fault *f)
{
	int64_t contact;

	f->column = "contact";
	f->unknown = true;
	return who_contact(b->db, name, &contact, &f->why) ? contact : 0;
}

static int64_t
find(struct buyers *b, const struct buyer *who, const char *since,
    bool *made, struct fault *f)
{
	int64_t contact;

	if (who->contact)
		return named(b, who->contact, f);
	if (!who->name && !who->email && !who->phone)
		return fault_say(f, "contact", "is needed");
	store_clear(b->people);
	store_value(b->people, b->name, who->name);
	store_value(b->people, b->email, who->email);
	store_value(b->people, b->phone, who->phone);
	contact = match(b, who, f);
	if (contact > 0)
		return complete(b, who, contact, f) ? contact : 0;
	store_value(b->people, b->since, since);
	*made = contact == 0 && store_add(b->people, &contact, f) == CREATED;
	return *made ? contact : 0;
}

int64_t
buyers_find(struct buyers *b, const struct buyer *who, const char *since,
    bool *made, struct fault *f)
{
	int64_t contact;

	*made = b->completed = false;
	contact = find(b, who, since, made, f);
	buyers_known(b, who);
	if (contact)
		memo_put(b->memo, b->id.text, b->id.len, &contact);
	return contact;
}

bool
buyers_completed(const struct buyers *b)
{
	return b->completed;
}
