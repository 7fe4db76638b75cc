/*
 * unwatched -- crm-add, linked so that it gathers no history: what a bulk
 * load would cost without.
 */
#include "db.h"

void __wrap_db_watch(struct db *, const struct watcher *);

/* One row is told of: what wrote nothing is not committed. */
void
__wrap_db_watch(struct db *db, const struct watcher *w)
{
	(void)db;
	if (w)
		w->inserted(w->data, 0, 1);
}
