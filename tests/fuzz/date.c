/* Days, instants, ranges, steps: what is read is in the calendar, and is
 * itself when it is written and read again. */
#include <string.h>

#include "date.h"
#include "fuzz.h"

static void
setup(void)
{
	static const int64_t off[] = { 19723, 19811 };
	static const struct calendar calendar = { 0x1f, 0, LEAP_FEB28, off,
		2 };

	fuzz_check(date_zone("Europe/Berlin"), "no zone");
	date_calendar(&calendar);
	date_now();
}

static void
check_day(int64_t day)
{
	char text[DAY_SIZE];
	int64_t again;

	date_day_text(text, day);
	fuzz_check(date_read_day(text, &again) && again == day,
	    "a day that is not itself");
}

static void
check_at(int64_t at)
{
	char text[AT_SIZE], local[LOCAL_SIZE];
	int64_t again;

	date_at_text(text, at);
	fuzz_check(date_read_at(text, &again) && again == at,
	    "an instant that is not itself");
	date_local_text(local, at);
	check_day(date_day_of(at));
}

static void
steps(const char *text)
{
	int64_t day, days;

	if (date_step(19783, text, &day))
		check_day(day);
	if (date_series(19783, text, 19783, &day))
		fuzz_check(day > 19783, "a series that stands still");
	if (date_series(0, text, 2932896, &day))
		check_day(day);
	date_span(text, &days);
}

static void
run(const char *text, size_t size)
{
	int64_t a, b;
	int order, y, m, d;

	(void)size;
	if (date_read_day(text, &a))
		check_day(a);
	if (date_read_at(text, &a))
		check_at(a);
	if (date_read_range(text, &a, &b)) {
		fuzz_check(a <= b, "a range that ends before it begins");
		check_day(a);
		check_day(b);
	}
	for (order = DATE_ISO; order <= DATE_MDY; order++) {
		if (date_import_day(text, (enum dateorder)order, &a))
			check_day(a);
		if (date_import_at(text, (enum dateorder)order, &a))
			check_at(a);
	}
	if (date_read_occasion(text, &y, &m, &d))
		check_day(date_occasion_in(y ? y : 2023, m, d));
	steps(text);
}

const struct target target = { setup, run, NULL, { 0 }, 0 };
