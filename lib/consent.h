/*
 * consent -- what contacts said to being contacted; the newest word on a
 * channel and a purpose counts.
 */
#ifndef CRM_CONSENT_H
#define CRM_CONSENT_H

#include <stdint.h>

#include "out.h"

struct db;

/* "asked", "given", "withdrawn"; NULL: nothing was said. */
const char *consent_state(struct db *, int64_t contact, const char *channel,
    const char *purpose);

/* The newest of each, with the basis that the purpose has in the contact's
 * country. */
extern const struct outcol consent_columns[];
void consent_tell(struct db *, int64_t contact, struct out *);

#endif
