/*
 * clock FILE COMMAND... -- run a command and append what it took to FILE:
 * microseconds, a tab, peak memory in KiB.  Its exit status is the command's.
 */
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* wait4 is not in POSIX; it is in every system that has ru_maxrss. */
pid_t wait4(pid_t, int *, int, struct rusage *);

int
main(int argc, char *argv[])
{
	struct timespec start, end;
	struct rusage usage;
	int status;
	pid_t pid;
	FILE *to;

	if (argc < 3 || !(to = fopen(argv[1], "a")))
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &start);
	if ((pid = fork()) == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &end);
	fprintf(to, "%lld\t%ld\n",
	    (long long)(end.tv_sec - start.tv_sec) * 1000000 +
		(end.tv_nsec - start.tv_nsec) / 1000,
	    usage.ru_maxrss);
	if (fclose(to))
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
