#include "effect.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "arms.h"
#include "calc.h"
#include "catalogbase.h"
#include "effectcore.h"
#include "money.h"

const char *const effect_kinds[] = { "opened", "clicked", "replied",
	"visited", "converted", "unsubscribed", "bounced", NULL };

static struct armsum *
arm_named(struct effect *e, const char *name)
{
	struct armsum **p = &e->arms;

	while (*p && strcmp((*p)->name, name) != 0)
		p = &(*p)->next;
	if (!*p) {
		*p = arena_get(sizeof(**p));
		(*p)->name = arena_copy(name);
	}
	return *p;
}

static const char sql_campaign[] =
    "SELECT t.name, t.status, t.since, t.until, t.arms,"
    "       " IN_BASE("t.budget", "t.currency", "t.since") ","
    "       t.target_leads, t.target_responses,"
    "       " IN_BASE("t.target_revenue", "t.currency", "t.since")
    "  FROM campaign t"
    " WHERE t.campaign = :campaign";

/* Its arms come in the order in which they are written. */
static void
name_arms(struct effect *e, const char *text)
{
	struct arms arms = { 0 };
	struct buf why = { 0 };
	int i;

	if (text && arms_read(&arms, text, &why))
		for (i = 0; arms_at(&arms, i); i++)
			arm_named(e, arms_at(&arms, i));
	buf_free(&arms.text);
	buf_free(&why);
}

/* The last day on which sales count: today, or before it. */
static void
set_last(struct effect *e)
{
	int64_t day = date_today(), last;

	if (*e->until && date_read_day(e->until, &last) &&
	    last + effect_window() < day)
		day = last + effect_window();
	date_day_text(e->last, day);
}

/* A day or an instant; what is longer, in a damaged file, is cut. */
static void
copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from ? from : "");
}

static void
look(struct effect *e)
{
	struct stmt *s = db_query(e->db, sql_campaign, ARGS(INT(e->key)));

	if (!db_next(s))
		die(BUG, "no campaign %lld", (long long)e->key);
	e->name = arena_copy(db_text(s, 0, NULL));
	e->status = arena_copy(db_text(s, 1, NULL));
	copy(e->since, DAY_SIZE, db_text(s, 2, NULL));
	copy(e->until, DAY_SIZE, db_text(s, 3, NULL));
	name_arms(e, db_text(s, 4, NULL));
	e->budget = db_int(s, 5);
	e->target_leads = db_int(s, 6);
	e->target_responses = db_int(s, 7);
	e->target_revenue = db_int(s, 8);
	db_done(s);
	set_last(e);
}

static const char sql_audience[] =
    "SELECT contact, arm, min(added_at), sum(sent_at <= now())"
    "  FROM audience"
    " WHERE campaign = :campaign"
    "   AND added_at <= now()"
    " GROUP BY contact";

/* Each kind of a contact once. */
static const char sql_responses[] =
    "SELECT DISTINCT contact, kind"
    "  FROM response"
    " WHERE campaign = :campaign"
    "   AND day <= today()"
    " ORDER BY contact";

static const char sql_sales[] =
    "SELECT " IN_BASE("s.amount", "s.currency", "s.day") ","
    "       s.refunds IS NULL"
    "  FROM sale s"
    " WHERE s.contact = :contact"
    "   AND s.day >= :first"
    "   AND s.day <= :last";

/* The later of the campaign's first day and that on which it was put in. */
static const char *
first_day(const struct effect *e, const char *added, char to[DAY_SIZE])
{
	int64_t at;

	if (!added || !date_read_at(added, &at))
		return e->since;
	date_day_text(to, date_day_of(at));
	return strcmp(to, e->since) > 0 ? to : e->since;
}

static void
count_sales(struct effect *e, struct armsum *a, int64_t contact,
    const char *added)
{
	static const char *last; /* the day of the same instant before */
	static char at[AT_SIZE], day[DAY_SIZE];
	int64_t revenue = 0, lines = 0;
	bool bought = false;
	struct stmt *s;

	if (!last || strcmp(at, added) != 0) {
		last = first_day(e, added, day);
		copy(at, AT_SIZE, added);
	}
	s = db_query(e->db, sql_sales, ARGS(INT(contact), STR(last),
	    STR(e->last)));
	for (; db_next(s); lines++) {
		revenue += db_int(s, 0);
		bought = bought || db_int(s, 1);
	}
	db_done(s);
	a->lines += lines;
	a->buyers += bought;
	a->revenue += revenue;
	moments_add(&a->each, (double)revenue /
	    pow(10, money_digits(calc_base())));
}

static int
kind_of(const char *word)
{
	int i = 0;

	while (effect_kinds[i] && strcmp(effect_kinds[i], word) != 0)
		i++;
	return i;
}

/* The responses up to this contact's, both being in order: its kinds, one
 * bit each. */
static unsigned
kinds_of(struct stmt *s, bool *more, int64_t contact)
{
	unsigned kinds = 0;

	for (; *more && db_int(s, 0) <= contact; *more = db_next(s))
		if (db_int(s, 0) == contact)
			kinds |= 1u << kind_of(db_text(s, 1, NULL));
	return kinds;
}

static void
count(struct armsum *a, int64_t messages, unsigned kinds)
{
	int i;

	a->contacts++;
	a->sent += messages > 0;
	a->messages += messages;
	for (i = 0; i < KINDS; i++)
		a->did[i] += kinds >> i & 1;
	a->answered += (kinds & (1u << CLICKED | 1u << REPLIED |
	    1u << VISITED | 1u << CONVERTED)) != 0;
}

static void
gather_arms(struct effect *e, bool sales)
{
	struct stmt *r = db_query(e->db, sql_responses, ARGS(INT(e->key)));
	struct stmt *s = db_query(e->db, sql_audience, ARGS(INT(e->key)));
	bool more = db_next(r);
	struct armsum *a;
	unsigned kinds;
	const char *arm;

	while (db_next(s)) {
		arm = db_text(s, 1, NULL);
		a = arm_named(e, arm ? arm : "");
		kinds = kinds_of(r, &more, db_int(s, 0));
		count(a, db_int(s, 3), kinds);
		count(&e->all, db_int(s, 3), kinds);
		if (sales)
			count_sales(e, a, db_int(s, 0), db_text(s, 2, NULL));
	}
	db_done(s);
	db_done(r);
}

void
effect_gather(struct db *db, int64_t campaign, bool sales, struct effect *e)
{
	*e = (struct effect){ .db = db, .key = campaign };
	calc_calendar();
	look(e);
	gather_arms(e, sales);
	effect_gather_whole(e);
}
