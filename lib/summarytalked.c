/* What was said to a contact, and by it. */
#include <string.h>

#include "calc.h"
#include "catalogbase.h"
#include "date.h"
#include "db.h"
#include "summarycore.h"

enum { TOUCHES, INBOUND, OUTBOUND, CALLS, EMAILS, MEETINGS, MEASURES };

/* Columns 0 to 6; those of the measures follow, three each. */
enum { FIRST = 1, LAST, LAST_DAY, LAST_CHANNEL, LAST_INTERACTION, COUNTS };

enum { LATEST = 5, WIDE }; /* columns that are read: of the last, of all */

struct talks {
	struct period period;
	char now[AT_SIZE];
	int64_t counts[MEASURES][WINDOWS]; /* by narrowest window */
	char first[AT_SIZE], last[AT_SIZE], last_day[DAY_SIZE];
	char channel[32]; /* of the last */
	int64_t last_key;
};

static const char *
begin(void *row, const char *const args[])
{
	struct talks *t = row;

	date_at_text(t->now, date_now());
	return period_begin(&t->period, args);
}

static void
clear(void *row)
{
	struct talks *t = row;

	memset(t->counts, 0, sizeof(t->counts));
	*t->first = *t->last = *t->last_day = '\0';
}

/* Most words differ in the first letter. */
static bool
is(const char *text, const char *word)
{
	return *text == *word && strcmp(text, word) == 0;
}

/* Notes, plans and lessons reached nobody. */
static bool
reached(const char *channel)
{
	return !is(channel, "note") && !is(channel, "plan") &&
	    !is(channel, "lesson");
}

static void
count(struct talks *t, int window, const char *channel, const char *direction)
{
	t->counts[TOUCHES][window]++;
	if (is(direction, "in"))
		t->counts[INBOUND][window]++;
	else if (is(direction, "out"))
		t->counts[OUTBOUND][window]++;
	if (is(channel, "call"))
		t->counts[CALLS][window]++;
	else if (is(channel, "email"))
		t->counts[EMAILS][window]++;
	else if (is(channel, "meeting") || is(channel, "visit"))
		t->counts[MEETINGS][window]++;
}

static bool
within(const struct period *p, const char *day)
{
	return strcmp(day, p->first) >= 0 &&
	    (!p->ends || strcmp(day, p->last) <= 0);
}

static void
note_last(struct talks *t, const char *at, struct stmt *s)
{
	int64_t key = db_int(s, 3);
	int after = strcmp(at, t->last);

	if (db_columns(s) >= LATEST &&
	    strcmp(db_text(s, 4, NULL), t->last_day) > 0)
		summary_copy(t->last_day, DAY_SIZE, db_text(s, 4, NULL));
	if (after < 0 || (after == 0 && key < t->last_key))
		return;
	summary_copy(t->last, sizeof(t->last), at);
	summary_copy(t->channel, sizeof(t->channel), db_text(s, 2, NULL));
	t->last_key = key;
}

static bool
add(void *row, struct stmt *s)
{
	struct talks *t = row;
	const char *at = db_text(s, 1, NULL), *channel = db_text(s, 2, NULL),
		   *day, *direction = NULL;
	int window = 0;

	if (strcmp(at, t->now) > 0 || !reached(channel))
		return false;
	if (db_columns(s) >= WIDE) {
		day = db_text(s, 4, NULL);
		direction = db_text(s, 5, NULL);
		if (!within(&t->period, day))
			return false;
		window = period_window(&t->period, day);
	}
	count(t, window, channel, direction ? direction : "");
	if (!*t->first || strcmp(at, t->first) < 0)
		summary_copy(t->first, sizeof(t->first), at);
	note_last(t, at, s);
	return true;
}

static void
give(void *row, int column, struct call *c)
{
	const struct talks *t = row;
	int64_t sum = 0;
	int window;

	switch (column) {
	case FIRST:
		call_give_text(c, t->first, strlen(t->first));
		break;
	case LAST:
		call_give_text(c, t->last, strlen(t->last));
		break;
	case LAST_DAY:
		call_give_text(c, t->last_day, strlen(t->last_day));
		break;
	case LAST_CHANNEL:
		call_give_text(c, t->channel, strlen(t->channel));
		break;
	case LAST_INTERACTION:
		call_give_int(c, t->last_key);
		break;
	default:
		column -= COUNTS;
		for (window = period_narrowest(column % WINDOWS);
		    window < WINDOWS; window++)
			sum += t->counts[column / WINDOWS][window];
		call_give_int(c, sum);
	}
}

/* Found from the end of the index: earlier ones are not read. */
static const char sql_latest[] =
    "SELECT l.contact, l.at, l.channel, l.interaction, l.day"
    "  FROM contact c"
    " CROSS JOIN interaction l"
    "    ON l.contact = c.contact"
    "   AND l.at = (SELECT i.at"
    "                 FROM interaction i"
    "                WHERE i.contact = c.contact AND " TALKED
    "                ORDER BY i.at DESC"
    "                LIMIT 1)"
    " WHERE c.contact >= :first"
    " ORDER BY c.contact";

static const char sql_talks[] =
    "SELECT contact, at, channel, interaction"
    "  FROM interaction"
    " WHERE contact >= :first"
    " ORDER BY contact";

static const char sql_talks_wide[] =
    "SELECT contact, at, channel, interaction, day, direction"
    "  FROM interaction"
    " WHERE contact >= :first"
    " ORDER BY contact";

/* Where it was about another: each interaction once. */
static const char sql_joined[] =
    "SELECT q.contact, i.at, i.channel, i.interaction, i.day, i.direction"
    "  FROM participant q"
    " CROSS JOIN interaction i ON i.interaction = q.interaction"
    " WHERE q.contact >= :first"
    "   AND q.contact <> i.contact"
    "   AND NOT EXISTS (SELECT 1"
    "                     FROM participant r"
    "                    WHERE r.interaction = q.interaction"
    "                      AND r.contact = q.contact"
    "                      AND r.participant < q.participant)"
    " ORDER BY q.contact";

/* The measures of which the first column needs neither day nor direction. */
#define EVER(measure) UINT64_C(1) << (COUNTS + (measure) * WINDOWS)
#define LAST_ONE (1 | 1 << LAST | 1 << LAST_DAY | 1 << LAST_CHANNEL | \
	1 << LAST_INTERACTION)
#define BRIEF (1 | 1 << FIRST | 1 << LAST | 1 << LAST_CHANNEL | \
	1 << LAST_INTERACTION | EVER(TOUCHES) | EVER(CALLS) | EVER(EMAILS) | \
	EVER(MEETINGS))

#define COUNTED(n) n " INTEGER, " n "_90d INTEGER, " n "_365d INTEGER"

const struct dbtable talked = {
	.name = "talked",
	.columns = "contact INTEGER, first_contact TEXT, last_contact TEXT,"
	    " last_day TEXT, last_channel TEXT, last_interaction INTEGER, "
	    COUNTED("touches") ", " COUNTED("inbound") ", "
	    COUNTED("outbound") ", " COUNTED("calls") ", "
	    COUNTED("emails") ", " COUNTED("meetings"),
	.ncolumns = COUNTS + MEASURES * WINDOWS,
	.args = "from_day TEXT HIDDEN, to_day TEXT HIDDEN",
	.reads = { { LAST_ONE, { sql_latest, sql_joined }, 2 },
	    { BRIEF, { sql_talks, sql_joined }, NEAR },
	    { ~UINT64_C(0), { sql_talks_wide, sql_joined }, NEAR } },
	.size = sizeof(struct talks),
	.begin = begin,
	.clear = clear,
	.add = add,
	.give = give,
};
