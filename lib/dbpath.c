/* Where the database is, and the file that it will be. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbcore.h"

const char *
db_path(const char *path)
{
	static const char *chosen;
	const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");
	struct buf b = { 0 };

	if (chosen && !path)
		return chosen;
	if (path || ((path = getenv("CRM_DB")) && *path))
		return chosen = path;
	if (data && *data == '/')
		buf_printf(&b, "%s/crm/crm.db", data);
	else if (home && *home)
		buf_printf(&b, "%s/.local/share/crm/crm.db", home);
	else
		die(NOINPUT, "no database: set CRM_DB or give -d FILE");
	chosen = arena_copy(b.text);
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
	close(fd);
}
