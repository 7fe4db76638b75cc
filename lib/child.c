#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "die.h"

static void
make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		die(TROUBLE, "cannot make a pipe: %s", strerror(errno));
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

/* In the child: the pipe's end in the place of a standard descriptor. */
static void
take_place(int end, int fd)
{
	if (end >= 0 && dup2(end, fd) != fd)
		_exit(TROUBLE);
}

static pid_t
start(char *const argv[], const int in[2], const int out[2])
{
	pid_t pid = fork();

	if (pid < 0)
		die(TROUBLE, "cannot start '%s': %s", argv[0],
		    strerror(errno));
	if (pid == 0) {
		take_place(in[0], STDIN_FILENO);
		take_place(out[1], STDOUT_FILENO);
		execvp(argv[0], argv);
		warn("cannot run '%s': %s", argv[0], strerror(errno));
		_exit(HELPER);
	}
	if (in[0] >= 0)
		close(in[0]);
	if (out[1] >= 0)
		close(out[1]);
	return pid;
}

pid_t
child_start(char *const argv[], int *to)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	pid_t pid;

	if (to)
		make_pipe(in);
	pid = start(argv, in, out);
	if (to)
		*to = in[1];
	return pid;
}

pid_t
child_filter(char *const argv[], int *to, int *from)
{
	int in[2], out[2];
	pid_t pid;

	make_pipe(in);
	make_pipe(out);
	pid = start(argv, in, out);
	*to = in[1];
	*from = out[0];
	return pid;
}

pid_t
child_read(char *const argv[], int file)
{
	const int in[2] = { fcntl(file, F_DUPFD_CLOEXEC, 3), -1 };
	const int out[2] = { -1, fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) };

	if (in[0] < 0)
		die(TROUBLE, "cannot start '%s': %s", argv[0],
		    strerror(errno));
	return start(argv, in, out);
}

bool
child_there(const char *program)
{
	const char *path = getenv("PATH");
	struct buf name = { 0 };
	bool there = false;
	size_t n;

	if (strchr(program, '/'))
		return access(program, X_OK) == 0;
	for (; path && *path && !there; path += n + (path[n] == ':')) {
		n = strcspn(path, ":");
		buf_clear(&name);
		buf_add(&name, path, n);
		buf_printf(&name, "%s%s", n ? "/" : "./", program);
		there = access(name.text, X_OK) == 0;
	}
	buf_free(&name);
	return there;
}

int
child_wait(pid_t pid)
{
	int how = 0;

	while (waitpid(pid, &how, 0) < 0)
		if (errno != EINTR)
			die(TROUBLE, "cannot wait for a program: %s",
			    strerror(errno));
	return WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
}
