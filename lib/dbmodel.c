/* The database beside one that was made a moment ago; its full text. */

#include "buf.h"
#include "db.h"
#include "dbcore.h"
#include "schema.h"

static void
make_model(struct db *model)
{
	int i;

	if (sqlite3_open(":memory:", &model->h) != SQLITE_OK)
		db_fail(model->h, "make a database in memory");
	for (i = 0; schema[i]; i++)
		db_execute(model, schema[i]);
	for (i = 0; views[i]; i++)
		db_execute(model, views[i]);
}

static const char sql_things[] =
    "SELECT type, name, sql"
    "  FROM sqlite_schema"
    " WHERE sql IS NOT NULL";

static const char sql_thing[] =
    "SELECT sql"
    "  FROM sqlite_schema"
    " WHERE type = :type"
    "   AND name = :name";

void
db_each_strange(struct db *db, void (*tell)(const char *problem))
{
	static struct db model;
	struct buf problem = { 0 };
	struct stmt *want, *have;
	struct arg is, should;
	bool there;

	make_model(&model);
	want = db_query(&model, sql_things, NOARGS);
	while (db_next(want)) {
		should = db_arg(want, 2);
		have = db_query(db, sql_thing, ARGS(STR(db_text(want, 0,
		    NULL)), STR(db_text(want, 1, NULL))));
		there = db_next(have);
		if (there)
			is = db_arg(have, 0);
		if (!there || !arg_same(&is, &should)) {
			buf_clear(&problem);
			buf_printf(&problem, "%s '%s' is %s",
			    db_text(want, 0, NULL), db_text(want, 1, NULL),
			    there ? "not as it was made" : "missing");
			tell(problem.text);
		}
		db_done(have);
	}
	db_done(want);
	db_forget(&model);
	sqlite3_close(model.h);
	buf_free(&problem);
}

/* FTS5 is asked by a statement that looks like writing. */
bool
db_sound_index(struct db *db, const char *table)
{
	struct buf sql = { 0 };
	int rc;

	buf_printf(&sql, "INSERT INTO %s (%s) VALUES ('integrity-check')",
	    table, table);
	db_execute(db, "PRAGMA query_only = 0");
	rc = sqlite3_exec(db->h, sql.text, NULL, NULL, NULL);
	db_execute(db, "PRAGMA query_only = 1");
	buf_free(&sql);
	if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_CORRUPT &&
	    (rc & 0xff) != SQLITE_READONLY)
		db_fail(db->h, "look into the full text");
	return (rc & 0xff) != SQLITE_CORRUPT;
}
