/*
 * erase -- what the database knows of a person, taken out of it.
 *
 * Of the contact stays an empty shell, so that amounts and dates which the
 * books must keep stay in place: kind, role, stage, owner, source, since and
 * currency; sales as they were; interactions without their words.  All else
 * goes, history included.
 */
#ifndef CRM_ERASE_H
#define CRM_ERASE_H

#include <stdint.h>

struct db;

/* Tables and columns, in a transaction; then the history of it, after the
 * operation that did it was stored. */
void erase_contact(struct db *, int64_t contact);
void erase_history(struct db *, int64_t contact, int64_t op);

/* Note the key in the database, and in the list beside it. */
void erase_note(struct db *, int64_t contact);

/* Before the first write to a database that may be an older copy: what the
 * list beside it names is erased again. */
void erase_again(struct db *);

#endif
