#define _DEFAULT_SOURCE /* fgetpwent */
#include "login.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"

enum { LONGEST = 256 };

static const char *
in_passwd(uid_t uid)
{
	FILE *f = fopen("/etc/passwd", "re");
	struct passwd *p;
	const char *name = NULL;

	if (!f)
		return NULL;
	while (!name && (p = fgetpwent(f)))
		if (p->pw_uid == uid)
			name = arena_copy(p->pw_name);
	fclose(f);
	return name;
}

static void
become_id(int out)
{
	int nowhere = open("/dev/null", O_RDWR);

	dup2(nowhere, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execl("/usr/bin/id", "id", "-run", (char *)NULL);
	_exit(127);
}

static const char *
by_id(void)
{
	char name[LONGEST + 1];
	size_t size = 0;
	ssize_t n;
	int ends[2], how = -1;
	pid_t child;

	if (pipe(ends) != 0)
		return NULL;
	if ((child = fork()) == 0)
		become_id(ends[1]);
	close(ends[1]);
	while (child > 0 && size < LONGEST &&
	    (n = read(ends[0], name + size, LONGEST - size)) != 0)
		if (n > 0)
			size += (size_t)n;
		else if (errno != EINTR)
			break;
	close(ends[0]);
	while (child > 0 && waitpid(child, &how, 0) < 0 && errno == EINTR)
		;
	name[size] = '\0';
	name[strcspn(name, "\n")] = '\0';
	return how == 0 && *name ? arena_copy(name) : NULL;
}

const char *
login_name(void)
{
	static const char *login;
	char number[24];

	if (!login)
		login = in_passwd(getuid());
	if (!login)
		login = by_id();
	if (!login) {
		snprintf(number, sizeof(number), "%ld", (long)getuid());
		login = arena_copy(number);
	}
	return login;
}
