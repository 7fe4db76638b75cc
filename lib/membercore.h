/* membercore -- what the member*.c share; nobody else's. */
#ifndef CRM_MEMBERCORE_H
#define CRM_MEMBERCORE_H

#include <stdint.h>

struct arg;
struct buf;
struct db;
struct segment;

/* Append "in_segment('NAME')" or "tier('NAME')" as SQL, by the summaries,
 * which are made known; returns those that it needs (catalog.h). */
unsigned member_sql(struct db *, const struct segment *, const char *helper,
    struct buf *);

/* The row of the segment, or 0; make it if it is not there. */
int64_t member_segment(struct db *, const struct segment *);
int64_t member_make(struct db *, const struct segment *);

/* Begin today; tier NULL: none.  End today what began then. */
void member_enter(struct db *, int64_t segment, int64_t contact,
    const struct arg *tier);
void member_leave(struct db *, int64_t membership, const char *since);

#endif
