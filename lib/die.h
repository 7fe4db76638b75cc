/*
 * die -- how a command stops, and what it tells the shell.
 *
 * Every exit status a command can have is here, and nowhere else; from 64
 * on they are those of sysexits(3).  A message is one line on stderr,
 * "crm-log: cannot open 'x': reason", its control characters made visible.
 */
#ifndef CRM_DIE_H
#define CRM_DIE_H

enum status {
	OK = 0,
	NO = 1,        /* a true answer, and it is "no" or "nobody" */
	USAGE = 2,     /* the command line is wrong */
	DATA = 65,     /* the input is wrong; nothing was written */
	NOINPUT = 66,  /* no database, or no such file */
	HELPER = 69,   /* a program that is needed is missing */
	BUG = 70,      /* this program is wrong */
	MEMORY = 71,   /* out of memory */
	CANTMAKE = 73, /* a file can't be created */
	TROUBLE = 74,  /* reading or writing failed, stdout included */
	BUSY = 75,     /* someone else holds the database; try again */
	DENIED = 77,   /* not permitted */
	CONFIG = 78,   /* the configuration is wrong */
};

#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define NORETURN __attribute__((noreturn))

extern const char *prog; /* the name in front of every message */

void warn(const char *fmt, ...) PRINTF(1, 2);
NORETURN void die(enum status, const char *fmt, ...) PRINTF(2, 3);

#endif
