/* erasecore -- what erase.c and eraselist.c share; nobody else's. */
#ifndef CRM_ERASECORE_H
#define CRM_ERASECORE_H

#include <stdint.h>

struct db;

/* Operations that called the contact by its name or a handle: without the
 * words of their command lines. */
void erase_calls(struct db *, int64_t contact);

#endif
