/* What a transaction writes, told row by row through the preupdate hook. */
#include <string.h>

#include "arena.h"
#include "db.h"
#include "dbcore.h"

struct watch {
	const struct watcher *w;
	const char *last; /* SQLite's own copy of the table's name */
	int table;        /* and its place, or -1 */
};

static int
place(struct watch *h, const char *table)
{
	int i;

	if (table == h->last)
		return h->table;
	for (i = 0; h->w->tables[i]; i++)
		if (strcmp(h->w->tables[i], table) == 0)
			break;
	h->last = table;
	h->table = h->w->tables[i] ? i : -1;
	return h->table;
}

static struct arg
arg_of(sqlite3_value *v)
{
	struct arg a = { .type = ARG_NULL };

	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		return (struct arg)INT(sqlite3_value_int64(v));
	case SQLITE_FLOAT:
		a.type = ARG_REAL;
		a.r = sqlite3_value_double(v);
		break;
	case SQLITE_NULL:
		break;
	default:
		a.type = ARG_TEXT;
		/* SQLite forgets that it had no memory for the copy */
		if (!(a.t = (const char *)sqlite3_value_text(v)))
			die(MEMORY, "out of memory");
		a.size = (size_t)sqlite3_value_bytes(v);
	}
	return a;
}

static void
must(int rc, const char *which)
{
	if (rc == SQLITE_NOMEM)
		die(MEMORY, "out of memory");
	if (rc != SQLITE_OK)
		die(BUG, "cannot see the row %s", which);
}

static void
fields(struct watch *h, sqlite3 *db, int64_t key, bool deleted)
{
	int i, n = sqlite3_preupdate_count(db);
	struct arg before, after = { .type = ARG_NULL };
	sqlite3_value *v;

	for (i = 0; i < n; i++) {
		must(sqlite3_preupdate_old(db, i, &v), "before");
		before = arg_of(v);
		if (!deleted) {
			must(sqlite3_preupdate_new(db, i, &v), "after");
			after = arg_of(v);
		}
		if (deleted ? i == 0 || before.type != ARG_NULL :
		    !arg_same(&before, &after))
			h->w->changed(h->w->data, h->table, key, i, &before,
			    &after);
	}
}

static void
see(void *data, sqlite3 *db, int action, const char *base, const char *table,
    sqlite3_int64 before, sqlite3_int64 after)
{
	struct watch *h = data;

	(void)base;
	if (place(h, table) < 0)
		return;
	if (action == SQLITE_INSERT)
		h->w->inserted(h->w->data, h->table, after);
	else
		fields(h, db, before, action == SQLITE_DELETE);
}

void
db_watch(struct db *db, const struct watcher *w)
{
	if (!w) {
		sqlite3_preupdate_hook(db->h, NULL, NULL);
		return;
	}
	if (!db->watch)
		db->watch = arena_get(sizeof(*db->watch));
	*db->watch = (struct watch){ .w = w, .table = -1 };
	sqlite3_preupdate_hook(db->h, see, db->watch);
}
