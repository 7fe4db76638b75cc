/*
 * mapping -- how the rows of someone else's export become rows of ours, as a
 * YAML file says it (crm-import(1)).
 *
 *	entity: contact
 *	key: { system: salesforce, column: Id }   # stored as an alias
 *	match: [email, name]         # else known by the first that is given
 *	dates: iso                   # or dmy, mdy
 *	skip: [{ column: Deleted, is: "1" }, { column: Name, empty: true }]
 *	fields:
 *	  name: Name                 # a column, or
 *	  kind: { is: org }          # a constant,
 *	  phone: { column: [Phone, Home], once: true }  # the first not empty
 *	  stage: { column: Status, map: { Open: lead }, default: lead }
 *	  product: { column: Product, map: { GTXPro: GTX Pro }, keep: true }
 *	  closed: { column: Close, when: { column: Status, is: [Won, Lost] } }
 *	  tags: { column: Labels, split: ";", drop: [all] }
 *	  street: { join: [Street, Extra], with: ", " }
 *	  org: { column: AccountId, alias: salesforce }   # by foreign key, or
 *	  org: { column: Company, make: org }             # by name
 *	points: [{ kind: phone, column: Fax, label: fax }]
 *	occasions: [{ kind: anniversary, column: Anniversary }]
 *
 * An empty cell says nothing: it leaves the field alone, as one does that
 * when is against.  once writes it for new rows only.  What a map does not
 * name stays with keep, else it is the default.
 */
#ifndef CRM_MAPPING_H
#define CRM_MAPPING_H

#include <stdbool.h>

#include "date.h"

struct buf;
struct csv;
struct entity;
struct node;

/* Where a value comes from. */
struct source {
	const char *name;   /* the field, or the kind of a point or occasion */
	const char *label;  /* of a point */
	const struct node *node; /* for messages */
	const char *constant, *fallback; /* is, default */
	const struct node *columns, *join, *map, *drop;
	const char *with, *split;
	const char *alias, *make; /* how a reference is found */
	const struct node *when;  /* or the row says nothing */
	bool once, keep;
	int *at;  /* where in the file its columns are; -1 missing */
	int nat;
};

struct mapping {
	const struct entity *entity;
	const char *system;      /* of the key, or NULL */
	struct source key;
	const struct node *match, *skip;
	enum dateorder dates;
	struct source *fields, *points, *occasions;
	int nfields, npoints, noccasions;
	bool built_in; /* columns may be missing */
};

/* A built-in one by its name, else a file; CONFIG where it is wrong. */
struct mapping *mapping_read(const char *name);

/* Names of the built-in ones, by blank. */
void mapping_names(struct buf *);

/* Find the columns.  DATA where the file lacks one that is needed. */
void mapping_bind(struct mapping *, const struct csv *);

/* The row's text for a source; NULL: the row says nothing. */
const char *mapping_text(const struct source *, const struct csv *,
    struct buf *);

/* Is the row one to skip? */
bool mapping_skips(const struct mapping *, const struct csv *);

#endif
