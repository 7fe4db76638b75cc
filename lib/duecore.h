/* duecore -- what the due*.c share; nobody else's. */
#ifndef CRM_DUECORE_H
#define CRM_DUECORE_H

struct buf;

/* Append " UNION ALL SELECT ..." of open deals, with the columns of due.c:
 * those that stay in a stage for longer than it allows ("rotting"), those
 * whose next step is due, and those that have none ("next-step"), from the
 * day they came to their stage on. */
void due_deals(struct buf *sql);

#endif
