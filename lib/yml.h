/*
 * yml -- strict YAML: maps, lists and scalars, nothing clever.
 *
 * An alias, anchor, tag, second document, repeated key, depth over 16 or text
 * over 256 KiB ends the command with CONFIG and FILE:LINE:COLUMN.
 */
#ifndef CRM_YML_H
#define CRM_YML_H

#include <stddef.h>

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
};

/* NULL: an empty text. */
struct node *yml_parse(const char *text, size_t size, const char *file);

/* The same of a file; a missing one dies with NOINPUT. */
struct node *yml_read(const char *path);

#endif
