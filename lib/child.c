#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "die.h"

static void
make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		die(TROUBLE, "cannot make a pipe: %s", strerror(errno));
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

pid_t
child_start(char *const argv[], int *to)
{
	int ends[2] = { -1, -1 };
	pid_t pid;

	if (to)
		make_pipe(ends);
	if ((pid = fork()) < 0)
		die(TROUBLE, "cannot start '%s': %s", argv[0],
		    strerror(errno));
	if (pid == 0) {
		if (to)
			dup2(ends[0], STDIN_FILENO);
		execvp(argv[0], argv);
		warn("cannot run '%s': %s", argv[0], strerror(errno));
		_exit(HELPER);
	}
	if (to) {
		close(ends[0]);
		*to = ends[1];
	}
	return pid;
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
