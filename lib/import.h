/*
 * import -- rows of an export, made or brought up to date by a mapping.
 *
 * A row is found again by its foreign key, kept as an alias, else by what the
 * mapping says it is matched by.
 */
#ifndef CRM_IMPORT_H
#define CRM_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

struct csv;
struct db;
struct mapping;
struct operands;

enum action { CREATE, UPDATE, SAME, SKIP, CONFLICT, REJECT };
extern const char *const action_words[]; /* "create", "update", ... */

/* What became of a row; texts are valid until the next. */
struct imported {
	enum action action;
	int64_t key;
	const char *name;
	const char *reason;            /* of a conflict or a rejection */
	struct buf fields, old, now;   /* of an update, by "; " */
};

/* Constants are the fields of the operands.  Inside an operation. */
void import_open(struct db *, struct mapping *, const struct operands *);

/* Do one row.  With plan, tell what changes field by field. */
void import_row(const struct csv *, bool plan, struct imported *,
    struct fault *);

#endif
