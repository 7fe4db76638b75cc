/* Keys that a query is narrowed to, or that it leaves out: rows of temporary
 * tables, so that there may be any number of them. */
#include "db.h"
#include "dbcore.h"

static const char sql_make_picked[] =
    "CREATE TEMP TABLE picked (n INTEGER PRIMARY KEY, key INTEGER UNIQUE)";
static const char sql_make_excepted[] =
    "CREATE TEMP TABLE excepted (key INTEGER PRIMARY KEY)";

static const char sql_pick[] =
    "INSERT OR IGNORE INTO temp.picked (key) VALUES (:key)";
static const char sql_except[] =
    "INSERT OR IGNORE INTO temp.excepted (key) VALUES (:key)";

static const struct {
	const char *make, *put;
} picks[] = {
	[PICK] = { sql_make_picked, sql_pick },
	[EXCEPT] = { sql_make_excepted, sql_except },
};

static void
run(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		db_fail(db->h, sql);
}

void
db_pick_begin(struct db *db, enum pick which)
{
	if (!db->writes)
		run(db, "PRAGMA query_only = 0");
	run(db, picks[which].make);
	if (!db->writes)
		run(db, "BEGIN");
}

void
db_pick(struct db *db, enum pick which, int64_t key)
{
	db_run(db, picks[which].put, ARGS(INT(key)));
}

void
db_pick_end(struct db *db)
{
	if (db->writes)
		return; /* its transaction goes on */
	run(db, "COMMIT");
	run(db, "PRAGMA query_only = 1");
}

void
db_scratch_begin(struct db *db, const char *sql)
{
	run(db, "PRAGMA query_only = 0");
	run(db, sql);
	run(db, "BEGIN");
}

void
db_scratch_end(struct db *db)
{
	db_pick_end(db);
}
