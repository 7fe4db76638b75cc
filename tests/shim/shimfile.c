/* The methods of a file, each of them counted. */
#include <errno.h>
#include <string.h>
#include <sys/types.h>

#include "shim.h"

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct shim_file *)f)->real;
}

#define DO(f, method, ...) (real(f)->pMethods->method(real(f), __VA_ARGS__))

static bool shorten;
static ssize_t (*system_read)(int, void *, size_t, off_t);
static ssize_t (*system_write)(int, const void *, size_t, off_t);

static size_t
part(size_t n)
{
	n = shorten && n > 1 ? n / 2 : n;
	shorten = false;
	return n;
}

static ssize_t
short_read(int fd, void *to, size_t n, off_t at)
{
	return system_read(fd, to, part(n), at);
}

static ssize_t
short_write(int fd, const void *from, size_t n, off_t at)
{
	return system_write(fd, from, part(n), at);
}

void
shim_shorten(void)
{
	static const char *const reads[] = { "pread64", "pread" };
	static const char *const writes[] = { "pwrite64", "pwrite" };
	sqlite3_vfs *unix = sqlite3_vfs_find("unix");
	sqlite3_syscall_ptr p;
	int i;

	for (i = 0; i < 2; i++) {
		if ((p = unix->xGetSystemCall(unix, reads[i]))) {
			memcpy(&system_read, &p, sizeof(p));
			unix->xSetSystemCall(unix, reads[i],
			    (sqlite3_syscall_ptr)short_read);
		}
		if ((p = unix->xGetSystemCall(unix, writes[i]))) {
			memcpy(&system_write, &p, sizeof(p));
			unix->xSetSystemCall(unix, writes[i],
			    (sqlite3_syscall_ptr)short_write);
		}
	}
	shorten = true;
}

static int
shut(sqlite3_file *f)
{
	shim_call();
	return real(f)->pMethods->xClose(real(f));
}

static int
get(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	enum act act = shim_call();

	if (act == FAIL)
		return SQLITE_IOERR_READ;
	if (act == HALF)
		shim_halved();
	return DO(f, xRead, to, n, at);
}

static int
put(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	struct shim_file *s = (struct shim_file *)f;
	enum act act = shim_call();

	if (act == FAIL)
		return SQLITE_IOERR_WRITE;
	shim_log(WRITE, s->path, at, from, n);
	if (act == FILL || act == HALF)
		DO(f, xWrite, from, n / 2, at);
	if (act == FILL)
		return SQLITE_FULL;
	if (act == HALF)
		shim_halved();
	return DO(f, xWrite, from, n, at);
}

static int
cut(sqlite3_file *f, sqlite3_int64 size)
{
	struct shim_file *s = (struct shim_file *)f;

	if (shim_call() == FAIL)
		return SQLITE_IOERR_TRUNCATE;
	shim_log(TRUNCATE, s->path, size, NULL, 0);
	return DO(f, xTruncate, size);
}

static int
sync_file(sqlite3_file *f, int flags)
{
	struct shim_file *s = (struct shim_file *)f;

	(void)flags;
	if (shim_call() == FAIL)
		return SQLITE_IOERR_FSYNC;
	shim_log(SYNC, s->path, 0, NULL, 0);
	if (s->fresh)
		shim_log(SYNC_FOLDER, s->path, 0, NULL, 0);
	s->fresh = false;
	return SQLITE_OK;
}

static int
measure(sqlite3_file *f, sqlite3_int64 *size)
{
	return shim_call() == FAIL ? SQLITE_IOERR_FSTAT :
	    DO(f, xFileSize, size);
}

static int
lock(sqlite3_file *f, int how)
{
	return shim_call() == FAIL ? SQLITE_IOERR_LOCK : DO(f, xLock, how);
}

static int
unlock(sqlite3_file *f, int how)
{
	enum act act = shim_call();
	int rc = DO(f, xUnlock, how);

	return act == FAIL ? SQLITE_IOERR_UNLOCK : rc;
}

static int
reserved(sqlite3_file *f, int *out)
{
	return shim_call() == FAIL ? SQLITE_IOERR_CHECKRESERVEDLOCK :
	    DO(f, xCheckReservedLock, out);
}

static int
control(sqlite3_file *f, int op, void *arg)
{
	return DO(f, xFileControl, op, arg);
}

static int
sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int
map_shared(sqlite3_file *f, int page, int size, int extend,
    void volatile **out)
{
	enum act act = shim_call();

	if (act == FAIL || (act == FILL && extend))
		return SQLITE_IOERR_SHMMAP;
	return DO(f, xShmMap, page, size, extend, out);
}

static int
lock_shared(sqlite3_file *f, int at, int n, int flags)
{
	enum act act = shim_call();

	if (act == FAIL && (flags & SQLITE_SHM_LOCK))
		return SQLITE_IOERR_SHMLOCK;
	return DO(f, xShmLock, at, n, flags);
}

static void
barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
unmap_shared(sqlite3_file *f, int delete)
{
	return DO(f, xShmUnmap, delete);
}

/* Version 2: a file is never mapped, so that nothing goes past us. */
const sqlite3_io_methods shim_methods = {
	.iVersion = 2,
	.xClose = shut,
	.xRead = get,
	.xWrite = put,
	.xTruncate = cut,
	.xSync = sync_file,
	.xFileSize = measure,
	.xLock = lock,
	.xUnlock = unlock,
	.xCheckReservedLock = reserved,
	.xFileControl = control,
	.xSectorSize = sector,
	.xDeviceCharacteristics = traits,
	.xShmMap = map_shared,
	.xShmLock = lock_shared,
	.xShmBarrier = barrier,
	.xShmUnmap = unmap_shared,
};
