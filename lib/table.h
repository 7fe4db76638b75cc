/*
 * table -- rows for people: columns aligned, cut to the terminal's width.
 *
 * Rows are kept (spool.h) until the widths are known.  A column of numbers
 * is aligned to the right and never cut; the widest of the others give way
 * first.  Where standard output is no terminal and $COLUMNS is not set
 * nothing is cut.
 */
#ifndef CRM_TABLE_H
#define CRM_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table;

struct table *table_new(int columns); /* in the arena */

/* The next field; after as many as there are columns a new row begins.  The
 * text is printable and holds no TAB or LF. */
void table_add(struct table *, const char *, size_t, bool number);

/* To standard output, through put. */
void table_print(struct table *);

/* $COLUMNS, else the terminal's; SIZE_MAX where there is no terminal. */
size_t table_width(void);

#endif
