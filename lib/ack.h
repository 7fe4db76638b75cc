/*
 * ack -- what became of due things: announced, done, snoozed.
 *
 * A due thing is named by its key: task:12, occasion:7:2026-11-22 (its number
 * and the day it falls on), cadence:NAME:41:2026-11-22 (the contact and the
 * day); likewise deal, invoice and handoff with their number, and lead,
 * reorder and win_back with that of the contact.
 */
#ifndef CRM_ACK_H
#define CRM_ACK_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct db;

/* What the number in the key is that of. */
enum duekind { DUE_TASK, DUE_OCCASION, DUE_CONTACT, DUE_DEAL, DUE_INVOICE,
	DUE_HANDOFF };

struct duekey {
	enum duekind kind;
	int64_t number;
	int64_t day;    /* 0 for a task */
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
