/* datecore -- what the date*.c share; nobody else's. */
#ifndef CRM_DATECORE_H
#define CRM_DATECORE_H

#include "date.h"

extern struct calendar date_cal;

enum { DAY = 86400 };

/* Seconds since midnight, local, to the instant of a local day; a time that
 * the clocks skip is moved on by as much, one they show twice is the first. */
int64_t date_local(int64_t day, int seconds);

/* What the zone's clocks show at an instant, as if they stood in UTC. */
int64_t date_clock(int64_t at);

/* Seconds to days, downwards. */
int64_t date_whole(int64_t seconds);

/* From 0001-01-01 to 9999-12-31. */
bool date_in_years(int64_t day);

/* The instant is in a year from 1 to 9999, in UTC and in the zone. */
bool date_holds(int64_t at);

/* Take a step, "+1mo", off the front of *s and go it from day. */
bool date_walk(const char **s, int64_t *day);

/* Exactly n digits at *s, which moves on. */
bool date_digits(const char **s, int n, int *value);

/* YYYY-MM-DD at the start of *s, which moves on. */
bool date_take_iso(const char **s, int64_t *day);

/* ":15" at *s, or nothing. */
bool date_take_seconds(const char **s, int *seconds);

/* The clock of a day, with or without an offset: all that is left of s. */
bool date_at_clock(int64_t day, const char *s, int64_t *at);

#endif
