/*
 * talk -- what was said, with everyone who took part, and the follow-up that
 * it leads to: one interaction, its participants and perhaps a task.
 */
#ifndef CRM_TALK_H
#define CRM_TALK_H

#include <stdint.h>

#include "store.h"

struct talk;

struct talk_also {
	const char *const *contacts; /* others who took part; NULL-ended */
	const char *staff;           /* of us, by comma; or NULL */
	const char *next, *todo;     /* when to follow up, and with what */
};

/* Around a store of interactions, in which the row's fields are put. */
struct talk *talk_open(struct db *, struct store *);

/* Add the row and what goes with it, or nothing: FAULT. */
enum done talk_add(struct talk *, const struct talk_also *,
    int64_t *interaction, struct fault *);

#endif
