/*
 * op -- one command that writes is one operation.
 *
 * Between op_begin and op_end every row inserted, changed or deleted is
 * gathered as it happens, in bounded memory, and stored as history before
 * the commit; an operation that wrote nothing leaves no trace.
 */
#ifndef CRM_OP_H
#define CRM_OP_H

#include <stdbool.h>
#include <stdint.h>

struct db;

/* Begin the transaction.  command is "crm-add"; words are its options and
 * keys, without the values of fields. */
void op_begin(struct db *, const char *command, const char *words);

/* Its number, should it write anything. */
int64_t op_number(void);

/* This one undoes that one. */
void op_undoes(struct db *, int64_t undone);

/* The next key of a table, never used before: one more at each call. */
int64_t op_key(struct db *, const char *entity);
void op_unkey(const char *entity); /* it was not used after all */

/* Store the history already; what is written from here on is none of it. */
void op_store(struct db *);

/* Store the history and commit, or undo it all. */
void op_end(struct db *, bool keep);

#endif
