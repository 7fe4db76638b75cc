/*
 * rule -- expressions that stand in crm.yaml: what they are as SQL, and the
 * values that they saw.
 */
#ifndef CRM_RULE_H
#define CRM_RULE_H

#include <stddef.h>

struct buf;
struct db;
struct entity;
struct expr_once;
struct node;

/* The SQL of an expression over t, a row of the entity; in the arena.  One
 * that is wrong dies with CONFIG, naming its place and the key, what, that it
 * belongs to.  once is that of expr.h, or NULL. */
const char *rule_sql(struct db *, const struct entity *,
    const struct node *, const char *what, struct expr_once *once);

/* The same, and it is compiled: to tell which of several is wrong, and that it
 * does no more than read and compute. */
const char *rule_check(struct db *, const struct entity *,
    const struct node *, const char *what);

/* Append SQL that gives, as a text, each column that an expression names and
 * its value: "score=55, days_quiet=3"; where it names none, its own text.
 * Unless from is NULL it is of a query over the summaries, and those that it
 * needs are added there (catalog.h). */
void rule_evidence(struct db *, const struct entity *, const char *expr,
    struct buf *sql, unsigned *from);

/* Append a part of an expression, without the blanks around it. */
void rule_part(struct buf *, const char *part, size_t size);

#endif
