/*
 * finish -- due things done or put off: tasks, occasions, cadences, deals,
 * steps of playbooks.
 *
 * A task that is done is marked so; one that recurs makes its successor: with
 * every, the first day of its series (counted from the due day) after the day
 * it was done; with after, so long after that day.
 */
#ifndef CRM_FINISH_H
#define CRM_FINISH_H

#include <stdbool.h>
#include <stdint.h>

#include "ack.h"
#include "store.h"

struct finished {
	struct buf name;      /* title of task or deal, or whose occasion */
	int64_t contact;      /* 0: none */
	int64_t interaction;  /* what was logged, or 0 */
	int64_t next;         /* the task that follows, or 0 */
	struct buf reason;
};

/* Around a store of interactions, which holds the fields of what is to be
 * logged, if anything is. */
void finish_open(struct db *, struct store *);

/* Mark it done and, where log is true, log text (or its title). */
enum done finish(const char *due, const struct duekey *, bool log,
    const char *text, struct finished *, struct fault *);

/* Not before that day. */
enum done finish_later(const char *due, const struct duekey *,
    const char *until, const char *reason, struct finished *);

#endif
