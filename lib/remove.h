/*
 * remove -- rows taken away, with what is nothing without them.
 *
 * A contact takes its ways to be reached, its occasions, tags and custom
 * values along, and any row its aliases.  Where other rows refer to it, it
 * is refused, or they go too: those that can do without it lose the
 * reference only.
 */
#ifndef CRM_REMOVE_H
#define CRM_REMOVE_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct db;
struct entity;

/* False: rows that refer to it hold it; why names them. */
bool remove_row(struct db *, const struct entity *, int64_t key,
    bool recursive, struct buf *why);

#endif
