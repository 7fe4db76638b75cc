/* The log of what was asked of the disk, done again but in part. */
#include "disk.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim.h"
#include "stage.h"

enum { ENTRIES = 16384,
	SECTOR = 512 };

static struct line {
	struct entry e;
	char path[256];
	const char *bytes;
	int life;  /* of the file: each CREATE begins another */
	bool safe; /* synced since */
} lines[ENTRIES];
static int nlines;

static bool deaf;

void
disk_deaf(void)
{
	deaf = true;
}

static char *
read_log(int64_t *size)
{
	int fd = open("log", O_RDONLY);
	struct stat st = { 0 };
	char *all;

	if (fd >= 0 && fstat(fd, &st) != 0)
		stage_die("cannot see the log");
	if (!(all = malloc((size_t)st.st_size + 1)) ||
	    (fd >= 0 && read(fd, all, (size_t)st.st_size) != st.st_size))
		stage_die("cannot read the log");
	if (fd >= 0)
		close(fd);
	*size = st.st_size;
	return all;
}

static void
parse(const char *s, int64_t size)
{
	const char *end = s + size;
	struct line *l;

	for (nlines = 0; s < end; nlines++) {
		if (nlines == ENTRIES)
			stage_die("the log is longer than %d", ENTRIES);
		l = &lines[nlines];
		*l = (struct line){ 0 };
		memcpy(&l->e, s, sizeof(l->e));
		if (l->e.path >= (int64_t)sizeof(l->path))
			stage_die("the name of the folder is too long");
		memcpy(l->path, s + sizeof(l->e), (size_t)l->e.path);
		l->bytes = s + (int64_t)sizeof(l->e) + l->e.path;
		s = l->bytes + l->e.size;
	}
}

static void
tell_lives(void)
{
	int i, j;

	for (i = 0; i < nlines; i++)
		for (j = i; j >= 0 && !lines[i].life; j--)
			if (lines[j].e.type == CREATE &&
			    strcmp(lines[j].path, lines[i].path) == 0)
				lines[i].life = j + 1;
}

static bool
of_folder(const struct line *l)
{
	return l->e.type == CREATE || l->e.type == DELETE;
}

static bool
same_file(const struct line *a, const struct line *b)
{
	return a->life == b->life && strcmp(a->path, b->path) == 0;
}

static void
tell_safe(void)
{
	struct line *l, *s;

	for (s = lines; s < lines + nlines; s++)
		for (l = lines; l < s; l++)
			if (s->e.type == SYNC_FOLDER ? of_folder(l) :
			    s->e.type == SYNC && !of_folder(l) &&
			    same_file(l, s))
				l->safe = true;
}

/* Was the file of this line never made, as far as the disk knows? */
static bool
unborn(const struct line *l)
{
	return l->life > 0 && !lines[l->life - 1].safe;
}

static void
put_bytes(const struct line *l, int64_t from, int64_t n)
{
	int fd = open(l->path, O_WRONLY | O_CREAT, 0600);

	if (fd < 0 || pwrite(fd, l->bytes + from, (size_t)n,
	    l->e.offset + from) != n)
		stage_die("cannot write '%s'", l->path);
	close(fd);
}

static void
put_sectors(const struct line *l)
{
	int64_t at, n;

	for (at = 0; at < l->e.size; at += n) {
		n = SECTOR - (l->e.offset + at) % SECTOR;
		if (n > l->e.size - at)
			n = l->e.size - at;
		if (stage_random() % 2)
			put_bytes(l, at, n);
	}
}

static void
do_again(const struct line *l, bool torn)
{
	if (l->e.type == DELETE)
		unlink(l->path);
	else if (l->e.type == TRUNCATE && truncate(l->path, l->e.offset) != 0)
		stage_die("cannot cut '%s'", l->path);
	else if (l->e.type == CREATE || (l->e.type == WRITE && !torn))
		put_bytes(l, 0, l->e.size);
	else if (l->e.type == WRITE)
		put_sectors(l);
}

/* The folder's own changes survive in their order, as far as some moment:
 * mark those as safe. */
static void
choose_folder(int moment)
{
	int i;

	for (i = 0; i < moment; i++)
		if (of_folder(&lines[i]))
			lines[i].safe = true;
}

static void
choose(enum survival how)
{
	int moment = (int)(stage_random() % (uint64_t)(nlines + 1)), i;

	choose_folder(how == NOTHING ? 0 : moment);
	for (i = 0; i < nlines; i++) {
		struct line *l = &lines[i];

		if (l->safe)
			do_again(l, false);
		else if (of_folder(l) || unborn(l) || how == NOTHING)
			continue;
		else if (how == BEGINNING ? i < moment : stage_random() % 2)
			do_again(l, how == ANY_SECTOR);
	}
}

void
disk_cut(const char *state, enum survival how)
{
	int64_t size;
	char *log = read_log(&size);

	parse(log, size);
	tell_lives();
	if (!deaf)
		tell_safe();
	stage_bring_database(state);
	choose(how);
	free(log);
}
