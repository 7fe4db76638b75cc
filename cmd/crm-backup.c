/* crm-backup -- copy the database while others use it, and prove the copy. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "backup.h"
#include "buf.h"
#include "cmd.h"
#include "db.h"
#include "newfile.h"
#include "out.h"
#include "put.h"

static struct {
	const char *keep;
	bool verbose;
} opt;

static const struct opt opts[] = {
	TEXT(0, "keep", "N", &opt.keep,
	    "then remove older copies: 7d,4w,12m"),
	FLAG('v', "verbose", &opt.verbose,
	    "print what was written, kept and removed"),
	END,
};

static const struct cmd self = {
	.name = "crm-backup",
	.brief = "copy the database while others use it, and prove the copy",
	.operands = "{FILE | FOLDER | -}",
	.opts = opts,
	.more = cmd_writer,
};

static const struct outcol cols[] = {
	{ "file", OUT_TEXT },
	{ "result", OUT_TEXT },
	{ "bytes", OUT_NUMBER },
	{ "rows", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static struct out *out;
static const char *target; /* what was written */

static void
answer(const char *path, const char *result, int64_t bytes, int64_t rows)
{
	if (!out)
		return;
	out_word(out, path);
	out_word(out, result);
	out_int(out, bytes);
	if (rows >= 0)
		out_int(out, rows);
	out_row(out);
}

static int64_t
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

/* Call f for what only a database that is used, or was read, has beside it. */
static void
each_beside(const char *path, void (*f)(const char *path, const char *beside))
{
	static const char *const names[] = { "-wal", "-shm", ".lock" };
	struct buf name = { 0 };
	size_t i;

	for (i = 0; i < 3; i++) {
		buf_clear(&name);
		buf_printf(&name, "%s%s", path, names[i]);
		f(path, name.text);
	}
	buf_free(&name);
}

/* Reading leaves an empty log behind, and its index. */
static void
refuse_used(const char *path, const char *beside)
{
	const char *end = beside + strlen(beside) - 4;
	struct stat st;

	if (strcmp(end, "-shm") != 0 && stat(beside, &st) == 0 &&
	    (st.st_size > 0 || strcmp(end, "lock") == 0))
		die(CANTMAKE, "not replacing '%s': it is in use, '%s' is "
		    "beside it", path, beside);
}

static void
remove_beside(const char *path, const char *beside)
{
	(void)path;
	if (unlink(beside) != 0 && errno != ENOENT)
		die(TROUBLE, "cannot remove '%s': %s", beside,
		    strerror(errno));
}

/* Only an earlier copy is replaced. */
static void
check_target(const char *path, const char *database)
{
	struct stat there, ours;

	if (stat(path, &there) != 0)
		return;
	if (stat(database, &ours) == 0 && there.st_dev == ours.st_dev &&
	    there.st_ino == ours.st_ino)
		die(CANTMAKE, "not replacing '%s': it is the database",
		    path);
	if (!S_ISREG(there.st_mode) || !db_is_ours(path))
		die(CANTMAKE, "not replacing '%s': it is no copy of a "
		    "database of crm", path);
	each_beside(path, refuse_used);
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Into a new file that lies beside path; its number of rows. */
static int64_t
copy(const char *database, const char *path)
{
	struct db *db = db_open(database, DB_READ);
	struct buf why = { 0 };
	int64_t rows;

	newfile_open(path);
	db_backup(db, newfile_name());
	rows = db_verify(db, newfile_name(), &why);
	if (rows < 0)
		die(TROUBLE, "the copy is no good: %s",
		    buf_get(&why));
	db_close(db);
	buf_free(&why);
	return rows;
}

static void
write_out(const char *database)
{
	static char piece[1 << 16];
	const char *tmp = getenv("TMPDIR");
	struct buf path = { 0 };
	ssize_t n;

	if (isatty(STDOUT_FILENO))
		cmd_usage("not writing a database to a terminal");
	buf_printf(&path, "%s/crm-backup", tmp && *tmp ? tmp : "/tmp");
	copy(database, path.text);
	if (lseek(newfile_fd(), 0, SEEK_SET) != 0)
		die(TROUBLE, "cannot read the copy: %s", strerror(errno));
	while ((n = read(newfile_fd(), piece, sizeof(piece))) > 0)
		put(piece, (size_t)n);
	if (n < 0)
		die(TROUBLE, "cannot read the copy: %s", strerror(errno));
	put_flush();
	newfile_drop();
	buf_free(&path);
}

static void
write_file(const char *database, const char *path)
{
	int64_t rows;

	check_target(path, database);
	rows = copy(database, path);
	answer(path, "written", size_of(newfile_name()), rows);
	if (common.dry_run) {
		newfile_drop();
		return;
	}
	each_beside(path, remove_beside);
	newfile_keep(0600, true);
}

static void
prune(const char *path, bool kept)
{
	int64_t bytes = size_of(path);

	if (strcmp(path, target) == 0)
		return;
	if (!kept && !common.dry_run) {
		remove_beside(path, path);
		each_beside(path, remove_beside);
	}
	answer(path, kept ? "kept" : "removed", bytes, -1);
}

static void
write_dated(const char *database, const char *folder, const struct keep *keep)
{
	struct buf path = { 0 };

	backup_name(&path, folder, database);
	target = path.text;
	write_file(database, target);
	if (opt.keep) {
		backup_each(folder, target, database, keep, prune);
		newfile_settle(target);
	}
	buf_free(&path);
}

/* /home/ann/ is the folder /home/ann. */
static const char *
plain(const char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		n--;
	return arena_slice(path, n);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv);
	const char *database, *to;
	struct keep keep;

	if (argc - n != 1 || !*argv[n])
		cmd_usage("expected one file or folder, or '-'");
	to = argv[n];
	if (opt.keep && !backup_read_keep(opt.keep, &keep))
		cmd_usage("--keep: not like 7d,4w,12m: '%s'", opt.keep);
	if (opt.keep && !is_folder(to))
		cmd_usage("--keep goes with a folder");
	database = db_path(common.db);
	if (strcmp(to, "-") == 0 && cmd_dashes() < 0) {
		write_out(database);
		return cmd_end(OK);
	}
	if (opt.verbose || common.form.keys || common.dry_run) {
		out = out_open(&common.form, cols);
		out_hold(out);
	}
	if (is_folder(to))
		write_dated(database, plain(to), &keep);
	else
		write_file(database, to);
	if (out)
		out_close(out);
	return cmd_end(OK);
}
