/* Intervals and tests against what R 4.2 says: t.test, prop.test, pt, qt. */
#undef NDEBUG
#include <assert.h>
#include <math.h>

#include "stats.h"

/* The same to nine digits. */
static int
same(double got, double want)
{
	return fabs(got - want) <= 1e-9 * fabs(want);
}

static void
distributions(void)
{
	assert(same(stats_normal(0), 1));
	assert(same(stats_normal(1), 0.317310507862914));
	assert(same(stats_normal(-1.959963984540054), 0.05));
	assert(same(stats_normal(6), 1.97317529007540e-09));
	assert(same(stats_student(-2.5, 1), 0.2422378831816867));
	assert(same(stats_student(2.5, 3.7), 0.0718220229118268));
	assert(same(stats_student(2.5, 30), 0.0181156490680667));
	assert(same(stats_student(2.5, 60000), 0.0124219782629782));
	assert(same(stats_student(40, 9), 1.89829984493398e-11));
	assert(same(stats_student(8, 62000), 1.26554576923299e-15));
	assert(same(stats_student(0, 5), 1));
	assert(same(stats_student_limit(1), 12.70620473617469));
	assert(same(stats_student_limit(2.5), 3.57465484200369));
	assert(same(stats_student_limit(10), 2.22813885198627));
	assert(same(stats_student_limit(42000.5), 1.96002046811604));
}

static void
welch(void)
{
	static const double x[] = { 1.5, 2.5, 0, 9, 4.25, 0, 0 };
	static const double y[] = { 0, 1, 0, 2, 0.5 };
	struct moments a = { 0 }, b = { 0 }, one = { 0 }, flat = { 0 };
	struct contrast c;
	struct interval i;
	int k;

	for (k = 0; k < 7; k++)
		moments_add(&a, x[k]);
	for (k = 0; k < 5; k++)
		moments_add(&b, y[k]);
	assert(stats_welch(&a, &b, &c));
	assert(same(c.statistic, 1.3575869338725));
	assert(same(c.df, 7.04730068729342));
	assert(same(c.p, 0.216461443195558));
	assert(same(c.interval.low, -1.30454402613210));
	assert(same(c.interval.high, 4.83311545470353));
	moments_add(&one, 3);
	assert(!moments_interval(&one, &i));
	assert(!stats_welch(&a, &one, &c));
	assert(same(c.difference, a.mean - 3));
	moments_add(&flat, 2);
	moments_add(&flat, 2);
	moments_add(&one, 3);
	assert(!stats_welch(&flat, &one, &c));
	assert(same(c.difference, -1));
	assert(moments_interval(&flat, &i));
	assert(same(i.low, 2) && same(i.high, 2));
}

static void
rates(void)
{
	const int64_t hits[] = { 267, 122 }, n[] = { 21307, 21306 };
	const int64_t none[] = { 0, 0 }, all[] = { 1, 1 };
	struct interval i = stats_wilson(267, 21307);
	struct contrast c;

	assert(same(i.low, 0.0111228850103078));
	assert(same(i.high, 0.0141150418852573));
	i = stats_wilson(0, 10);
	assert(i.low == 0 && same(i.high, 0.277532799862889));
	assert(stats_rates(hits, n, &c));
	assert(same(c.statistic, 7.38511441092577));
	assert(same(c.p, 1.52322350059554e-13));
	assert(same(c.interval.low, 0.00500017138045231));
	assert(same(c.interval.high, 0.00860984165877908));
	assert(!stats_rates(none, n, &c));
	assert(!stats_rates(all, none, &c));
}

int
main(void)
{
	distributions();
	welch();
	rates();
	return 0;
}
