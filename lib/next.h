/*
 * next -- one ranked queue over everything that wants doing, at most one row
 * for a contact, its reasons merged.
 *
 * The reasons are what is due (due.h, in which quotes and playbooks have
 * their place), deals that stand still, invoices not paid, contacts that a
 * colleague offers, leads that nobody has spoken to, customers late to buy
 * again and those who stay away.  What was done or is snoozed (ack.h) is
 * none.  nextrank.c has the formula of the rank.
 */
#ifndef CRM_NEXT_H
#define CRM_NEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "queuecolumn.h"

struct buf;
struct db;
struct outcol;
struct stmt;

struct next {
	const char *channel; /* only what can be done by it; NULL: all */
	int64_t owner;       /* of one member of staff; 0: of all */
	const char *columns; /* -o: own ones and those of contacts, or NULL */
	int64_t limit;       /* rows; negative: all */
};

/* The queue's own columns. */
extern const struct queuecolumn next_columns[];

/* The rows in order of their rank, the first the highest; *cols (in the
 * arena) are their columns.  For a reader that has calc_define behind it:
 * the reasons lie in a temporary table, so memory does not grow with them.
 * Wrong columns: NULL and why. */
struct stmt *next_query(struct db *, const struct next *,
    const struct outcol **cols, struct buf *why);

#endif
