/* Where the database is, and the file that it will be. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbcore.h"

/* A link has no lock, no log and no crm.yaml of its own beside it. */
static const char *
follow(const char *path)
{
	char to[PATH_MAX];
	struct stat st;

	if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode) ||
	    !realpath(path, to))
		return path;
	return arena_copy(to);
}

const char *
db_path(const char *path)
{
	static const char *chosen;
	const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");
	struct buf b = { 0 };

	if (chosen && !path)
		return chosen;
	if (path && !*path)
		die(USAGE, "the name of the database is empty");
	if (path || ((path = getenv("CRM_DB")) && *path))
		return chosen = follow(path);
	if (data && *data == '/')
		buf_printf(&b, "%s/crm/crm.db", data);
	else if (home && *home)
		buf_printf(&b, "%s/.local/share/crm/crm.db", home);
	else
		die(NOINPUT, "no database: set CRM_DB or give -d FILE");
	chosen = follow(arena_copy(b.text));
	buf_free(&b);
	return chosen;
}

static void
make_folder(const char *path, mode_t mode)
{
	const char *p;
	char *part;

	for (p = path; (p = strchr(p + 1, '/'));) {
		part = arena_slice(path, (size_t)(p - path));
		if (mkdir(part, mode & 0777) == 0)
			(void)(chmod(part, mode) == 0 || errno);
		else if (errno != EEXIST)
			die(CANTMAKE, "cannot make the folder '%s': %s", part,
			    strerror(errno));
	}
}

void
db_must_be_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		die(DATA, "'%s' is not a database", path);
}

/* Whoever adds the log beside it must not make it his alone. */
static void
check_group(int fd, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_slice(path,
	    (size_t)(slash - path) + 1) : "./";
	struct stat st, of;

	if (stat(folder, &st) != 0 || fstat(fd, &of) != 0 ||
	    (st.st_mode & 02070) != 02070 || of.st_gid != st.st_gid)
		warn("the folder '%s' is not a group's: make it so by "
		    "chgrp GROUP and chmod 2770", folder);
}

void
db_make_file(const char *path, bool group)
{
	mode_t mode = group ? 0660 : 0600;
	int fd;

	make_folder(path, group ? 02770 : 0700);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		die(CANTMAKE, "cannot make the database '%s': %s", path,
		    strerror(errno));
	if (fchmod(fd, mode) != 0)
		die(CANTMAKE, "cannot set the mode of '%s': %s", path,
		    strerror(errno));
	if (group)
		check_group(fd, path);
	close(fd);
}

const char *
db_immutable(const char *path)
{
	struct buf b = { 0 };
	const char *uri;

	buf_text(&b, "file:");
	for (; *path; path++)
		if (*path == '%' || *path == '?' || *path == '#')
			buf_printf(&b, "%%%02x", *path);
		else
			buf_char(&b, *path);
	buf_text(&b, "?immutable=1");
	uri = arena_copy(b.text);
	buf_free(&b);
	return uri;
}
