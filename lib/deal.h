/*
 * deal -- deals begun, moved from stage to stage, won, lost, taken up again.
 *
 * Each is a step in stage_change (store.h).  No step may lie before the deal
 * began, on a day before its last step, or in the future.  A deal that is won
 * makes its sale, unless one is recorded for it; taken up again, its sales
 * are taken back.
 */
#ifndef CRM_DEAL_H
#define CRM_DEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

enum dealverb { DEAL_NEW, DEAL_MOVE, DEAL_WIN, DEAL_LOSE, DEAL_REOPEN };

/* Around a store of deals, in which the row's other fields are put.  sales:
 * are they made, or taken back? */
void deal_open(struct db *, struct store *, enum dealverb, bool sales);

/* What became of a deal; texts are valid until the next.  at, below, is an
 * instant or a day as users write them, NULL: now. */
struct dealt {
	bool stepped;    /* it is elsewhere than before; else see done */
	int64_t sale;    /* that was made, or 0 */
	int64_t contact;
	const char *name, *stage, *status; /* as they are now */
	struct buf note; /* why it was refused, or what came of it */
};

/* Begin a new one, of the row's fields, on the day of at. */
enum done deal_new(int64_t *key, const char *at, struct dealt *,
    struct fault *);

/* Do it to one deal: where the row's stage says, for DEAL_MOVE.  reason is
 * recorded with the step, NULL: none; with DEAL_LOSE it is the row's. */
enum done deal_step(int64_t key, const char *at, const char *reason,
    struct dealt *, struct fault *);

#endif
