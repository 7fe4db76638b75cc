/*
 * stop SIGNAL MICROSECONDS COMMAND... -- run a command and send it a signal
 * after so long, by which time it may have ended.  SIGNAL is a number.
 *
 * Prints the command's exit status, or 128 and the signal that ended it.
 * What the command prints is thrown away.
 */
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void
run(char *argv[], int sig)
{
	int null = open("/dev/null", O_WRONLY);

	signal(sig, SIG_DFL);
	dup2(null, STDOUT_FILENO);
	execvp(*argv, argv);
	_exit(127);
}

int
main(int argc, char *argv[])
{
	struct timespec nap;
	int sig, how = 0;
	long after;
	pid_t pid;

	if (argc < 4)
		return 2;
	sig = (int)strtol(argv[1], NULL, 10);
	after = strtol(argv[2], NULL, 10);
	nap = (struct timespec){ after / 1000000, after % 1000000 * 1000 };
	if ((pid = fork()) == 0)
		run(argv + 3, sig);
	if (pid < 0)
		return 2;
	nanosleep(&nap, NULL);
	kill(pid, sig);
	if (waitpid(pid, &how, 0) != pid)
		return 2;
	printf("%d\n",
	    WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how));
	return 0;
}
