/* findcore -- what the find*.c share; nobody else's. */
#ifndef CRM_FINDCORE_H
#define CRM_FINDCORE_H

#include "buf.h"

/* What is searched: rowid of the index = SHARES * key + place in here. */
enum { FIND_SHARES = 8, FIND_FIELDS = 10 };

/* Columns of the index. */
enum { FIND_NAME, FIND_HANDLE, FIND_TEXT, FIND_COLUMNS };

struct findable {
	const char *entity;
	struct {
		const char *name;
		int into; /* column of the index */
	} fields[FIND_FIELDS]; /* ended by a NULL name */
	const char *of, *when; /* whose it is, and of which day: SQL over t */
};

extern const struct findable findables[]; /* ended by a NULL entity */

/* Text as it is indexed and looked for. */
void find_fold(struct buf *, const char *, size_t);

#endif
