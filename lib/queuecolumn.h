/*
 * queuecolumn -- the columns that a queue (due.h, next.h) has of its own,
 * beside those of the entities it is about.
 */
#ifndef CRM_QUEUECOLUMN_H
#define CRM_QUEUECOLUMN_H

#include <stdbool.h>
#include <stddef.h>

struct outform;

struct queuecolumn {
	const char *name, *sql, *about; /* a NULL name ends the list */
	bool usual;  /* shown without -o */
	bool number;
};

/* The one with that name of size bytes, or NULL. */
const struct queuecolumn *queuecolumn_find(const struct queuecolumn *,
    const char *name, size_t size);

/* Print what there is, for -o help. */
void queuecolumn_help(const struct queuecolumn *, const struct outform *);

#endif
