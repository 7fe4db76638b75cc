/* lifecyclecore -- what the lifecycle*.c share; nobody else's. */
#ifndef CRM_LIFECYCLECORE_H
#define CRM_LIFECYCLECORE_H

#include <stdbool.h>
#include <stdint.h>

#include "lifecycle.h"

struct db;
struct entity;
struct node;

struct promotion {
	const struct node *node;
	const char *name, *to;
	const char *when, *sql; /* the condition, as written and as SQL */
	const char *from;       /* SQL: is t in a stage that it is about? */
	int64_t seen;  /* it saw every step up to this one; -1: none yet */
	int64_t moved; /* the last step that it made in this run, or 0 */
	struct stmt *one; /* asks about one contact */
};

extern struct lifecycle {
	struct db *db;
	const struct entity *e;
	struct promotion *rules;
	int n;
} life;

/* Is the rule about contacts in this stage? */
bool promotion_from(const struct promotion *, const char *stage);

#endif
