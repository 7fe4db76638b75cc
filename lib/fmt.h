/*
 * fmt -- rows of TSV in the forms that others read: one function a form.
 *
 * Rows stream, but for pivot and diff, which keep what they compare.
 */
#ifndef CRM_FMT_H
#define CRM_FMT_H

#include <stdbool.h>

#include "die.h"

struct tsv;

struct fmtopts {
	bool crlf;       /* csv: line ends of RFC 4180 */
	bool raw;        /* csv: formulas are left as they are */
	bool sum;        /* pivot: values of the same cell are added */
	const char *key; /* diff: columns that name a row, by comma */
};

struct fmt {
	const char *name;
	int operands; /* it takes so many */
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
enum status fmt_ics(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_remind(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_pivot(struct tsv *, const char *const *,
    const struct fmtopts *);
enum status fmt_diff(struct tsv *, const char *const *,
    const struct fmtopts *);

#endif
