/* campaigncore -- what the campaign*.c share; nobody else's. */
#ifndef CRM_CAMPAIGNCORE_H
#define CRM_CAMPAIGNCORE_H

#include "campaign.h"
#include "db.h"

/* The one that is open. */
extern struct campaign campaign;
extern struct db *campaign_db;

/* A contact's row in the audience, of the wave, or its last one for 0: its
 * key, or 0, and when it was sent, "" for never.  False: no such contact. */
struct place {
	int64_t audience;
	struct buf arm, sent;
};
extern struct place campaign_place;
bool campaign_look(int64_t contact, int64_t wave, struct addressed *);

/* An instant as users write it, up to now. */
bool campaign_instant(const char *at, int64_t *to, struct fault *);

#endif
