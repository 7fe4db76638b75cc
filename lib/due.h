/*
 * due -- what is due: follow-ups, appointments, invoices, birthdays and other
 * occasions, contacts to keep in touch with, deals that rot or have no next
 * step, steps of playbooks.
 *
 * Nothing of it is scheduled: it is computed from the days in the records and
 * the rules in crm.yaml; the ledger (ack.h) says what was announced, snoozed
 * or done.
 */
#ifndef CRM_DUE_H
#define CRM_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "queuecolumn.h"

struct buf;
struct db;
struct stmt;

struct due {
	bool window;          /* everything from first to last; else: what */
	int64_t first, last;  /* is to be announced today */
	int64_t catch_up;     /* days to look back for what was missed; -1:
	                         as many as crm.yaml says, once the ledger
	                         has begun */
	bool again;           /* also what was announced already */
	bool standing;        /* all that waits, however late it is and whether
	                         announced or not */
	const char *kind;     /* only of that kind, or NULL */
	int64_t owner;        /* of one member of staff; 0: of all */
	const char *columns;  /* -o, as list.h has it */
};

/* Columns that -o can choose. */
extern const struct queuecolumn due_columns[];

/* The rows in order of their day, with the columns asked for; the first of
 * the row is the due key.  Wrong columns: NULL and why. */
struct stmt *due_query(struct db *, const struct due *, struct buf *why);

#endif
