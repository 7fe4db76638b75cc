/*
 * dbtable -- table-valued functions: one row a key, gathered by one scan.
 *
 * A declaration names queries whose rows come in the order of an integer
 * key; the function has one row for each key that they tell of.  Joined to
 * a table that is walked in the order of that key it goes on from where it
 * is, so that the join is one scan of each; a single key is one look-up.
 * No view or trigger of the file can use it.
 */
#ifndef CRM_DBTABLE_H
#define CRM_DBTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;
struct db;
struct stmt;

enum { DBTABLE_SOURCES = 2, DBTABLE_ARGS = 2, DBTABLE_READS = 3 };

/* Queries with one parameter, the first key that is wanted, and the key as
 * their first column, ascending: one, and another or NULL. */
struct dbread {
	uint64_t columns; /* a bit for each that they are enough for; bit 0 is
	                     the key, the args come last */
	const char *sql[DBTABLE_SOURCES];
	int near; /* rows to read on for a key before it is looked up */
};

struct dbtable {
	const char *name;
	const char *columns; /* as CREATE TABLE has them, the key first */
	int ncolumns;        /* with the args at most 63 */
	const char *args;    /* likewise, HIDDEN: DBTABLE_ARGS days */

	/* The first is read that is enough; the last is for all. */
	struct dbread reads[DBTABLE_READS];

	size_t size; /* of a row in the making: zeroed, then kept */
	/* Before the first row; args that were not given are NULL.  Returns
	 * what is wrong with them, or NULL. */
	const char *(*begin)(void *row, const char *const args[]);
	void (*clear)(void *row);
	bool (*add)(void *row, struct stmt *); /* false: does not count */
	void (*finish)(void *row);             /* all were added; or NULL */
	void (*give)(void *row, int column, struct call *);
	void (*drop)(void *row); /* give back its memory; or NULL */
};

/* The declaration must be static. */
void db_table(struct db *, const struct dbtable *);

#endif
