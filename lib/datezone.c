/* The zone: what its clocks show, and when now is. */
#include "date.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "datecore.h"
#include "die.h"

/* Asked for row after row. */
static struct {
	int64_t now, today;
	bool known, dated; /* now, today */
	bool stands;       /* now is $CRM_NOW */
} moment;

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
	moment.dated = false;
	return true;
}

char *
date_local_in(char to[LOCAL_SIZE], int64_t at, const char *zone)
{
	const char *old = getenv("TZ");
	struct buf ours = { 0 };

	if (old)
		buf_text(&ours, old);
	date_zone(*zone ? zone : NULL);
	date_local_text(to, at);
	if (old ? setenv("TZ", buf_get(&ours), 1) : unsetenv("TZ"))
		die(MEMORY, "out of memory");
	date_zone(NULL);
	buf_free(&ours);
	return to;
}

int64_t
date_now(void)
{
	const char *fixed;

	if (moment.known)
		return moment.now;
	moment.known = true;
	tzset();
	date_again();
	fixed = getenv("CRM_NOW");
	if (fixed && *fixed && !date_read_at(fixed, &moment.now))
		die(USAGE, "CRM_NOW is not a day or an instant: '%s'", fixed);
	moment.stands = fixed && *fixed;
	moment.dated = false;
	return moment.now;
}

void
date_again(void)
{
	struct timespec t;

	if (moment.stands)
		return;
	clock_gettime(CLOCK_REALTIME, &t);
	moment.now = t.tv_sec;
	moment.dated = false;
}

void
date_move(int64_t at)
{
	date_now();
	moment.now = at;
	moment.dated = false;
}

int64_t
date_today(void)
{
	if (!moment.dated)
		moment.today = date_day_of(date_now());
	moment.dated = true;
	return moment.today;
}

int64_t
date_clock(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return at;
	return date_join(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday) * DAY +
	       (tm.tm_hour * 60 + tm.tm_min) * 60 + tm.tm_sec;
}

int64_t
date_whole(int64_t seconds)
{
	return (seconds - (seconds % DAY + DAY) % DAY) / DAY;
}

int64_t
date_day_of(int64_t at)
{
	return date_whole(date_clock(at));
}

/* The zone's offset a day earlier and a day later: one change of clocks lies
 * between them at most. */
int64_t
date_local(int64_t day, int seconds)
{
	int64_t clock = day * DAY + seconds;
	int64_t before = date_clock(clock - DAY) - (clock - DAY);
	int64_t after = date_clock(clock + DAY) - (clock + DAY);

	if (before != after && date_clock(clock - before) != clock &&
	    date_clock(clock - after) == clock)
		return clock - after;
	return clock - before;
}

bool
date_holds(int64_t at)
{
	return date_in_years(date_whole(at)) &&
	       date_in_years(date_day_of(at));
}

int64_t
date_at_of(int64_t day, int hour, int min)
{
	return date_local(day, hour * 3600 + min * 60);
}
