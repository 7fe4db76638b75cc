/*
 * dbcore -- what the files of the db module share; nobody else includes it.
 */
#ifndef CRM_DBCORE_H
#define CRM_DBCORE_H

#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <stdbool.h>

#include "die.h"

enum { DB_CACHE = 128 }; /* statements kept; a power of two */

struct stmt {
	sqlite3_stmt *s;
	struct db *db;
	const char *sql;   /* of a kept one: its address is the key */
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
	int64_t deadline; /* of the running statement, or 0; milliseconds */
	struct stmt kept[DB_CACHE], *spare, *made;
	struct watch *watch;
};

/* Die with the status that belongs to the connection's last error. */
NORETURN void db_fail(sqlite3 *, const char *what);

/* Run constants of this module; dies where they fail. */
void db_execute(struct db *, const char *sql);

/* Make the empty file, and its folder. */
void db_make_file(const char *path, bool group);

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
