/*
 * print -- what a query answers, as rows of output.
 */
#ifndef CRM_PRINT_H
#define CRM_PRINT_H

#include <stdint.h>

struct out;
struct stmt;

/* The columns of the present row from first on, as one row. */
void print_row(struct out *, struct stmt *, int first);

/* All rows, at most limit of them (negative: all); the statement is given
 * back. */
void print_rows(struct out *, struct stmt *, int64_t limit);

/* The argument of -l: rows, or -1 for NULL.  Dies with USAGE. */
int64_t print_limit(const char *);

#endif
