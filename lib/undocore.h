/* undocore -- what undo.c, undofield.c and undorow.c share; nobody else's. */
#ifndef CRM_UNDOCORE_H
#define CRM_UNDOCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "undo.h"

struct arg;
struct db;
struct entity;

enum { ENTITIES = 64 };

struct undo {
	struct db *db;
	int64_t op; /* the one taken back */
	bool newest; /* none came after it */
	void (*tell)(const struct undone *);
	int64_t removed[ENTITIES], restored[ENTITIES], returned[ENTITIES];
};

/* Tell of something kept; field may be NULL. */
void undo_keep(struct undo *, const char *entity, int64_t key,
    const char *field, const char *reason, int64_t by);

/* The last operation after this one that changed the row (or the field of
 * it) and still holds; 0: none. */
int64_t undo_holder(struct undo *, const char *entity, int64_t key,
    const char *field);

/* Keys that could not be dealt with yet.  Rows that refer to each other take
 * several passes: act on each again while any succeeds, give up the rest. */
struct waiting {
	struct buf keys;
};
void undo_wait(struct waiting *, int64_t key);
void undo_retry(struct undo *, struct waiting *, int at,
    bool (*act)(struct undo *, int at, int64_t key),
    void (*give_up)(struct undo *, int at, int64_t key));

/* Remove every row that the operation made and that nothing holds. */
void undo_made(struct undo *);

/* The table's own name for a column that history names; NULL: it has none. */
const char *undo_field(struct undo *, const struct entity *,
    const char *field);

enum restored { RESTORED, CHANGED_SINCE, REMOVED_SINCE, FORBIDDEN };

/* Give a field back what it held, if it still holds what was written. */
enum restored undo_restore(struct undo *, const struct entity *, int64_t key,
    const char *field, const struct arg *before, const struct arg *after);

/* The same for fields (named as undo_field does) that a constraint ties
 * together; each still holds what was written.  False: one is against it. */
bool undo_together(struct undo *, const struct entity *, int64_t key,
    const char *const *fields, int n);

/* Put a row back as it was; false: a constraint is against it. */
bool undo_return(struct undo *, const struct entity *, int64_t key);

#endif
