/*
 * quantile -- of numbers that a buf holds, one double after the other.
 *
 * Type 7 of R. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages,
 * The American Statistician 50 (1996): linear between the ranks.
 */
#ifndef CRM_QUANTILE_H
#define CRM_QUANTILE_H

#include <stddef.h>

struct buf;

/* Put them in order; how many there are. */
size_t quantile_sort(struct buf *);

/* Of at least one, in order; p from 0 to 1. */
double quantile_of(const struct buf *, double p);

#endif
