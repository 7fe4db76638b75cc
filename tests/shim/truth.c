/* What a database holds, as one number, and whether it is sound. */
#include <sqlite3.h>
#include <string.h>

#include "stage.h"

/* Read as a reader of ours does: whoever writes next cleans up. */
static sqlite3 *
look_into(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL))
		stage_die("cannot open: %s", sqlite3_errmsg(db));
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_wal_autocheckpoint(db, 0);
	return db;
}

static sqlite3 *guest;

void
truth_hold(void)
{
	guest = look_into(stage_db());
	if (sqlite3_exec(guest, "BEGIN; SELECT 1 FROM sqlite_schema", NULL,
	    NULL, NULL) != SQLITE_OK)
		stage_die("cannot read: %s", sqlite3_errmsg(guest));
}

void
truth_leave(void)
{
	sqlite3_close(guest);
	guest = NULL;
}

static uint64_t
stir(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	while (n--)
		h = (h ^ *p++) * UINT64_C(1099511628211); /* FNV-1a */
	return h;
}

/* 0: it can't be read. */
static uint64_t
rows(sqlite3 *db, const char *sql, uint64_t h)
{
	sqlite3_stmt *s;
	int i, type, rc;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		return 0;
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		for (i = 0; i < sqlite3_column_count(s); i++) {
			type = sqlite3_column_type(s, i);
			h = stir(h, &type, sizeof(type));
			h = stir(h, sqlite3_column_blob(s, i),
			    (size_t)sqlite3_column_bytes(s, i));
		}
	sqlite3_finalize(s);
	return rc == SQLITE_DONE ? h : 0;
}

/* But the index of crm-find and how far it is: made from the others. */
static const char sql_tables[] =
    "SELECT 'SELECT * FROM ' || name || ' ORDER BY rowid'"
    "  FROM sqlite_schema"
    " WHERE type = 'table'"
    "   AND name NOT LIKE 'sqlite%'"
    "   AND name NOT LIKE 'find%'"
    "   AND name <> 'found'"
    " ORDER BY name";

uint64_t
truth_digest(const char *path)
{
	uint64_t h = UINT64_C(14695981039346656037);
	sqlite3 *db = look_into(path);
	sqlite3_stmt *s = NULL;

	if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(db, sql_tables, -1, &s, NULL) != SQLITE_OK)
		h = 0;
	while (h && sqlite3_step(s) == SQLITE_ROW)
		h = rows(db, (const char *)sqlite3_column_text(s, 0), h);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return h;
}

static bool
nothing(sqlite3 *db, const char *sql, const char *but)
{
	bool none = true;
	sqlite3_stmt *s;
	int rc;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		return false;
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		none = none && but &&
		       strcmp((const char *)sqlite3_column_text(s, 0),
			   but) == 0;
	sqlite3_finalize(s);
	return none && rc == SQLITE_DONE;
}

const char *
truth_unsound(const char *path)
{
	sqlite3 *db = look_into(path);
	const char *wrong = NULL;

	if (!nothing(db, "PRAGMA integrity_check", "ok"))
		wrong = "the file is damaged";
	else if (!nothing(db, "PRAGMA foreign_key_check", NULL))
		wrong = "a reference leads nowhere";
	sqlite3_close(db);
	return wrong;
}
