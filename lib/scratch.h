/*
 * scratch -- a folder of our own, for a copy of a database.
 *
 * It goes when the program ends, also by SIGINT, SIGTERM, SIGHUP or SIGQUIT.
 * What one that was killed left behind goes when the next is made in the
 * same place.  There is one at a time.
 */
#ifndef CRM_SCRATCH_H
#define CRM_SCRATCH_H

/* Make it beside this file, where blocks can be shared, else in $TMPDIR
 * (/tmp); returns the path of the database to be made in it. */
const char *scratch_make(const char *beside);

/* Run a program that uses it, with those signals passed on to it; its status
 * as child_wait gives it. */
int scratch_run(char *const argv[]);

#endif
