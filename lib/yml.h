/*
 * yml -- strict YAML: maps, lists and scalars, nothing clever.
 *
 * An alias, anchor, tag, second document, repeated key, depth over 16 or text
 * over 256 KiB ends the command with CONFIG and FILE:LINE:COLUMN.
 */
#ifndef CRM_YML_H
#define CRM_YML_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum shape { SCALAR, LIST, MAP };

/* In the arena, as is all below it. */
struct node {
	enum shape shape;
	const char *file;      /* as messages call it */
	int line, column;      /* where it begins, from 1 */
	const char *text;      /* of a scalar */
	const char *key;       /* in its map, or NULL */
	int key_line, key_column;
	struct node *child, *next;
	int count;
	size_t begin, end;     /* in characters, from the begin of the text */
	bool flow;             /* a list or map in brackets */
};

/* NULL: an empty text. */
struct node *yml_parse(const char *text, size_t size, const char *file);

/* The same of a file; a missing one dies with NOINPUT. */
struct node *yml_read(const char *path);

/* What a key of a map stands for; NULL: it has none, or n is no map. */
const struct node *yml_key(const struct node *n, const char *key);

/*
 * Append the text with one more entry, name: value, at the end of the map
 * that stands under key, which is made where there is none; all else stays
 * as it is, comments too.  value is {...} in one line.  False: it can't be
 * put in without changing what the rest says.
 */
bool yml_add(struct buf *to, const char *text, size_t size, const char *file,
    const char *key, const char *name, const char *value);

/* Append a text as a scalar in double quotes. */
void yml_quote(struct buf *, const char *);

#endif
