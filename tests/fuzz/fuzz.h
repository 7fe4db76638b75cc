/*
 * fuzz -- what the programs beside it share: one reader each, run by
 * libFuzzer on whatever it thinks of.
 *
 * A run may end by exit() with the one status that a reader has for bad
 * input; any other, a crash, a failed check, a second without an end or
 * memory that the reader forgot is a finding.
 */
#ifndef CRM_FUZZ_H
#define CRM_FUZZ_H

#include <stdbool.h>
#include <stddef.h>

struct spool;

struct target {
	void (*setup)(void); /* once, or NULL */
	void (*run)(const char *text, size_t size); /* a NUL is behind it */
	void (*clean)(void); /* after a run that exited too, or NULL */
	int statuses[3]; /* with which it may exit, to a 0 */
	size_t holds; /* pieces of memory a reader keeps for the command */
};

extern const struct target target; /* each program's own */

/* The text as what was read from somewhere, step bytes at a time; 0: all. */
struct spool *fuzz_spool(const char *text, size_t size, size_t step);

/* A finding, unless it holds. */
void fuzz_check(bool holds, const char *what);

/* A file of that name in a folder of this run, in $TMPDIR; until the next
 * call. */
const char *fuzz_path(const char *name);

#endif
