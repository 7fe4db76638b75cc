/*
 * operands -- the words after the options, by the rules all commands share:
 * an entity's name first is the entity; NAME=VALUE, NAME+=VALUE, NAME-=VALUE
 * are fields; "-" means rows from standard input; the rest are keys, and
 * after "--" everything is (or text, where a command takes text).
 */
#ifndef CRM_OPERANDS_H
#define CRM_OPERANDS_H

#include <stdbool.h>

struct entity;

struct field {
	const char *name, *value;
	char how; /* '=', '+' or '-' */
};

struct operands {
	const struct entity *entity; /* never NULL */
	struct field *fields;
	const char **keys;
	int nfields, nkeys;
	bool input;             /* "-" was there */
	const char *text;       /* what follows "--", joined by blanks */
	const char *words;      /* all that, without values, for history */
};

enum { OPERANDS_ENTITY = 1, OPERANDS_TEXT = 2 };

/* argv from n on.  flags: may an entity be named (else it is contact), is
 * what follows "--" text?  Wrong words end the command with USAGE. */
struct operands operands_read(int argc, char *argv[], int n, int flags);

/* Is there such a field?  One more, as an option or a key says it; none where
 * value is NULL.  One that is there already ends the command with USAGE. */
bool operands_have(const struct operands *, const char *name);
void operands_add(struct operands *, const char *name, const char *value);

#endif
