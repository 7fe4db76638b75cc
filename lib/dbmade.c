/* Was the file made by crm?  Asked only where a statement of ours fails, by
 * holding it against a database made this moment, in memory. */
#include <string.h>

#include "db.h"
#include "dbcore.h"
#include "schema.h"

bool
db_table(const char *name)
{
	static const char make[] = "CREATE TABLE ";
	size_t n = strlen(name);
	const char *at;
	int i;

	for (i = 0; schema[i]; i++)
		for (at = schema[i]; (at = strstr(at, make));)
			if (strncmp(at += strlen(make), name, n) == 0 &&
			    at[n] == ' ')
				return true;
	return false;
}

static sqlite3 *
model(void)
{
	sqlite3 *h = NULL;
	int i;

	if (sqlite3_open(":memory:", &h) != SQLITE_OK)
		die(MEMORY, "out of memory");
	for (i = 0; schema[i]; i++)
		sqlite3_exec(h, schema[i], NULL, NULL, NULL);
	return h;
}

static const char sql_things[] =
    "SELECT name, type, sql"
    "  FROM sqlite_schema"
    " WHERE type <> 'view'"
    "   AND sql IS NOT NULL";

static const char sql_same[] =
    "SELECT 1"
    "  FROM sqlite_schema"
    " WHERE name = :name"
    "   AND type = :type"
    "   AND sql = :sql";

/* Dies with the first thing of one that the other lacks. */
static void
compare(sqlite3 *one, sqlite3 *other, const char *file)
{
	sqlite3_stmt *things = NULL, *same = NULL;
	int i;

	if (sqlite3_prepare_v2(one, sql_things, -1, &things, NULL) ||
	    sqlite3_prepare_v2(other, sql_same, -1, &same, NULL))
		things = NULL;
	while (things && sqlite3_step(things) == SQLITE_ROW) {
		for (i = 0; i < 3; i++)
			sqlite3_bind_value(same, i + 1,
			    sqlite3_column_value(things, i));
		if (sqlite3_step(same) != SQLITE_ROW)
			die(DATA, "'%s' is not as crm made it: %s '%s'", file,
			    (const char *)sqlite3_column_text(things, 1),
			    (const char *)sqlite3_column_text(things, 0));
		sqlite3_reset(same);
	}
	sqlite3_finalize(things);
	sqlite3_finalize(same);
}

void
db_check_made(sqlite3 *h)
{
	const char *file = sqlite3_db_filename(h, "main");
	sqlite3 *ours = model();

	sqlite3_set_authorizer(h, NULL, NULL);
	compare(ours, h, file);
	compare(h, ours, file);
	sqlite3_close(ours);
}
