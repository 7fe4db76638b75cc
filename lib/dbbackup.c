/* A copy of the whole database, and whether it is one. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "db.h"
#include "dbcore.h"

/* Nobody reads the copy before it is synced: no journal. */
static sqlite3 *
open_empty(const char *path)
{
	sqlite3 *h = NULL;

	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) !=
	    SQLITE_OK || sqlite3_exec(h, "PRAGMA journal_mode = OFF;"
	    "PRAGMA synchronous = OFF", NULL, NULL, NULL) != SQLITE_OK)
		db_fail(h, "open the copy");
	return h;
}

static const char sql_begin[] =
    "SELECT count(*)"
    "  FROM sqlite_schema";

void
db_backup(struct db *db, const char *to)
{
	sqlite3_backup *b;
	sqlite3 *copy;

	if (access(db->path, W_OK) == 0)
		db_lock(db);
	db_snapshot(db);
	db_number(db, sql_begin, NOARGS, 0);
	copy = open_empty(to);
	b = sqlite3_backup_init(copy, "main", db->h, "main");
	if (!b)
		db_fail(copy, "copy the database");
	sqlite3_backup_step(b, -1);
	if (sqlite3_backup_finish(b) != SQLITE_OK)
		db_fail(copy, "copy the database");
	if (sqlite3_close(copy) != SQLITE_OK)
		db_fail(copy, "close the copy");
}

static bool
says_ok(struct db *copy, struct buf *why)
{
	struct stmt *s = db_prepare(copy, "PRAGMA integrity_check(1)");
	const char *said = db_next(s) ? db_text(s, 0, NULL) : "no answer";
	bool fine = strcmp(said, "ok") == 0;

	if (!fine)
		buf_text(why, said);
	db_done(s);
	return fine;
}

/* The same rows, in the order in which both give them; their number, or -1
 * and which differs. */
static int64_t
compare(struct db *db, struct db *copy, const char *sql, struct buf *why)
{
	struct stmt *a = db_prepare(db, sql), *b = db_prepare(copy, sql);
	int i, n = db_columns(a);
	struct arg x, y;
	int64_t row;
	bool more, same = n == db_columns(b);

	for (row = 0; same; row++) {
		more = db_next(a);
		same = db_next(b) == more;
		if (!more || !same)
			break;
		for (i = 0; i < n && same; i++) {
			x = db_arg(a, i);
			y = db_arg(b, i);
			same = arg_same(&x, &y);
		}
	}
	db_done(a);
	db_done(b);
	if (!same)
		buf_printf(why, "row %lld differs", (long long)row + 1);
	return same ? row : -1;
}

static const char sql_tables[] =
    "SELECT replace(name, '\"', '\"\"')"
    "  FROM sqlite_schema"
    " WHERE type = 'table'"
    "   AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'"
    " UNION ALL SELECT 'sqlite_schema'";

static int64_t
compare_tables(struct db *db, struct db *copy, struct buf *why)
{
	struct stmt *s = db_query(db, sql_tables, NOARGS);
	struct buf sql = { 0 };
	int64_t rows = 0, n = 0;

	while (n >= 0 && db_next(s)) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT * FROM \"%s\"", db_text(s, 0, NULL));
		n = compare(db, copy, sql.text, why);
		if (n < 0)
			buf_printf(why, " in table '%s'",
			    db_text(s, 0, NULL));
		rows += n;
	}
	db_done(s);
	buf_free(&sql);
	return n < 0 ? -1 : rows;
}

int64_t
db_verify(struct db *db, const char *path, struct buf *why)
{
	static const char *const heads[] = { "PRAGMA user_version",
		"PRAGMA application_id" };
	static struct db copy;
	int64_t rows = -1;
	bool fine;

	copy = (struct db){ .path = path, .lock = -1 };
	if (sqlite3_open_v2(db_immutable(path), &copy.h,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
		db_fail(copy.h, "open the copy");
	fine = says_ok(&copy, why) &&
	    compare(db, &copy, heads[0], why) == 1 &&
	    compare(db, &copy, heads[1], why) == 1;
	if (fine)
		rows = compare_tables(db, &copy, why);
	db_forget(&copy);
	sqlite3_close(copy.h);
	return rows;
}

/* https://sqlite.org/fileformat.html, "The Database Header". */
bool
db_is_ours(const char *path)
{
	static const char magic[] = "SQLite format 3", ours[] = "crm1";
	char head[72];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool fine;

	if (fd < 0)
		return false;
	fine = read(fd, head, sizeof(head)) == (ssize_t)sizeof(head) &&
	    memcmp(head, magic, sizeof(magic)) == 0 &&
	    memcmp(head + 68, ours, 4) == 0;
	close(fd);
	return fine;
}
