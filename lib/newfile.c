#include "newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "die.h"

static struct {
	const char *path;
	char *name; /* NULL: none is begun */
	int fd;
} file;

static void
leave_nothing(void)
{
	if (file.name)
		unlink(file.name);
	file.name = NULL;
}

static void
stop(int sig)
{
	leave_nothing();
	_exit(128 + sig);
}

/* A signal that is ignored, as nohup does, stays so. */
static void
clean_up(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	static bool ready;
	struct sigaction stops = { .sa_handler = stop }, before;
	size_t i;

	if (ready)
		return;
	ready = true;
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		sigaction(signals[i], &stops, &before);
		if (before.sa_handler == SIG_IGN)
			sigaction(signals[i], &before, NULL);
	}
	if (atexit(leave_nothing) != 0)
		die(MEMORY, "out of memory");
}

static const char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" :
	    arena_slice(path, (size_t)(slash - path));
}

void
newfile_open(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf name = { 0 };
	sigset_t all, before;
	char *made;

	clean_up();
	buf_printf(&name, "%s/.%s.XXXXXX", folder_of(path),
	    slash ? slash + 1 : path);
	made = arena_copy(name.text);
	buf_free(&name);
	file.path = path;
	/* a signal must not come between the file and its name */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	file.fd = mkstemp(made);
	if (file.fd >= 0)
		file.name = made;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (file.fd < 0)
		die(CANTMAKE, "cannot make '%s': %s", path, strerror(errno));
}

int
newfile_fd(void)
{
	return file.fd;
}

const char *
newfile_name(void)
{
	return file.name;
}

static void
failed(void)
{
	die(TROUBLE, "cannot write '%s': %s", file.path, strerror(errno));
}

void
newfile_keep(mode_t mode, bool replace)
{
	if (fchmod(file.fd, mode) != 0 || fsync(file.fd) != 0 ||
	    close(file.fd) != 0)
		failed();
	if (!replace && access(file.path, F_OK) == 0)
		die(CANTMAKE, "cannot make '%s': %s", file.path,
		    strerror(EEXIST));
	if (rename(file.name, file.path) != 0)
		die(CANTMAKE, "cannot make '%s': %s", file.path,
		    strerror(errno));
	file.name = NULL;
	newfile_settle(file.path);
}

void
newfile_drop(void)
{
	close(file.fd);
	leave_nothing();
}

void
newfile_settle(const char *path)
{
	int fd = open(folder_of(path), O_RDONLY | O_CLOEXEC);

	/* EINVAL: a file system that can't, and need not */
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		die(TROUBLE, "cannot write '%s': %s", path, strerror(errno));
	close(fd);
}
