/*
 * buyer -- whose purchase a row is: a contact that it names, or one found by
 * e-mail, phone or exact name, or a new one.
 *
 * A name alone finds nobody who has another e-mail or phone than the row's.
 * The contact gets the row's e-mail and phone where nobody has them yet.
 */
#ifndef CRM_BUYER_H
#define CRM_BUYER_H

#include <stdbool.h>
#include <stdint.h>

struct buyers;
struct db;
struct fault;

/* What a row says; NULL where it says nothing. */
struct buyer {
	const char *contact, *name, *email, *phone;
};

/* Lives in the arena; inside an operation. */
struct buyers *buyers_open(struct db *);

/* Who it was the last time that a row said the same; 0: not remembered. */
int64_t buyers_known(struct buyers *, const struct buyer *);

/* Find or make the contact: 0 and a fault where there is none.  since is the
 * first day of a new one (NULL: today); made is set for such. */
int64_t buyers_find(struct buyers *, const struct buyer *, const char *since,
    bool *made, struct fault *);

/* Did that one get an e-mail or a phone that nobody had? */
bool buyers_completed(const struct buyers *);

#endif
