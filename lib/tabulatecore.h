/* tabulatecore -- what the tabulate*.c share; nobody else's. */
#ifndef CRM_TABULATECORE_H
#define CRM_TABULATECORE_H

#include "tabulate.h"

struct buf;
struct stmt;

enum { TABULATE_DIMENSIONS = 4 };

/* A report being filled in. */
struct filling {
	struct db *db;
	const struct tabulation *t;
	const char *by[TABULATE_DIMENSIONS];      /* as it was asked for */
	const char *columns[TABULATE_DIMENSIONS]; /* what that is called */
	int nby;
	const char *unit, *segment, *currency; /* or NULL */
};

/* Read by=, unit=, segment=, currency=. */
struct filling fill_begin(struct db *, const struct tabulation *);

/* The SQL with everything written in. */
void fill_places(const struct filling *, struct buf *sql);

/* Is every PARAM that was given one?  And bind them. */
void fill_check(const struct tabulation *);
void fill_params(const struct tabulation *, struct stmt *);

/* Append what the nth dimension is for the row whose key is given: of the
 * first of the entities that has it.  places is "d.deal c.org:contact". */
void fill_dimension(const struct filling *, int nth, const char *places,
    struct buf *sql);

/* Append the condition that a contact is in the segment. */
void fill_segment(const struct filling *, const char *contact,
    struct buf *sql);

/* Amounts count in another currency from now on. */
void fill_currency(struct db *, const char *currency);

#endif
