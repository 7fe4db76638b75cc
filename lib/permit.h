/*
 * permit -- who may undo, remove, forget and force: permit in crm.yaml.
 *
 * It guards against mistakes, not malice: whoever can write to the file can
 * write to it with another program, or say that he is somebody else.  What
 * is not permitted ends the command with DENIED and a message that names the
 * key, before anything is written.
 */
#ifndef CRM_PERMIT_H
#define CRM_PERMIT_H

#include <stdint.h>

struct db;
struct entity;

/* May I undo this operation?  Its author decides. */
void permit_undo(struct db *, int64_t op);

/* May I do this, "rm", "forget" or "force", to a row?  The owner of its
 * contact decides; what is of no contact is anyone's, or nobody's. */
void permit_row(struct db *, const char *act, const struct entity *,
    int64_t key);

#endif
