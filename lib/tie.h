/*
 * tie -- one contact linked to another: by the names of crm.yaml or their
 * inverses.  To work somewhere is to have it as employer, and ends working
 * elsewhere.
 */
#ifndef CRM_TIE_H
#define CRM_TIE_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

/* kind and its two ends put the right way round; false: no such kind, and
 * the nearest is named in the fault. */
bool tie_kind(const char **kind, bool *swapped, struct fault *);

/* The link of this kind between the two that holds today, or 0. */
int64_t tie_present(struct db *, int64_t contact, const char *kind,
    int64_t other);

/* The employer of a contact follows its newest link of that kind. */
void tie_employer(struct db *, int64_t link);

#endif
