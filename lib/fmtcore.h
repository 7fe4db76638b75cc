/*
 * fmtcore -- what the forms share: harmless characters, and the rows of a
 * chart.  Private to fmt*.c.
 */
#ifndef CRM_FMTCORE_H
#define CRM_FMTCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

struct tsv;

/* Append the character at s, made visible where it would hide; returns the
 * bytes of s that it took. */
size_t fmt_char(struct buf *, const char *s, size_t n);

/* The name of a column; a bare list has the one that is called key. */
const char *fmt_name(const struct tsv *, int column);

/* Does the column hold digits that are no quantity: phone, order_no? */
bool fmt_code(const char *column);

/* Does the field stand for a quantity? */
bool fmt_number(const struct tsv *, int column);

/* One column of numbers, and how far they reach to both sides of 0. */
struct series {
	const char *name;
	int column;
	double low, high; /* <= 0, >= 0 */
};

struct chart {
	const char **names;   /* of all columns */
	int columns;
	int *labels, nlabels; /* columns that say what a bar is of */
	struct series *series;
	int nseries;
	size_t rows;
	struct buf texts;     /* the fields, NUL after each */
	struct buf at;        /* size_t: where each begins */
};

const char *chart_text(const struct chart *, size_t row, int column);

/* Append it in one line: TAB, LF and CR as blanks. */
void chart_label(const struct chart *, size_t row, int column, struct buf *);

/* The value of a cell; false where it is empty. */
bool chart_value(const struct chart *, size_t row, int column, double *);

void chart_bars(const struct chart *); /* for a terminal */
void chart_svg(const struct chart *, bool within); /* by gnuplot */

#endif
