#include "buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *
buf_room(struct buf *b, size_t size)
{
	size_t need = b->len + size + 1, cap = b->cap ? b->cap : 64;
	char *p;

	if (need > b->cap) {
		while (cap < need)
			cap *= 2;
		if (!(p = realloc(b->text, cap)))
			die(MEMORY, "out of memory");
		b->text = p;
		b->cap = cap;
	}
	return b->text + b->len;
}

void
buf_add(struct buf *b, const char *s, size_t n)
{
	char *to = buf_room(b, n);

	if (n)
		memcpy(to, s, n);
	b->len += n;
	b->text[b->len] = '\0';
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		die(BUG, "cannot format '%s'", fmt);
	vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, again);
	va_end(again);
	b->len += (size_t)n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

const char *
buf_get(const struct buf *b)
{
	return b->text ? b->text : "";
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->text)
		b->text[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->text);
	*b = (struct buf){ 0 };
}
