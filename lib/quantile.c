#include "quantile.h"

#include <math.h>
#include <stdlib.h>

#include "buf.h"

static int
smaller(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

size_t
quantile_sort(struct buf *numbers)
{
	size_t n = numbers->len / sizeof(double);

	if (n > 1)
		qsort(numbers->text, n, sizeof(double), smaller);
	return n;
}

/* Of a hundred numbers h is 99 p: between the ranks below and above it. */
double
quantile_of(const struct buf *numbers, double p)
{
	const double *x = (const double *)(const void *)numbers->text;
	size_t n = numbers->len / sizeof(double);
	double h = (double)(n - 1) * fmin(fmax(p, 0), 1);
	size_t low = (size_t)h, high = low + (low + 1 < n);

	return x[low] + (h - (double)low) * (x[high] - x[low]);
}
