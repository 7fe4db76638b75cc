/*
 * brief -- what one wants to know of a contact while the phone is ringing,
 * and everything that ever happened with it.
 */
#ifndef CRM_BRIEF_H
#define CRM_BRIEF_H

#include <stdint.h>

struct buf;
struct db;
struct entity;
struct outform;
struct stmt;

/* Append the brief, as text. */
void brief_contact(struct db *, int64_t contact, struct buf *);

/* Any other row: a line for each column that has a value; and a deal's steps
 * from stage to stage. */
void brief_row(struct db *, const struct entity *, int64_t key,
    struct buf *);

/* Newest first: at, what, channel, direction, by, subject, outcome, body,
 * entity, key.  An organisation's includes its people's. */
struct stmt *brief_timeline(struct db *, int64_t contact);

#endif
