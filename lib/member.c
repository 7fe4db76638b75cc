#include "member.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "expr.h"
#include "membercore.h"
#include "op.h"
#include "segment.h"
#include "summary.h"

unsigned
member_sql(struct db *db, const struct segment *s, const char *helper,
    struct buf *sql)
{
	struct expr_once once = { .summed = true };
	struct buf text = { 0 }, why = { 0 };

	summary_define(db);
	buf_printf(&text, "%s('%s')", helper, s->name);
	if (!expr_sql(db, entity_find("contact"), text.text, &once, sql,
	    &why))
		die(BUG, "%s", why.text);
	buf_free(&text);
	return once.from;
}

bool
member_rule(struct db *db, const char *where, struct buf *why)
{
	struct buf sql = { 0 };
	struct stmt *s;
	bool right;

	buf_text(&sql, "SELECT (");
	right = expr_sql(db, entity_find("contact"), where, NULL, &sql, why);
	buf_text(&sql, ") FROM contact t");
	if (right) {
		db_restrict(db, true);
		s = db_try(db, sql.text, NULL, why);
		db_restrict(db, false);
		right = s != NULL;
		if (s)
			db_done(s);
	}
	buf_free(&sql);
	return right;
}

void
member_check(struct db *db, const struct segment *s)
{
	struct buf sql = { 0 };

	member_sql(db, s, s->kind == SEGMENT_TIERS ? "tier" : "in_segment",
	    &sql);
	buf_free(&sql);
}

struct stmt *
member_query(struct db *db, const struct segment *s)
{
	struct buf sql = { 0 }, in = { 0 };
	struct stmt *st;
	unsigned from = member_sql(db, s, "in_segment", &in);

	buf_text(&sql, "SELECT t.contact, ");
	if (s->kind == SEGMENT_TIERS)
		from |= member_sql(db, s, "tier", &sql);
	else
		buf_text(&sql, "NULL");
	buf_text(&sql, " FROM contact t");
	column_join(&sql, from);
	buf_printf(&sql, " WHERE %s ORDER BY t.contact", in.text);
	db_restrict(db, true);
	st = db_prepare(db, sql.text);
	db_restrict(db, false);
	buf_free(&in);
	buf_free(&sql);
	return st;
}

static const char sql_segment[] =
    "SELECT segment"
    "  FROM segment"
    " WHERE name = :name";

int64_t
member_segment(struct db *db, const struct segment *s)
{
	return db_number(db, sql_segment, ARGS(STR(s->name)), 0);
}

static const char sql_make[] =
    "INSERT INTO segment (segment, name)"
    " VALUES (:segment, :name)";

int64_t
member_make(struct db *db, const struct segment *s)
{
	int64_t key = member_segment(db, s);

	if (!key) {
		key = op_key(db, "segment");
		db_run(db, sql_make, ARGS(INT(key), STR(s->name)));
	}
	return key;
}

static const char sql_come_back[] =
    "UPDATE membership"
    "   SET until = NULL"
    " WHERE segment = :segment"
    "   AND contact = :contact"
    "   AND until = :today"
    "   AND tier IS :tier";

static const char sql_enter[] =
    "INSERT INTO membership (membership, segment, contact, tier, since)"
    " VALUES (:membership, :segment, :contact, :tier, :today)";

void
member_enter(struct db *db, int64_t segment, int64_t contact,
    const struct arg *tier)
{
	char today[DAY_SIZE];

	date_day_text(today, date_today());
	if (!db_run(db, sql_come_back, ARGS(INT(segment), INT(contact),
	    STR(today), *tier)))
		db_run(db, sql_enter, ARGS(INT(op_key(db, "membership")),
		    INT(segment), INT(contact), *tier, STR(today)));
}

static const char sql_never_in[] =
    "DELETE FROM membership"
    " WHERE membership = :membership";

static const char sql_leave[] =
    "UPDATE membership"
    "   SET until = :today"
    " WHERE membership = :membership";

void
member_leave(struct db *db, int64_t membership, const char *since)
{
	char today[DAY_SIZE];

	date_day_text(today, date_today());
	if (strcmp(since, today) >= 0)
		db_run(db, sql_never_in, ARGS(INT(membership)));
	else
		db_run(db, sql_leave, ARGS(STR(today), INT(membership)));
}

static const char sql_last[] =
    "SELECT membership, since, until"
    "  FROM membership"
    " WHERE segment = :segment"
    "   AND contact = :contact"
    " ORDER BY since DESC, until IS NULL DESC"
    " LIMIT 1";

/* Its last days in the segment; membership is 0 where they are over. */
struct last {
	int64_t membership;
	char since[DAY_SIZE];
	bool later; /* it leaves on a day to come */
};

static struct last
find_last(struct db *db, int64_t segment, int64_t contact, struct buf *said)
{
	struct stmt *s = db_query(db, sql_last, ARGS(INT(segment),
	    INT(contact)));
	struct last last = { 0 };
	char today[DAY_SIZE];
	const char *until;

	date_day_text(today, date_today());
	buf_clear(said);
	if (db_next(s)) {
		until = db_text(s, 2, NULL);
		last.later = until && strcmp(until, today) > 0;
		if (!until) {
			last.membership = db_int(s, 0);
			snprintf(last.since, DAY_SIZE, "%s",
			    db_text(s, 1, NULL));
			buf_printf(said, "in it since %s", last.since);
		} else if (last.later)
			buf_printf(said, "left it on %s, which is to come",
			    until);
	}
	db_done(s);
	return last;
}

enum done
member_add(struct db *db, const struct segment *s, int64_t contact,
    struct buf *said)
{
	int64_t segment = member_make(db, s);
	struct last last = find_last(db, segment, contact, said);

	if (last.later)
		return REFUSED;
	if (last.membership)
		return UNCHANGED;
	member_enter(db, segment, contact, &(struct arg){ .type = ARG_NULL });
	return UPDATED;
}

enum done
member_remove(struct db *db, const struct segment *s, int64_t contact,
    struct buf *said)
{
	int64_t segment = member_segment(db, s);
	struct last last = find_last(db, segment, contact, said);

	if (last.later)
		return REFUSED;
	if (!last.membership) {
		buf_text(said, "not in it");
		return UNCHANGED;
	}
	buf_clear(said);
	member_leave(db, last.membership, last.since);
	return UPDATED;
}
