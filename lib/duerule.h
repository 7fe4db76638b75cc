/*
 * duerule -- when something due is announced: so many days ahead, on the
 * day, and again while it is overdue (due: in crm.yaml).
 */
#ifndef CRM_DUERULE_H
#define CRM_DUERULE_H

#include <stdint.h>

/* Days ahead of which the first announcement of this kind comes. */
int64_t duerule_ahead(const char *kind);

/*
 * The last day up to today on which a thing of this kind that is due on day
 * is announced, or ACK_NEVER: not yet.  Occasions without a rule of their
 * own follow that of "occasion", steps of playbooks that of "task".
 */
int64_t duerule_last(const char *kind, int64_t day, int64_t today);

/* The most days ahead of any kind. */
int64_t duerule_horizon(void);

/* Call f with each number of days ahead that an occasion may have. */
void duerule_each(void (*f)(void *data, int64_t ahead), void *data);

#endif
