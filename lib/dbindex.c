/* Loading into empty tables: their indexes are made after it, sorted, which
 * takes half the time of keeping them. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbcore.h"

static char *remake; /* what makes them again; in the arena */

static bool
all_empty(struct db *db, const char *const tables[])
{
	struct buf sql = { 0 };
	bool some = false;
	struct stmt *s;
	int i;

	for (i = 0; tables[i] && !some; i++) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT 1 FROM %s LIMIT 1", tables[i]);
		s = db_prepare(db, sql.text);
		some = db_next(s);
		db_done(s);
	}
	buf_free(&sql);
	return !some;
}

static const char sql_indexes[] =
    "SELECT name, sql"
    "  FROM sqlite_schema"
    " WHERE type = 'index'"
    "   AND tbl_name = :table"
    "   AND sql IS NOT NULL";

static void
run(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		db_fail(db->h, sql);
}

bool
db_unindex(struct db *db, const char *const tables[])
{
	struct buf drop = { 0 }, make = { 0 };
	struct stmt *s;
	int i;

	if (!all_empty(db, tables))
		return false;
	for (i = 0; tables[i]; i++) {
		s = db_query(db, sql_indexes, ARGS(STR(tables[i])));
		while (db_next(s)) {
			buf_printf(&drop, "DROP INDEX %s;",
			    db_text(s, 0, NULL));
			buf_printf(&make, "%s;", db_text(s, 1, NULL));
		}
		db_done(s);
	}
	run(db, buf_get(&drop));
	remake = arena_copy(buf_get(&make));
	buf_free(&drop);
	buf_free(&make);
	return true;
}

void
db_index(struct db *db)
{
	if (remake)
		run(db, remake);
	remake = NULL;
}
