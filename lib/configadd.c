/* A key more in crm.yaml. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "db.h"
#include "newfile.h"
#include "slurp.h"
#include "yml.h"

/* Through links: the file is replaced, not what leads to it. */
static const char *
real(const char *path)
{
	char *found = realpath(path, NULL);
	const char *kept = found ? arena_copy(found) : path;

	free(found);
	return kept;
}

static void
write_all(const char *text, size_t size)
{
	ssize_t n;

	while (size) {
		n = write(newfile_fd(), text, size);
		if (n < 0 && errno != EINTR)
			die(TROUBLE, "cannot write '%s': %s", newfile_name(),
			    strerror(errno));
		text += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
}

void
config_add(const char *key, const char *name, const char *value, bool keep)
{
	const char *path = config_path();
	bool there = path != NULL;
	const char *old = "";
	struct buf new = { 0 };
	struct stat st = { .st_mode = 0644 };

	path = real(there ? path : config_beside(db_path(NULL)));
	if (there && stat(path, &st) == 0)
		old = slurp(path, NOINPUT, CONFIG);
	if (!yml_add(&new, old, strlen(old), path, key, name, value))
		die(CONFIG, "%s: cannot add %s.%s to it: write it by hand",
		    path, key, name);
	if (keep) {
		newfile_open(path);
		write_all(new.text, new.len);
		newfile_keep(st.st_mode & 07777, there);
	}
	buf_free(&new);
}
