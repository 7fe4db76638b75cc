/*
 * gate -- who may be contacted by a channel for a purpose now, and why not.
 *
 * Looked at in this order: is the contact active, can it be reached, does
 * its basis permit it, has it had too many messages, is it night there.  The
 * last two, and gate: of crm.yaml, are nothing to a transactional purpose.
 */
#ifndef CRM_GATE_H
#define CRM_GATE_H

#include <stdint.h>

struct db;
struct buf;
struct purpose;

enum gate {
	GATE_OPEN,
	GATE_UNKNOWN, /* there is no such contact */
	GATE_INACTIVE,
	GATE_UNREACHABLE,
	GATE_SUPPRESSED,
	GATE_CONSENT,
	GATE_PRESSURE,
	GATE_QUIET,
	GATES
};
extern const char *const gate_names[GATES]; /* "inactive", ... */

/* campaign: its brand is what caps of the same brand are about; 0: none. */
void gate_open(struct db *, const char *channel, const struct purpose *,
    int64_t campaign);

/* One look at a contact; unless it is open, why becomes what to say. */
enum gate gate_look(int64_t contact, struct buf *why);

#endif
