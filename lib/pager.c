#include "pager.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "die.h"
#include "put.h"

static pid_t child;

/* The words of $PAGER: no shell takes them apart. */
static char **
words(const char *command)
{
	size_t most = strlen(command) / 2 + 2, n;
	char **list = arena_get(most * sizeof(*list));
	int i = 0;

	for (;; command += n) {
		command += strspn(command, " \t");
		n = strcspn(command, " \t");
		if (n == 0)
			return list;
		list[i++] = arena_slice(command, n);
	}
}

void
pager_begin(void)
{
	const char *command = getenv("PAGER");
	char **list = words(command && *command ? command : "less -FRX");
	int ends[2];

	if (!isatty(STDOUT_FILENO) || !list[0] || strcmp(list[0], "cat") == 0)
		return;
	if (pipe(ends) != 0 || (child = fork()) < 0)
		die(TROUBLE, "cannot start '%s': %s", list[0],
		    strerror(errno));
	if (child == 0) {
		dup2(ends[0], STDIN_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvp(list[0], list);
		execlp("cat", "cat", (char *)NULL);
		_exit(127);
	}
	signal(SIGPIPE, SIG_IGN);
	put_forgive();
	dup2(ends[1], STDOUT_FILENO);
	close(ends[0]);
	close(ends[1]);
}

/* One that was left early is no failure of ours. */
void
pager_end(void)
{
	if (child <= 0)
		return;
	put_flush();
	close(STDOUT_FILENO);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	child = 0;
}
