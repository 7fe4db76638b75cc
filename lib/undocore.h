/* undocore -- what undo.c, undofield.c and undorow.c share; nobody else's. */
#ifndef CRM_UNDOCORE_H
#define CRM_UNDOCORE_H

#include <stdbool.h>
#include <stdint.h>

struct arg;
struct db;
struct entity;

struct undo {
	struct db *db;
	int64_t op; /* the one taken back */
};

/* The table's own name for a column that history names; NULL: it has none. */
const char *undo_field(struct undo *, const struct entity *,
    const char *field);

enum restored { RESTORED, CHANGED_SINCE, REMOVED_SINCE, FORBIDDEN };

/* Give a field back what it held, if it still holds what was written. */
enum restored undo_restore(struct undo *, const struct entity *, int64_t key,
    const char *field, const struct arg *before, const struct arg *after);

/* Put a row back as it was; false: a constraint is against it. */
bool undo_return(struct undo *, const struct entity *, int64_t key);

#endif
