#define _DEFAULT_SOURCE /* flock */
#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "child.h"
#include "die.h"

#define PREFIX ".crm-asof-"

enum { MINUTE = 60 };

static const char *const names[] = { "crm.db", "crm.db-wal", "crm.db-shm",
	"crm.db.lock", NULL };

static struct {
	const char *folder;
	int fd; /* of the folder, locked while it is in use */
	volatile pid_t user;
	volatile sig_atomic_t stopped, busy;
} own = { .fd = -1 };

static void
empty(int fd)
{
	int i;

	for (i = 0; names[i]; i++)
		unlinkat(fd, names[i], 0);
}

static void
remove_own(void)
{
	if (!own.folder)
		return;
	empty(own.fd);
	rmdir(own.folder);
}

/* Told to stop: pass it on, or leave nothing behind. */
static void
stop(int sig)
{
	own.stopped = sig;
	if (own.user > 0) {
		kill(own.user, sig);
	} else if (!own.busy) {
		remove_own();
		_exit(128 + sig);
	}
}

static void
listen(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction act = { .sa_handler = stop }, before;
	size_t i;

	/* under nohup(1) some are not for us */
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		if (sigaction(signals[i], NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(signals[i], &act, NULL);
}

/* One that nobody has locked is nobody's, unless it is just being made. */
static void
sweep_one(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    time(NULL) - st.st_mtime > MINUTE &&
	    flock(fd, LOCK_EX | LOCK_NB) == 0) {
		empty(fd);
		unlinkat(parent, name, AT_REMOVEDIR);
	}
	close(fd);
}

static void
sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *e;

	if (!dir)
		return;
	while ((e = readdir(dir)))
		if (strncmp(e->d_name, PREFIX, strlen(PREFIX)) == 0)
			sweep_one(dirfd(dir), e->d_name);
	closedir(dir);
}

static bool
make_in(const char *folder)
{
	struct buf name = { 0 };
	bool made;

	sweep(folder);
	buf_printf(&name, "%s/" PREFIX "XXXXXX", folder);
	made = mkdtemp(name.text) != NULL;
	own.folder = arena_copy(name.text);
	buf_free(&name);
	return made;
}

/* The file's folder without links on the way, so that a program that goes
 * elsewhere still finds it. */
static const char *
folder_of(const char *file)
{
	char *real = realpath(file, NULL);
	const char *folder;

	if (!real)
		die(NOINPUT, "cannot find '%s': %s", file, strerror(errno));
	folder = arena_slice(real, (size_t)(strrchr(real, '/') - real));
	free(real);
	return folder;
}

const char *
scratch_make(const char *beside)
{
	const char *tmp = getenv("TMPDIR"), *parent = folder_of(beside);
	struct buf name = { 0 };

	own.busy = true;
	listen();
	if (!make_in(parent) && !make_in(tmp && *tmp ? tmp : "/tmp"))
		die(CANTMAKE, "cannot make the folder '%s': %s", own.folder,
		    strerror(errno));
	own.fd = open(own.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (own.fd < 0 || flock(own.fd, LOCK_EX | LOCK_NB) != 0 ||
	    atexit(remove_own) != 0)
		die(CANTMAKE, "cannot use the folder '%s': %s", own.folder,
		    strerror(errno));
	own.busy = false;
	if (own.stopped)
		stop(own.stopped);
	buf_printf(&name, "%s/%s", own.folder, names[0]);
	return arena_copy(name.text);
}

int
scratch_run(char *const argv[])
{
	int status;

	own.busy = true;
	own.user = child_start(argv, NULL);
	if (own.stopped)
		kill(own.user, own.stopped);
	status = child_wait(own.user);
	own.user = 0;
	return status;
}
