#include "stats.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double z95 = 1.959963984540054;

struct interval
stats_wilson(double hits, double n)
{
	const double z = z95;
	double p = hits / n, all = 1 + z * z / n;
	double middle = p + z * z / (2 * n);
	double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

	return (struct interval){ fmax(0, (middle - half) / all),
		fmin(1, (middle + half) / all) };
}

double
stats_normal(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

/* Away from zero, so that it can be divided by. */
static double
apart(double x)
{
	return fabs(x) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : x;
}

/* The continued fraction of the incomplete beta function; about the square
 * root of the greater of a and b terms are needed. */
static double
fraction(double a, double b, double x)
{
	double c = 1, d = 1 / apart(1 - (a + b) * x / (a + 1)), sum = d;
	double m, term, step;
	int i;

	for (i = 1; i < 100000; i++) {
		m = i;
		term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / apart(1 + term * d);
		c = apart(1 + term / c);
		sum *= c * d;
		term = -(a + m) * (a + b + m) * x /
		    ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / apart(1 + term * d);
		c = apart(1 + term / c);
		step = c * d;
		sum *= step;
		if (fabs(step - 1) < 4 * DBL_EPSILON)
			break;
	}
	return sum;
}

/* I_x(a, b), regularised; y is 1 - x. */
static double
beta(double a, double b, double x, double y)
{
	double front;

	if (x <= 0 || y <= 0)
		return x > 0;
	front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) +
	    b * log(y));
	if (x < (a + 1) / (a + b + 2))
		return front * fraction(a, b, x) / a;
	return 1 - front * fraction(b, a, y) / b;
}

double
stats_student(double t, double df)
{
	return beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t));
}

double
stats_student_limit(double df)
{
	double low = 1.9, high = 13, middle;
	int i;

	for (i = 0; i < 60; i++) {
		middle = (low + high) / 2;
		if (stats_student(middle, df) > 0.05)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

/* B. P. Welford, Technometrics 4 (1962), 419-420. */
void
moments_add(struct moments *m, double x)
{
	double before = x - m->mean;

	m->n++;
	m->mean += before / (double)m->n;
	m->squares += before * (x - m->mean);
}

/* The square of the mean's standard error. */
static double
error(const struct moments *m)
{
	return m->squares / (double)(m->n - 1) / (double)m->n;
}

static struct interval
around(double middle, double half)
{
	return (struct interval){ middle - half, middle + half };
}

bool
moments_interval(const struct moments *m, struct interval *to)
{
	if (m->n < 2)
		return false;
	*to = around(m->mean, stats_student_limit((double)(m->n - 1)) *
	    sqrt(error(m)));
	return true;
}

bool
stats_welch(const struct moments *a, const struct moments *b,
    struct contrast *to)
{
	double va, vb, both;

	memset(to, 0, sizeof(*to));
	to->difference = a->mean - b->mean;
	if (a->n < 2 || b->n < 2)
		return false;
	va = error(a);
	vb = error(b);
	both = va + vb;
	if (both <= 0)
		return false;
	to->df = both * both / (va * va / (double)(a->n - 1) +
	    vb * vb / (double)(b->n - 1));
	to->statistic = to->difference / sqrt(both);
	to->p = stats_student(to->statistic, to->df);
	to->interval = around(to->difference,
	    stats_student_limit(to->df) * sqrt(both));
	return true;
}

bool
stats_rates(const int64_t hits[2], const int64_t n[2], struct contrast *to)
{
	double na = (double)n[0], nb = (double)n[1], a, b, all, pooled;

	memset(to, 0, sizeof(*to));
	if (n[0] <= 0 || n[1] <= 0)
		return false;
	a = (double)hits[0] / na;
	b = (double)hits[1] / nb;
	to->difference = a - b;
	all = (double)(hits[0] + hits[1]) / (na + nb);
	pooled = all * (1 - all) * (1 / na + 1 / nb);
	if (pooled <= 0)
		return false;
	to->statistic = to->difference / sqrt(pooled);
	to->p = stats_normal(to->statistic);
	to->interval = around(to->difference,
	    z95 * sqrt(a * (1 - a) / na + b * (1 - b) / nb));
	return true;
}
