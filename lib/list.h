/*
 * list -- rows of an entity, chosen, ordered and printed: what crm-list does,
 * and whatever else shows rows.
 *
 * Derived columns are put in only where they are asked for, and one that is
 * asked for twice (printed and compared) is computed once a row.
 */
#ifndef CRM_LIST_H
#define CRM_LIST_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct entity;
struct outform;
struct segment;

struct list {
	const struct entity *entity;
	const struct segment *of; /* only who is in it, or NULL; where it has
	                             tiers there is a column tier more */
	const char *where;   /* -w EXPR, or NULL */
	const char *columns; /* -o: "a,b", "+c"; NULL the usual ones */
	const char *sort;    /* -s: "-last_contact,name"; NULL by key */
	int64_t limit;       /* -l; negative: all */
	bool picked;         /* only rows of temp.picked, in its order */
	bool excepted;       /* but not those of temp.excepted */
};

/* Print them.  A wrong expression or column ends the command with USAGE. */
void list_print(struct db *, const struct list *, const struct outform *);

/* -o help: name, type, unit and meaning of every column. */
void list_help(struct db *, const struct entity *, const struct outform *);

#endif
