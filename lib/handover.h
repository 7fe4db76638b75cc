/*
 * handover -- all that one of us is responsible for goes to another: told
 * first, account by account, then done.
 */
#ifndef CRM_HANDOVER_H
#define CRM_HANDOVER_H

#include <stdint.h>

#include "out.h"

struct db;

/* Columns of the brief. */
extern const struct outcol handover_columns[];

/*
 * The accounts of from, by what they paid and may yet pay, the greatest
 * first; each with what is open and what falls into the next 60 days.
 * calc_define must have been called.
 */
void handover_tell(struct db *, int64_t from, struct out *);

/* Contacts, open tasks, deals and quotes, contacts on offer: all become
 * those of to.  Inside an operation. */
void handover(struct db *, int64_t from, int64_t to);

#endif
