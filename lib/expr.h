/*
 * expr -- what users write after -w: SQL expressions, made safe.
 *
 * The text is taken apart into tokens first: balanced parentheses; no
 * semicolon, comment, parameter, SELECT, WITH, VALUES or PRAGMA.  Names of
 * columns become what the catalogue says they are; tagged('x') becomes a
 * look-up.  The result compiles only on a restricted connection.
 */
#ifndef CRM_EXPR_H
#define CRM_EXPR_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct db;
struct entity;

/* Names (NULL-ended) of columns that the query computes once, as
 * t.once_NAME_value; used becomes true where one of them was met.  With
 * summed what the summaries have is taken from them, and those that were
 * are added to from, for column_join. */
struct expr_once {
	const char *const *names;
	bool used;
	bool summed;
	unsigned from;
};

/*
 * Append the SQL of an expression over t, a row of the entity; once may be
 * NULL.  Where it is wrong, false and in why a message that names the place
 * (character, from 1) or the column and the nearest name.
 */
bool expr_sql(struct db *, const struct entity *, const char *text,
    struct expr_once *once, struct buf *sql, struct buf *why);

/* Call f for each part that "and" joins at the top, in order; for the whole
 * where they are not so joined. */
void expr_parts(const char *text,
    void (*f)(void *data, const char *part, size_t size), void *data);

/* Append a text as SQL writes it, 'so'. */
void expr_quote(struct buf *sql, const char *text);

/* How often a name stands in it; 0 for NULL. */
int expr_mentions(const char *text, const char *name);

#endif
