/*
 * report -- the files that reports are: what each says of itself.
 *
 * A file begins with comments: what it answers, in a line; its group; then
 * sections of one line each parameter, column and definition, as crm-report(1)
 * describes them.  One SELECT follows, with :NAME for parameters and {...}
 * for what tabulate.h fills in.  Those of schema/reports are built in; files
 * in the folder reports beside the configuration come before them.
 */
#ifndef CRM_REPORT_H
#define CRM_REPORT_H

#include <stdbool.h>

/* What a column holds, as its declaration says; a value is what it is where
 * it is not declared. */
enum reportform {
	REPORT_VALUE,
	REPORT_TEXT,
	REPORT_DAY,
	REPORT_CONTACT, /* a contact's number */
	REPORT_COUNT,
	REPORT_NUMBER,  /* to six decimals, as are those below but money */
	REPORT_DAYS,
	REPORT_PERCENT,
	REPORT_MONEY,   /* minor units, printed as major ones */
	REPORT_PRICE,   /* minor units with a fraction, the same */
	REPORT_FORMS,
};
extern const char *const report_forms[REPORT_FORMS];

struct reportcolumn {
	const char *name, *about;
	enum reportform form;
};

struct reportparam {
	const char *name, *about;
	const char *type;     /* day, text, count, number, days, or a|b|c */
	const char *fallback; /* or NULL; "@KEY": what crm.yaml has there */
};

struct report {
	const char *name, *about, *group;
	const char *path;   /* of the user's file; NULL: built in */
	const char *header; /* the comments, without their dashes */
	const char *sql;    /* and what comes behind them */
	const struct reportparam *params;
	const struct reportcolumn *columns;
	int nparams, ncolumns;
};

/* By name; dies with USAGE where there is none, naming the nearest, and
 * with DATA on a file that is not as it should be. */
const struct report *report_find(const char *name);

/* Where it is wrong: the user's file, or its name. */
const char *report_place(const struct report *);

/* All there are, by name. */
void report_each(void (*f)(void *data, const struct report *), void *data);

/* Has it a place of this kind, "{by "? */
bool report_has(const struct report *, const char *place);

/* Parameters of every report that has the place; ended by a NULL name. */
struct commonparam {
	const char *name, *place, *about;
};
extern const struct commonparam report_common[];

/* What a report can be split by, besides columns of contacts and the rows
 * that it counts; ended by a NULL name. */
struct dimension {
	const char *entity, *name, *about;
	const char *sql;  /* over t, a row of the entity; or */
	const char *expr; /* an expression of its columns */
};
extern const struct dimension dimensions[];

#endif
