/*
 * complete -- how a command line can go on: words and what they mean, by the
 * type that an option's or an operand's metavariable names.
 */
#ifndef CRM_COMPLETE_H
#define CRM_COMPLETE_H

struct db;
struct entity;

/* One way to go on; about may be "". */
struct candidates {
	void (*add)(const char *word, const char *about);
};

/* Words of a type ("CONTACT", "STAGE", "COLUMN", ...) that begin with
 * prefix.  db may be NULL: then what only it knows is left out. */
void complete_type(struct db *, const struct entity *, const char *type,
    const char *prefix, const struct candidates *);

/* Values of a field, as FIELD=VALUE. */
void complete_value(struct db *, const struct entity *, const char *field,
    const char *prefix, const struct candidates *);

/* Of a report: what it takes, as PARAM=VALUE; and its columns, for -o and -s,
 * the last of a list by comma. */
void complete_param(struct db *, const char *report, const char *word,
    const struct candidates *);
void complete_result(const char *report, const char *prefix,
    const struct candidates *);

#endif
