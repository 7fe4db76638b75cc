/*
 * check -- what the schema can't state, looked over.
 *
 * Each finding is a row: which check, which row of which entity, what is
 * wrong, and the command that mends it (a word in capitals stands for what
 * only a person knows).
 */
#ifndef CRM_CHECK_H
#define CRM_CHECK_H

#include <stdbool.h>
#include <stdint.h>

struct db;

struct finding {
	const char *check, *entity, *problem, *mend;
	int64_t key; /* 0: of no single row */
};

struct check {
	const char *name, *about;
};
extern const struct check checks[]; /* ended by a NULL name */

/* Tell of everything found by that check, or by all of them (NULL). */
void check_run(struct db *, const char *name,
    void (*tell)(const struct finding *));

#endif
