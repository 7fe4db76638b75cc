/*
 * consent -- what people agreed to, by channel and purpose: rows are added
 * and never changed, the newest at counts.
 */
#ifndef CRM_CONSENT_H
#define CRM_CONSENT_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"
#include "purpose.h"
#include "store.h"

/*
 * May contacts be contacted on a channel for a purpose?  For a reader; lives
 * in the arena.  Contacts had best be asked about in the order of their
 * numbers.  country is the contact's, or NULL.
 */
struct standing {
	const struct ground *ground;
	enum consent newest, decided;
	bool holds, permitted;
};
struct consents;
struct consents *consent_open(struct db *, const char *channel,
    const struct purpose *);
void consent_look(struct consents *, int64_t contact, const char *country,
    struct standing *);

/* On what it rests, or why it is not permitted; kept. */
const char *consent_reason(struct consents *, const struct standing *);

/* For each channel and purpose the state that counts, and what that permits:
 * of what is on record, and of every purpose on channels by which the contact
 * can be reached.  channel and purpose (or NULL) narrow it. */
extern const struct outcol consent_columns[];
void consent_show(struct db *, int64_t contact, const char *channel,
    const char *purpose, struct out *);

/* What was said, as users write it.  at, how and evidence may be NULL. */
struct said {
	const char *channel, *purpose, *state, *at, *how, *evidence;
	bool confirms; /* it must have been asked for */
};

/* Inside an operation.  UPDATED; UNCHANGED and why where it is on record, or
 * asks for what was given; REFUSED and why where nothing is to be
 * confirmed. */
void consent_record_open(struct db *);
enum done consent_record(int64_t contact, const struct said *, struct buf *,
    struct fault *);

#endif
