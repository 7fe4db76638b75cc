#include "due.h"

#include <string.h>

#include "ack.h"
#include "arena.h"
#include "buf.h"
#include "cadence.h"
#include "catalogbase.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "duecore.h"
#include "duerule.h"
#include "expr.h"
#include "playbook.h"
#include "text.h"

#define OF_CONTACT(what) \
	"(SELECT " what " FROM contact c WHERE c.contact = d.contact)"


const struct queuecolumn due_columns[] = {
	{ "due", "d.due", "its key, for crm-done and --ack", true, false },
	{ "kind", "d.kind", "task, appointment, invoice, quote, handoff, "
	    "cadence, playbook, rotting, next-step or the occasion",
	    true, false },
	{ "day", "d.day", "when", true, false },
	{ "days", "-days_since(d.day)", "days from today, negative once late",
	    true, true },
	{ "contact", "d.contact", "whom it concerns", true, true },
	{ "contact_name", OF_CONTACT("c.name"), "name of that contact", true,
	    false },
	{ "owner", "(SELECT s.login FROM staff s WHERE s.staff = d.owner)",
	    "who is responsible", true, false },
	{ "what", "d.what", "what to do or to think of", true, false },
	{ "years", "d.years", "the age or the ordinal on that day", true,
	    true },
	{ "at", "d.at", "instant of an appointment", false, false },
	{ "org_name", OF_CONTACT(
	    "(SELECT g.name FROM contact g WHERE g.contact = c.org)"),
	    "employer of the contact", false, false },
	{ "phone", PREFERRED("value", "d.contact", "phone"),
	    "telephone number", false, false },
	{ "email", PREFERRED("value", "d.contact", "email"),
	    "e-mail address", false, false },
	{ "task", "d.task", "number of the task", false, true },
	{ "channel", "d.channel", "how", false, false },
	{ "place", "d.place", "where", false, false },
	{ "minutes", "d.minutes", "how long", false, true },
	{ NULL, NULL, NULL, false, false },
};

static const char tasks[] =
    "SELECT 'task:' || t.task AS due,"
    " CASE WHEN t.at IS NULL THEN 'task' ELSE 'appointment' END AS kind,"
    " t.due AS day, t.at AS at, t.contact AS contact,"
    " ifnull(t.owner, (SELECT c.owner FROM contact c"
    " WHERE c.contact = t.contact)) AS owner,"
    " t.title AS what, NULL AS years, t.task AS task,"
    " t.channel AS channel, t.place AS place, t.minutes AS minutes"
    " FROM task t WHERE t.done_at IS NULL AND t.due <= ?2";

/* What is not paid. */
static const char invoices[] =
    " UNION ALL SELECT 'invoice:' || v.invoice, 'invoice', v.due, NULL,"
    " v.contact, c.owner, 'invoice ' || v.number || ': ' ||"
    " money(v.amount - ifnull(v.paid, 0), v.currency) || ' ' || v.currency,"
    " NULL, NULL, NULL, NULL, NULL"
    " FROM invoice v JOIN contact c USING (contact)"
    " WHERE v.amount > ifnull(v.paid, 0) AND v.due <= ?2";

/* Of an open deal the newest version that was sent, while it holds. */
static const char quotes[] =
    " UNION ALL SELECT 'quote:' || q.quote || ':' || q.valid_until, 'quote',"
    " q.valid_until, NULL, q.contact, ifnull(q.owner, (SELECT c.owner"
    " FROM contact c WHERE c.contact = q.contact)), 'quote ' || q.quote ||"
    " ' expires' || ifnull(': ' || q.title, ''), NULL, NULL, NULL, NULL, NULL"
    " FROM quote q JOIN deal e ON e.deal = q.deal AND e.status = 'open'"
    " WHERE q.state = 'sent' AND q.valid_until BETWEEN ?1 AND ?2"
    " AND q.valid_until >= today() AND NOT EXISTS (SELECT 1 FROM quote n"
    " WHERE n.deal = q.deal AND n.version > q.version AND n.state <> 'draft')";

/* What a colleague offers waits for a word. */
static const char handoffs[] =
    " UNION ALL SELECT 'handoff:' || h.handoff, 'handoff',"
    " days_before(days_since(h.at)), NULL,"
    " h.contact, h.taker, 'offered by ' || ifnull((SELECT s.login"
    " FROM staff s WHERE s.staff = h.giver), 'nobody') ||"
    " ifnull(': ' || h.note, ''), NULL, NULL, NULL, NULL, NULL"
    " FROM handoff h WHERE h.state = 'offered'";

static const char occasions[] =
    " UNION ALL SELECT 'occasion:' || o.occasion || ':' ||"
    " due_day(o.day, ?1), o.kind, due_day(o.day, ?1), NULL, o.contact,"
    " c.owner, ifnull(o.label, o.kind), due_years(o.day, ?1), NULL, NULL,"
    " NULL, NULL"
    " FROM occasion o CROSS JOIN contact c USING (contact)"
    " WHERE c.active = 1 AND due_years(o.day, ?1) IS NOT NULL"
    " AND substr(o.day, -5) IN (";

enum { YEAR = 366, PAST = 90 }; /* days */

/* The question being asked: SQL functions have no other way to it. */
static struct {
	struct db *db;
	const struct due *q;
	int64_t from, to, today;
	bool empty; /* the ledger */
	int64_t began, back;       /* ledger: first day, days to look back */
	unsigned char wanted[YEAR + 1]; /* days from .. to on which to look */
} ask;

/* The last occasion read: SQL asks for the same one several times over. */
static struct {
	char occasion[DAY_SIZE], from[DAY_SIZE];
	int64_t day; /* -1: it does not fall */
	int years;
} fall = { .day = -1 };

/* The day on or after from on which an occasion falls, into fall. */
static void
find_fall(const char *occasion, int64_t from)
{
	int year, month, mday, y, m, d;

	fall.day = -1;
	if (!date_read_occasion(occasion, &year, &month, &mday))
		return;
	date_split(from, &y, &m, &d);
	fall.day = date_occasion_in(y, month, mday);
	if (fall.day < from)
		fall.day = date_occasion_in(++y, month, mday);
	fall.years = year ? y - year : 0;
	if (year && y < year)
		fall.day = -1;
}

static bool
falls(struct call *c)
{
	const char *occasion = call_text(c, 0), *from = call_text(c, 1);
	size_t size = strlen(occasion) + 1;
	int64_t day;

	if (strcmp(fall.occasion, occasion) == 0 &&
	    strcmp(fall.from, from) == 0)
		return fall.day >= 0;
	if (size > DAY_SIZE || !date_read_day(from, &day))
		return false;
	memcpy(fall.occasion, occasion, size);
	date_day_text(fall.from, day);
	find_fall(occasion, day);
	return fall.day >= 0;
}

static void
due_day(struct call *c)
{
	char text[DAY_SIZE];

	if (!falls(c))
		return;
	date_day_text(text, fall.day);
	call_give_text(c, text, DAY_SIZE - 1);
}

/* Completed on that day; "" without a year; NULL where it does not fall. */
static void
due_years(struct call *c)
{
	if (!falls(c))
		return;
	if (call_text(c, 0)[0] == '-')
		call_give_text(c, "", 0);
	else
		call_give_int(c, fall.years);
}

/* Is it to be announced today, by the rules and the ledger? */
static bool
announce(const char *kind, int64_t day, const struct ack *a)
{
	int64_t last = duerule_last(kind, day, ask.today), least;

	if (a->snoozed != ACK_NEVER && a->snoozed <= ask.today &&
	    a->snoozed > last)
		last = a->snoozed;
	if (last == ACK_NEVER)
		return false;
	least = ask.today - ask.back;
	if (ask.began != ACK_NEVER && least < ask.began &&
	    ask.q->catch_up < 0)
		least = ask.began;
	if (last < least && last != ask.today)
		return false;
	return ask.q->again || a->announced == ACK_NEVER ||
	       a->announced < last;
}

static void
due_shown(struct call *c)
{
	struct ack a = { false, ACK_NEVER, ACK_NEVER };
	int64_t day;
	bool shown;

	if (!call_text(c, 2) || !date_read_day(call_text(c, 2), &day))
		return;
	if (ask.q->window && (day < ask.q->first || day > ask.q->last))
		return;
	if (!ask.empty)
		a = ack_of(ask.db, call_text(c, 0));
	shown = !a.done && (a.snoozed == ACK_NEVER || a.snoozed <= ask.today);
	if (shown && ask.q->standing)
		shown = duerule_last(call_text(c, 1), day, ask.today) !=
		    ACK_NEVER;
	else if (shown && !ask.q->window)
		shown = announce(call_text(c, 1), day, &a);
	call_give_int(c, shown);
}

static void
want(int64_t day)
{
	if (day >= ask.from && day <= ask.to)
		ask.wanted[day - ask.from] = 1;
}

static void
want_ahead(void *data, int64_t ahead)
{
	int64_t day;

	(void)data;
	for (day = ask.today - ask.back + ahead; day <= ask.today + ahead;
	     day++)
		want(day);
}

/* How far back missed announcements go. */
static int64_t
days_back(const struct due *q)
{
	const char *step = config_text("catch_up");
	int64_t days = 0;

	if (q->catch_up >= 0)
		days = q->catch_up;
	else if (ask.began != ACK_NEVER && step && !date_span(step, &days))
		node_reject(config_get("catch_up"), "not a step: '%s'", step);
	return days > PAST ? PAST : days;
}

/* Which days must be looked at. */
static void
set_out(const struct due *q)
{
	memset(ask.wanted, 0, sizeof(ask.wanted));
	ask.q = q;
	ask.today = date_today();
	ask.empty = ack_empty(ask.db);
	ask.began = ack_began(ask.db);
	ask.back = days_back(q);
	ask.from = q->window ? q->first : ask.today - (q->standing ? 0 : PAST);
	ask.to = q->window ? q->last : ask.today + duerule_horizon();
	if (ask.to - ask.from > YEAR)
		ask.to = ask.from + YEAR;
	if (q->window || q->standing) {
		memset(ask.wanted, 1, (size_t)(ask.to - ask.from + 1));
		return;
	}
	want_ahead(NULL, 0);
	duerule_each(want_ahead, NULL);
	ack_each_snoozed(ask.db, ask.today - ask.back, ask.today, want);
}

/* Each wanted day as MM-DD, and 02-29 where it is kept on that day. */
static int
month_days(char (*list)[6])
{
	char text[DAY_SIZE];
	int n = 0, y, m, d;
	int64_t i;

	for (i = 0; i <= ask.to - ask.from; i++) {
		if (!ask.wanted[i])
			continue;
		date_day_text(text, ask.from + i);
		memcpy(list[n++], text + 5, 6);
		date_split(ask.from + i, &y, &m, &d);
		if (date_occasion_in(y, 2, 29) == ask.from + i &&
		    !date_exists(y, 2, 29))
			memcpy(list[n++], "02-29", 6);
	}
	return n;
}

static bool
add_columns(struct buf *sql, const char *list, struct buf *why)
{
	bool plus = !list || *list == '+';
	const struct queuecolumn *c;
	size_t n;

	buf_text(sql, "SELECT d.due");
	for (c = due_columns; plus && c->name; c++)
		if (c->usual)
			buf_printf(sql, ", %s AS %s", c->sql, c->name);
	for (list += list && plus; list && *list;
	     list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (!(c = queuecolumn_find(due_columns, list, n))) {
			buf_printf(why, "no column '%.*s'", (int)n, list);
			return false;
		}
		buf_printf(sql, ", %s AS %s", c->sql, c->name);
	}
	return true;
}

static void
bind_text(struct stmt *s, int at, const char *text)
{
	db_bind(s, at, &(struct arg)STR(text));
}

struct stmt *
due_query(struct db *db, const struct due *q, struct buf *why)
{
	static const struct function functions[] = {
		{ "due_day", 2, due_day },
		{ "due_years", 2, due_years },
		{ "due_shown", 3, due_shown },
		{ NULL, 0, NULL },
	};
	static char days[2 * (YEAR + 1)][6], from[DAY_SIZE], to[DAY_SIZE];
	struct buf sql = { 0 };
	struct stmt *s;
	int n, i;

	ask.db = db;
	db_define(db, functions);
	set_out(q);
	n = month_days(days);
	if (!add_columns(&sql, q->columns, why))
		return NULL;
	buf_printf(&sql, " FROM (%s%s%s%s%s", tasks, invoices, quotes,
	    handoffs, occasions);
	for (i = 0; i < n; i++)
		buf_text(&sql, i ? ",?" : "?4,?");
	buf_text(&sql, ")");
	due_deals(&sql);
	cadence_sql(db, &sql);
	playbook_sql(db, &sql);
	buf_text(&sql, ") d WHERE due_shown(d.due, d.kind, d.day)"
	    " AND (?3 = 0 OR d.owner = ?3)");
	if (q->kind) {
		buf_text(&sql, " AND d.kind = ");
		expr_quote(&sql, q->kind);
	}
	buf_text(&sql,
	    " ORDER BY d.day, d.at, d.kind, d.contact, d.due");
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	date_day_text(from, ask.from);
	date_day_text(to, q->window ? q->last :
				      ask.today + duerule_horizon());
	bind_text(s, 1, from);
	bind_text(s, 2, to);
	db_bind(s, 3, &(struct arg)INT(q->owner));
	for (i = 0; i < n; i++)
		bind_text(s, 5 + i, days[i]);
	cadence_bind(s, 5 + n);
	return s;
}
