/*
 * assign -- whose contact it becomes: one person's, the one's among several
 * who has the fewest, or by the rules in crm.yaml.
 */
#ifndef CRM_ASSIGN_H
#define CRM_ASSIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"

struct buf;
struct db;

/* Logins or names of staff, by comma.  False: unknown, in why. */
bool assign_among(struct db *, const char *list, struct buf *why);

/* assign: of crm.yaml; dies with CONFIG where an owner is unknown. */
void assign_by_rules(struct db *);

/* The one who gets this contact, by what was chosen above; 0: no rule fits.
 * By number of contacts the first of those with the fewest, and what was
 * given out counts. */
int64_t assign_owner(struct db *, int64_t contact);

/* The contact's owner, or 0; and every contact without one, in turn. */
int64_t assign_present(struct db *, int64_t contact);
void assign_each_unowned(struct db *, void (*f)(int64_t contact));

/* Columns of the past, and the owners that each of temp.picked has had,
 * oldest first.  calc_define must have been called. */
extern const struct outcol assign_past_columns[];
void assign_past(struct db *, struct out *);

#endif
