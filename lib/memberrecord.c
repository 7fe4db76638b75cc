/* Who is in a segment today, written down. */
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "member.h"
#include "membercore.h"
#include "segment.h"
#include "spool.h"

const struct outcol member_record_columns[] = {
	{ "segment", OUT_TEXT }, { "day", OUT_TEXT },
	{ "contacts", OUT_NUMBER }, { "entered", OUT_NUMBER },
	{ "left", OUT_NUMBER }, { "moved", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

struct record {
	int64_t in, entered, left, moved;
};

/* A contact that comes in, leaves, or changes its tier; kept until all are
 * found, since a statement should not read what is being written. */
struct change {
	int64_t contact;
	int64_t membership; /* that is over; 0: none */
	char since[DAY_SIZE];
	bool enters;
	size_t tier; /* bytes that follow, SIZE_MAX: NULL */
};

/* What stands recorded, read along. */
struct recorded {
	struct stmt *s;
	bool more;
	const char *today;
	const char *name; /* of the segment */
};

/* On to the next that is not over. */
static void
next_recorded(struct recorded *r)
{
	const char *since, *until;

	while ((r->more = db_next(r->s))) {
		since = db_text(r->s, 3, NULL);
		until = db_text(r->s, 4, NULL);
		if (strcmp(since, r->today) > 0 ||
		    (until && strcmp(until, r->today) > 0))
			die(NO, "'%s' was recorded on %s, which is after %s",
			    r->name, until ? until : since, r->today);
		if (!until)
			return;
	}
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void
note(struct spool *to, const struct recorded *over, struct stmt *in)
{
	struct change c = { .tier = SIZE_MAX };
	const char *tier = NULL;
	size_t size = 0;

	if (over) {
		c.contact = db_int(over->s, 1);
		c.membership = db_int(over->s, 0);
		snprintf(c.since, DAY_SIZE, "%s", db_text(over->s, 3, NULL));
	}
	if (in) {
		c.contact = db_int(in, 0);
		c.enters = true;
		if ((tier = db_text(in, 1, &size)))
			c.tier = size;
	}
	spool_add(to, &c, sizeof(c));
	spool_add(to, tier, size);
}

/* Both come by contact. */
static struct record
compare(struct recorded *old, struct stmt *now, struct spool *changes)
{
	struct record r = { 0 };
	bool in = db_next(now);

	while (in || old->more) {
		if (!in || (old->more && db_int(old->s, 1) < db_int(now, 0))) {
			r.left++;
			note(changes, old, NULL);
			next_recorded(old);
			continue;
		}
		r.in++;
		if (!old->more || db_int(old->s, 1) > db_int(now, 0)) {
			r.entered++;
			note(changes, NULL, now);
		} else {
			if (!same_text(db_text(old->s, 2, NULL),
			    db_text(now, 1, NULL))) {
				r.moved++;
				note(changes, old, now);
			}
			next_recorded(old);
		}
		in = db_next(now);
	}
	return r;
}

static void
write_changes(struct db *db, int64_t segment, struct spool *changes)
{
	struct change c;
	struct buf tier = { 0 };
	struct arg arg;

	while (spool_read(changes, &c, sizeof(c)) == sizeof(c)) {
		arg = (struct arg){ .type = ARG_NULL };
		if (c.tier != SIZE_MAX) {
			buf_clear(&tier);
			tier.len = spool_read(changes, buf_room(&tier, c.tier),
			    c.tier);
			arg = (struct arg){ .type = ARG_TEXT, .t = tier.text,
				.size = tier.len };
		}
		if (c.membership)
			member_leave(db, c.membership, c.since);
		if (c.enters)
			member_enter(db, segment, c.contact, &arg);
	}
	buf_free(&tier);
}

static const char sql_recorded[] =
    "SELECT membership, contact, tier, since, until"
    "  FROM membership"
    " WHERE segment = :segment"
    " ORDER BY contact, since";

void
member_record(struct db *db, const struct segment *s, struct out *out)
{
	int64_t segment = member_make(db, s);
	struct spool *changes = spool_new();
	char today[DAY_SIZE];
	struct recorded old = { .today = today, .name = s->name };
	struct stmt *now;
	struct record r;

	date_day_text(today, date_today());
	old.s = db_query(db, sql_recorded, ARGS(INT(segment)));
	next_recorded(&old);
	now = member_query(db, s);
	r = compare(&old, now, changes);
	db_done(now);
	db_done(old.s);
	write_changes(db, segment, changes);
	spool_free(changes);
	out_word(out, s->name);
	out_word(out, today);
	out_int(out, r.in);
	out_int(out, r.entered);
	out_int(out, r.left);
	out_int(out, r.moved);
	out_row(out);
}
