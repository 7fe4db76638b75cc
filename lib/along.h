/*
 * along -- what stands beside keys that are asked for one after another.
 *
 * A query over a range of keys, in their order, is read along with them for
 * as long as they ascend closely, which costs less than a look-up each; a key
 * that is elsewhere is looked up by itself.  Memory does not depend on either.
 */
#ifndef CRM_ALONG_H
#define CRM_ALONG_H

#include <stdint.h>

#include "db.h"

struct along;

/*
 * sql begins with the parameters :from and :to, between which the keys lie,
 * answers the key first and is ordered by it; an index must find them.  args
 * are the parameters behind these two, kept until the end.  Lives in the
 * arena; the statement until db_close.
 */
struct along *along_open(struct db *, const char *sql, const struct arg *args);

/* The rows of this key: the first; false: there is none.  Then its next. */
bool along_find(struct along *, int64_t key);
bool along_next(struct along *);

/* The statement, to read the present row. */
struct stmt *along_row(const struct along *);

#endif
