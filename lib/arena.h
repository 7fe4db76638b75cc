/*
 * arena -- memory that lives as long as the command.
 *
 * There are two lifetimes in these programs and this is the long one; the
 * short one is "until the next row" and belongs to whoever reads rows.
 * Nothing from here is freed by hand, so nothing here may grow with the
 * number of rows.  Running out of memory dies.
 */
#ifndef CRM_ARENA_H
#define CRM_ARENA_H

#include <stddef.h>

void *arena_get(size_t size);                 /* zeroed */
char *arena_copy(const char *);               /* NULL stays NULL */
char *arena_slice(const char *, size_t size); /* size bytes and a NUL */
void arena_end(void);

#endif
