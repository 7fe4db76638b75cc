/* Days, instants, steps, ranges and occasions, by zones and calendars. */
#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"

static int64_t
day(const char *text)
{
	int64_t n = INT64_MIN;

	assert(date_read_day(text, &n));
	return n;
}

static const char *
shown(int64_t n)
{
	static char text[DAY_SIZE];

	return date_day_text(text, n);
}

static const char *
instant(const char *text)
{
	static char out[AT_SIZE];
	int64_t at;

	assert(date_read_at(text, &at));
	return date_at_text(out, at);
}

static void
days(void)
{
	static const struct {
		const char *text, *is;
	} good[] = {
		{ "2024-02-29", "2024-02-29" },
		{ "0001-01-01", "0001-01-01" },
		{ "9999-12-31", "9999-12-31" },
		{ "today", "2024-03-01" },
		{ "tomorrow", "2024-03-02" },
		{ "yesterday", "2024-02-29" },
		{ "fri", "2024-03-08" }, /* today is one */
		{ "sat", "2024-03-02" },
		{ "thu", "2024-03-07" },
		{ "som", "2024-03-01" },
		{ "eom-1mo", "2024-02-29" },
		{ "soq", "2024-01-01" },
		{ "eoq", "2024-03-31" },
		{ "eoy", "2024-12-31" },
		{ "sow", "2024-02-26" },
		{ "eow", "2024-03-03" },
		{ "+3d", "2024-03-04" },
		{ "-2w", "2024-02-16" },
		{ "2024-01-31+1mo", "2024-02-29" },
		{ "2023-01-31+1mo", "2023-02-28" },
		{ "2024-01-31+1q", "2024-04-30" },
		{ "2024-02-29+1y", "2025-02-28" },
		{ "2024-03-31-1mo", "2024-02-29" },
		{ "+1bd", "2024-03-04" },
		{ "-1bd", "2024-02-29" },
		{ "+5bd", "2024-03-08" },
		{ "som-1mo+3d", "2024-02-04" },
	};
	static const char *const bad[] = { "", "2023-02-29", "2024-02-30",
		"2024-13-01", "2024-00-10", "2024-1-1", "03/04/2024",
		"2024-03-01x", "2024-03-01 ", "todayx", "+3", "+d", "+3x",
		"9999-12-31+1d", "0001-01-01-1d", "0000-01-01", "+9999999d",
		"sox", NULL };
	int64_t n;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert(strcmp(shown(day(good[i].text)), good[i].is) == 0);
	for (i = 0; bad[i]; i++)
		assert(!date_read_day(bad[i], &n));
	for (n = day("0001-01-01"); n <= day("9999-12-31"); n += 12345)
		assert(day(shown(n)) == n);
}

static void
instants(void)
{
	static const char *const bad[] = { "", "2024-03-01T25:00",
		"2024-03-01T10", "2024-03-01T10:00X", "2024-03-01T10:60",
		"2024-03-01T10:00+99:00", "noon", "+2hh", "-h",
		"2024-03-01T10:00+01:", "2024-03-01T10:00+1",
		"9999-12-31T23:59-01:00", "0001-01-01T00:00+01:00", NULL };
	int64_t at;
	int i;

	assert(date_zone("UTC"));
	assert(!strcmp(instant("2024-03-01"), "2024-03-01T12:00:00Z"));
	assert(!strcmp(instant("2024-03-01T09:30"), "2024-03-01T09:30:00Z"));
	assert(!strcmp(instant("2024-03-01T09:30:15.5+01:00"),
	    "2024-03-01T08:30:15Z"));
	assert(!strcmp(instant("2024-03-01 09:30-0530"),
	    "2024-03-01T15:00:00Z"));
	assert(!strcmp(instant("now"), "2024-03-01T09:00:00Z"));
	assert(!strcmp(instant("-2h"), "2024-03-01T07:00:00Z"));
	assert(!strcmp(instant("+30min"), "2024-03-01T09:30:00Z"));
	assert(!strcmp(instant("tomorrow 15:00"), "2024-03-02T15:00:00Z"));
	for (i = 0; bad[i]; i++)
		assert(!date_read_at(bad[i], &at));
}

/* Clocks of Berlin skip 02:00 to 03:00 on 31 March 2024, and have 02:00 to
 * 03:00 twice on 27 October. */
static void
zones(void)
{
	char local[LOCAL_SIZE];
	int64_t at;

	assert(!date_zone("Mars/Base"));
	assert(!date_zone("../etc/passwd"));
	assert(date_zone("Europe/Berlin"));
	assert(!strcmp(instant("2024-01-10T00:30"), "2024-01-09T23:30:00Z"));
	assert(!strcmp(instant("2024-07-10T00:30"), "2024-07-09T22:30:00Z"));
	assert(!strcmp(instant("2024-03-31T02:30"), "2024-03-31T01:30:00Z"));
	assert(date_read_at("2024-10-27T02:30", &at));
	assert(!strcmp(date_local_text(local, at), "2024-10-27 02:30"));
	assert(!strcmp(instant("2024-10-27T02:30"), "2024-10-27T00:30:00Z"));
	assert(!strcmp(instant("2024-12-27T02:30"), "2024-12-27T01:30:00Z"));
	assert(!strcmp(instant("2024-10-27T02:30"), "2024-10-27T00:30:00Z"));
	assert(!strcmp(instant("2024-10-27T03:30"), "2024-10-27T02:30:00Z"));
	assert(!date_read_at("9999-12-31T23:30Z", &at));
	assert(date_read_at("9999-12-31T22:59Z", &at));
	assert(date_day_of(day("2024-03-31") * 86400 - 1800) ==
	    day("2024-03-31"));
	assert(date_at_of(day("2024-07-01"), 9, 0) ==
	    day("2024-07-01") * 86400 + 7 * 3600);
	assert(date_zone("America/New_York"));
	assert(!strcmp(instant("2024-03-01"), "2024-03-01T17:00:00Z"));
	assert(date_zone("UTC"));
}

static void
ranges(void)
{
	static const struct {
		const char *text, *first, *last;
	} good[] = {
		{ "2024-03-01", "2024-03-01", "2024-03-01" },
		{ "2024", "2024-01-01", "2024-12-31" },
		{ "2024-Q1", "2024-01-01", "2024-03-31" },
		{ "2024-02", "2024-02-01", "2024-02-29" },
		{ "2024-01..2024-06", "2024-01-01", "2024-06-30" },
		{ "today..+7d", "2024-03-01", "2024-03-08" },
		{ "..2024-03", "0001-01-01", "2024-03-31" },
		{ "2024-Q4..", "2024-10-01", "9999-12-31" },
		{ "2024-W01", "2024-01-01", "2024-01-07" },
		{ "2026-W32", "2026-08-03", "2026-08-09" },
		{ "2020-W53", "2020-12-28", "2021-01-03" },
		{ "2021-W01..2021-W02", "2021-01-04", "2021-01-17" },
	};
	static const char *const bad[] = { "", "..", "2024-Q5", "2024-13",
		"2024-06..2024-01", "24", "2024-Q1x", "a..b", "2024-W00",
		"2024-W53", "2024-W1", "2024-W011", "2024W01", "9999-W52",
		NULL };
	int64_t first, last;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert(date_read_range(good[i].text, &first, &last));
		assert(strcmp(shown(first), good[i].first) == 0);
		assert(strcmp(shown(last), good[i].last) == 0);
	}
	for (i = 0; bad[i]; i++)
		assert(!date_read_range(bad[i], &first, &last));
}

/* Those that are the same whenever they are read. */
static void
fixed(void)
{
	static const char *const good[] = { "2024", "2024-Q1", "2024-02",
		"2024-W07", "2024-03-01", "2024-03-01+1mo", "..2024-03",
		"2024-Q4..", "2024-01..2024-06", NULL };
	static const char *const moves[] = { "today", "som", "+7d", "-1mo",
		"today..", "..today", "2024..+7d", "-7d..2024", "som..eom",
		NULL };
	static const char *const bad[] = { "", "..", "2024-13", "foo",
		"2024-06..2024-01", "2024..2025..2026", NULL };
	int64_t first, last;
	size_t i;

	for (i = 0; good[i]; i++)
		assert(date_read_fixed(good[i], &first, &last));
	for (i = 0; moves[i]; i++) {
		assert(date_read_range(moves[i], &first, &last));
		assert(!date_read_fixed(moves[i], &first, &last));
	}
	for (i = 0; bad[i]; i++)
		assert(!date_read_fixed(bad[i], &first, &last));
}

static void
exports(void)
{
	static const struct {
		const char *text;
		enum dateorder order;
		const char *is;
	} good[] = {
		{ "03/04/2024", DATE_DMY, "2024-04-03" },
		{ "03/04/2024", DATE_MDY, "2024-03-04" },
		{ "3.4.2024", DATE_DMY, "2024-04-03" },
		{ "2024-01-19T09:42:24.000+0000", DATE_ISO, "2024-01-19" },
		{ "2024-01-19 09:42", DATE_ISO, "2024-01-19" },
		{ "1/2/2024 9:05 AM", DATE_MDY, "2024-01-02" },
	};
	int64_t n;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert(date_import_day(good[i].text, good[i].order, &n));
		assert(strcmp(shown(n), good[i].is) == 0);
	}
	assert(!date_import_day("", DATE_DMY, &n));
	assert(!date_import_day("1/", DATE_DMY, &n));
	assert(!date_import_day("03/04/2024", DATE_ISO, &n));
	assert(!date_import_day("31/04/2024", DATE_DMY, &n));
	assert(!date_import_day("03/04/24", DATE_DMY, &n));
	assert(!date_import_day("03/04.2024", DATE_DMY, &n));
	assert(date_import_at("1/2/2024 9:05 PM", DATE_MDY, &n));
	assert(n == day("2024-01-02") * 86400 + 21 * 3600 + 300);
}

static void
occasions(void)
{
	const struct calendar march = { .works = 0x1f, .leap = LEAP_MAR1 };
	int year, month, mday;
	int64_t n;

	assert(date_read_occasion("--05-14", &year, &month, &mday));
	assert(year == 0 && month == 5 && mday == 14);
	assert(date_read_occasion("--02-29", &year, &month, &mday));
	assert(!date_read_occasion("2023-02-29", &year, &month, &mday));
	assert(!date_read_occasion("--13-01", &year, &month, &mday));
	assert(!date_read_occasion("05-14", &year, &month, &mday));
	assert(date_occasion_in(2024, 2, 29) == day("2024-02-29"));
	assert(date_occasion_in(2023, 2, 29) == day("2023-02-28"));
	date_calendar(&march);
	assert(date_occasion_in(2023, 2, 29) == day("2023-03-01"));
	date_calendar(NULL);
	assert(date_series(day("2024-01-31"), "1mo", day("2024-03-01"), &n));
	assert(n == day("2024-03-31"));
	assert(date_series(day("2024-01-01"), "1w", day("2024-03-01"), &n));
	assert(n == day("2024-03-04"));
	assert(!date_series(day("2024-01-01"), "0d", day("2024-03-01"), &n));
	assert(date_span("2w", &n) && n == 14);
	assert(date_span("1q", &n) && n == 90);
	assert(!date_span("often", &n));
}

static void
holidays(void)
{
	const int64_t off[] = { day("2024-03-04"), day("2024-12-25") };
	const struct calendar c = { .works = 0x1f, .off = off, .noff = 2 };

	date_calendar(&c);
	assert(!strcmp(shown(day("+1bd")), "2024-03-05"));
	assert(!strcmp(shown(day("+5bd")), "2024-03-11"));
	assert(!strcmp(shown(day("2024-03-10-6bd")), "2024-02-29"));
	assert(!strcmp(shown(day("2024-12-20+5bd")), "2024-12-30"));
	assert(!strcmp(shown(day("2024-03-03+5bd")), "2024-03-11"));
	assert(!date_works(day("2024-12-25")));
	assert(!date_works(day("2024-03-02")));
	date_calendar(NULL);
}

/* n business days from that day, one by one. */
static int64_t
one_by_one(int64_t from, int n)
{
	int step = n < 0 ? -1 : 1;

	while (n) {
		from += step;
		n -= date_works(from) ? step : 0;
	}
	return from;
}

static void
business(void)
{
	const int64_t off[] = { 19700, 19705, 19706, 19750, 19785, 19786 };
	const struct calendar c = { .works = 0x2d, .off = off, .noff = 6 };
	int64_t from, n;
	char step[24];
	int i;

	date_calendar(&c);
	for (from = 19695; from < 19710; from++)
		for (i = -90; i <= 90; i++) {
			snprintf(step, sizeof(step), "%+dbd", i);
			assert(date_step(from, step, &n));
			assert(n == one_by_one(from, i));
			if (i > 0)
				continue;
			assert(date_series(from, "3bd", from - i, &n));
			assert(n > from - i && date_works(n));
			assert(one_by_one(n, -3) <= from - i);
		}
	date_calendar(NULL);
	assert(date_series(0, "2bd", 2932800, &n) && n > 2932800);
	assert(date_series(0, "1mo", 2932800, &n) && n > 2932800);
	assert(!date_series(0, "1bd", 2932896, &n));
}

int
main(void)
{
	setenv("CRM_NOW", "2024-03-01T09:00:00Z", 1);
	setenv("TZ", "UTC", 1);
	days();
	instants();
	zones();
	ranges();
	fixed();
	exports();
	occasions();
	holidays();
	business();
	return 0;
}
