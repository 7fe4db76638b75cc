/*
 * memo -- what a text was found to stand for, so that the next row with the
 * same text need not look again.  Memory is bounded: when as many texts are
 * kept as may be, all are forgotten.
 */
#ifndef CRM_MEMO_H
#define CRM_MEMO_H

#include <stddef.h>

struct memo;

/* For values of that many bytes, at most so many; lives in the arena. */
struct memo *memo_new(size_t size, size_t most);

/* The value, until the next memo_put; NULL: not kept. */
const void *memo_get(const struct memo *, const char *text, size_t);
void memo_put(struct memo *, const char *text, size_t, const void *value);
void memo_clear(struct memo *);

#endif
