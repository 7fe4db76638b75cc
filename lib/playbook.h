/*
 * playbook -- what is to be done once a contact has come to a stage:
 * playbooks: of crm.yaml.
 *
 * Nothing is scheduled: each step is due so long (within) after the day the
 * contact entered the stage, while it is there, until it is done.  Its due
 * key is playbook:STAGE:N:CONTACT:DAY, N the step's place from 1 and DAY the
 * day of entry, so that a step that was done stays so when its time changes.
 * A playbook that is wrong dies with CONFIG, naming its place.
 */
#ifndef CRM_PLAYBOOK_H
#define CRM_PLAYBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"

struct buf;
struct db;

struct playstep {
	char day[DAY_SIZE]; /* when it is due */
	const char *what;
	struct buf *due;    /* where its key goes, or NULL */
};

/* The nth step of a contact in this stage; false: there are no more. */
bool playbook_step(const char *stage, int n, int64_t contact,
    const char *entered, struct playstep *);

/* What the step of that due key is; NULL: there is none any more. */
const char *playbook_what(const char *due);

/* Append " UNION ALL SELECT ..." with the columns of due.c, or nothing. */
void playbook_sql(struct db *, struct buf *sql);

#endif
