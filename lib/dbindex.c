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

/* Names and texts come from the file, which somebody else may have made. */
static const char sql_indexes[] =
    "SELECT 'DROP INDEX \"' || replace(name, '\"', '\"\"') || '\"', sql"
    "  FROM sqlite_schema"
    " WHERE type = 'index'"
    "   AND tbl_name = :table"
    "   AND sql IS NOT NULL";

/* The first statement of a text, and whatever comes after it is not one. */
static void
run(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);

	while (db_next(s))
		;
	db_done(s);
}

/* Each of the texts, which a NUL ends, and an empty one all. */
static void
run_each(struct db *db, const char *sql)
{
	for (; *sql; sql += strlen(sql) + 1)
		run(db, sql);
}

static void
add(struct buf *list, const char *sql)
{
	buf_add(list, sql, strlen(sql));
	buf_char(list, '\0');
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
			add(&drop, db_text(s, 0, NULL));
			add(&make, db_text(s, 1, NULL));
		}
		db_done(s);
	}
	run_each(db, buf_get(&drop));
	remake = arena_slice(buf_get(&make), make.len);
	buf_free(&drop);
	buf_free(&make);
	return true;
}

void
db_index(struct db *db)
{
	if (remake)
		run_each(db, remake);
	remake = NULL;
}
