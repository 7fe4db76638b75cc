/*
 * undo -- what an operation wrote, taken back.
 *
 * Rows that it made go, unless a later operation changed them or other rows
 * refer to them; fields that still hold what it wrote get back what they
 * held; rows that it removed return.  What can't is kept, and named with the
 * operation that holds it.  An operation that was undone itself does not
 * count.
 */
#ifndef CRM_UNDO_H
#define CRM_UNDO_H

#include <stdbool.h>
#include <stdint.h>

struct db;

/* What was taken back of one entity, or (by, field, key) was kept. */
struct undone {
	const char *entity;
	const char *result; /* "removed", "restored", "returned", "kept" */
	int64_t rows;       /* how many */
	int64_t key;        /* of a row that was kept */
	const char *field;  /* or NULL: the row itself */
	const char *reason; /* why it was kept */
	int64_t by;         /* the operation that holds it; 0: none known */
};

/* Is there such an operation, and not undone yet?  0: fine; else the
 * operation that undid it, -1: there is none, -2: it can't be, since it forgot
 * somebody. */
int64_t undo_state(struct db *, int64_t op);

/* Take it back, inside another operation.  tell hears of each thing kept as
 * it is met, and of the rest at the end. */
void undo_run(struct db *, int64_t op, void (*tell)(const struct undone *));

/* Take back every operation after the instant, newest first, and forget that
 * it ever was: on a copy that nobody else has, with references unchecked. */
void undo_after(struct db *, const char *at);

#endif
