/*
 * erase -- what the database knows of a person, taken out of it.
 *
 * Of the contact stays an empty shell, so that amounts and dates which the
 * books must keep stay in place: kind, role, stage, owner, since, currency,
 * and the source where others share it; sales as they were; interactions
 * without their words.  All else goes, history included, and where a text of
 * another row holds the whole name, an address or a number, "forgotten"
 * takes its place.
 */
#ifndef CRM_ERASE_H
#define CRM_ERASE_H

#include <stdint.h>

struct db;

/* Tables and columns, in a transaction; then the history of it and the full
 * text, after the operation that did it (0: none) was stored. */
void erase_contact(struct db *, int64_t contact);
void erase_history(struct db *, int64_t contact, int64_t op);

/* Note the key in the database, and in the list beside it: the last thing
 * before the commit. */
void erase_note(struct db *, int64_t contact);

/* Before the first write to a database that may be an older copy: what the
 * list beside it names is erased again. */
void erase_again(struct db *);

#endif
