/*
 * turns WRITERS COUNT COMMAND... [:: READERS COMMAND...] -- many processes
 * on one file.  Each of WRITERS loops runs COMMAND COUNT times, "{}" in its
 * words being LOOP.TURN; meanwhile READERS loops run theirs over and over.
 *
 * Prints TSV without a header: commands run, failed, seconds in all, longest
 * one in milliseconds, readings, failed.  What the commands print is thrown
 * away, but not what they say on stderr.  Succeeds where nothing failed.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include <sys/mman.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 64, LOOPS = 256 };

extern char **environ;

/* What all the loops count in. */
static struct {
	atomic_int run, failed, read, misread;
	atomic_llong longest; /* microseconds */
	atomic_bool over;
} *tally;

static posix_spawn_file_actions_t quiet;

static long long
microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Run the command with name for "{}": did it end with 0? */
static int
runs(char *const words[], char name[])
{
	char *argv[WORDS + 1];
	int i, how = 0;
	pid_t pid;

	for (i = 0; i < WORDS && words[i]; i++)
		argv[i] = strcmp(words[i], "{}") == 0 ? name : words[i];
	argv[i] = NULL;
	if (posix_spawnp(&pid, *argv, &quiet, NULL, argv, environ) != 0)
		return 0;
	return waitpid(pid, &how, 0) == pid && how == 0;
}

static void
write_loop(int loop, int count, char *const words[])
{
	long long start, took, most;
	char name[32];
	int i;

	for (i = 1; i <= count; i++) {
		snprintf(name, sizeof(name), "%d.%d", loop, i);
		start = microseconds();
		if (!runs(words, name))
			tally->failed++;
		took = microseconds() - start;
		most = tally->longest;
		while (took > most && !atomic_compare_exchange_weak(
		    &tally->longest, &most, took))
			;
		tally->run++;
	}
	_exit(0);
}

static void
read_loop(char *const words[])
{
	char none[] = "";

	while (!tally->over) {
		if (!runs(words, none))
			tally->misread++;
		tally->read++;
	}
	_exit(0);
}

static void
prepare(void)
{
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		exit(2);
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null",
	    O_WRONLY, 0);
}

/* Wait for those loops to end. */
static void
wait_for(const pid_t loops[], int n)
{
	for (; n > 0; n--)
		waitpid(*loops++, NULL, 0);
}

static int
number(const char *word)
{
	long n = strtol(word, NULL, 10);

	return n < 0 || n > 1000000 ? 0 : (int)n;
}

int
main(int argc, char *argv[])
{
	pid_t writers[LOOPS], readers[LOOPS];
	int i, split, nwriters, nreaders = 0;
	long long start;

	for (split = 3; split < argc; split++)
		if (strcmp(argv[split], "::") == 0)
			break;
	if (split < 4 || (split < argc && split + 2 >= argc))
		return 2;
	nwriters = number(argv[1]);
	if (split < argc)
		nreaders = number(argv[split + 1]);
	argv[split] = NULL;
	if (nwriters > LOOPS || nreaders > LOOPS)
		return 2;
	prepare();
	start = microseconds();
	for (i = 0; i < nreaders; i++)
		if ((readers[i] = fork()) == 0)
			read_loop(argv + split + 2);
	for (i = 0; i < nwriters; i++)
		if ((writers[i] = fork()) == 0)
			write_loop(i + 1, number(argv[2]), argv + 3);
	wait_for(writers, nwriters);
	tally->over = 1;
	wait_for(readers, nreaders);
	printf("%d\t%d\t%.2f\t%.1f\t%d\t%d\n", tally->run, tally->failed,
	    (double)(microseconds() - start) / 1e6,
	    (double)tally->longest / 1e3, tally->read, tally->misread);
	return tally->failed || tally->misread;
}
