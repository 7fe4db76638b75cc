/*
 * value -- a field's text, read as what its column holds.
 *
 * A cell keeps what is stored until the row is done; it may point into the
 * text it was read from.
 */
#ifndef CRM_VALUE_H
#define CRM_VALUE_H

#include <stdbool.h>

#include "buf.h"
#include "db.h"

struct column;

struct cell {
	struct arg arg;
	char text[24]; /* of a day or an instant */
};

/* What is wrong with a row: an answer, worded by value and store. */
struct fault {
	const char *column; /* or NULL */
	bool unknown;       /* it names a row that is not there */
	bool several;       /* it names more than one */
	struct buf why;
};

/* Empty text is NULL.  currency is for TYPE_MONEY; NULL: the base one. */
bool value_read(struct db *, const struct column *, const char *text,
    const char *currency, struct cell *, struct fault *);

/* Word a fault; always false. */
bool fault_say(struct fault *, const char *column, const char *fmt, ...)
    PRINTF(3, 4);

/* The words that an "a|b" or "@list" of the catalogue allows, NULL-ended,
 * in the arena; NULL where anything goes. */
const char *const *value_words(const char *of);

#endif
