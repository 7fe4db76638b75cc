/*
 * check -- what the schema can't state, looked over.
 *
 * Each finding is a row: which check, which row of which entity, what is
 * wrong, and the command that mends it (a word in capitals stands for what
 * only a person knows).  What needs no person is mended by check_mend.
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
	/* the rest is for check.c: queries of findings, what else to do, and
	 * statements that mend; lists are ended by NULL */
	const char *const *rows;
	void (*look)(void);
	const char *const *mend;
};
extern const struct check checks[]; /* ended by a NULL name */

/* Tell of everything found by that check, or by all of them (NULL), of which
 * the first ends the rest where it finds the file damaged. */
void check_run(struct db *, const char *name,
    void (*tell)(const struct finding *));

/* Mend what that check (or all of them) finds, as far as that needs nobody's
 * word: in an operation, or where history itself is mended, outside. */
void check_mend(struct db *, const char *name, const char *command,
    const char *words, bool keep);

#endif
