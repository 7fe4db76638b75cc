/*
 * csv -- comma-separated values as RFC 4180 has them and exports write them.
 *
 * The separator may be sniffed; a byte order mark is skipped; quoted fields
 * may hold separators, quotes and line breaks (CR LF in them becomes LF).  A
 * blank line is no row.  No line, field or column count is limited but by
 * memory.  Fields belong to the reader until the next row.
 */
#ifndef CRM_CSV_H
#define CRM_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "die.h"

struct spool;
struct csv;

/* Read the header.  separator 0: the most frequent in it of , ; TAB |.
 * Names are kept as they stand, blanks around them taken off. */
struct csv *csv_open(struct spool *, const char *name, char separator);

int csv_columns(const struct csv *);
const char *csv_name(const struct csv *, int column);
/* The first of that name, else in any case of letters; or -1. */
int csv_find(const struct csv *, const char *name);

/* Fetch the next row.  Too few or many fields, text behind a closing quote,
 * a quote that is never closed, what is not text: it dies with DATA, or,
 * with csv_keep, the row is told of and left out. */
bool csv_next(struct csv *);
const char *csv_field(const struct csv *, int column);
size_t csv_size(const struct csv *, int column);
long csv_line(const struct csv *); /* where the row begins; first is 1 */

/* The row as it stood in the file, without its line end. */
const char *csv_raw(const struct csv *, size_t *size);

void csv_clean(struct csv *); /* take out what is not text */
void csv_keep(struct csv *, void (*bad)(const struct csv *,
    const char *why));

NORETURN void csv_reject(const struct csv *, const char *column,
    const char *fmt, ...) PRINTF(3, 4);

#endif
