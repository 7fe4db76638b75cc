/* crm-since -- tell what was written since it was last asked. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "cmd.h"
#include "db.h"
#include "history.h"
#include "num.h"
#include "out.h"
#include "put.h"

static struct {
	const char *cursor;
} opt;

static const struct opt opts[] = {
	TEXT(0, "cursor", "FILE", &opt.cursor,
	    "how far it got; made where there is none"),
	END,
};

static const struct cmd self = {
	.name = "crm-since",
	.brief = "tell what was written since it was last asked",
	.operands = "--cursor=FILE [-- COMMAND [ARGUMENT...]]",
	.opts = opts,
	.more = cmd_reader,
};

static const struct outcol cols[] = {
	{ "op", OUT_NUMBER },
	{ "at", OUT_TEXT },
	{ "by", OUT_TEXT },
	{ "command", OUT_TEXT },
	{ "what", OUT_TEXT },
	{ "entity", OUT_TEXT },
	{ "key", OUT_NUMBER },
	{ "field", OUT_TEXT },
	{ "before", OUT_TEXT },
	{ "after", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

enum { KEY = 6, LAST = 10, WIDTH = 20 };

/* A fifo or a device would wait, or hold nothing. */
static void
check_cursor(int fd)
{
	struct stat st;

	if (fd < 0)
		die(errno == EACCES || errno == EROFS ? DENIED : CANTMAKE,
		    "cannot open '%s': %s", opt.cursor, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		die(CANTMAKE, "'%s' is not a regular file", opt.cursor);
}

/* The cursor: a number of always the same width, so that one write replaces
 * it; locked while it is in use. */
static int
open_cursor(int64_t *op)
{
	char text[WIDTH + 2] = "";
	int fd = open(opt.cursor, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK,
	    0600);
	ssize_t n;

	check_cursor(fd);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		die(BUSY, "'%s' is in use by another crm-since", opt.cursor);
	if ((n = read(fd, text, sizeof(text) - 1)) < 0)
		die(TROUBLE, "cannot read '%s': %s", opt.cursor,
		    strerror(errno));
	text[strcspn(text, "\n")] = '\0';
	*op = 0;
	if (n > 0 && (!num_int(text, op) || *op < 0))
		die(DATA, "'%s' holds no cursor", opt.cursor);
	return fd;
}

static void
move_cursor(int fd, int64_t op)
{
	char text[WIDTH + 2];
	int size = snprintf(text, sizeof(text), "%0*lld\n", WIDTH,
	    (long long)op);

	if (pwrite(fd, text, (size_t)size, 0) != size ||
	    ftruncate(fd, size) != 0 || fsync(fd) != 0 || close(fd) != 0)
		die(TROUBLE, "cannot write '%s': %s", opt.cursor,
		    strerror(errno));
}

static void
print_row(struct out *out, struct stmt *s, int64_t key)
{
	const char *text;
	size_t size;
	int i;

	for (i = 0; i < LAST; i++) {
		if (i == KEY) {
			out_int(out, key);
			continue;
		}
		text = db_text(s, i, &size);
		out_text(out, text, size);
	}
	out_row(out);
}

static void
print(struct db *db, int64_t from, int64_t to)
{
	struct out *out = out_open(&common.form, cols);
	struct stmt *s = history_after(db, from, to);
	int64_t key, last;

	while (db_next(s)) {
		last = db_int(s, LAST);
		for (key = db_int(s, KEY); key <= last; key++)
			print_row(out, s, key);
	}
	db_done(s);
	out_close(out);
}

/* Let the command read what is printed; its status. */
static int
print_to(char *argv[], struct db *db, int64_t from, int64_t to)
{
	int pipe;
	pid_t reader = child_start(argv, &pipe);

	signal(SIGPIPE, SIG_IGN);
	put_forgive();
	dup2(pipe, STDOUT_FILENO);
	close(pipe);
	print(db, from, to);
	put_flush();
	close(STDOUT_FILENO);
	return child_wait(reader);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), fd, status = OK;
	bool command = cmd_dashes() == n;
	int64_t from, to;
	struct db *db;

	if (!opt.cursor)
		cmd_usage("--cursor=FILE is needed");
	if (command ? n == argc : n < argc)
		cmd_usage("expected -- and a command, or nothing");
	db = db_open(db_path(common.db), DB_READ);
	fd = open_cursor(&from);
	to = history_last(db);
	if (from > to)
		die(DATA, "'%s' is ahead of the database: operation %lld of "
		    "%lld", opt.cursor, (long long)from, (long long)to);
	if (!command)
		print(db, from, to);
	else if (from < to)
		status = print_to(argv + n, db, from, to);
	db_close(db);
	put_flush();
	if (status == OK)
		move_cursor(fd, to);
	return status ? status : cmd_end(OK);
}
