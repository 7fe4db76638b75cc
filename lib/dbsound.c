/* Are the tables of a file those that the schema makes? */
#include <string.h>

#include "db.h"
#include "dbcore.h"
#include "schema.h"

/* Indexes are no part of it: a load takes them away for a while. */
static const char sql_objects[] =
    "SELECT name, sql"
    "  FROM sqlite_schema"
    " WHERE type = 'table' OR type = 'view'"
    " ORDER BY name";

static const char sql_object[] =
    "SELECT count(*)"
    "  FROM sqlite_schema"
    " WHERE name = :name AND sql = :sql";

/* But one that is there is as we make it, and none is another's: an index can
 * compute. */
static const char sql_indexes[] =
    "SELECT name, sql"
    "  FROM sqlite_schema"
    " WHERE type = 'index'"
    "   AND sql IS NOT NULL";

static bool
make(sqlite3 *model)
{
	int i;

	for (i = 0; schema[i]; i++)
		if (sqlite3_exec(model, schema[i], NULL, NULL, NULL))
			return false;
	for (i = 0; views[i]; i++)
		if (sqlite3_exec(model, views[i], NULL, NULL, NULL))
			return false;
	return true;
}

static bool
has(sqlite3_stmt *there, sqlite3_stmt *wanted)
{
	bool found;

	sqlite3_bind_value(there, 1, sqlite3_column_value(wanted, 0));
	sqlite3_bind_value(there, 2, sqlite3_column_value(wanted, 1));
	found = sqlite3_step(there) == SQLITE_ROW &&
	    sqlite3_column_int(there, 0) > 0;
	sqlite3_reset(there);
	return found;
}

/* What the query names of one, has the other all of it? */
static bool
covers(sqlite3 *one, const char *sql, sqlite3 *other)
{
	sqlite3_stmt *wanted = NULL, *there = NULL;
	bool all;

	all = sqlite3_prepare_v2(one, sql, -1, &wanted, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(other, sql_object, -1, &there, NULL) ==
		SQLITE_OK;
	while (all && sqlite3_step(wanted) == SQLITE_ROW)
		all = has(there, wanted);
	sqlite3_finalize(there);
	sqlite3_finalize(wanted);
	return all;
}

bool
db_sound(sqlite3 *h)
{
	sqlite3 *model = NULL;
	bool sound = true;

	sqlite3_set_authorizer(h, NULL, NULL); /* the command ends anyway */
	if (sqlite3_open(":memory:", &model) == SQLITE_OK && make(model))
		sound = covers(model, sql_objects, h) &&
		    covers(h, sql_indexes, model);
	sqlite3_close(model);
	return sound;
}
