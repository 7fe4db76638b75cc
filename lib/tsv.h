/*
 * tsv -- rows of tab-separated text with a header line, read.
 *
 * The format is crm-tsv(5): \t \n \r \\ are escapes and nothing else is but
 * \u{202e} and the like, which write directions of text; "\N" alone is empty;
 * a byte order mark and CR before LF are dropped.  A first line of one field
 * that can't be a column name begins a bare list of keys.  No line, field or
 * column count is limited but by memory.  Fields belong to the reader until
 * the next row.
 */
#ifndef CRM_TSV_H
#define CRM_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "die.h"

struct spool;
struct tsv;

/*
 * Read the header.  name stands in messages ("<stdin>").  Dies with DATA
 * on a header that names a column twice or has an empty or ill-formed name.
 * No bytes at all: no columns and no rows.
 */
struct tsv *tsv_open(struct spool *, const char *name);

/* From now on take out what text_check refuses, instead of rejecting. */
void tsv_clean(struct tsv *);

int tsv_columns(const struct tsv *);
const char *tsv_name(const struct tsv *, int column);
int tsv_find(const struct tsv *, const char *name); /* or -1 */
bool tsv_bare(const struct tsv *); /* one column of keys, without a name */

/* Fetch the next row.  A row with too few or many fields is rejected
 * (see tsv_keep), as is text that is not UTF-8 or holds controls. */
bool tsv_next(struct tsv *);
const char *tsv_field(const struct tsv *, int column); /* unescaped */
size_t tsv_size(const struct tsv *, int column);       /* its bytes */
long tsv_line(const struct tsv *);                     /* first is 1 */

/* The row as it stood in the file, or the header before the first one,
 * without what ended it; and that, LF or CR LF. */
const char *tsv_raw(const struct tsv *, size_t *size);
const char *tsv_end(const struct tsv *);

/* With a handler, a malformed row is told to it instead of ending the
 * command, and tsv_next goes on with the one after. */
void tsv_keep(struct tsv *, void (*bad)(const struct tsv *, const char *why));

/* Die DATA: "crm-add: <stdin>:17: email: not an address: 'foo'".
 * column may be NULL. */
NORETURN void tsv_reject(const struct tsv *, const char *column,
    const char *fmt, ...) PRINTF(3, 4);

#endif
