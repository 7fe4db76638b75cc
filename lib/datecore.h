/* datecore -- what date.c and dateread.c share; nobody else's. */
#ifndef CRM_DATECORE_H
#define CRM_DATECORE_H

#include "date.h"

extern struct calendar date_cal;

enum { DAY = 86400 };

/* Seconds since midnight, local, to the instant of a local day; a time that
 * the clocks skip is moved on by as much. */
int64_t date_local(int64_t day, int seconds);

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
