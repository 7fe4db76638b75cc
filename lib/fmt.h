/*
 * fmt -- rows of TSV in the forms that others read: one function a form.
 *
 * Rows stream, but for pivot, diff and chart, which keep what they compare.
 */
#ifndef CRM_FMT_H
#define CRM_FMT_H

#include <stdbool.h>

#include "die.h"

struct tsv;

struct fmtopts {
	bool crlf;       /* csv: line ends of RFC 4180 */
	bool excel;      /* csv: as spreadsheets of any country take it */
	bool raw;        /* csv: every cell is left as it is */
	bool sum;        /* pivot: values of the same cell are added */
	const char *key; /* diff: columns that name a row, by comma */
	bool common;     /* chart: one scale for all columns */
	bool svg;        /* chart: a picture, by gnuplot */
	bool within;     /* chart: in a page, or nothing without numbers */
};

struct fmt {
	const char *name;
	int operands; /* it takes so many; -1: any number */
	const char *about;
	/* in is standard input, NULL for diff */
	enum status (*run)(struct tsv *in, const char *const operands[],
	    const struct fmtopts *);
};

extern const struct fmt fmts[]; /* ended by a NULL name */

enum status fmt_table(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_csv(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_jsonl(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_md(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_html(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_ics(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_remind(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_pivot(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_diff(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_chart(struct tsv *, const char *const *,
    const struct fmtopts *);

/* The pieces of a page of HTML: its head, a line of text in an element, a
 * table. */
void fmt_html_begin(const char *title);
void fmt_html_text(const char *tag, const char *text);
void fmt_html_table(struct tsv *);

#endif
