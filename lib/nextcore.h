/* nextcore -- what the next*.c share; nobody else's. */
#ifndef CRM_NEXTCORE_H
#define CRM_NEXTCORE_H

#include "db.h"
#include "next.h"

enum reason {
	APPOINTMENT,
	TASK,
	CADENCE,
	OCCASION,
	PLAYBOOK,
	DEAL,
	QUOTE,
	INVOICE,
	HANDOFF,
	LEAD,
	REORDER,
	WIN_BACK,
	REASONS
};

/* The first word of its due key and its name among next.weights. */
extern const char *const reason_names[REASONS];

/* A reason to do something. */
struct wanted {
	enum reason reason;
	int64_t contact;     /* 0: none */
	int64_t number;      /* of the task, the deal, ..., the contact */
	int64_t day;         /* when it is due, or since when it is so */
	const char *due;     /* its key; NULL: NAME:NUMBER:DAY */
	int64_t owner;       /* 0: nobody's */
	const char *channel; /* by which it is to be done, or NULL */
	const char *what;
	int64_t amount;      /* at stake, minor units of the base currency */
};

/* Note it.  If the same is noted already the greater amount counts. */
void next_put(struct db *, const struct wanted *);

/* A day of the database; dies where it is none. */
int64_t next_day(const char *);

/* The sources: each notes what it finds, of one owner or of all. */
void next_due(struct db *, const struct next *);
void next_stakes(struct db *, const struct next *);
void next_leads(struct db *, const struct next *);
void next_buyers(struct db *, const struct next *);

/* Points by next.weights: how urgent a reason is, days after its day
 * (negative: before); how important its kind is. */
double rank_urgency(enum reason, int64_t days);
double rank_importance(enum reason);

/* Functions for the query that ranks: next_value(amount) and
 * next_several(reasons) are points, next_reasons(contact) is text,
 * next_command(contact) what settles the first of them. */
void rank_define(struct db *);
void tell_define(struct db *, const struct next *);

/* A step of crm.yaml, as so many days before today. */
int64_t next_before(const char *path);

#endif
