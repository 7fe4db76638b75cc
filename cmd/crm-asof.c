/* crm-asof -- run a command on the database as it stood at an instant. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "child.h"
#include "cmd.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "undo.h"

static const struct opt opts[] = {
	TEXT('d', "database", "FILE", &common.db, "the database"),
	END,
};

static const struct cmd self = {
	.name = "crm-asof",
	.brief = "run a command on the database as it stood at an instant",
	.operands = "WHEN -- COMMAND [ARGUMENT...]",
	.opts = opts,
};

/* The copy: its folder, its files, and who reads it. */
static struct {
	const char *folder, *files[4];
	volatile pid_t reader;
} copy;

static void
remove_copy(void)
{
	size_t i;

	for (i = 0; i < 4 && copy.files[i]; i++)
		unlink(copy.files[i]);
	if (copy.folder)
		rmdir(copy.folder);
}

/* Told to stop: pass it on, or leave nothing behind. */
static void
stop(int sig)
{
	if (copy.reader > 0) {
		kill(copy.reader, sig);
		return;
	}
	remove_copy();
	_exit(128 + sig);
}

static void
listen(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction act = { .sa_handler = stop };
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &act, NULL);
}

/* A folder of our own: beside the database, where blocks can be shared, else
 * where temporary files go. */
static void
make_folder(const char *path)
{
	const char *slash = strrchr(path, '/'), *tmp = getenv("TMPDIR");
	static const char *const names[] = { "", "-wal", "-shm", ".lock" };
	struct buf name = { 0 };
	int i;

	buf_printf(&name, "%.*s.crm-asof-XXXXXX",
	    slash ? (int)(slash + 1 - path) : 0, path);
	if (!mkdtemp(name.text)) {
		buf_clear(&name);
		buf_printf(&name, "%s/crm-asof-XXXXXX",
		    tmp && *tmp ? tmp : "/tmp");
		if (!mkdtemp(name.text))
			die(CANTMAKE, "cannot make the folder '%s': %s",
			    name.text, strerror(errno));
	}
	copy.folder = arena_copy(name.text);
	for (i = 0; i < 4; i++) {
		buf_clear(&name);
		buf_printf(&name, "%s/crm.db%s", copy.folder, names[i]);
		copy.files[i] = arena_copy(name.text);
	}
	buf_free(&name);
}

static void
go_back(const char *path, const char *at)
{
	struct db *db;

	db_clone(path, copy.files[0]);
	db = db_open(copy.files[0], DB_WRITE);
	db_unchecked(db);
	db_begin(db);
	undo_after(db, at);
	db_commit(db);
	db_close(db);
}

static void
set(const char *name, const char *value)
{
	if (setenv(name, value, 1) != 0)
		die(MEMORY, "out of memory");
}

static int
run(char *argv[], const char *at)
{
	if (config_path())
		set("CRM_CONFIG", config_path());
	set("CRM_DB", copy.files[0]);
	set("CRM_NOW", at);
	set("CRM_ASOF", at);
	copy.reader = child_start(argv, NULL);
	return child_wait(copy.reader);
}

int
main(int argc, char *argv[])
{
	int n = cmd_begin(&self, argc, argv), status;
	const char *path;
	char at[AT_SIZE];
	int64_t when;

	if (cmd_dashes() != n + 1 || argc - n < 2)
		cmd_usage("expected an instant, -- and a command");
	path = db_path(common.db);
	db_close(db_open(path, DB_READ));
	calc_calendar();
	if (!date_read_at(argv[n], &when))
		cmd_usage("not a day or an instant: '%s'", argv[n]);
	date_at_text(at, when);
	listen();
	make_folder(path);
	if (atexit(remove_copy) != 0)
		die(MEMORY, "out of memory");
	go_back(path, at);
	status = run(argv + n + 1, at);
	cmd_end(OK);
	return status;
}
