/*
 * catalog -- every entity and every column there is, declared once.
 *
 * The tables in catalogrows.c and catalogpeople.c feed adding, setting,
 * listing, import, export, -o help, completion and crm-schema(5): a new column
 * is one line.  A fragment of SQL speaks of its row as t, and is put into a
 * query only where a command asks for the column.
 */
#ifndef CRM_CATALOG_H
#define CRM_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct db;

enum type {
	TYPE_KEY,      /* the row's own number */
	TYPE_TEXT,
	TYPE_WORD,     /* one of a list: "a|b|c", or "@channels" of crm.yaml */
	TYPE_INT,
	TYPE_REAL,
	TYPE_MONEY,    /* minor units, beside a currency */
	TYPE_PERCENT,  /* hundredths of a percent; of: named rates */
	TYPE_FLAG,     /* 0 or 1 */
	TYPE_DAY,
	TYPE_AT,       /* an instant, UTC */
	TYPE_DUE,      /* a day, or an instant whose local day it is */
	TYPE_DATE,     /* of an occasion: year optional */
	TYPE_RANGE,    /* 2026-Q3: days, the same whenever it is read */
	TYPE_STEP,     /* 90d, 1mo */
	TYPE_CONTACT,  /* refers to a contact, by number */
	TYPE_NAMED,    /* refers to an entity that has unique names */
	TYPE_ROW,      /* refers to a row of another entity, by number */
	TYPE_COUNTRY,
	TYPE_CURRENCY,
	TYPE_ZONE,
	TYPE_POINT,    /* shorthand: the preferred contact_point of a kind */
	TYPE_BIRTHDAY, /* shorthand: the occasion of that kind */
	TYPE_TAGS,     /* shorthand: names of tags, by comma */
	TYPE_FIELD,    /* custom: x_NAME */
};

enum {
	SHOW = 1,  /* among the columns that crm-list prints unasked */
	NEED = 2,  /* can't be empty */
	READ = 4,  /* written by the programs only */
	PLAIN = 8, /* in the row itself: cheap to read more than once */
	GUARD = 16, /* once the row is there, a command of its own changes it */
	FIRM = 32, /* as it is for good, once the quote is sent */
};

struct column {
	const char *name;
	enum type type;
	const char *of;       /* entity, list of words, kind of point */
	const char *sql;      /* what it is in a query; NULL: column_made */
	unsigned flags;
	const char *fallback; /* stored where nothing was given, or NULL */
	const char *unit;     /* of a number, "" where there is none */
	const char *about;
	long field;           /* of a TYPE_FIELD: its key; or COLUMN_MADE */
	enum type as;         /* and how its values are read */
};

enum { COLUMN_MADE = -1 };

struct entity {
	const char *name, *plural; /* the table is called name */
	const char *words;    /* what other systems call it, by blank */
	const char *naming;   /* the unique name's column, or NULL */
	const char *label;    /* the column that answers "which?", or NULL */
	const struct column *columns; /* the key first; ended by NULL */
	const char *parts;    /* tables whose rows are nothing without it */
	const char *about;
};

extern const struct entity *const entities[]; /* ended by NULL */

/* By name, plural or another system's word; NULL: no such entity. */
const struct entity *entity_find(const char *word);

/* Are rows of the other nothing without a row of this one? */
bool entity_has_part(const struct entity *, const struct entity *other);

/* By name, custom fields of contacts included (db may be NULL: without);
 * NULL: no such column.  NAME_minor of a money column is a column too. */
const struct column *column_find(struct db *, const struct entity *,
    const char *name);

/* What crm.yaml makes of the column "score", which has no fragment of its own;
 * in score.c, since it takes expressions to tell, which are above here.
 * Unless from is NULL it is of a query over the summaries, as column_summed
 * has it; then it must have been asked for without before. */
const char *column_made(struct db *, unsigned *from);

/* The nearest column name, or NULL. */
const char *column_nearest(struct db *, const struct entity *, const char *);

/* Is it stored, or a shorthand for what is? */
bool column_writable(const struct column *);

/* Does it hold the key of a row of that entity? */
bool column_refers(const struct column *, const struct entity *);

/* What its values are, in a word: "text", "day", "amount". */
const char *column_type(const struct column *);

/* Does it print as a number? */
bool column_numeric(const struct column *);

/* Append what gives the column's value in a query: for output, in which
 * references are names and money is exact text; or for an expression, in
 * which money is a number of major units. */
void column_output(struct buf *, const struct column *);
void column_value(struct buf *, const struct column *);

/*
 * What was sold and said stands in summaries (summary.h) too, which a query
 * over many contacts had better join than look up each contact's rows.
 * column_summed gives the same column as it is in such a query, with what it
 * needs added to from; the column itself where no summary has it.
 * column_join appends the joins, for behind the t of FROM.  An organisation
 * with people is looked up nevertheless.
 */
enum { FROM_SOLD = 1, FROM_TALKED = 2, FROM_STAFFED = 4 };
const struct column *column_summed(const struct column *, unsigned *from);
void column_join(struct buf *, unsigned from);

/* Call f for every column, custom fields last. */
void column_each(struct db *, const struct entity *,
    void (*f)(void *data, const struct column *), void *data);

#endif
