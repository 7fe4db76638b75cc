#include "next.h"

#include <string.h>

#include "ack.h"
#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "nextcore.h"
#include "out.h"
#include "reach.h"

#define POINTS(name) "printf('%.1f', r." name ")"

const struct queuecolumn next_columns[] = {
	{ "contact", "t.contact", "whom it concerns", true, true },
	{ "contact_name", "t.name", "name of that contact", true, false },
	{ "owner", "(SELECT s.login FROM staff s WHERE s.staff = r.owner)",
	    "who is to act", true, false },
	{ "rank", POINTS("rank"), "sum of the four that follow", true, true },
	{ "urgency", POINTS("urgency"), "points for how late or fresh it is",
	    true, true },
	{ "importance", POINTS("importance"), "points of its kind", true,
	    true },
	{ "value", POINTS("value"), "points for what the contact is worth",
	    true, true },
	{ "several", POINTS("several"), "points for several reasons", true,
	    true },
	{ "reasons", "next_reasons(r.contact)",
	    "why, the most pressing first", true, false },
	{ "command", "next_command(r.contact)", "what settles the first",
	    true, false },
	{ "due", "r.due", "key of the first, for crm-done", false, false },
	{ "kind", "next_kind(r.reason)", "kind of the first", false, false },
	{ "day", "r.day", "when it is due, or since when it is so", false,
	    false },
	{ "stake", "money(r.stake, base_currency())",
	    "what is at stake and was paid in 365 days", false, true },
	{ NULL, NULL, NULL, false, false },
};

/* A task without a contact is a row of its own, under its number less 0. */
static const char sql_make[] =
    "CREATE TEMP TABLE wanted (contact INTEGER, reason INTEGER,"
    "       number INTEGER, day TEXT, due TEXT, owner INTEGER, channel TEXT,"
    "       what TEXT, amount INTEGER, urgency REAL, importance REAL,"
    "       PRIMARY KEY (contact, reason, number)) WITHOUT ROWID";

static const char sql_put[] =
    "INSERT INTO temp.wanted (contact, reason, number, day, due, owner,"
    "       channel, what, amount, urgency, importance)"
    " VALUES (:contact, :reason, :number, :day, :due, :owner, :channel,"
    "       :what, :amount, :urgency, :importance)"
    " ON CONFLICT (contact, reason, number)"
    " DO UPDATE SET amount = max(amount, excluded.amount)";

void
next_put(struct db *db, const struct wanted *w)
{
	static struct buf due;
	char day[DAY_SIZE];
	double urgency = rank_urgency(w->reason, date_today() - w->day);
	struct arg whose = { .type = ARG_NULL };

	date_day_text(day, w->day);
	buf_clear(&due);
	if (w->due)
		buf_text(&due, w->due);
	else
		buf_printf(&due, "%s:%lld:%s", reason_names[w->reason],
		    (long long)w->number, day);
	if (w->owner)
		whose = (struct arg)INT(w->owner);
	db_run(db, sql_put, ARGS(INT(w->contact ? w->contact : -w->number),
	    INT(w->reason), INT(w->number), STR(day), STR(due.text), whose,
	    STR(w->channel), STR(w->what), INT(w->amount),
	    { .type = ARG_REAL, .r = urgency },
	    { .type = ARG_REAL, .r = rank_importance(w->reason) }));
}

int64_t
next_day(const char *text)
{
	int64_t day = 0;

	if (!text || !date_read_day(text, &day))
		die(DATA, "not a day in the database: '%s'",
		    text ? text : "");
	return day;
}

/* What was done since, or put off.  A key of what became due on another day
 * begins with the same two words. */
static const char sql_settled[] =
    "DELETE FROM temp.wanted"
    " WHERE EXISTS (SELECT 1 FROM ack a"
    "                WHERE (a.due = wanted.due OR a.due BETWEEN"
    "                       next_kind(reason) || ':' || number || ':' AND"
    "                       next_kind(reason) || ':' || number || ';')"
    "                  AND (a.state = 'snoozed' AND a.until > today()"
    "                       OR a.state = 'done' AND a.at >= wanted.day))";

/* What goes by another channel, and whom the channel does not reach. */
static const char sql_elsewhere[] =
    "DELETE FROM temp.wanted"
    " WHERE channel <> :channel"
    "    OR :kind IS NOT NULL"
    "   AND NOT EXISTS (SELECT 1 FROM contact_point n"
    "                    WHERE n.contact = wanted.contact"
    "                      AND n.kind = :kind"
    "                      AND n.valid = 1)"
    "   AND NOT (:kind = 'post'"
    "            AND EXISTS (SELECT 1 FROM contact c"
    "                         WHERE c.contact = wanted.contact"
    "                           AND c.street IS NOT NULL))";

static void
gather(struct db *db, const struct next *q)
{
	static void (*const sources[])(struct db *, const struct next *) = {
		next_due, next_stakes, next_leads, next_buyers,
	};
	size_t i;

	db_scratch_begin(db, sql_make);
	for (i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		sources[i](db, q);
	if (!ack_empty(db))
		db_run(db, sql_settled, NOARGS);
	if (q->channel)
		db_run(db, sql_elsewhere, ARGS(STR(q->channel),
		    STR(reach_kind(q->channel))));
	db_scratch_end(db);
}

/* Append the SQL of a column, the queue's own or one of contacts, and say
 * what it is. */
static bool
add_column(struct db *db, struct buf *sql, const char *name,
    struct outcol *to, struct buf *why)
{
	const struct entity *e = entity_find("contact");
	const struct queuecolumn *own =
	    queuecolumn_find(next_columns, name, strlen(name));
	const struct column *c;

	to->name = name;
	if (own) {
		buf_text(sql, own->sql);
		to->type = own->number ? OUT_NUMBER : OUT_TEXT;
		return true;
	}
	if (!(c = column_find(db, e, name))) {
		buf_printf(why, "no column '%s'", name);
		return false;
	}
	column_output(sql, c);
	to->type = column_numeric(c) ? OUT_NUMBER : OUT_TEXT;
	return true;
}

/* What a call list shows without -o: the number, or the address where it is
 * about mail. */
static void
usual_names(struct buf *list, const char *channel)
{
	const char *kind = channel ? reach_kind(channel) : NULL;
	const struct queuecolumn *c;

	if (channel)
		buf_printf(list, "contact,contact_name,%s,last_contact,"
		    "last_outcome,owner,rank,reasons,command",
		    kind && strcmp(kind, "email") == 0 ? kind : "phone");
	else
		for (c = next_columns; c->name; c++)
			if (c->usual)
				buf_printf(list, "%s%s", list->len ? "," : "",
				    c->name);
}

/* The names to print, as a list by comma. */
static void
list_of(struct buf *list, const struct next *q)
{
	bool more = q->columns && *q->columns == '+';

	if (!q->columns || more)
		usual_names(list, q->channel);
	if (q->columns)
		buf_printf(list, "%s%s", more ? "," : "", q->columns + more);
}

static const struct outcol *
add_columns(struct db *db, struct buf *sql, const struct next *q,
    struct buf *why)
{
	struct buf list = { 0 };
	struct outcol *cols;
	const char *p;
	int n = 0;
	size_t size;

	list_of(&list, q);
	cols = arena_get((list.len + 2) * sizeof(*cols));
	for (p = list.text; cols && *p; p += size + (p[size] == ',')) {
		size = strcspn(p, ",");
		buf_text(sql, n ? ", " : "SELECT ");
		if (!add_column(db, sql, arena_slice(p, size), &cols[n++],
		    why))
			cols = NULL;
		if (!cols)
			break;
	}
	buf_free(&list);
	return cols;
}

/* What the contact of the first of its reasons is worth. */
static const char sql_ranked[] =
    "SELECT contact, reason, day, due, owner, urgency, importance,"
    "       next_value(stake) AS value, next_several(reasons) AS several,"
    "       stake,"
    "       round(urgency + importance + next_value(stake)"
    "       + next_several(reasons), 1) AS rank"
    "  FROM (SELECT w.contact AS contact, w.reason AS reason, w.day AS day,"
    "               w.due AS due, w.owner AS owner, w.urgency AS urgency,"
    "               w.importance AS importance,"
    "               max(w.urgency + w.importance) AS pressing,"
    "               count(*) AS reasons,"
    "               sum(w.amount) + ifnull((SELECT sum(s.amount)"
    "                  FROM sale s"
    "                 WHERE s.contact = w.contact"
    "                   AND s.day > days_before(365)"
    "                   AND s.day <= today()"
    "                   AND s.currency = base_currency()), 0) AS stake"
    "          FROM temp.wanted w"
    "         GROUP BY w.contact)"
    " ORDER BY rank DESC, contact"
    " LIMIT :limit";

static void
next_kind(struct call *c)
{
	const char *name = reason_names[call_int(c, 0)];

	call_give_text(c, name, strlen(name));
}

struct stmt *
next_query(struct db *db, const struct next *q, const struct outcol **cols,
    struct buf *why)
{
	static const struct function functions[] = {
		{ "next_kind", 1, next_kind },
		{ NULL, 0, NULL },
	};
	struct buf sql = { 0 };
	struct stmt *s;

	if (!(*cols = add_columns(db, &sql, q, why)))
		return NULL;
	db_define(db, functions);
	rank_define(db);
	tell_define(db, q);
	gather(db, q);
	buf_printf(&sql, " FROM (%s) r LEFT JOIN contact t"
	    " ON t.contact = r.contact ORDER BY r.rank DESC, r.contact",
	    sql_ranked);
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	db_bind(s, 1, &(struct arg)INT(q->limit));
	return s;
}
