/*
 * handoff -- contacts that one of us offers to another: marketing's leads to
 * sales.  The owner stays until the offer is accepted; what was rejected,
 * and why, stays in the records.
 */
#ifndef CRM_HANDOFF_H
#define CRM_HANDOFF_H

#include <stdint.h>

#include "store.h"

/* Inside an operation. */
void handoff_open(struct db *);

/*
 * Each says in buf what came of it, or why not.  Offer: by the contact's
 * owner, else by me; one that was open before is withdrawn.  Accept, reject:
 * me is the member of staff to whom it must have been offered.  Refused where
 * nothing is offered, or to somebody else.
 */
enum done handoff_offer(int64_t contact, int64_t taker, const char *note,
    struct buf *);
enum done handoff_accept(int64_t contact, int64_t me, struct buf *);
enum done handoff_reject(int64_t contact, int64_t me, const char *reason,
    struct buf *);

#endif
