/*
 * summarycore -- what the summary*.c share: which days count.
 * Nobody else includes it.
 */
#ifndef CRM_SUMMARYCORE_H
#define CRM_SUMMARYCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "dbtable.h"

/* What is counted thrice: ever, in the last 365 days, in the last 90. */
enum { WINDOWS = 3 };

struct period {
	char first[DAY_SIZE]; /* or "": from the beginning */
	char last[DAY_SIZE];  /* today at the latest */
	bool ends;            /* last was given */
	char before[WINDOWS - 1][DAY_SIZE]; /* the days before those */
};

/* For the begin of a dbtable: what is wrong with the days, or NULL. */
const char *period_begin(struct period *, const char *const args[]);

/* Rows of an index that are read in the time of a look-up. */
enum { NEAR = 8 };

/* The narrowest window in which the day is: 0 ever, 1 of 365, 2 of 90. */
int period_window(const struct period *, const char *day);

/* For columns that come in threes (NAME, NAME_90d, NAME_365d): the narrowest
 * window that the nth of the three is the sum of. */
static inline int
period_narrowest(int nth)
{
	static const int of[WINDOWS] = { 0, 2, 1 };

	return of[nth];
}

static inline void
summary_add(bool *overflow, int64_t *sum, int64_t value)
{
	*overflow |= __builtin_add_overflow(*sum, value, sum);
}

/* As much of a text as there is room for. */
void summary_copy(char *to, size_t size, const char *text);

extern const struct dbtable sold;   /* summarysold.c */
extern const struct dbtable talked; /* summarytalked.c */
extern const struct dbarray cohorted; /* summarycohort.c */
extern const struct dbarray scored;   /* summaryscored.c */
extern const struct dbarray spent;    /* summaryspent.c */

#endif
