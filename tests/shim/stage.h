/*
 * stage -- a script of commands, what it leaves when nothing fails, and what
 * must hold when something does.
 *
 * The programs are those of $B/fault; everything lies in a folder of its own
 * below the current one.  An accident of the test itself ends it with a
 * message and status 2.
 */
#ifndef STAGE_H
#define STAGE_H

#include <stdbool.h>
#include <stdint.h>

struct step {
	const char *input; /* its standard input, or NULL: closed */
	const char *argv[14];
	bool forgets; /* what it erased stays erased, done or not */
	bool reads;   /* prints as it goes, leaves the log to who writes */
};

extern const struct step setup[], script[]; /* ended by no argv */

enum { STEPS = 32, PATHS = 4096 };

/* How a command ended. */
struct ended {
	int status; /* or -1: killed */
	int signal;
	bool printed, same; /* anything; what it prints when nothing fails */
	char said[256];     /* the beginning of its messages */
};

/* Run setup and script without a fault, remembering every state. */
void stage_begin(void);

int stage_steps(void);
long stage_calls(int step);  /* of its to the file system */
long stage_pieces(int step); /* of memory that it asks for */

/* Begin with the state that a step finds, 0 the first. */
void stage_set(int step);

/* Run a step with $CRM_FAULT, or NULL. */
struct ended stage_run(int step, const char *fault);

/* After a step ended so: what is wrong, or NULL.  A step that ended with 0
 * must be there whole, every other one whole or not at all; the file is
 * sound, nothing lies about and the next command works. */
const char *stage_check(int step, const struct ended *);

/* The same for any change between two states, but without a next command. */
const char *stage_judge(bool done, uint64_t before, uint64_t after,
    bool *whole);

/* Note a point and, unless NULL, what is wrong there. */
void stage_note(const char *command, const char *fault, const char *wrong);

/* Print the figures; returns the program's exit status. */
int stage_end(const char *name);

/* Points spread evenly over all: call f for each. */
void stage_spread(long (*count)(int step), long points,
    void (*f)(int step, long n, long point));

/* argv[1] as a number of points, if it is there. */
long stage_points(int argc, char *argv[], long otherwise);

/* The database, and a name beside its folder. */
const char *stage_db(void);
const char *stage_path(const char *name);

/* Run a program, its standard input from a file; stop says when to kill it,
 * in microseconds, or 0. */
struct ended stage_spawn(const char *const argv[], const char *input,
    const char *fault, long stop);
extern long stage_commands; /* that were run */

/* Files of the database's folder, put aside and brought back. */
void stage_save(const char *name);
void stage_bring(const char *name);

/* Of a state put aside the database alone; its log is gone. */
void stage_bring_database(const char *name);

const char *stage_state(int step); /* the name of what stage_set brings */

/* A file that nobody should find there, or NULL. */
const char *stage_left(void);

uint64_t stage_random(void);

__attribute__((noreturn, format(printf, 1, 2)))
void stage_die(const char *fmt, ...);

/* A number for all that the database holds, and what is unsound or NULL. */
uint64_t truth_digest(const char *path);
const char *truth_unsound(const char *path);

/* A reader who looks at one state for as long as this, so that no writer can
 * empty the log. */
void truth_hold(void);
void truth_leave(void);

#endif
