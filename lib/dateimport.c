/* What exports write for a day or an instant. */
#include <ctype.h>
#include <string.h>

#include "datecore.h"

/* One or two digits at *s. */
static bool
short_number(const char **s, int *n)
{
	const char *p = *s;

	return date_digits(s, *p && isdigit((unsigned char)p[1]) ? 2 : 1, n);
}

/* 3/4/2026, 03.04.2026: the order says which is the month. */
static bool
take_slashed(const char **s, enum dateorder order, int64_t *day)
{
	const char *p = *s;
	int a, b, y, month;
	char by;

	if (order == DATE_ISO || !short_number(&p, &a))
		return false;
	by = *p;
	if (by != '/' && by != '.' && by != '-')
		return false;
	p++;
	if (!short_number(&p, &b) || *p++ != by || !date_digits(&p, 4, &y))
		return false;
	month = order == DATE_MDY ? a : b;
	if (!date_exists(y, month, a + b - month))
		return false;
	*day = date_join(y, month, a + b - month);
	*s = p;
	return true;
}

/* 9:05 AM, after the blank behind a day. */
static bool
american_clock(const char *s, int *seconds)
{
	const char *p = s;
	int h, m, sec = 0;

	if (!short_number(&p, &h) || *p++ != ':' || !date_digits(&p, 2, &m))
		return false;
	if (!date_take_seconds(&p, &sec))
		return false;
	p += *p == ' ';
	if ((strcmp(p, "AM") != 0 && strcmp(p, "PM") != 0) || h < 1 ||
	    h > 12 || m > 59 || sec > 59)
		return false;
	*seconds = (h % 12 + (*p == 'P' ? 12 : 0)) * 3600 + m * 60 + sec;
	return true;
}

static bool
import(const char *s, enum dateorder order, int64_t *day, int64_t *at,
    bool *clock)
{
	int seconds;

	if (!date_take_iso(&s, day) && !take_slashed(&s, order, day))
		return false;
	*clock = *s != '\0';
	if (!*clock)
		return true;
	if (*s != 'T' && *s != ' ')
		return false;
	s++;
	if (american_clock(s, &seconds)) {
		*at = date_local(*day, seconds);
		return date_holds(*at);
	}
	return date_at_clock(*day, s, at);
}

bool
date_import_day(const char *s, enum dateorder order, int64_t *day)
{
	bool clock;
	int64_t at;

	if (!import(s, order, day, &at, &clock))
		return false;
	if (clock)
		*day = date_day_of(at);
	return true;
}

bool
date_import_at(const char *s, enum dateorder order, int64_t *at)
{
	bool clock;
	int64_t day;

	if (!import(s, order, &day, at, &clock))
		return false;
	if (!clock)
		*at = date_local(day, 12 * 3600);
	return clock || date_holds(*at);
}
