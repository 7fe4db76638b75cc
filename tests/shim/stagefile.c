/* The folder of a stage, and the programs that run in it. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stage.h"

enum { HANGS = 60 }; /* seconds after which a command is said to hang */

long stage_commands;

const char *
stage_path(const char *name)
{
	static char path[4][PATHS];
	static int n;
	char here[PATHS - 300];

	n = (n + 1) % 4;
	if (!getcwd(here, sizeof(here)))
		stage_die("no current folder");
	snprintf(path[n], PATHS, "%s/%s", here, name);
	return path[n];
}

const char *
stage_db(void)
{
	return stage_path("db/crm.db");
}

/* Call f for each file of a folder below ours. */
static void
each_file(const char *folder, void (*f)(const char *path, const char *name))
{
	DIR *d = opendir(stage_path(folder));
	struct dirent *e;
	char path[PATHS];

	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		f(path, e->d_name);
	}
	if (d)
		closedir(d);
}

static const char *copy_to;

static void
copy(const char *path, const char *name)
{
	static char piece[1 << 20];
	char to[PATHS];
	int in, out;
	ssize_t n;

	snprintf(to, sizeof(to), "%s/%s", copy_to, name);
	in = open(path, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (in < 0 || out < 0)
		stage_die("cannot copy '%s' to '%s'", path, to);
	while ((n = read(in, piece, sizeof(piece))) > 0)
		if (write(out, piece, (size_t)n) != n)
			stage_die("cannot write '%s'", to);
	close(in);
	close(out);
}

static void
drop(const char *path, const char *name)
{
	(void)name;
	unlink(path);
}

void
stage_save(const char *name)
{
	mkdir(name, 0700);
	each_file(name, drop);
	copy_to = name;
	each_file("db", copy);
}

void
stage_bring(const char *name)
{
	each_file("db", drop);
	unlink("log");
	copy_to = "db";
	each_file(name, copy);
}

static void
drop_database(const char *path, const char *name)
{
	if (strcmp(name, "crm.db") == 0 || strncmp(name, "crm.db-", 7) == 0)
		unlink(path);
}

static void
copy_database(const char *path, const char *name)
{
	if (strcmp(name, "crm.db") == 0)
		copy(path, name);
}

void
stage_bring_database(const char *name)
{
	each_file("db", drop_database);
	copy_to = "db";
	each_file(name, copy_database);
}

static const char *left;

static void
see(const char *path, const char *name)
{
	static const char *const ours[] = { "crm.db", "crm.db.lock",
		"crm.db.erased", "crm.yaml", NULL };
	static char seen[PATHS];
	int i;

	for (i = 0; ours[i] && strcmp(ours[i], name) != 0; i++)
		;
	if (ours[i])
		return;
	snprintf(seen, sizeof(seen), "%s is left", path);
	left = seen;
}

const char *
stage_left(void)
{
	left = NULL;
	each_file("db", see);
	each_file("tmp", see);
	return left;
}

/* What a command's environment is, and no more of it. */
static char **
environment(const char *fault)
{
	static const char *const names[] = { "CRM_DB", "TMPDIR", "CRM_FAULT",
		"CRM_FAULT_COUNT", "CRM_FAULT_LOG", "CRM_NOW", "CRM_TIMEOUT",
		"ASAN_OPTIONS", "HOME", "TZ" };
	const char *asan = getenv("ASAN_OPTIONS");
	static char text[10][PATHS + 32], *list[11];
	const char *values[10] = { stage_db(), stage_path("tmp"),
		fault ? fault : "none:0", "count", "log",
		"2024-03-01T09:00:00Z", "2", asan ? asan : "", "/",
		"UTC" };
	int i;

	for (i = 0; i < 10; i++) {
		snprintf(text[i], sizeof(text[i]), "%s=%s", names[i],
		    values[i]);
		list[i] = text[i];
	}
	return list;
}

static pid_t
start(const char *const argv[], const char *input, const char *fault)
{
	posix_spawn_file_actions_t files;
	const char *programs = getenv("B");
	union { const char *const *in; char *const *out; } words = { argv };
	char path[PATHS];
	pid_t child;

	snprintf(path, sizeof(path), "%s/fault/%s", programs ? programs : ".",
	    argv[0]);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0,
	    input ? input : "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "out",
	    O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_addopen(&files, 2, "err",
	    O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (posix_spawn(&child, path, &files, NULL, words.out,
	    environment(fault)) != 0)
		stage_die("cannot run '%s'", path);
	posix_spawn_file_actions_destroy(&files);
	return child;
}

static void
nap(long microseconds)
{
	struct timespec t = { microseconds / 1000000,
		microseconds % 1000000 * 1000 };

	nanosleep(&t, NULL);
}

static void
read_said(struct ended *e)
{
	int fd = open("err", O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, e->said, sizeof(e->said) - 1);
	struct stat st;

	e->said[n > 0 ? n : 0] = '\0';
	e->said[strcspn(e->said, "\n")] = '\0';
	if (fd >= 0)
		close(fd);
	e->printed = stat("out", &st) == 0 && st.st_size > 0;
}

/* A command that hangs ends the test, by the alarm. */
struct ended
stage_spawn(const char *const argv[], const char *input, const char *fault,
    long stop)
{
	struct ended e = { .status = -1 };
	static bool made;
	pid_t child;
	int how;

	if (!made) {
		mkdir("db", 0700);
		mkdir("tmp", 0700);
		made = true;
	}
	stage_commands++;
	alarm(HANGS);
	child = start(argv, input, fault);
	if (stop) {
		nap(stop);
		kill(child, SIGKILL);
	}
	if (waitpid(child, &how, 0) != child)
		stage_die("lost '%s'", argv[0]);
	alarm(0);
	if (WIFEXITED(how))
		e.status = WEXITSTATUS(how);
	else
		e.signal = WTERMSIG(how);
	read_said(&e);
	return e;
}
