/*
 * who -- what users call a row: a contact by number, alias, e-mail, phone,
 * nick or name (crm-contact(7)); staff, tags and fields by name or number;
 * anything else by number.
 *
 * Unknown and ambiguous are answers, worded for the message; they are never
 * a guess.
 */
#ifndef CRM_WHO_H
#define CRM_WHO_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct db;
struct entity;

/* why: "unknown contact 'bob'", "ambiguous contact 'ada': 3 Ada Byron, ..." */
bool who_contact(struct db *, const char *, int64_t *contact,
    struct buf *why);

/* A row of any entity; contacts as above, "me" for staff. */
bool who_row(struct db *, const struct entity *, const char *, int64_t *key,
    struct buf *why);

/* The other way round: append the name by which answers call a row. */
void who_label(struct db *, const struct entity *, int64_t key, struct buf *);

/* The staff member who runs this, or 0. */
int64_t who_me(struct db *);

/* The key under which a way to reach a contact is compared, appended to
 * norm: kind is that of contact_point.  False: not such a thing. */
bool who_norm(struct buf *norm, const char *kind, const char *value,
    const char *country);

#endif
