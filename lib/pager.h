/*
 * pager -- what is long for a terminal goes through $PAGER, else less, else
 * straight on.  Elsewhere nothing changes.  The rows must be finished first,
 * since a reader must not hold the database while a person reads.
 */
#ifndef CRM_PAGER_H
#define CRM_PAGER_H

void pager_begin(void);

/* Wait until it was left. */
void pager_end(void);

#endif
