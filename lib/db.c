#include "db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "dbcore.h"
#include "schema.h"

enum {
	OURS = 0x63726d31, /* application_id: "crm1" */
};

/* What SQLite says, as this program's status. */
static enum status
status_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return BUSY;
	case SQLITE_NOMEM:
		return MEMORY;
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return DATA;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return DENIED;
	case SQLITE_CANTOPEN:
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return TROUBLE;
	default:
		return BUG;
	}
}

bool db_user_error;

/* The file's fault, if it is not as we make them; else this program's. */
NORETURN static void
blame_somebody(sqlite3 *h, const char *what)
{
	char said[512];

	snprintf(said, sizeof(said), "%s", sqlite3_errmsg(h));
	if (!db_sound(h))
		die(DATA, "'%s' is damaged: its tables are not those of crm",
		    sqlite3_db_filename(h, "main"));
	die(BUG, "cannot %s: %s", what, said);
}

void
db_fail(sqlite3 *h, const char *what)
{
	int rc = h ? sqlite3_errcode(h) : SQLITE_NOMEM;

	if (h && (rc & 0xff) == SQLITE_NOTADB)
		die(DATA, "'%s' is not a database",
		    sqlite3_db_filename(h, "main"));
	if (db_user_error)
		die(db_blame ? db_blame : USAGE, "%s", sqlite3_errmsg(h));
	if (rc == SQLITE_INTERRUPT)
		db_stopped();
	if (db_blame && (rc == SQLITE_ERROR || rc == SQLITE_TOOBIG))
		die(db_blame, "%s", sqlite3_errmsg(h));
	if (h && strcmp(sqlite3_errmsg(h), "malformed JSON") == 0)
		die(DATA, "'%s' is damaged: its history can't be read; "
		    "crm-check tells where", sqlite3_db_filename(h, "main"));
	if (h && status_of(rc) == BUG)
		blame_somebody(h, what);
	die(status_of(rc), "cannot %s: %s", what,
	    h ? sqlite3_errmsg(h) : "out of memory");
}

void
db_execute(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		db_fail(db->h, sql);
}

/* Busy is rare, since writers queue on the lock file: someone else's shell
 * or a recovery.  Short sleeps of uneven length, until the timeout. */
static int
be_patient(void *data, int tries)
{
	struct timespec nap = { 0, 200000 + (tries * 7919 % 18) * 100000 };

	(void)data;
	nanosleep(&nap, NULL);
	return tries < db_timeout() * 800;
}

static struct db *
new_db(const char *path, enum dbmode mode)
{
	struct db *db = arena_get(sizeof(*db));

	db->path = path;
	db->lock = -1;
	db->writes = mode == DB_WRITE;
	return db;
}

static bool
has_wal(const char *path)
{
	struct buf b = { 0 };
	bool there;

	buf_printf(&b, "%s-wal", path);
	there = access(b.text, F_OK) == 0;
	buf_free(&b);
	return there;
}

/* SQLite takes "file:" and ":memory:", and in a URI "//", for more than the
 * beginning of a name. */
static const char *
plain_name(const char *path)
{
	struct buf b = { 0 };
	const char *name;

	while (path[0] == '/' && path[1] == '/')
		path++;
	if (*path == '/')
		return path;
	buf_printf(&b, "./%s", path);
	name = arena_copy(b.text);
	buf_free(&b);
	return name;
}

static void
connect(struct db *db)
{
	const char *path = db->path;
	int flags = SQLITE_OPEN_READWRITE;

	/* one thread, nobody asks how much memory, and parsing the schema
	 * takes many small pieces of it */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 512, 512);
	if (access(path, R_OK) != 0)
		die(errno == EACCES ? DENIED : NOINPUT,
		    "cannot open the database '%s': %s", path,
		    errno == ENOENT ? "no such file; crm-init makes one" :
		    strerror(errno));
	db_must_be_file(path);
	path = plain_name(path);
	if (access(path, W_OK) != 0 || !db_folder_writable(path)) {
		if (db->writes)
			die(DENIED, "cannot write to the database '%s': %s",
			    path, strerror(errno));
		if (!has_wal(path)) {
			path = db_immutable(path);
			flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
		}
	}
	if (sqlite3_open_v2(path, &db->h, flags, NULL) != SQLITE_OK)
		db_fail(db->h, "open the database");
	sqlite3_extended_result_codes(db->h, 1);
	sqlite3_busy_handler(db->h, be_patient, NULL);
	db_harden(db);
	if (sqlite3_errcode(db->h) != SQLITE_OK)
		db_fail(db->h, "open the database");
}

static int64_t
pragma(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);
	int64_t n = db_next(s) ? db_int(s, 0) : 0;

	db_done(s);
	return n;
}

/* Names and places of the objects to remake come from the database. */
static const char sql_views[] =
    "SELECT 'DROP VIEW \"' || replace(name, '\"', '\"\"') || '\"'"
    "  FROM sqlite_schema"
    " WHERE type = 'view'";

static void
remake_views(struct db *db)
{
	struct buf drop = { 0 };
	struct stmt *s = db_prepare(db, sql_views);
	int i;

	while (db_next(s))
		buf_printf(&drop, "%s;", db_text(s, 0, NULL));
	db_done(s);
	db_execute(db, buf_get(&drop));
	buf_free(&drop);
	for (i = 0; views[i]; i++)
		db_execute(db, views[i]);
}

static void
upgrade(struct db *db, int64_t have)
{
	struct buf bump = { 0 };
	int64_t want = have;

	db_begin(db);
	for (; schema[want]; want++)
		db_execute(db, schema[want]);
	remake_views(db);
	buf_printf(&bump, "PRAGMA user_version = %lld", (long long)want);
	db_execute(db, bump.text);
	buf_free(&bump);
	db_commit(db);
}

static int64_t
steps(void)
{
	int64_t n;

	for (n = 0; schema[n]; n++)
		;
	return n;
}

int64_t
db_schema(struct db *db)
{
	return pragma(db, "PRAGMA user_version");
}

static void
check_version(struct db *db)
{
	int64_t have, want = steps();

	if (pragma(db, "PRAGMA application_id") != OURS)
		die(DATA, "'%s' is not a database of crm", db->path);
	have = db_schema(db);
	if (have > want)
		die(DATA, "'%s' needs a newer crm: its schema is %lld, "
		    "this one knows %lld", db->path, (long long)have,
		    (long long)want);
	if (have == want)
		return;
	if (db->writes) {
		upgrade(db, have);
		return;
	}
	db_close(db_open(db->path, DB_WRITE));
}

struct db *
db_open(const char *path, enum dbmode mode)
{
	struct db *db = new_db(path, mode);

	if (db->writes && getenv("CRM_ASOF"))
		die(DENIED, "the past can't be written: this is the database "
		    "as of %s", getenv("CRM_ASOF"));
	connect(db);
	if (!db->writes) {
		sqlite3_wal_autocheckpoint(db->h, 0);
		sqlite3_db_config(db->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		    NULL);
		check_version(db);
		db_execute(db, "PRAGMA query_only = 1");
		return db;
	}
	/* who waits is connected already: then the one before is not the
	 * last to close, and needn't copy the log and take it away */
	db_schema(db);
	db_lock(db);
	db_execute(db, "PRAGMA foreign_keys = 1; PRAGMA synchronous = FULL;"
	    "PRAGMA journal_size_limit = 67108864");
	check_version(db);
	return db;
}

void
db_create(const char *path, bool group)
{
	struct db *db = new_db(path, DB_WRITE);

	db_make_file(path, group);
	connect(db);
	db_lock(db);
	db_execute(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	    "PRAGMA application_id = 0x63726d31");
	upgrade(db, 0);
	db_close(db);
}

void
db_close(struct db *db)
{
	db_forget(db);
	if (db->writes && db->lock < 0) /* a checkpoint wants the lock */
		sqlite3_db_config(db->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
		    NULL);
	if (sqlite3_close(db->h) != SQLITE_OK)
		db_fail(db->h, "close the database");
	if (db->lock >= 0)
		close(db->lock);
}

void
db_begin(struct db *db)
{
	if (db->writes)
		db_lock(db);
	db_execute(db, "BEGIN IMMEDIATE");
	db->transaction = true;
}

void
db_snapshot(struct db *db)
{
	db_execute(db, "BEGIN");
}

void
db_unchecked(struct db *db)
{
	db_execute(db, "PRAGMA foreign_keys = 0");
}

void
db_commit(struct db *db)
{
	db_execute(db, "COMMIT");
	db->transaction = false;
}

void
db_rollback(struct db *db)
{
	db_execute(db, "ROLLBACK");
	db->transaction = false;
}

void
db_expect_bulk(struct db *db, int mebibytes)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "PRAGMA cache_size = -%d; PRAGMA temp_store = FILE",
	    mebibytes * 1024);
	db_execute(db, sql.text);
	buf_free(&sql);
}
