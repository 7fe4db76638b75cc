/*
 * stats -- intervals and tests for rates and means, all of 95 %, two-sided.
 *
 * Wilson's interval: E. B. Wilson, Probable inference, the law of
 * succession, and statistical inference, JASA 22 (1927), 209-212.  Welch's
 * test: B. L. Welch, The generalization of Student's problem when several
 * different population variances are involved, Biometrika 34 (1947), 28-35.
 * Student's t by the incomplete beta function, whose continued fraction is
 * NIST DLMF 8.17.22, summed by Lentz's method; the normal distribution by
 * erfc.
 */
#ifndef CRM_STATS_H
#define CRM_STATS_H

#include <stdbool.h>
#include <stdint.h>

struct interval {
	double low, high;
};

/* Of hits in n, n > 0; from 0 to 1. */
struct interval stats_wilson(double hits, double n);

/* How likely it is to be as far from 0 as this, or further. */
double stats_normal(double z);
double stats_student(double t, double df); /* df > 0 */

/* The t for which that is 5 %; df >= 1. */
double stats_student_limit(double df);

/* Numbers as they come: { 0 } to begin with. */
struct moments {
	int64_t n;
	double mean, squares; /* sum of squared differences from the mean */
};
void moments_add(struct moments *, double);

/* Of their mean, by Student's t; false for less than two. */
bool moments_interval(const struct moments *, struct interval *);

/* The first less the second. */
struct contrast {
	double difference, statistic, df, p; /* df is 0 for a z */
	struct interval interval;
};

/* Welch's t of two means.  False where one has less than two numbers, or
 * both have no variance: only the difference, if any, is told. */
bool stats_welch(const struct moments *, const struct moments *,
    struct contrast *);

/* z of two rates, hits in n, by the pooled rate; the interval is Wald's, of
 * the two apart.  False where it can't be told, as above. */
bool stats_rates(const int64_t hits[2], const int64_t n[2],
    struct contrast *);

#endif
