/*
 * dbarray -- table-valued functions whose rows are all made at once.
 *
 * For answers that are small, whatever they were gathered from: a matrix, a
 * distribution.  Where rows come one a key, dbtable.h does better.
 */
#ifndef CRM_DBARRAY_H
#define CRM_DBARRAY_H

#include <stddef.h>
#include <stdint.h>

struct call;
struct db;

enum { DBARRAY_ARGS = 3 }; /* at most */

struct dbarray {
	const char *name;
	const char *columns; /* as CREATE TABLE has them */
	int ncolumns;
	const char *args;    /* likewise, HIDDEN; those not there stay NULL */

	size_t size;         /* of what is made: zeroed at first */
	/* Make the rows; args that were not given are NULL, and used has a bit
	 * for each column that is asked for.  Returns what is wrong with the
	 * args, or NULL. */
	const char *(*fill)(void *made, struct db *,
	    const char *const args[], uint64_t used);
	int64_t (*count)(const void *made);
	void (*give)(const void *made, int64_t row, int column,
	    struct call *);
	void (*drop)(void *made);
};

/* The declaration must be static. */
void db_array(struct db *, const struct dbarray *);

#endif
