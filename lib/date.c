/* Days, instants, zones and steps; what text means is in dateread.c. */
#include "date.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "datecore.h"
#include "die.h"
#include "num.h"

enum { FIRST_DAY = -719162,
	LAST_DAY = 2932896 }; /* 0001 to 9999 */

static const struct calendar usual = { .works = 0x1f };
struct calendar date_cal = { .works = 0x1f };

bool
date_zone_exists(const char *name)
{
	struct buf path = { 0 };
	bool there;

	if (!*name || *name == '/' || strstr(name, ".."))
		return false;
	buf_printf(&path, "/usr/share/zoneinfo/%s", name);
	there = access(path.text, R_OK) == 0;
	buf_free(&path);
	return there || strcmp(name, "UTC") == 0;
}

bool
date_zone(const char *name)
{
	struct buf tz = { 0 };

	if (name) {
		if (!date_zone_exists(name))
			return false;
		buf_printf(&tz, ":%s", name);
		if (setenv("TZ", tz.text, 1) != 0)
			die(MEMORY, "out of memory");
		buf_free(&tz);
	}
	tzset();
	return true;
}

void
date_calendar(const struct calendar *c)
{
	date_cal = c ? *c : usual;
}

int64_t
date_now(void)
{
	static int64_t now;
	static bool known;
	const char *fixed = getenv("CRM_NOW");
	struct timespec t;

	if (known)
		return now;
	known = true;
	tzset();
	clock_gettime(CLOCK_REALTIME, &t);
	now = t.tv_sec;
	if (fixed && *fixed && !date_read_at(fixed, &now))
		die(USAGE, "CRM_NOW is not a day or an instant: '%s'", fixed);
	return now;
}

int64_t
date_today(void)
{
	return date_day_of(date_now());
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

int64_t
date_day_of(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return at / DAY;
	return date_join(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int64_t
date_local(int64_t day, int seconds)
{
	struct tm tm = { .tm_isdst = -1, .tm_sec = seconds % 60,
		.tm_min = seconds / 60 % 60, .tm_hour = seconds / 3600 };

	date_split(day, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return mktime(&tm);
}

int64_t
date_at_of(int64_t day, int hour, int min)
{
	return date_local(day, hour * 3600 + min * 60);
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

/* The nth business day after (or before) that day. */
static int64_t
add_working(int64_t day, int64_t n)
{
	int64_t step = n < 0 ? -1 : 1;

	if (!(date_cal.works & 0x7f) || n > 100000 || n < -100000)
		return INT64_MAX;
	while (n) {
		day += step;
		if (day < FIRST_DAY || day > LAST_DAY)
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
	if (to < FIRST_DAY || to > LAST_DAY)
		return false;
	*day = to;
	return true;
}

bool
date_series(int64_t from, const char *step, int64_t after, int64_t *day)
{
	const struct unit *u;
	int64_t n, times = 1;

	if (!(u = take_step(&step, &n)) || *step || n <= 0)
		return false;
	if (u->days && after > from)
		times = (after - from) / (n * u->days);
	for (times = times > 0 ? times : 1;; times++) {
		*day = go(from, u, n * times);
		if (*day < FIRST_DAY || *day > LAST_DAY)
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

static void
two(char *to, int n)
{
	to[0] = (char)('0' + n / 10 % 10);
	to[1] = (char)('0' + n % 10);
}

char *
date_day_text(char to[DAY_SIZE], int64_t day)
{
	int year, month, mday;

	date_split(day, &year, &month, &mday);
	two(to, year / 100);
	two(to + 2, year % 100);
	to[4] = to[7] = '-';
	two(to + 5, month);
	two(to + 8, mday);
	to[10] = '\0';
	return to;
}

static void
clock_text(char *to, int64_t seconds)
{
	two(to, (int)(seconds / 3600));
	to[2] = ':';
	two(to + 3, (int)(seconds / 60 % 60));
}

char *
date_at_text(char to[AT_SIZE], int64_t at)
{
	int64_t rest = (at % DAY + DAY) % DAY;

	date_day_text(to, (at - rest) / DAY);
	to[10] = 'T';
	clock_text(to + 11, rest);
	to[16] = ':';
	two(to + 17, (int)(rest % 60));
	to[19] = 'Z';
	to[20] = '\0';
	return to;
}

char *
date_local_text(char to[LOCAL_SIZE], int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm = { 0 };

	localtime_r(&t, &tm);
	date_day_text(to, date_join(tm.tm_year + 1900, tm.tm_mon + 1,
			      tm.tm_mday));
	to[10] = ' ';
	clock_text(to + 11, tm.tm_hour * 3600 + tm.tm_min * 60);
	to[16] = '\0';
	return to;
}
