/*
 * child -- another program, run beside this one; no shell in between.
 */
#ifndef CRM_CHILD_H
#define CRM_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

/* Start it, found by $PATH; to (or NULL) gets the writing end of a pipe to
 * its standard input.  One that can't be run ends with HELPER, and says so. */
pid_t child_start(char *const argv[], int *to);

/* The same, and from gets the reading end of a pipe from its standard output.
 * It must not have much to say before it has read all. */
pid_t child_filter(char *const argv[], int *to, int *from);

/* The same with this file as its standard input, from where it is read next;
 * what it prints goes to standard error. */
pid_t child_read(char *const argv[], int file);

/* Could it be run: is there such a program, by $PATH or as a path? */
bool child_there(const char *program);

/* Wait for it: its exit status, 128 and more where a signal ended it. */
int child_wait(pid_t);

#endif
