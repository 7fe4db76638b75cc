/*
 * buf -- a string that grows.
 *
 * Start from { 0 }; the text is NUL-terminated after every call that adds.
 * buf_clear keeps the memory for the next row, buf_free gives it back.
 * Running out of memory dies.
 */
#ifndef CRM_BUF_H
#define CRM_BUF_H

#include <stdarg.h>
#include <stddef.h>

#include "die.h"

struct buf {
	char *text; /* NULL until something was added */
	size_t len, cap;
};

void buf_add(struct buf *, const char *, size_t);
void buf_char(struct buf *, char);
void buf_text(struct buf *, const char *);
void buf_printf(struct buf *, const char *fmt, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *, const char *fmt, va_list) PRINTF(2, 0);

/* Make room for size more bytes and return where they go; len stays. */
char *buf_room(struct buf *, size_t size);

/* The text so far, "" when nothing was added. */
const char *buf_get(const struct buf *);

void buf_clear(struct buf *);
void buf_free(struct buf *);

#endif
