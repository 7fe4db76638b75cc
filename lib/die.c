#include "die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "visible.h"

const char *prog = "crm";

/*
 * One write(2) a message, so that the lines of two programs in a pipe do
 * not mix, and no memory taken, so that it works when there is none.
 */
PRINTF(1, 0)
static void
say(const char *fmt, va_list ap)
{
	char raw[2048], line[sizeof(raw) * VISIBLE_MAX];
	size_t size;
	int n, m;

	n = snprintf(raw, sizeof(raw), "%s: ", prog);
	m = vsnprintf(raw + n, sizeof(raw) - (size_t)n, fmt, ap);
	n = m < 0 || n + m >= (int)sizeof(raw) ? (int)sizeof(raw) - 1 : n + m;
	size = visible_copy(line, raw, (size_t)n);
	line[size++] = '\n';
	if (write(STDERR_FILENO, line, size) < 0)
		return;
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
die(enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit((int)status);
}
