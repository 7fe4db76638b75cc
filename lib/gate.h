/*
 * gate -- who may be contacted now, by a channel for a purpose: whom the
 * purpose's basis permits (consent.h), who can be reached, and who is not to
 * be left in peace: gate: of crm.yaml.
 */
#ifndef CRM_GATE_H
#define CRM_GATE_H

#include <stdint.h>

#include "purpose.h"

struct db;
struct gate;

/* For a reader; lives in the arena.  Caps of one brand are about that of the
 * campaign; without one (0), or where it has none, they do not count.  What
 * is wrong in crm.yaml dies with CONFIG. */
struct gate *gate_open(struct db *, const char *channel,
    const struct purpose *, int64_t campaign);

/* Contacts had best come in the order of their numbers.  The reason why one
 * stays out is valid until the next; there are few, whoever it is about, and
 * they hold what stands in the database and crm.yaml as it is. */
enum passage { GATE_UNKNOWN, GATE_PASSES, GATE_REFUSES };
enum passage gate_ask(struct gate *, int64_t contact, const char **reason);

#endif
