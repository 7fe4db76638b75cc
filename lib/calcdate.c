/* Days and instants, by the clock and in the calendar of crm.yaml. */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "calc.h"
#include "calccore.h"
#include "config.h"
#include "date.h"
#include "db.h"

static int
weekday(const struct node *n, const char *name)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	int i;

	for (i = 0; i < 7; i++)
		if (strcmp(days[i], name) == 0)
			return i;
	node_reject(n, "not a day of the week: '%s'", name);
}

/* Holidays that come every year, --12-25, stand for 1970 to 2069. */
static void
add_holiday(struct calendar *c, const struct node *n, int64_t *days)
{
	int year, month, mday, y;

	if (!date_read_occasion(node_text(n), &year, &month, &mday))
		node_reject(n, "not a day: '%s'", node_text(n));
	for (y = year ? year : 1970; y <= (year ? year : 2069); y++)
		days[c->noff++] = date_occasion_in(y, month, mday);
}

static int
earlier(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
read_week(struct calendar *c)
{
	const struct node *works = config_get("week.works"),
			  *off = config_get("week.holidays");
	const char *starts = config_text("week.starts");
	int64_t *days;
	int i;

	if (starts)
		c->starts = weekday(config_get("week.starts"), starts);
	if (works)
		c->works = 0;
	for (i = 0; i < node_count(works); i++)
		c->works |= 1u << weekday(node_at(works, i),
		    node_text(node_at(works, i)));
	days = arena_get(sizeof(*days) * 100 * (size_t)(node_count(off) + 1));
	for (i = 0; i < node_count(off); i++)
		add_holiday(c, node_at(off, i), days);
	qsort(days, (size_t)c->noff, sizeof(*days), earlier);
	c->off = days;
}

void
calc_calendar(void)
{
	static struct calendar *c;
	const char *zone, *leap;

	if (c)
		return;
	c = arena_get(sizeof(*c));
	c->works = 0x1f;
	zone = config_text("zone");
	if (zone && !date_zone(zone))
		node_reject(config_get("zone"), "no such zone: '%s'", zone);
	leap = config_text("leap_day");
	c->leap = leap && strcmp(leap, "mar1") == 0 ? LEAP_MAR1 : LEAP_FEB28;
	read_week(c);
	date_calendar(c);
}

static void
now(struct call *c)
{
	char at[AT_SIZE];

	call_give_text(c, date_at_text(at, date_now()), AT_SIZE - 1);
}

static void
give_day(struct call *c, int64_t day)
{
	char text[DAY_SIZE];

	call_give_text(c, date_day_text(text, day), DAY_SIZE - 1);
}

static int64_t
today_of_zone(void)
{
	calc_calendar();
	return date_today();
}

static void
today(struct call *c)
{
	give_day(c, today_of_zone());
}

static void
days_before(struct call *c)
{
	give_day(c, today_of_zone() - call_int(c, 0));
}

static void
day(struct call *c)
{
	const char *s = call_text(c, 0);
	int64_t n;

	calc_calendar();
	if (s && date_read_day(s, &n))
		give_day(c, n);
	else if (s)
		call_fail(c, "day(): not a day");
}

/* The local day of a stored day or instant. */
static bool
day_of(const char *s, int64_t *n)
{
	int64_t at;

	if (!s)
		return false;
	if (strlen(s) == DAY_SIZE - 1)
		return date_read_day(s, n);
	calc_calendar();
	if (!date_read_at(s, &at))
		return false;
	*n = date_day_of(at);
	return true;
}

static void
days_since(struct call *c)
{
	int64_t n;

	if (day_of(call_text(c, 0), &n))
		call_give_int(c, today_of_zone() - n);
}

static void
years_since(struct call *c)
{
	const char *s = call_text(c, 0);
	int year, month, mday, y, m, d;

	if (!s || !date_read_occasion(s, &year, &month, &mday) || year == 0)
		return;
	date_split(today_of_zone(), &y, &m, &d);
	call_give_int(c, y - year -
	    (date_today() < date_occasion_in(y, month, mday)));
}

static void
days_to(struct call *c)
{
	const char *s = call_text(c, 0);
	int year, month, mday, y, m, d;
	int64_t day;

	if (!s || !date_read_occasion(s, &year, &month, &mday))
		return;
	date_split(today_of_zone(), &y, &m, &d);
	day = date_occasion_in(y, month, mday);
	if (day < date_today())
		day = date_occasion_in(y + 1, month, mday);
	call_give_int(c, day - date_today());
}

static void
within(struct call *c)
{
	const char *range = call_text(c, 1);
	int64_t n, first, last;

	calc_calendar();
	if (!range || !date_read_range(range, &first, &last))
		call_fail(c, "within(): not a range of days");
	else if (day_of(call_text(c, 0), &n))
		call_give_int(c, first <= n && n <= last);
}

static void
first_day(struct call *c)
{
	const char *range = call_text(c, 0);
	int64_t first, last;

	calc_calendar();
	if (!range)
		return;
	if (!date_read_range(range, &first, &last))
		call_fail(c, "first_day(): not a range of days");
	else
		give_day(c, first);
}

const struct function calc_dates[] = {
	{ "now", 0, now },
	{ "today", 0, today },
	{ "day", 1, day },
	{ "within", 2, within },
	{ "first_day", 1, first_day },
	{ "days_since", 1, days_since },
	{ "days_before", 1, days_before },
	{ "years_since", 1, years_since },
	{ "days_to", 1, days_to },
	{ NULL, 0, NULL },
};
