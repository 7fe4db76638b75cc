/*
 * answer -- what a writer says it did: a row for each row it was given, in
 * that order, printed after the commit.  key, name, result, reason; and the
 * contact, where the key is not one.
 */
#ifndef CRM_ANSWER_H
#define CRM_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

struct outform;

void answer_open(const struct entity *, const struct outform *);
void answer_row(int64_t key, const char *name, enum done, const char *reason,
    int64_t contact);

/* Print them, or, where nothing was kept, nothing.  NO if a row was refused,
 * else OK. */
enum status answer_close(bool kept);

#endif
