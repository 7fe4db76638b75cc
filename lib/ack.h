/*
 * ack -- what became of due things: announced, done, snoozed.
 *
 * A due thing is named by its key: task:12, invoice:5, occasion:7:2026-11-22
 * (its number and the day it falls on), cadence:NAME:41:2026-11-22 (the contact
 * and the day), deal:5:rots:2026-11-22 and deal:5:step:2026-11-22 (the day
 * until which it may stay in its stage, and that of its next step),
 * playbook:STAGE:N:41:2026-11-22 (the contact and the day it came to the
 * stage), quote:12:2026-12-22 (the last day on which it holds); lead, reorder
 * and win_back:41:2026-11-22, which crm-next suggests.
 */
#ifndef CRM_ACK_H
#define CRM_ACK_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct db;

enum duekind {
	DUE_TASK,
	DUE_OCCASION,
	DUE_CADENCE,
	DUE_DEAL,
	DUE_PLAYBOOK,
	DUE_INVOICE,
	DUE_QUOTE,
	DUE_HANDOFF,
};

struct duekey {
	enum duekind kind;
	int64_t number; /* of the task, the invoice, the contact, ... */
	int64_t day;    /* 0 for a task, an invoice, a hand-off */
};

bool ack_parse(const char *due, struct duekey *);

/* Is there such a row?  If not, why says what is missing. */
bool ack_exists(struct db *, const struct duekey *, struct buf *why);

/* Record it, now; until (a day) or NULL, reason or NULL. */
void ack_put(struct db *, const char *due, const char *state,
    const char *until, const char *reason);

struct ack {
	bool done;
	int64_t announced, snoozed; /* days, the last of each; or ACK_NEVER */
};
#define ACK_NEVER INT64_MIN

/* What is recorded of a due thing. */
struct ack ack_of(struct db *, const char *due);

/* Call f with the day of each thing that was put off until a day from first
 * to last. */
void ack_each_snoozed(struct db *, int64_t first, int64_t last,
    void (*f)(int64_t day));

/* Is nothing recorded at all? */
bool ack_empty(struct db *);

/* The local day of the first announcement there is, or ACK_NEVER. */
int64_t ack_began(struct db *);

#endif
