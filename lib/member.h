/*
 * member -- who is in a segment: by its rule now, and day by day as it was
 * recorded.
 *
 * A membership begins on the day since and is over on the day until.  Those
 * of a static segment are written as contacts are put in and taken out; of
 * the others member_record writes down who is in today.  Both leave a row for
 * each stretch of days: who is taken out on the day of coming in was never
 * in, and who comes back on the day of leaving never left.
 */
#ifndef CRM_MEMBER_H
#define CRM_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"
#include "store.h"

struct buf;
struct db;
struct segment;
struct stmt;

/* Put a contact in, or take it out; inside an operation, a static segment
 * only.  UPDATED, UNCHANGED, or REFUSED where later days are recorded; said
 * becomes why. */
enum done member_add(struct db *, const struct segment *, int64_t contact,
    struct buf *said);
enum done member_remove(struct db *, const struct segment *,
    int64_t contact, struct buf *said);

/* Is it an expression that a segment may have?  Else why. */
bool member_rule(struct db *, const char *where, struct buf *why);

/* Die with CONFIG if the rule of a segment is wrong. */
void member_check(struct db *, const struct segment *);

/* Who is in now: contact, tier (NULL: none), by contact. */
struct stmt *member_query(struct db *, const struct segment *);

/* Record who is in today, inside an operation; and a row of how many are in,
 * entered, left, and changed their tier.  Where later days are recorded it
 * ends the command with NO. */
extern const struct outcol member_record_columns[];
void member_record(struct db *, const struct segment *, struct out *);

/*
 * How contacts moved from one day to another, by the records: from_tier,
 * to_tier ("in" where there are no tiers, "out"), contacts; or with keys a
 * row for each of them: contact, name, from_tier, to_tier.  Warns where the
 * first day is before the first record.
 */
extern const struct outcol member_moves_columns[], member_moved_columns[];
struct stmt *member_moves(struct db *, const struct segment *, int64_t from,
    int64_t to, bool keys);

/* A row of how many are in the one only, both, the other only; and the
 * Jaccard index, both by all of them. */
extern const struct outcol member_overlap_columns[];
void member_overlap(struct db *, const struct segment *,
    const struct segment *, struct out *);

/* A row for each segment: what it is. */
extern const struct outcol member_names_columns[];
void member_names(struct out *);

/* What a segment is and what it weighs: one row, or one a tier.  For a
 * reader. */
extern const struct outcol member_columns[];
void member_show(struct db *, const struct segment *, struct out *);

#endif
