#include "num.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
num_int(const char *s, int64_t *n)
{
	const char *digits = s + (*s == '-' || *s == '+');
	char *end;
	long long v;

	if (!isdigit((unsigned char)*digits))
		return false;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (errno || *end)
		return false;
	*n = v;
	return true;
}

/* A digit at least, and nothing that strtod would read otherwise. */
bool
num_real(const char *s, double *n)
{
	char *end;
	double v;

	if (s[strspn(s, "0123456789+-.eE")] || !strpbrk(s, "0123456789"))
		return false;
	errno = 0;
	v = strtod(s, &end);
	if (*end || !isfinite(v) || (errno && v != 0))
		return false;
	*n = v;
	return true;
}

size_t
num_text(char to[NUM_SIZE], int64_t n)
{
	char digits[NUM_SIZE], *p = digits + sizeof(digits);
	uint64_t v = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t size;

	*--p = '\0';
	do
		*--p = (char)('0' + v % 10);
	while (v /= 10);
	if (n < 0)
		*--p = '-';
	size = (size_t)(digits + sizeof(digits) - p);
	memcpy(to, p, size);
	return size - 1;
}
