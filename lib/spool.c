#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "die.h"

enum {
	MEMORY_LIMIT = 16 << 20,
	AHEAD = 64 << 10,
};

struct spool {
	const char *name;
	int fd;      /* the file, or -1: all is in memory */
	bool stream; /* read fd as it comes */
	bool own;    /* made here, so closed here */
	off_t start; /* where in the file it begins */
	size_t size, at;
	struct buf memory; /* all, or what is not yet in the file */
	struct buf ahead;  /* of the file, what was read before it is wanted */
	size_t ahead_at;   /* and where that begins */
};

struct spool *
spool_new(void)
{
	struct spool *s = arena_get(sizeof(*s));

	s->fd = -1;
	s->name = "temporary file";
	return s;
}

static int
unlinked_file(void)
{
	static const char tail[] = "/crm.XXXXXX";
	const char *dir = getenv("TMPDIR");
	struct buf path = { 0 };
	int fd;

	buf_text(&path, dir && *dir ? dir : "/tmp");
	buf_text(&path, tail);
	fd = mkstemp(path.text);
	if (fd < 0 || unlink(path.text) != 0)
		die(CANTMAKE, "cannot make a file in '%.*s': %s",
		    (int)(path.len - strlen(tail)), path.text,
		    strerror(errno));
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	buf_free(&path);
	return fd;
}

/* Put what is in memory into the file. */
static void
drain(struct spool *s)
{
	size_t done;
	ssize_t n;

	if (s->fd < 0) {
		s->fd = unlinked_file();
		s->own = true;
	}
	for (done = 0; done < s->memory.len; done += (size_t)n) {
		n = write(s->fd, s->memory.text + done, s->memory.len - done);
		if (n < 0 && errno == EINTR)
			n = 0;
		else if (n < 0)
			die(TROUBLE, "cannot write a temporary file: %s",
			    strerror(errno));
	}
	buf_clear(&s->memory);
	buf_clear(&s->ahead);
}

void
spool_add(struct spool *s, const void *bytes, size_t size)
{
	if (s->memory.len > 0 && s->memory.len + size > MEMORY_LIMIT)
		drain(s);
	buf_add(&s->memory, bytes, size);
	s->size += size;
}

static size_t
read_some(int fd, const char *name, void *to, size_t size)
{
	ssize_t n;

	while ((n = read(fd, to, size)) < 0 && errno == EINTR)
		;
	if (n < 0)
		die(TROUBLE, "cannot read '%s': %s", name, strerror(errno));
	return (size_t)n;
}

struct spool *
spool_stream(int fd, const char *name)
{
	struct spool *s = spool_new();

	s->fd = fd;
	s->name = name;
	s->stream = true;
	return s;
}

struct spool *
spool_take(int fd, const char *name)
{
	struct spool *s = spool_new();
	struct stat st;
	char *room;
	size_t n;

	s->name = name;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (s->start = lseek(fd, 0, SEEK_CUR)) >= 0) {
		s->fd = fd;
		if (st.st_size > s->start)
			s->size = (size_t)(st.st_size - s->start);
		return s;
	}
	s->start = 0;
	do {
		if (s->memory.len + SPOOL_CHUNK > MEMORY_LIMIT)
			drain(s);
		room = buf_room(&s->memory, SPOOL_CHUNK);
		n = read_some(fd, name, room, SPOOL_CHUNK);
		s->memory.len += n;
		s->size += n;
	} while (n > 0);
	return s;
}

static size_t
read_file(struct spool *s, void *to, size_t size, size_t at)
{
	ssize_t n;

	while ((n = pread(s->fd, to, size, s->start + (off_t)at)) < 0 &&
	    errno == EINTR)
		;
	if (n < 0)
		die(TROUBLE, "cannot read '%s': %s", s->name,
		    strerror(errno));
	return (size_t)n;
}

/* Small pieces are taken from a larger one. */
static size_t
read_piece(struct spool *s, char *to, size_t size)
{
	size_t done = 0, at, n;

	while (done < size) {
		at = s->at + done;
		if (at < s->ahead_at || at >= s->ahead_at + s->ahead.len) {
			buf_clear(&s->ahead);
			s->ahead.len = read_file(s,
			    buf_room(&s->ahead, AHEAD), AHEAD, at);
			s->ahead_at = at;
			if (!s->ahead.len)
				break;
		}
		n = s->ahead_at + s->ahead.len - at;
		if (n > size - done)
			n = size - done;
		memcpy(to + done, s->ahead.text + (at - s->ahead_at), n);
		done += n;
	}
	return done;
}

size_t
spool_read(struct spool *s, void *to, size_t size)
{
	if (s->stream)
		return read_some(s->fd, s->name, to, size);
	if (s->fd >= 0 && s->memory.len > 0)
		drain(s);
	if (size > s->size - s->at)
		size = s->size - s->at;
	if (s->fd < 0)
		memcpy(to, buf_get(&s->memory) + s->at, size);
	else if (size < AHEAD)
		size = read_piece(s, to, size);
	else
		size = read_file(s, to, size, s->at);
	s->at += size;
	return size;
}

size_t
spool_size(const struct spool *s)
{
	return s->size;
}

void
spool_rewind(struct spool *s)
{
	s->at = 0;
}

void
spool_free(struct spool *s)
{
	if (s->own)
		close(s->fd);
	buf_free(&s->memory);
	buf_free(&s->ahead);
	s->fd = -1;
	s->own = false;
	s->size = s->at = 0;
}
