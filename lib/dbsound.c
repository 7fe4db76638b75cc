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

bool
db_sound(sqlite3 *h)
{
	sqlite3 *model = NULL;
	sqlite3_stmt *wanted = NULL, *there = NULL;
	bool sound = true;

	sqlite3_set_authorizer(h, NULL, NULL); /* the command ends anyway */

	if (sqlite3_open(":memory:", &model) == SQLITE_OK && make(model) &&
	    sqlite3_prepare_v2(model, sql_objects, -1, &wanted, NULL) ==
		SQLITE_OK) {
		sound = sqlite3_prepare_v2(h, sql_object, -1, &there,
		    NULL) == SQLITE_OK;
		while (sound && sqlite3_step(wanted) == SQLITE_ROW)
			sound = has(there, wanted);
	}
	sqlite3_finalize(there);
	sqlite3_finalize(wanted);
	sqlite3_close(model);
	return sound;
}
