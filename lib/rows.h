/*
 * rows -- what a writer is given: rows of a stream, or the one row that its
 * operands are, put into a store.
 *
 * Columns of the stream are found by name; derived ones and those of answers
 * (name, result, reason) are read over.  Of rows that begin with the key of
 * something else (what crm-sell answers) only the key that is acted on
 * counts.  A bad row ends the command with DATA, naming the line and the
 * field; with --keep-going it goes to the --rejects file with an error
 * column, and the others are done.
 */
#ifndef CRM_ROWS_H
#define CRM_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd.h"
#include "value.h"

struct entity;
struct operands;
struct spool;
struct store;

struct rowopts {
	bool ignore_unknown, keep_going, clean;
	const char *rejects;
};
extern struct rowopts rowopts;

#define ROWS_OPTIONS \
	FLAG(0, "ignore-unknown", &rowopts.ignore_unknown, \
	    "read over columns that are not known"), \
	FLAG(0, "keep-going", &rowopts.keep_going, \
	    "do the good rows where some are bad"), \
	TEXT(0, "rejects", "FILE", &rowopts.rejects, \
	    "write the bad rows there, with an error column"), \
	FLAG(0, "clean", &rowopts.clean, \
	    "take out what is not UTF-8 or a control character")

/* Standard input whole, before the lock is taken; NULL without "-". */
struct spool *rows_take(const struct operands *);

/* Fields of the operands are constants for every row.  keys: is the entity's
 * own column the row to act on (else it is read over)?  One without it is
 * then an error, and a column that is a constant too gives way: that is how
 * a list is piped into a change.  Else such a column is an error. */
void rows_open(struct db *, struct store *, const struct operands *,
    struct spool *, bool keys);

/* Columns (NULL-ended, kept) that the command reads itself; call it before
 * rows_open. */
void rows_own(const char *const *names);

/* The command needs no more of a row than its key: other columns are
 * ignored; call it before rows_open. */
void rows_only_keys(void);

/* Put the next row into the store; false at the end.  Without a stream there
 * is one row.  A bad row is not returned. */
bool rows_next(void);

/* The text of the key column; NULL without one. */
const char *rows_key(void);
/* A column of the stream, or -1, and the row's text there. */
int rows_column(const char *name);
const char *rows_text(int column);
/* The row's text in that column, or the constant where it has none. */
const char *rows_given(const char *name, const char *constant);

/* The row of an entity that goes by this name; without one the present row is
 * bad: 0, if that does not end the command. */
int64_t rows_find(struct db *, const struct entity *, const char *name);

/* This row is bad. */
void rows_fault(const struct fault *);
int64_t rows_rejected(void);

/* "<stdin>:17: " or "", for warnings about the row. */
const char *rows_place(void);

#endif
