/* importcore -- what import.c and importparts.c share; nobody else's. */
#ifndef CRM_IMPORTCORE_H
#define CRM_IMPORTCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "catalog.h"

struct buf;
struct csv;
struct db;
struct fault;
struct mapping;

/* Days and instants as exports write them become ours, in b. */
bool import_date(const struct mapping *, enum type, const char *text,
    struct buf *b, const char *name, struct fault *);

/* Points and occasions of a row: checked where contact is 0, else stored. */
struct parts {
	struct db *db;
	const struct mapping *m;
	const char *country; /* from where numbers are dialled, or NULL */
	int64_t contact;
	bool changed; /* set where something was stored */
};
bool import_parts(struct parts *, const struct csv *, struct fault *);

#endif
