/* The writers' lock: a file beside the database, flock(2)ed. */
#define _DEFAULT_SOURCE /* flock */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbcore.h"
#include "num.h"

enum { TIMEOUT = 30 };

int
db_timeout(void)
{
	const char *s = getenv("CRM_TIMEOUT");
	int64_t n;

	return s && num_int(s, &n) && n >= 0 && n <= 86400 ? (int)n : TIMEOUT;
}

static void
wake(int sig)
{
	(void)sig;
}

/* A timer rather than polling: the kernel's queue for the lock is fair. */
static void
wait_for(int fd, int seconds)
{
	struct itimerval t = { .it_value.tv_sec = seconds,
		.it_interval.tv_usec = 100000 },
	    none = { 0 };
	struct sigaction wakes = { .sa_handler = wake }, before;
	int failed;

	sigaction(SIGALRM, &wakes, &before);
	setitimer(ITIMER_REAL, &t, NULL);
	failed = flock(fd, LOCK_EX) != 0 ? errno : 0;
	setitimer(ITIMER_REAL, &none, NULL);
	sigaction(SIGALRM, &before, NULL);
	if (failed == EINTR)
		die(BUSY, "the database is busy: waited %d seconds", seconds);
	if (failed)
		die(TROUBLE, "cannot lock the database: %s", strerror(failed));
}

/* Its mode is right from the start, so that nobody meets it closed.  In a
 * folder that others write to, a link would be a trap. */
static int
open_like(const char *path, const char *like)
{
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW, fd = open(path, flags);
	struct stat st;
	mode_t mask;

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (stat(like, &st) != 0)
		return -1;
	mask = umask(0);
	fd = open(path, flags | O_CREAT, st.st_mode & 0666);
	umask(mask);
	return fd;
}

void
db_lock(struct db *db)
{
	struct buf name = { 0 };
	int seconds = db_timeout();

	if (db->lock >= 0)
		return;
	buf_printf(&name, "%s.lock", db->path);
	db->lock = open_like(name.text, db->path);
	if (db->lock < 0)
		die(errno == EACCES || errno == EROFS ? DENIED : TROUBLE,
		    "cannot open '%s': %s", name.text, strerror(errno));
	buf_free(&name);
	if (flock(db->lock, LOCK_EX | LOCK_NB) == 0)
		return;
	if (seconds == 0)
		die(BUSY, "the database is busy");
	wait_for(db->lock, seconds);
}

void
db_rest(struct db *db)
{
	if (db->lock >= 0)
		close(db->lock);
	db->lock = -1;
}

void
db_turn(const char *end)
{
	const char *path = db_path(NULL);
	struct buf name = { 0 };
	int fd;

	buf_printf(&name, "%s%s", path, end);
	fd = open_like(name.text, path);
	if (fd < 0)
		die(errno == EACCES || errno == EROFS ? DENIED :
		    access(path, F_OK) != 0 ? NOINPUT : TROUBLE,
		    "cannot open '%s': %s", name.text, strerror(errno));
	while (flock(fd, LOCK_EX) != 0)
		if (errno != EINTR)
			die(TROUBLE, "cannot lock '%s': %s", name.text,
			    strerror(errno));
	buf_free(&name);
}

bool
db_folder_writable(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return access(".", W_OK) == 0;
	return access(slash == path ? "/" :
	    arena_slice(path, (size_t)(slash - path)), W_OK) == 0;
}

/* May this file be written, if it is there? */
static bool
may_write(const char *path, const char *end)
{
	struct buf name = { 0 };
	bool may;

	buf_printf(&name, "%s%s", path, end);
	may = access(name.text, W_OK) == 0 || errno == ENOENT;
	buf_free(&name);
	return may;
}

bool
db_writable(const char *path)
{
	struct buf name = { 0 };
	bool free;
	int fd;

	if (getenv("CRM_ASOF") || access(path, W_OK) != 0 ||
	    !db_folder_writable(path) || !may_write(path, "-wal") ||
	    !may_write(path, "-shm"))
		return false;
	buf_printf(&name, "%s.lock", path);
	fd = open_like(name.text, path);
	free = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
	if (fd >= 0)
		close(fd);
	buf_free(&name);
	return free;
}
