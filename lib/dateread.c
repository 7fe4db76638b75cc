/* What people write for a day, an instant, a range: crm-date(7). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "datecore.h"

bool
date_digits(const char **s, int n, int *value)
{
	int i, v = 0;

	for (i = 0; i < n; i++) {
		if (!isdigit((unsigned char)(*s)[i]))
			return false;
		v = v * 10 + (*s)[i] - '0';
	}
	*value = v;
	*s += n;
	return true;
}

bool
date_take_iso(const char **s, int64_t *day)
{
	const char *p = *s;
	int y, m, d;

	if (!date_digits(&p, 4, &y) || *p++ != '-' ||
	    !date_digits(&p, 2, &m) || *p++ != '-' ||
	    !date_digits(&p, 2, &d) || !date_exists(y, m, d))
		return false;
	*day = date_join(y, m, d);
	*s = p;
	return true;
}

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun" };

/* First day of the week, month, quarter or year that day is in; which is
 * one of "wmqy".  end: its last instead. */
static int64_t
bound(int64_t day, char which, bool end)
{
	int y, m, d, size = which == 'm' ? 1 : which == 'q' ? 3 :
							      12;

	if (which == 'w') {
		day -= (date_weekday(day) - date_cal.starts + 7) % 7;
		return end ? day + 6 : day;
	}
	date_split(day, &y, &m, &d);
	m = (m - 1) / size * size + 1;
	if (!end)
		return date_join(y, m, 1);
	y += m + size > 12;
	return date_join(y, m + size > 12 ? 1 : m + size, 1) - 1;
}

/* today, mon, som and the like at the start of *s. */
static bool
take_word(const char **s, int64_t *day)
{
	static const struct {
		const char *word;
		int add;
	} near[] = { { "today", 0 }, { "tomorrow", 1 }, { "yesterday", -1 } };
	size_t n = strspn(*s, "abcdefghijklmnopqrstuvwxyz"), i;
	const char *p = *s;
	int64_t today = date_today();

	*s += n;
	for (i = 0; i < 3; i++)
		if (strlen(near[i].word) == n &&
		    memcmp(near[i].word, p, n) == 0) {
			*day = today + near[i].add;
			return true;
		}
	if (n != 3) {
		*s = p;
		return false;
	}
	for (i = 0; i < 7; i++)
		if (memcmp(weekdays[i], p, 3) == 0) {
			*day = today + 1 +
			    ((int)i - date_weekday(today) + 13) % 7;
			return true;
		}
	if ((*p == 's' || *p == 'e') && p[1] == 'o' && strchr("wmqy", p[2])) {
		*day = bound(today, p[2], *p == 'e');
		return true;
	}
	*s = p;
	return false;
}

/* A day and the steps that follow it, at the start of *s. */
static bool
take_day(const char **s, int64_t *day)
{
	if (**s == '+' || **s == '-') {
		*day = date_today();
		if (!date_walk(s, day))
			return false;
	} else if (!(isdigit((unsigned char)**s) ? date_take_iso(s, day) :
						   take_word(s, day)))
		return false;
	while (**s == '+' || **s == '-')
		if (!date_walk(s, day))
			return false;
	return date_in_years(*day);
}

bool
date_read_day(const char *s, int64_t *day)
{
	int64_t d;

	if (!take_day(&s, &d) || *s)
		return false;
	*day = d;
	return true;
}

bool
date_take_seconds(const char **s, int *seconds)
{
	if (**s != ':')
		return true;
	++*s;
	return date_digits(s, 2, seconds);
}

/* 9:30, 09:30:15.123: seconds since midnight. */
static bool
take_clock(const char **s, int *seconds)
{
	const char *p = *s;
	int h, m, sec = 0;

	if (isdigit((unsigned char)p[0]) && p[1] == ':')
		h = *p++ - '0';
	else if (!date_digits(&p, 2, &h))
		return false;
	if (*p++ != ':' || !date_digits(&p, 2, &m))
		return false;
	if (!date_take_seconds(&p, &sec))
		return false;
	if (*p == '.' && isdigit((unsigned char)p[1]))
		for (p++; isdigit((unsigned char)*p);)
			p++;
	if (h > 23 || m > 59 || sec > 59)
		return false;
	*seconds = h * 3600 + m * 60 + sec;
	*s = p;
	return true;
}

/* Z, +01:00, -0530: seconds east, or none. */
static bool
take_offset(const char **s, bool *given, int *east)
{
	const char *p = *s;
	int h, m = 0;
	bool colon;

	*given = true;
	*east = 0;
	if (*p == 'Z') {
		*s = p + 1;
		return true;
	}
	if (*p != '+' && *p != '-') {
		*given = false;
		return true;
	}
	p++;
	if (!date_digits(&p, 2, &h))
		return false;
	colon = *p == ':';
	p += colon;
	if ((colon || isdigit((unsigned char)*p)) && !date_digits(&p, 2, &m))
		return false;
	if (h > 15 || m > 59)
		return false;
	*east = (h * 3600 + m * 60) * (**s == '-' ? -1 : 1);
	*s = p;
	return true;
}

bool
date_at_clock(int64_t day, const char *s, int64_t *at)
{
	int seconds, east;
	bool given;

	if (!take_clock(&s, &seconds) || !take_offset(&s, &given, &east) || *s)
		return false;
	*at = given ? day * DAY + seconds - east : date_local(day, seconds);
	return date_holds(*at);
}

/* -2h, +30min from now. */
static bool
hours(const char *s, int64_t *at)
{
	char *end;
	long n;

	if ((*s != '+' && *s != '-') || !isdigit((unsigned char)s[1]))
		return false;
	n = strtol(s, &end, 10);
	if (end - s > 7)
		return false;
	if (strcmp(end, "h") == 0)
		n *= 3600;
	else if (strcmp(end, "min") == 0)
		n *= 60;
	else
		return false;
	*at = date_now() + n;
	return date_holds(*at);
}

bool
date_read_at(const char *s, int64_t *at)
{
	int64_t day;

	if (strncmp(s, "now", 3) == 0) {
		*at = date_now();
		return !s[3] || hours(s + 3, at);
	}
	if (hours(s, at))
		return true;
	if (!take_day(&s, &day))
		return false;
	if (!*s) {
		*at = date_local(day, 12 * 3600);
		return date_holds(*at);
	}
	if (*s != 'T' && *s != ' ')
		return false;
	s += *s == ' ' && s[1] == 'T' ? 2 : 1;
	return date_at_clock(day, s, at);
}

/* W32 of a year: the weeks of ISO 8601 begin on Mondays, and the year that a
 * week's Thursday is in is its own. */
static bool
read_week(const char *s, int year, int64_t *first, int64_t *last)
{
	int64_t monday, fourth = date_join(year, 1, 4);
	int week, y, m, d;

	if (*s++ != 'W' || !date_digits(&s, 2, &week) || *s)
		return false;
	monday = fourth - date_weekday(fourth) + (week - 1) * 7;
	if (!date_in_years(monday) || !date_in_years(monday + 6))
		return false;
	date_split(monday + 3, &y, &m, &d);
	*first = monday;
	*last = monday + 6;
	return y == year;
}

/* 2026, 2026-Q3, 2026-08, 2026-W32 or a day: its first and last. */
static bool
read_period(const char *s, int64_t *first, int64_t *last)
{
	const char *p = s;
	int y, m;

	if (date_read_day(s, first)) {
		*last = *first;
		return true;
	}
	if (!date_digits(&p, 4, &y) || y < 1)
		return false;
	if (!*p) {
		*first = date_join(y, 1, 1);
		*last = date_join(y, 12, 31);
		return true;
	}
	if (p[0] != '-')
		return false;
	if (p[1] == 'Q' && p[2] >= '1' && p[2] <= '4' && !p[3]) {
		*first = date_join(y, (p[2] - '1') * 3 + 1, 1);
		*last = bound(*first, 'q', true);
		return true;
	}
	p++;
	if (*p == 'W')
		return read_week(p, y, first, last);
	if (!date_digits(&p, 2, &m) || *p || m < 1 || m > 12)
		return false;
	*first = date_join(y, m, 1);
	*last = bound(*first, 'm', true);
	return true;
}

bool
date_read_range(const char *s, int64_t *first, int64_t *last)
{
	const char *dots = strstr(s, "..");
	char side[64];
	int64_t a = date_join(1, 1, 1), b = date_join(9999, 12, 31), other;
	size_t n;

	if (!dots) {
		if (!read_period(s, &a, &b))
			return false;
	} else {
		n = (size_t)(dots - s);
		if (n >= sizeof(side) || (!n && !dots[2]))
			return false;
		memcpy(side, s, n);
		side[n] = '\0';
		if ((n && !read_period(side, &a, &other)) ||
		    (dots[2] && !read_period(dots + 2, &other, &b)) || a > b)
			return false;
	}
	*first = a;
	*last = b;
	return true;
}

/* What counts from today begins with a sign or a word. */
bool
date_read_fixed(const char *s, int64_t *first, int64_t *last)
{
	const char *dots = strstr(s, "..");

	return (isdigit((unsigned char)*s) || s == dots) &&
	    (!dots || !dots[2] || isdigit((unsigned char)dots[2])) &&
	    date_read_range(s, first, last);
}

bool
date_read_occasion(const char *s, int *year, int *month, int *mday)
{
	int y = 0, m, d;

	if (s[0] == '-' && s[1] == '-')
		s += 2;
	else if (!date_digits(&s, 4, &y) || *s++ != '-' || y < 1)
		return false;
	if (!date_digits(&s, 2, &m) || *s++ != '-' ||
	    !date_digits(&s, 2, &d) || *s || !date_exists(y ? y : 2000, m, d))
		return false;
	*year = y;
	*month = m;
	*mday = d;
	return true;
}

bool
date_read_hours(const char *s, int *from, int *to)
{
	int a, b;

	if (!take_clock(&s, &a) || *s++ != '-' || !take_clock(&s, &b) || *s ||
	    a / 60 == b / 60)
		return false;
	*from = a / 60;
	*to = b / 60;
	return true;
}
