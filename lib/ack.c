#include "ack.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "date.h"
#include "db.h"
#include "num.h"
#include "op.h"

/* The last word after a colon, cut off; NULL without one. */
static const char *
cut(char *text)
{
	char *colon = strrchr(text, ':');

	if (!colon)
		return NULL;
	*colon = '\0';
	return colon + 1;
}

/* Days stand as YYYY-MM-DD in a key, nothing relative. */
static bool
read_day(const char *s, int64_t *day)
{
	return s && strlen(s) == DAY_SIZE - 1 && s[4] == '-' &&
	       date_read_day(s, day);
}

struct kindword {
	const char *word;
	enum duekind kind;
};

static bool
find_kind(const struct kindword *table, const char *text, enum duekind *kind)
{
	for (; table->word; table++)
		if (strcmp(table->word, text) == 0) {
			*kind = table->kind;
			return true;
		}
	return false;
}

/* By the words in front of the number. */
static bool
read_kind(const char *text, enum duekind *kind)
{
	static const struct kindword table[] = {
		{ "occasion", DUE_OCCASION }, { "quote", DUE_QUOTE },
		{ "lead", DUE_CADENCE }, { "reorder", DUE_CADENCE },
		{ "win_back", DUE_CADENCE }, { NULL, DUE_TASK },
	};

	if (find_kind(table, text, kind))
		return true;
	*kind = strncmp(text, "playbook:", 9) == 0 ? DUE_PLAYBOOK :
						     DUE_CADENCE;
	return *kind == DUE_PLAYBOOK ||
	    (strncmp(text, "cadence:", 8) == 0 && text[8]);
}

static bool
is_deal(char *text)
{
	const char *what;

	if (strncmp(text, "deal:", 5) != 0)
		return false;
	what = cut(text);
	return what && (strcmp(what, "rots") == 0 ||
	    strcmp(what, "step") == 0);
}

/* By the word in front of a number that has no day behind it. */
static bool
undated(const char *text, enum duekind *kind)
{
	static const struct kindword table[] = {
		{ "task", DUE_TASK }, { "invoice", DUE_INVOICE },
		{ "handoff", DUE_HANDOFF }, { NULL, DUE_TASK },
	};

	return find_kind(table, text, kind);
}

static bool
parse(char *text, struct duekey *k)
{
	const char *last = cut(text), *number;
	bool deal;

	k->day = 0;
	if (last && undated(text, &k->kind))
		return num_int(last, &k->number) && k->number > 0;
	if (!read_day(last, &k->day))
		return false;
	deal = is_deal(text);
	if (!(number = cut(text)) || !num_int(number, &k->number) ||
	    k->number <= 0)
		return false;
	k->kind = DUE_DEAL;
	return deal || read_kind(text, &k->kind);
}

bool
ack_parse(const char *due, struct duekey *k)
{
	struct buf b = { 0 };
	bool fine;

	buf_text(&b, due);
	fine = *due && parse(b.text, k);
	buf_free(&b);
	return fine;
}

static const char sql_task[] =
    "SELECT 1 FROM task WHERE task = :task";
static const char sql_occasion[] =
    "SELECT 1 FROM occasion WHERE occasion = :occasion";
static const char sql_contact[] =
    "SELECT 1 FROM contact WHERE contact = :contact";
static const char sql_deal[] =
    "SELECT 1 FROM deal WHERE deal = :deal";
static const char sql_invoice[] =
    "SELECT 1 FROM invoice WHERE invoice = :invoice";
static const char sql_quote[] =
    "SELECT 1 FROM quote WHERE quote = :quote";
static const char sql_handoff[] =
    "SELECT 1 FROM handoff WHERE handoff = :handoff";

bool
ack_exists(struct db *db, const struct duekey *k, struct buf *why)
{
	static const char *const names[] = { "task", "occasion", "contact",
		"deal", "contact", "invoice", "quote", "handoff" };
	static const char *const sql[] = { sql_task, sql_occasion,
		sql_contact, sql_deal, sql_contact, sql_invoice, sql_quote,
		sql_handoff };

	if (db_number(db, sql[k->kind], ARGS(INT(k->number)), 0))
		return true;
	buf_clear(why);
	buf_printf(why, "unknown %s '%lld'", names[k->kind],
	    (long long)k->number);
	return false;
}

static const char sql_put[] =
    "INSERT INTO ack (ack, due, state, at, until, reason)"
    " VALUES (:ack, :due, :state, :at, :until, :reason)";

void
ack_put(struct db *db, const char *due, const char *state, const char *until,
    const char *reason)
{
	char at[AT_SIZE];

	date_at_text(at, date_now());
	db_run(db, sql_put, ARGS(INT(op_key(db, "ack")), STR(due), STR(state),
	    STR(at), STR(until), STR(reason)));
}

static const char sql_acks[] =
    "SELECT state, at, until"
    "  FROM ack"
    " WHERE due = :due";

static void
later(int64_t *day, const char *text, bool instant)
{
	int64_t n;

	if (!text || !(instant ? date_read_at(text, &n) :
				 date_read_day(text, &n)))
		return;
	if (instant)
		n = date_day_of(n);
	if (*day == ACK_NEVER || n > *day)
		*day = n;
}

struct ack
ack_of(struct db *db, const char *due)
{
	struct ack a = { false, ACK_NEVER, ACK_NEVER };
	struct stmt *s = db_query(db, sql_acks, ARGS(STR(due)));
	char state;

	while (db_next(s)) {
		state = *db_text(s, 0, NULL);
		if (state == 'd')
			a.done = true;
		else if (state == 'a')
			later(&a.announced, db_text(s, 1, NULL), true);
		else
			later(&a.snoozed, db_text(s, 2, NULL), false);
	}
	db_done(s);
	return a;
}

static const char sql_any[] =
    "SELECT 1 FROM ack LIMIT 1";

bool
ack_empty(struct db *db)
{
	return !db_number(db, sql_any, NOARGS, 0);
}

static const char sql_snoozed[] =
    "SELECT due"
    "  FROM ack"
    " WHERE state = 'snoozed'"
    "   AND until BETWEEN :first AND :last";

void
ack_each_snoozed(struct db *db, int64_t first, int64_t last,
    void (*f)(int64_t day))
{
	char from[DAY_SIZE], to[DAY_SIZE];
	struct duekey k;
	struct stmt *s;

	date_day_text(from, first);
	date_day_text(to, last);
	s = db_query(db, sql_snoozed, ARGS(STR(from), STR(to)));
	while (db_next(s))
		if (ack_parse(db_text(s, 0, NULL), &k) && k.day)
			f(k.day);
	db_done(s);
}

static const char sql_began[] =
    "SELECT at"
    "  FROM ack"
    " WHERE state = 'announced'"
    " ORDER BY ack"
    " LIMIT 1";

int64_t
ack_began(struct db *db)
{
	struct stmt *s = db_query(db, sql_began, NOARGS);
	int64_t day = ACK_NEVER;

	if (db_next(s))
		later(&day, db_text(s, 0, NULL), true);
	db_done(s);
	return day;
}
