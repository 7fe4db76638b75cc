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
		a.t = db_value_text(v);
		a.size = (size_t)sqlite3_value_bytes(v);
	}
	return a;
}

enum { FIELDS = 64 };

static struct arg
value_of(sqlite3 *db, int (*get)(sqlite3 *, int, sqlite3_value **), int field)
{
	sqlite3_value *v;
	int rc = get(db, field, &v);

	if (rc == SQLITE_NOMEM)
		die(MEMORY, "out of memory");
	if (rc != SQLITE_OK)
		die(BUG, "cannot see the row before it changes");
	return arg_of(v);
}

static void
change(struct watch *h, sqlite3 *db, int64_t key)
{
	int i, n = sqlite3_preupdate_count(db);
	struct arg before, after;

	for (i = 0; i < n; i++) {
		before = value_of(db, sqlite3_preupdate_old, i);
		after = value_of(db, sqlite3_preupdate_new, i);
		if (!arg_same(&before, &after))
			h->w->changed(h->w->data, h->table, key, i, &before,
			    &after);
	}
}

static void
removal(struct watch *h, sqlite3 *db, int64_t key)
{
	int i, n = sqlite3_preupdate_count(db);
	struct arg row[FIELDS];

	if (n > FIELDS)
		die(BUG, "more than %d columns", FIELDS);
	for (i = 0; i < n; i++)
		row[i] = value_of(db, sqlite3_preupdate_old, i);
	h->w->removed(h->w->data, h->table, key, row, n);
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
	else if (action == SQLITE_DELETE)
		removal(h, db, before);
	else
		change(h, db, before);
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
