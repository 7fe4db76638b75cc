/* gatecore -- what the gate*.c share; nobody else's. */
#ifndef CRM_GATECORE_H
#define CRM_GATECORE_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "die.h"
#include "gate.h"

struct buf;
struct memo;
struct along;

/* So many messages at most, sent since then. */
struct cap {
	int64_t messages, count;
	char since[AT_SIZE];
	bool same; /* of the campaign's brand */
	const char *reason;
};

/* How often people were written to. */
struct pressure {
	struct along *sent; /* NULL: no cap counts */
	struct cap *caps;
	int n;
	char since[AT_SIZE], now[AT_SIZE];
	const char *brand; /* of the campaign, or NULL */
};

void pressure_open(struct pressure *, struct db *, int64_t campaign);
/* Why one more would be too much; NULL: it would not. */
const char *pressure_reason(struct pressure *, int64_t contact);

/* Hours in which nobody is disturbed, by the clocks of a zone. */
struct quiet {
	int from, to;      /* minutes from midnight; equal: none */
	const char *hours; /* as crm.yaml has them */
	struct memo *zones;
};

void quiet_open(struct quiet *);
/* zone: the contact's; NULL or "": ours.  In buf, or NULL. */
const char *quiet_reason(struct quiet *, const char *zone, struct buf *);

/* A reason that is kept. */
const char *gate_reason(const char *fmt, ...) PRINTF(1, 2);

#endif
