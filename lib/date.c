/* Days, business days and steps: arithmetic that knows no zone. */
#include "date.h"

#include <stdlib.h>
#include <string.h>

#include "datecore.h"

static const struct calendar usual = { .works = 0x1f };
struct calendar date_cal = { .works = 0x1f };

void
date_calendar(const struct calendar *c)
{
	date_cal = c ? *c : usual;
}

bool
date_in_years(int64_t day)
{
	return day >= -719162 && day <= 2932896; /* 0001 to 9999 */
}

bool
date_exists(int year, int month, int mday)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
	       mday >= 1 && mday <= days[month - 1] + (month == 2 && leap);
}

/* Days from civil: years begin in March, so that a leap day ends one;
 * 400 years have 146097 days. */
int64_t
date_join(int year, int month, int mday)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 +
			  mday - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

void
date_split(int64_t day, int *year, int *month, int *mday)
{
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*mday = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

int
date_weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7); /* 1970-01-01: Thursday */
}

bool
date_works(int64_t day)
{
	int low = 0, high = date_cal.noff, middle;

	if (!(date_cal.works >> date_weekday(day) & 1))
		return false;
	while (low < high) {
		middle = (low + high) / 2;
		if (date_cal.off[middle] == day)
			return false;
		if (date_cal.off[middle] < day)
			low = middle + 1;
		else
			high = middle;
	}
	return true;
}

/* Months clamp: 31 January and one month is the last of February. */
static int64_t
add_months(int64_t day, int64_t n)
{
	int year, month, mday;
	int64_t months;

	date_split(day, &year, &month, &mday);
	months = (int64_t)year * 12 + month - 1 + n;
	if (months < 12 || months > 9999 * 12 + 11)
		return INT64_MAX;
	year = (int)(months / 12);
	month = (int)(months % 12) + 1;
	while (!date_exists(year, month, mday))
		mday--;
	return date_join(year, month, mday);
}

/* Business days of a week without holidays. */
static int
week_works(void)
{
	unsigned days;
	int n = 0;

	for (days = date_cal.works & 0x7f; days; days >>= 1)
		n += days % 2 != 0;
	return n;
}

/* Holidays from first up to before end that take a business day away. */
static int64_t
holidays(int64_t first, int64_t end)
{
	int64_t n = 0, day;
	int i;

	for (i = 0; i < date_cal.noff; i++) {
		day = date_cal.off[i];
		if (day >= first && day < end)
			n += (date_cal.works >> date_weekday(day)) & 1;
	}
	return n;
}

/* Business days after from, up to and with to. */
static int64_t
count_working(int64_t from, int64_t to)
{
	int64_t weeks = (to - from) / 7, n = weeks * week_works();

	n -= holidays(from + 1, from + 1 + weeks * 7);
	for (from += weeks * 7; from < to;)
		n += date_works(++from);
	return n;
}

/* The nth business day after (or before) that day: by whole weeks, what
 * holidays take away made up for, and at the end by days. */
static int64_t
add_working(int64_t day, int64_t n)
{
	int64_t step = n < 0 ? -1 : 1, weeks, to;

	if (!week_works())
		return INT64_MAX;
	while ((weeks = (n * step - 1) / week_works()) > 0) {
		to = day + step * weeks * 7;
		if (!date_in_years(to))
			return INT64_MAX;
		n -= step * weeks * week_works();
		n += step * (step > 0 ? holidays(day + 1, to + 1) :
		    holidays(to, day));
		day = to;
	}
	while (n) {
		day += step;
		if (!date_in_years(day))
			return INT64_MAX;
		if (date_works(day))
			n -= step;
	}
	return day;
}

struct unit {
	const char *name;
	int days, months;
};

static const struct unit units[] = {
	{ "d", 1, 0 },
	{ "w", 7, 0 },
	{ "mo", 0, 1 },
	{ "q", 0, 3 },
	{ "y", 0, 12 },
	{ "bd", 0, 0 },
	{ NULL, 0, 0 },
};

/* "+1mo" at the start of *s: the number and the unit. */
static const struct unit *
take_step(const char **s, int64_t *n)
{
	const char *p = *s + (**s == '+' || **s == '-');
	size_t digits = strspn(p, "0123456789"), letters;
	const struct unit *u;

	letters = strspn(p + digits, "abcdefghijklmnopqrstuvwxyz");
	if (digits == 0 || digits > 6)
		return NULL;
	*n = strtol(*s, NULL, 10);
	for (u = units; u->name; u++)
		if (strlen(u->name) == letters &&
		    memcmp(u->name, p + digits, letters) == 0) {
			*s = p + digits + letters;
			return u;
		}
	return NULL;
}

static int64_t
go(int64_t day, const struct unit *u, int64_t n)
{
	if (u->days)
		return day + n * u->days;
	return u->months ? add_months(day, n * u->months) :
	    add_working(day, n);
}

bool
date_walk(const char **s, int64_t *day)
{
	const struct unit *u;
	int64_t n, to;

	if (!(u = take_step(s, &n)))
		return false;
	to = go(*day, u, n);
	if (!date_in_years(to))
		return false;
	*day = to;
	return true;
}

/* How many steps of n units surely end at that day or before it, or are one
 * more than those. */
static int64_t
steps_until(int64_t from, const struct unit *u, int64_t n, int64_t day)
{
	int y, m, d, year, month;

	if (day <= from)
		return 0;
	if (u->days)
		return (day - from) / (n * u->days);
	if (!u->months)
		return count_working(from, day) / n;
	date_split(from, &y, &m, &d);
	date_split(day, &year, &month, &d);
	return ((year - y) * 12 + month - m) / (n * u->months);
}

bool
date_series(int64_t from, const char *step, int64_t after, int64_t *day)
{
	const struct unit *u;
	int64_t n, times;

	if (!(u = take_step(&step, &n)) || *step || n <= 0)
		return false;
	times = steps_until(from, u, n, after);
	for (times = times > 0 ? times : 1;; times++) {
		*day = go(from, u, n * times);
		if (!date_in_years(*day))
			return false;
		if (*day > after)
			return true;
	}
}

bool
date_step(int64_t from, const char *step, int64_t *day)
{
	if (!date_walk(&step, &from) || *step)
		return false;
	*day = from;
	return true;
}

bool
date_span(const char *step, int64_t *days)
{
	const struct unit *u;
	int64_t n;

	if (!(u = take_step(&step, &n)) || *step)
		return false;
	*days = u->days ? n * u->days : u->months == 12 ? n * 365 :
				    u->months           ? n * 30 * u->months :
							  n * 7 / 5;
	return true;
}

int64_t
date_occasion_in(int year, int month, int mday)
{
	if (date_exists(year, month, mday))
		return date_join(year, month, mday);
	return date_join(year, 3, 1) - (date_cal.leap == LEAP_FEB28);
}
