/*
 * dbcore -- what the files of the db module share; nobody else includes it.
 */
#ifndef CRM_DBCORE_H
#define CRM_DBCORE_H

#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <stdbool.h>

#include "die.h"

enum {
	DB_CACHE = 256, /* statements kept; a power of two */
	DB_DEFINED = 24, /* tables of functions */
};

struct stmt {
	sqlite3_stmt *s;
	struct db *db;
	const char *sql;   /* of a kept one: the key, by address or by text */
	bool busy, kept;
	struct stmt *next; /* of one that is spare */
	struct stmt *made; /* the one that was made before it, spare or not */
};

struct watch;

struct db {
	sqlite3 *h;
	const char *path;
	int lock; /* descriptor of the lock file, or -1 */
	bool writes, restricted, transaction;
	const struct function *defined[DB_DEFINED];
	int ndefined;
	const struct aggregate *aggregates; /* or NULL */
	struct stmt kept[DB_CACHE], *spare, *made;
	struct watch *watch;
};

/* What a function was called with, and where its answer goes. */
struct call {
	sqlite3_context *c;
	sqlite3_value **v;
};

/* Die with the status that belongs to the connection's last error. */
NORETURN void db_fail(sqlite3 *, const char *what);

/* A new connection: nothing in the file may run. */
void db_harden(struct db *);

/* While a user's text runs, the status that its failing ends with. */
extern enum status db_blame;
NORETURN void db_stopped(void);

/* NULL for an SQL NULL only: dies where memory lacks. */
const char *db_value_text(sqlite3_value *);

/* In xConnect: declare the columns of a table-valued function, its arguments
 * behind them.  It is for queries, not for what the file holds. */
int db_declare(struct db *, const char *columns, const char *args);

/* Run constants of this module; dies where they fail. */
void db_execute(struct db *, const char *sql);

/* Make the empty file, and its folder. */
void db_make_file(const char *path, bool group);

/* May files be made beside the database? */
bool db_folder_writable(const char *path);

/* SQLite's name for a file that can't change: no lock, no -shm. */
const char *db_immutable(const char *path);

/* A device or a pipe is not even tried: that would leave a lock beside it. */
void db_must_be_file(const char *path);

/* Has the file the tables and views that a new one would have?  Slow: for
 * telling a damaged file from a bug. */
bool db_sound(sqlite3 *);

/* A function refused what the user wrote: the error is the user's. */
extern bool db_user_error;

/* Give back every statement of ours: before closing. */
void db_forget(struct db *);

/* Take the writers' lock; dies BUSY after $CRM_TIMEOUT seconds (30). */
void db_lock(struct db *);

int db_timeout(void); /* seconds */

#endif
