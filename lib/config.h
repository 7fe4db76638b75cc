/*
 * config -- crm.yaml, read and checked; a tree of nodes to walk.
 *
 * Scalars are text; who asks types them.  Unknown or repeated keys, aliases,
 * anchors, tags, a second document, depth over 16 or a file over 256 KiB die
 * with CONFIG and FILE:LINE:COLUMN, a misspelt key with the nearest name.
 * Which keys there are is configkeys.c, one line a key.
 */
#ifndef CRM_CONFIG_H
#define CRM_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "die.h"

struct node; /* scalar, list or map; lives in the arena */

/* Which file: $CRM_CONFIG, else crm.yaml beside the database (db_path), else
 * none, which means the built-in defaults. */
const char *config_path(void); /* NULL: built in */

/* Where crm.yaml beside this database would be. */
const char *config_beside(const char *db_path);

/* The node at a path such as "lifecycle.stages" or "week.starts"; the
 * file is read at the first call.  Where the file lacks the key the
 * built-in default (schema/crm.yaml) answers; NULL: neither has it. */
const struct node *config_get(const char *path);
const char *config_text(const char *path);   /* a scalar, or NULL */

const char *node_text(const struct node *);  /* NULL unless scalar */
const struct node *node_key(const struct node *, const char *key);
const char *node_key_text(const struct node *, const char *key);
/* Children in order: list items or map values, and the key of the latter.
 * A scalar where a list may stand counts as a list of one. */
int node_count(const struct node *);
const struct node *node_at(const struct node *, int);
const char *node_name(const struct node *, int); /* NULL in a list */

/* Die CONFIG: "crm-due: FILE:LINE:COLUMN: MESSAGE". */
NORETURN void node_reject(const struct node *, const char *fmt, ...)
    PRINTF(2, 3);

/* Read the whole file and check every key and value; returns on success. */
void config_check(void);

/* Add name: value to the map under key at the end of it, for good unless it
 * is only tried; value is a {...} in one line.  Comments and order stay, the
 * file is replaced at once; where there is none, it is made.  Dies with CONFIG
 * where it can't be added without changing what is there.  What was read
 * before stays as it was. */
void config_add(const char *key, const char *name, const char *value,
    bool keep);

/* Known keys, for crm-config and crm-config(5). */
struct configkey {
	const char *path;  /* "cadences[].every" */
	const char *type;  /* "step", "zone", "list of words", ... */
	const char *about; /* one line */
};
extern const struct configkey configkeys[]; /* ended by a NULL path */

#endif
