/* What was spent on contacts: the time of those who talked to them, and
 * money. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "catalogbase.h"
#include "db.h"
#include "dbarray.h"
#include "summarycore.h"

enum { CONTACT, MINUTES, STAFF, CHANNEL, SERVICE, RETENTION, ACQUISITION,
	UNPRICED, SERVICE_UNPRICED, NCOLUMNS };

/* What takes a look at every interaction. */
enum { TIME = 1 << MINUTES | 1 << STAFF | 1 << CHANNEL | 1 << UNPRICED |
	1 << SERVICE_UNPRICED };

/* Amounts in minor units of the base currency: money by column, from CHANNEL
 * on; staff is what the time of all of us cost, before it is rounded. */
struct spending {
	int64_t contact, minutes;
	int64_t money[UNPRICED - CHANNEL];
	double staff;
	uint32_t unpriced, service_unpriced;
};

struct slot {
	int64_t contact;
	unsigned number; /* of its spending, from 1; 0: the slot is free */
};

struct spent {
	struct buf spendings, slots;
	unsigned nslots; /* a power of two */
	bool overflow;
};

static struct spending *
spendings(const struct spent *s)
{
	return (struct spending *)(void *)s->spendings.text;
}

static unsigned
nspendings(const struct spent *s)
{
	return (unsigned)(s->spendings.len / sizeof(struct spending));
}

/* Where to look first. */
static struct slot *
home(const struct spent *s, int64_t contact)
{
	uint64_t mixed = (uint64_t)contact * UINT64_C(0x9e3779b97f4a7c15);

	return (struct slot *)(void *)s->slots.text +
	    ((unsigned)(mixed >> 32) & (s->nslots - 1));
}

static struct slot *
find(const struct spent *s, int64_t contact)
{
	struct slot *slots = (struct slot *)(void *)s->slots.text,
		    *at = home(s, contact);

	while (at->number && at->contact != contact)
		if (++at == slots + s->nslots)
			at = slots;
	return at;
}

/* So many new ones leave half of the slots free. */
static void
expect(struct spent *s, unsigned more)
{
	unsigned i, n = nspendings(s);
	size_t size;

	if ((n + more) * 2 <= s->nslots)
		return;
	s->nslots = s->nslots ? s->nslots * 2 : 1024;
	size = s->nslots * sizeof(struct slot);
	memset(buf_room(&s->slots, size), 0, size);
	for (i = 0; i < n; i++)
		*find(s, spendings(s)[i].contact) = (struct slot) {
			spendings(s)[i].contact, i + 1 };
}

/* The place of a contact's spending, made where there is none; one that was
 * not expected may find no slot. */
static unsigned
enter(struct spent *s, int64_t contact)
{
	struct spending new = { .contact = contact };
	struct slot *at = find(s, contact);

	if (!at->number) {
		buf_add(&s->spendings, (char *)&new, sizeof(new));
		*at = (struct slot) { contact, nspendings(s) };
	}
	return at->number - 1;
}

static bool
given(struct stmt *s, int column)
{
	return db_arg(s, column).type != ARG_NULL;
}

/* An interaction costs the time of whoever had it, and what it cost besides;
 * who took part in it (along) adds only time that costs. */
static const char sql_time[] =
    "SELECT i.contact, 0 AS along, i.minutes, f.hour_cost, "
    IN_BASE("f.hour_cost", "f.currency", "i.day") ", i.cost, "
    IN_BASE("i.cost", "i.currency", "i.day")
    "  FROM interaction i"
    "  LEFT JOIN staff f ON f.staff = i.by"
    " WHERE (i.minutes > 0 OR i.cost <> 0) AND i.at <= now()"
    "   AND i.day BETWEEN :first AND :last"
    " UNION ALL "
    "SELECT i.contact, 1, i.minutes, f.hour_cost, "
    IN_BASE("f.hour_cost", "f.currency", "i.day") ", NULL, NULL"
    "  FROM participant p"
    " CROSS JOIN staff f ON f.staff = p.staff"
    " CROSS JOIN interaction i ON i.interaction = p.interaction"
    " WHERE i.minutes > 0 AND i.at <= now() AND f.staff IS NOT i.by"
    "   AND i.day BETWEEN :first AND :last";

/* One row of it. */
struct hour {
	int64_t contact, minutes, channel;
	double staff;
	uint32_t unpriced;
};

/* Contacts come in no order, so that each is far from the one before in
 * memory: what a batch needs is fetched at once. */
enum { BATCH = 64 };

static void
add_hours(struct spent *all, const struct hour *hours, int n)
{
	unsigned places[BATCH];
	struct spending *s;
	int i;

	expect(all, BATCH);
	for (i = 0; i < n; i++)
		__builtin_prefetch(home(all, hours[i].contact));
	for (i = 0; i < n; i++) {
		places[i] = enter(all, hours[i].contact);
		__builtin_prefetch(&spendings(all)[places[i]]);
	}
	for (i = 0; i < n; i++) {
		s = &spendings(all)[places[i]];
		s->staff += hours[i].staff;
		s->unpriced += hours[i].unpriced;
		s->service_unpriced += hours[i].unpriced;
		summary_add(&all->overflow, &s->minutes, hours[i].minutes);
		summary_add(&all->overflow, &s->money[0], hours[i].channel);
	}
}

static void
read_time(struct spent *all, struct db *db, const struct period *p)
{
	struct stmt *st = db_query(db, sql_time,
	    ARGS(STR(p->first), STR(p->last)));
	struct hour hours[BATCH], *h;
	int64_t minutes;
	int n = 0;

	while (db_next(st)) {
		h = &hours[n++];
		minutes = db_int(st, 2);
		h->contact = db_int(st, 0);
		h->minutes = db_int(st, 1) ? 0 : minutes;
		h->staff = (double)minutes * (double)db_int(st, 4) / 60;
		h->channel = db_int(st, 6);
		h->unpriced = given(st, 5) && !given(st, 6);
		h->unpriced += minutes > 0 && given(st, 3) && !given(st, 4);
		if (n == BATCH) {
			add_hours(all, hours, n);
			n = 0;
		}
	}
	add_hours(all, hours, n);
	db_done(st);
}

/* place: in the money of a spending. */
static const char sql_money[] =
    "SELECT x.contact, CASE x.kind WHEN 'service' THEN 1"
    "       WHEN 'retention' THEN 2 ELSE 3 END AS place, "
    IN_BASE("x.amount", "x.currency", "x.day")
    "  FROM expense x"
    " WHERE x.contact IS NOT NULL AND x.day BETWEEN :first AND :last"
    " UNION ALL "
    "SELECT g.contact, 2, " IN_BASE("g.cost", "g.currency", "g.day")
    "  FROM reward g"
    " WHERE g.cost <> 0 AND g.day BETWEEN :first AND :last";

static void
read_money(struct spent *all, struct db *db, const struct period *p)
{
	struct stmt *st = db_query(db, sql_money,
	    ARGS(STR(p->first), STR(p->last)));
	struct spending *s;
	int64_t place;
	unsigned at;

	while (db_next(st)) {
		expect(all, 1);
		at = enter(all, db_int(st, 0));
		s = &spendings(all)[at];
		place = db_int(st, 1);
		summary_add(&all->overflow, &s->money[place], db_int(st, 2));
		s->unpriced += !given(st, 2);
		s->service_unpriced += place == SERVICE - CHANNEL &&
		    !given(st, 2);
	}
	db_done(st);
}

static int
by_contact(const void *a, const void *b)
{
	const struct spending *x = a, *y = b;

	return (x->contact > y->contact) - (x->contact < y->contact);
}

static const char *
fill(void *made, struct db *db, const char *const args[], uint64_t used)
{
	struct spent *s = made;
	struct period p;
	const char *why = period_begin(&p, args);

	if (why)
		return why;
	read_money(s, db, &p);
	if (used & TIME)
		read_time(s, db, &p);
	buf_free(&s->slots);
	if (nspendings(s) > 1)
		qsort(s->spendings.text, nspendings(s),
		    sizeof(struct spending), by_contact);
	return s->overflow ? "integer overflow" : NULL;
}

static int64_t
count(const void *made)
{
	return nspendings(made);
}

static void
give(const void *made, int64_t row, int column, struct call *c)
{
	const struct spending *s = &spendings(made)[row];

	switch (column) {
	case CONTACT:
		call_give_int(c, s->contact);
		break;
	case MINUTES:
		call_give_int(c, s->minutes);
		break;
	case STAFF:
		call_give_int(c, llround(s->staff));
		break;
	case UNPRICED:
		call_give_int(c, s->unpriced);
		break;
	case SERVICE_UNPRICED:
		call_give_int(c, s->service_unpriced);
		break;
	default:
		call_give_int(c, s->money[column - CHANNEL]);
	}
}

static void
drop(void *made)
{
	struct spent *s = made;

	buf_free(&s->spendings);
	buf_free(&s->slots);
}

const struct dbarray spent = {
	.name = "spent",
	.columns = "contact INTEGER, minutes INTEGER, staff_minor INTEGER,"
	    " channel_minor INTEGER, service_minor INTEGER,"
	    " retention_minor INTEGER, acquisition_minor INTEGER,"
	    " unpriced INTEGER, service_unpriced INTEGER",
	.ncolumns = NCOLUMNS,
	.args = "from_day TEXT HIDDEN, to_day TEXT HIDDEN",
	.size = sizeof(struct spent),
	.fill = fill,
	.count = count,
	.give = give,
	.drop = drop,
};
