/*
 * put -- bytes on standard output, gathered and checked.
 *
 * What can't be written dies with TROUBLE: a command that says it is done
 * has been heard.
 */
#ifndef CRM_PUT_H
#define CRM_PUT_H

#include <stddef.h>

struct buf;

void put(const char *, size_t);
void put_text(const char *);
void put_flush(void);

/* From now on a reader that has gone away is no error. */
void put_forgive(void);

/* Or append to this, and let put_some write it once there is enough. */
struct buf *put_buffer(void);
void put_some(void);

#endif
