#include "finish.h"

#include <string.h>

#include "catalog.h"
#include "date.h"
#include "db.h"
#include "num.h"
#include "op.h"
#include "playbook.h"
#include "value.h"

static struct {
	struct db *db;
	struct store *talks;
	int contact, channel, subject, place; /* slots, -1: given already */
} f;

static int
slot(const char *name)
{
	struct fault why = { 0 };

	return store_find(f.talks, name) >= 0 ? -1 :
	    store_column(f.talks, name, '=', &why);
}

void
finish_open(struct db *db, struct store *talks)
{
	f.db = db;
	f.talks = talks;
	f.contact = slot("contact");
	f.channel = slot("channel");
	f.subject = slot("subject");
	f.place = slot("place");
}

static void
give(int at, const char *text)
{
	if (at >= 0 && text && *text)
		store_value(f.talks, at, text);
}

/* What there is to know of a due thing before it is dealt with. */
static const char sql_task[] =
    "SELECT title, contact, channel, place, done_at, due, every, after"
    "  FROM task"
    " WHERE task = :key";
static const char sql_occasion[] =
    "SELECT c.name || ': ' || o.kind, c.contact"
    "  FROM occasion o"
    "  JOIN contact c USING (contact)"
    " WHERE o.occasion = :key";
static const char sql_contact[] =
    "SELECT name, contact"
    "  FROM contact"
    " WHERE contact = :key";
static const char sql_deal[] =
    "SELECT ifnull(d.title, c.name), c.contact"
    "  FROM deal d"
    "  JOIN contact c USING (contact)"
    " WHERE d.deal = :key";

static const char sql_invoice[] =
    "SELECT 'invoice ' || number, contact"
    "  FROM invoice"
    " WHERE invoice = :key";

static const char sql_quote[] =
    "SELECT 'quote ' || quote || ifnull(': ' || title, ''), contact"
    "  FROM quote"
    " WHERE quote = :key";

static const char sql_handoff[] =
    "SELECT c.name || ': handed off', c.contact"
    "  FROM handoff h"
    "  JOIN contact c USING (contact)"
    " WHERE h.handoff = :key";

static struct stmt *
look(const char *due, const struct duekey *k, struct finished *to)
{
	static const char *const sql[] = { sql_task, sql_occasion,
		sql_contact, sql_deal, sql_contact, sql_invoice, sql_quote,
		sql_handoff };
	struct stmt *s = db_query(f.db, sql[k->kind], ARGS(INT(k->number)));

	buf_clear(&to->name);
	buf_clear(&to->reason);
	to->contact = to->interaction = to->next = 0;
	if (!db_next(s))
		die(BUG, "a due thing is gone");
	buf_text(&to->name, db_text(s, 0, NULL));
	if (k->kind == DUE_PLAYBOOK && playbook_what(due))
		buf_printf(&to->name, ": %s", playbook_what(due));
	to->contact = db_int(s, 1);
	return s;
}

static enum done
log_talk(struct stmt *s, const struct duekey *k, const char *text,
    struct finished *to, struct fault *why)
{
	char contact[NUM_SIZE];
	enum done done;

	num_text(contact, to->contact);
	give(f.contact, contact);
	give(f.subject, text ? text : to->name.text);
	if (k->kind == DUE_TASK) {
		give(f.channel, db_text(s, 2, NULL));
		give(f.place, db_text(s, 3, NULL));
	}
	done = store_add(f.talks, &to->interaction, why);
	return done == CREATED ? UPDATED : done;
}

/* The day of the successor. */
static bool
next_day(struct stmt *s, int64_t *day)
{
	const char *every = db_text(s, 6, NULL), *after = db_text(s, 7, NULL);
	int64_t today = date_today();

	if (after)
		return date_step(today, after, day);
	if (!every || !date_read_day(db_text(s, 5, NULL), day))
		return false;
	return date_series(*day, every, today, day);
}

static const char sql_succeed[] =
    "INSERT INTO task (task, contact, title, due, at, channel, place,"
    "       minutes, owner, priority, every, after, note)"
    " SELECT :next, contact, title, :due,"
    "       :due || substr(at, 11), channel, place,"
    "       minutes, owner, priority, every, after, note"
    "  FROM task"
    " WHERE task = :task";

/* An appointment keeps its hour on the clock, whatever the zone does. */
static const char sql_hour[] =
    "UPDATE task"
    "   SET at = :at"
    " WHERE task = :task"
    "   AND at IS NOT NULL";

static const char sql_at[] =
    "SELECT at"
    "  FROM task"
    " WHERE task = :task";

static void
keep_hour(int64_t task, int64_t next, int64_t day)
{
	struct stmt *s = db_query(f.db, sql_at, ARGS(INT(task)));
	char local[LOCAL_SIZE], at[AT_SIZE];
	int64_t instant, hour, minute;

	if (db_next(s) && db_text(s, 0, NULL) &&
	    date_read_at(db_text(s, 0, NULL), &instant)) {
		date_local_text(local, instant);
		hour = (local[11] - '0') * 10 + local[12] - '0';
		minute = (local[14] - '0') * 10 + local[15] - '0';
		date_at_text(at, date_at_of(day, (int)hour, (int)minute));
		db_run(f.db, sql_hour, ARGS(STR(at), INT(next)));
	}
	db_done(s);
}

static const char sql_done[] =
    "UPDATE task"
    "   SET done_at = :at"
    " WHERE task = :task";

static void
end_task(struct stmt *s, int64_t task, struct finished *to)
{
	char at[AT_SIZE], due[DAY_SIZE];
	int64_t day;

	date_at_text(at, date_now());
	if (next_day(s, &day)) {
		to->next = op_key(f.db, "task");
		date_day_text(due, day);
		db_run(f.db, sql_succeed, ARGS(INT(to->next), STR(due),
		    INT(task)));
		keep_hour(task, to->next, day);
	}
	db_run(f.db, sql_done, ARGS(STR(at), INT(task)));
}

enum done
finish(const char *due, const struct duekey *k, bool log, const char *text,
    struct finished *to, struct fault *why)
{
	struct stmt *s = look(due, k, to);
	enum done done = UPDATED;

	if (k->kind == DUE_TASK && db_text(s, 4, NULL)) {
		buf_printf(&to->reason, "was done on %.10s",
		    db_text(s, 4, NULL));
		done = UNCHANGED;
	} else if (k->kind == DUE_HANDOFF) {
		buf_text(&to->reason,
		    "crm-assign accepts or rejects what is offered");
		done = REFUSED;
	} else if (k->kind != DUE_TASK && ack_of(f.db, due).done) {
		buf_text(&to->reason, "was done before");
		done = UNCHANGED;
	}
	if (done == UPDATED && log && to->contact)
		done = log_talk(s, k, text, to, why);
	if (done == UPDATED && k->kind == DUE_TASK)
		end_task(s, k->number, to);
	else if (done == UPDATED)
		ack_put(f.db, due, "done", NULL, text);
	db_done(s);
	return done;
}

enum done
finish_later(const char *due, const struct duekey *k, const char *until,
    const char *reason, struct finished *to)
{
	db_done(look(due, k, to));
	ack_put(f.db, due, "snoozed", until, reason);
	buf_printf(&to->reason, "snoozed until %s", until);
	return UPDATED;
}
