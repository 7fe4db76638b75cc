/* The whole file: copied, purged, looked at from outside. */
#define _GNU_SOURCE /* copy_file_range */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "db.h"
#include "dbcore.h"

enum { PIECE = 1 << 16 };

static void
copy_failed(const char *from, const char *to)
{
	die(TROUBLE, "cannot copy '%s' to '%s': %s", from, to,
	    strerror(errno));
}

/* A file system that can shares the blocks until one copy changes. */
static ssize_t
copy_piece(int in, int out)
{
	static char piece[PIECE];
	ssize_t n = copy_file_range(in, NULL, out, NULL, 1 << 30, 0);

	if (n >= 0 || (errno != EXDEV && errno != EINVAL && errno != ENOSYS &&
	    errno != EOPNOTSUPP && errno != EPERM))
		return n;
	n = read(in, piece, sizeof(piece));
	return n > 0 && write(out, piece, (size_t)n) != n ? -1 : n;
}

/* A file that is not there is not copied. */
static void
copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	ssize_t n;

	if (in < 0 && errno == ENOENT)
		return;
	if (in < 0)
		copy_failed(from, to);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		die(CANTMAKE, "cannot make '%s': %s", to, strerror(errno));
	while ((n = copy_piece(in, out)) > 0)
		;
	if (n < 0 || close(out) != 0)
		copy_failed(from, to);
	close(in);
}

void
db_clone(const char *path, const char *to)
{
	struct db db = { .path = path, .lock = -1 };
	struct buf from_log = { 0 }, to_log = { 0 };

	if (access(path, W_OK) == 0)
		db_lock(&db);
	buf_printf(&from_log, "%s-wal", path);
	buf_printf(&to_log, "%s-wal", to);
	copy_file(path, to);
	copy_file(from_log.text, to_log.text);
	buf_free(&from_log);
	buf_free(&to_log);
	if (db.lock >= 0)
		close(db.lock);
}

/* https://sqlite.org/wal.html, "The WAL-Reset Bug". */
bool
db_old_sqlite(void)
{
	int v = sqlite3_libversion_number();

	return v < 3051003 && v != 3050007 && v != 3044006;
}

void
db_overwrite(struct db *db)
{
	db_execute(db, "PRAGMA secure_delete = 1");
}

static bool
empty_log(struct db *db)
{
	struct stmt *s = db_prepare(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	bool busy = !db_next(s) || db_int(s, 0) != 0;

	db_done(s);
	return !busy;
}

/* VACUUM attaches the file that it makes. */
bool
db_purge(struct db *db)
{
	if (!empty_log(db))
		return false;
	sqlite3_limit(db->h, SQLITE_LIMIT_ATTACHED, 1);
	db_execute(db, "VACUUM");
	sqlite3_limit(db->h, SQLITE_LIMIT_ATTACHED, 0);
	return empty_log(db);
}
