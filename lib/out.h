/*
 * out -- rows on standard output: TSV, a table for people, JSON Lines.
 *
 * On a terminal it is an aligned table cut to the width (or -t), piped TSV
 * (or -T); -j is JSON Lines.  Control characters that someone else's
 * database may hold are made visible in every form, in TSV as text behind an
 * escaped backslash; directions of text as tsv.h reads them.  The form is
 * decided once; the columns must be known before the first row.
 */
#ifndef CRM_OUT_H
#define CRM_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spool;
struct out;

struct outform {
	bool table, tsv, json; /* -t -T -j; none: ask isatty(1) */
	bool bare;             /* -H: no header line */
	bool keys;             /* -q: the first column only, no header */
	bool quiet_empty;      /* no byte at all without rows */
};

enum outtype { OUT_TEXT, OUT_NUMBER };

struct outcol {
	const char *name; /* NULL ends the list */
	enum outtype type;
};

/* To stdout; cols is kept, not copied. */
struct out *out_open(const struct outform *, const struct outcol *cols);

/* What follows is held back until out_close: for answers of writers. */
void out_hold(struct out *);

/* One field after the other, left to right; out_row ends the row, what
 * is missing is empty.  NULL or size 0 is the empty field. */
void out_text(struct out *, const char *, size_t);
void out_int(struct out *, int64_t);
void out_word(struct out *, const char *); /* to its NUL; NULL: empty */
void out_key(struct out *, int64_t);       /* 0: empty */
void out_row(struct out *);

/* Write what is left, the header included; the stream stays open.  Dies
 * with TROUBLE where stdout can't take it. */
void out_close(struct out *);

#endif
