/* Days and instants written out. */
#include "datecore.h"

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
	int64_t day = date_whole(at), rest = at - day * DAY;

	date_day_text(to, day);
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
	int64_t clock = date_clock(at), day = date_whole(clock);

	date_day_text(to, day);
	to[10] = ' ';
	clock_text(to + 11, clock - day * DAY);
	to[16] = '\0';
	return to;
}
