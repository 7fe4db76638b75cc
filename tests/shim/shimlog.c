/* What is not on the disk yet: each change, told before it is made. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "shim.h"

static int log_file = -2;
static char held[1 << 22]; /* more than any of the test's files is */

/* What of the file lies at this place, in held. */
static int64_t
read_old(const char *path, int64_t offset, int64_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return 0;
	if (n < 0 || n > (int64_t)sizeof(held))
		n = sizeof(held);
	got = pread(fd, held, (size_t)n, offset);
	close(fd);
	return got < 0 ? 0 : got;
}

static int64_t
size_of(const char *path, sqlite3_file *real)
{
	sqlite3_int64 size = 0;
	struct stat st;

	if (real)
		real->pMethods->xFileSize(real, &size);
	else if (stat(path, &st) == 0)
		size = st.st_size;
	return size;
}

/* The bytes of an open file come through the file: to open and close its
 * path again would drop the locks that this process has on it. */
static int64_t
old_bytes(const char *path, sqlite3_file *real, int64_t offset, int64_t n,
    int64_t size)
{
	if (n > size - offset)
		n = size - offset;
	if (n <= 0)
		return 0;
	if (!real)
		return read_old(path, offset, n);
	if (n > (int64_t)sizeof(held))
		abort();
	real->pMethods->xRead(real, held, (int)n, offset);
	return n;
}

void
shim_log(enum change type, const char *path, sqlite3_file *file,
    int64_t offset, const void *bytes, int64_t n)
{
	struct entry e = { .type = type, .offset = offset, .after = n };
	const char *name = getenv("CRM_FAULT_LOG");
	union { const void *in; void *out; } text = { path }, new = { bytes };
	struct iovec parts[4] = { { &e, sizeof(e) } };

	if (!path || !name)
		return;
	if (log_file == -2)
		log_file = open(name,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	e.path = (int64_t)strlen(path);
	if (type == WRITE || type == TRUNCATE || type == DELETE) {
		e.size = size_of(path, file);
		e.before = old_bytes(path, file, offset,
		    type == WRITE ? n : e.size - offset, e.size);
	}
	parts[1] = (struct iovec){ text.out, (size_t)e.path };
	parts[2] = (struct iovec){ held, (size_t)e.before };
	parts[3] = (struct iovec){ new.out, (size_t)n };
	if (writev(log_file, parts, 4) < 0)
		abort();
}
