/*
 * date -- days, instants and ranges as crm-date(7) writes them.
 *
 * A day is the number of days since 1970-01-01 (proleptic Gregorian), an
 * instant the number of seconds since then, UTC.  Years are 0001 to 9999.
 * Day arithmetic knows no zone; where a local day or hour matters the zone
 * set by date_zone counts.  Every reader of text insists on the whole text.
 */
#ifndef CRM_DATE_H
#define CRM_DATE_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_SIZE = 11, AT_SIZE = 21 };

/* How digits with slashes or dots are read; none is refused by default. */
enum dateorder { DATE_ISO, DATE_DMY, DATE_MDY };

/* The anniversary of 29 February in other years: the day before or after. */
enum leaprule { LEAP_FEB28, LEAP_MAR1 };

struct calendar {
	unsigned works;        /* bit 0 is Monday; 0x1f by default */
	int starts;            /* first day of the week: 0 Monday .. 6 */
	enum leaprule leap;    /* what becomes of 29 February */
	const int64_t *off;    /* holidays, ascending */
	int noff;
};

/* The zone (an IANA name, or NULL for the machine's); false: unknown. */
bool date_zone(const char *name);
bool date_zone_exists(const char *name);
void date_calendar(const struct calendar *); /* kept, not copied */

/* The instant of $CRM_NOW, else of the clock; the first call decides.
 * A CRM_NOW that is no instant or day dies with USAGE. */
int64_t date_now(void);
int64_t date_today(void); /* its day in the zone */

/* The clock is read again, by a command that takes its time; $CRM_NOW stands
 * still. */
void date_again(void);

/* From here on that is the time: to ask what was true then. */
void date_move(int64_t at);

/* Grammar, crm-date(7).  Relative words count from date_today/date_now. */
bool date_read_day(const char *, int64_t *day);
bool date_read_at(const char *, int64_t *at); /* a bare day is noon */
bool date_read_range(const char *, int64_t *first, int64_t *last);
/* The same, but none that moves with the day: som, ..today, 2026-01..+3d. */
bool date_read_fixed(const char *, int64_t *first, int64_t *last);

/* "21:00-08:00", in minutes from midnight on; the two differ. */
bool date_read_hours(const char *, int *from, int *to);

/* As exports write them: order says what 03/04/2026 is; also with a time
 * behind it, "2024-01-19T09:42:24.000+0000", "2024-01-19 09:42". */
bool date_import_day(const char *, enum dateorder, int64_t *day);
bool date_import_at(const char *, enum dateorder, int64_t *at);

/* A step such as "90d", "2w", "1mo", "1q", "1y", "5bd" (sign optional),
 * from a day; months clamp (31 January + 1mo is the last of February). */
bool date_step(int64_t from, const char *step, int64_t *day);
/* Of the series from + step, from + 2 steps, ... the first day after that
 * one; the last day of a month comes back after a shorter one. */
bool date_series(int64_t from, const char *step, int64_t after,
    int64_t *day);
/* Length of a step in days, months as 30, years as 365: to compare. */
bool date_span(const char *step, int64_t *days);

/* "2001-05-14" or "--05-14" (year 0) taken apart; 29 February is fine. */
bool date_read_occasion(const char *, int *year, int *month, int *mday);
/* The day on which month/mday falls in a year, by the leap rule. */
int64_t date_occasion_in(int year, int month, int mday);

/* "2026-11-22"; "2026-11-22T08:30:00Z".  They return to. */
char *date_day_text(char to[DAY_SIZE], int64_t day);
char *date_at_text(char to[AT_SIZE], int64_t at);
/* The same instant as the zone's clocks show it, "2026-11-22 09:30". */
enum { LOCAL_SIZE = 17 };
char *date_local_text(char to[LOCAL_SIZE], int64_t at);
/* The same by the clocks of another zone; of ours where there is none. */
char *date_local_in(char to[LOCAL_SIZE], int64_t at, const char *zone);

int64_t date_day_of(int64_t at);                /* local day */
int64_t date_at_of(int64_t day, int hour, int min); /* local time to UTC */
void date_split(int64_t day, int *year, int *month, int *mday);
int64_t date_join(int year, int month, int mday); /* must exist */
bool date_exists(int year, int month, int mday);
int date_weekday(int64_t day); /* 0 Monday .. 6 Sunday */
bool date_works(int64_t day);  /* a business day */

#endif
