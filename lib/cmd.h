/*
 * cmd -- what a command says about itself, once.
 *
 * The table below feeds the parser, --help, --options, the completions and
 * the test that compares the manual page with the program.  An option given
 * twice is an error unless it is LIST.  The metavariable (FILE, CONTACT,
 * STAGE, WHEN, COLUMNS, ...) is the type that completion completes.
 */
#ifndef CRM_CMD_H
#define CRM_CMD_H

#include <stdbool.h>

#include "die.h"
#include "out.h"

struct opt {
	char letter;       /* 'k', or 0 */
	const char *name;  /* "keep-going" */
	const char *arg;   /* "FILE"; NULL makes it a flag */
	const char *help;  /* one line, lower case, no full stop */
	const char **text; /* where the argument goes */
	bool *flag;        /* or what becomes true */
};

struct cmd {
	const char *name;     /* "crm-log" */
	const char *brief;    /* the manual page's .Nd line */
	const char *operands; /* "CONTACT... [FIELD=VALUE...] | -" */
	const struct opt *opts; /* ended by END */
	const struct opt *more; /* a second table, or NULL */
};

#define TEXT(l, n, a, to, h) { l, n, a, h, to, NULL }
#define FLAG(l, n, to, h) { l, n, NULL, h, NULL, to }
#define END { 0, NULL, NULL, NULL, NULL, NULL }

/* The options most commands share, and where they end up. */
struct common {
	const char *db;      /* -d FILE */
	bool dry_run;        /* -n */
	struct outform form; /* -q -H -t -T -j --quiet-empty */
};
extern struct common common;

/* Tables to put into cmd.more: for readers, for writers, for filters. */
extern const struct opt cmd_reader[]; /* -d -q -H -t -T -j --quiet-empty */
extern const struct opt cmd_writer[]; /* those and -n */
extern const struct opt cmd_filter[]; /* -H -t -T -j --quiet-empty */

/* For commands that run what a user wrote: how long it may compute.  The
 * argument in seconds, 60 for NULL; dies USAGE. */
#define CMD_TIMEOUT(to) TEXT(0, "timeout", "SECONDS", to, \
    "compute for so long at most; 60, or 0 for any time")
int cmd_timeout(const char *);

/* Parse the options and return the index of the first operand.  Options
 * may stand after operands; "--" ends them, and cmd_dashes tells where it
 * stood among the operands, -1 if it didn't.  Handles -h, -V, --options. */
int cmd_begin(const struct cmd *, int argc, char *argv[]);
int cmd_dashes(void);

/* Say what is wrong with the command line and exit USAGE. */
NORETURN void cmd_usage(const char *fmt, ...) PRINTF(1, 2);

/* Flush stdout, die TROUBLE if it could not take all, give back memory
 * and return status: the last line of every main. */
int cmd_end(enum status);

#endif
