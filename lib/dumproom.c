/* The database that a dump goes into. */
#include <string.h>

#include "buf.h"
#include "db.h"
#include "die.h"
#include "dump.h"
#include "dumpcore.h"
#include "erase.h"

/* What crm-init wrote gives way, and what can be made again. */
static const struct {
	const char *table;
	int64_t rows; /* so many may be there */
} own[] = { { "range", 1 }, { "op", 1 }, { "staff", 1 },
	{ "erased", INT64_MAX }, { "found", INT64_MAX }, { NULL, 0 } };

static int64_t
last_key(struct db *db, const char *table)
{
	struct buf sql = { 0 };
	struct stmt *s;
	int64_t key;

	buf_printf(&sql, "SELECT max(rowid) FROM %s", table);
	s = db_prepare(db, sql.text);
	key = db_next(s) ? db_int(s, 0) : 0;
	db_done(s);
	buf_free(&sql);
	return key;
}

void
dump_make_room(struct db *db)
{
	const char *const *table;
	struct buf sql = { 0 };
	struct stmt *s;
	int i;

	for (table = dump_tables(db); *table; table++) {
		for (i = 0; own[i].table; i++)
			if (strcmp(own[i].table, *table) == 0)
				break;
		if (last_key(db, *table) > own[i].rows)
			die(DATA, "the database is not empty: table '%s' has "
			    "rows", *table);
	}
	for (i = 0; own[i].table; i++) {
		buf_clear(&sql);
		buf_printf(&sql, "DELETE FROM %s", own[i].table);
		s = db_prepare(db, sql.text);
		db_next(s);
		db_done(s);
	}
	buf_free(&sql);
}

static const char sql_erased[] =
    "SELECT erased"
    "  FROM erased";

void
dump_erased(struct db *db)
{
	struct stmt *s = db_query(db, sql_erased, NOARGS);

	while (db_next(s))
		erase_note(db, db_int(s, 0));
	db_done(s);
}
