/* What is to fail, and SQLite's file system with a hand in it. */
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __real_sqlite3_open_v2(const char *, sqlite3 **, int, const char *);
int __wrap_sqlite3_open_v2(const char *, sqlite3 **, int, const char *);
void *__real_malloc(size_t);
void *__wrap_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__wrap_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
void *__wrap_realloc(void *, size_t);
struct passwd *__real_getpwuid(uid_t);
struct passwd *__wrap_getpwuid(uid_t);

static struct {
	enum fault kind;
	long at, calls, pieces;
	bool inside; /* the C library, which can't bear it */
} plan;

/* From here on nothing fails: what else runs now, such as the measuring of
 * coverage, is not the command. */
static void
end_plan(void)
{
	const char *name = getenv("CRM_FAULT_COUNT");
	char line[64];
	int fd, n;

	plan.kind = NONE;
	if (!name || (fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600)) < 0)
		return;
	n = snprintf(line, sizeof(line), "%ld %ld\n", plan.calls, plan.pieces);
	if (write(fd, line, (size_t)n) != n)
		_exit(99);
	close(fd);
}

__attribute__((constructor)) static void
read_plan(void)
{
	static const char *const kinds[] = { "none", "kill", "tear", "error",
		"broken", "full", "short", "lack", "drought" };
	const char *s = getenv("CRM_FAULT"), *colon = s ? strchr(s, ':') : s;
	size_t i;

	for (i = 0; colon && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strlen(kinds[i]) == (size_t)(colon - s) &&
		    memcmp(kinds[i], s, (size_t)(colon - s)) == 0)
			plan.kind = (enum fault)i;
	atexit(end_plan);
	plan.at = colon ? strtol(colon + 1, NULL, 10) : 0;
}

enum act
shim_call(void)
{
	long n = ++plan.calls - plan.at;

	if (n < 0)
		return PASS;
	if (n == 0 && plan.kind == KILL)
		raise(SIGKILL);
	if (plan.kind == FULL)
		return FILL;
	if (plan.kind == BROKEN || (n == 0 && plan.kind == ERROR))
		return FAIL;
	return n == 0 && (plan.kind == TEAR || plan.kind == SHORT) ? HALF :
	    PASS;
}

void
shim_halved(void)
{
	if (plan.kind == TEAR)
		raise(SIGKILL);
	shim_shorten();
}

static bool
lacking(void)
{
	long n;

	if (plan.inside)
		return false;
	n = ++plan.pieces - plan.at;
	return n >= 0 && (plan.kind == DROUGHT || (n == 0 &&
	    plan.kind == LACK));
}

void *
__wrap_malloc(size_t size)
{
	return lacking() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return lacking() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t size)
{
	return lacking() ? NULL : __real_realloc(p, size);
}

/* The C library aborts, or knows nobody, when memory lacks in the middle of
 * this: the whole of it is one piece. */
struct passwd *
__wrap_getpwuid(uid_t uid)
{
	struct passwd *p;

	errno = ENOMEM;
	if (lacking())
		return NULL;
	errno = 0;
	plan.inside = true;
	p = __real_getpwuid(uid);
	plan.inside = false;
	return p;
}

static sqlite3_vfs *real, ours;

static int
open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
    int *out)
{
	struct shim_file *f = (struct shim_file *)base;
	bool kept = path && !(flags & SQLITE_OPEN_DELETEONCLOSE);
	int rc, there = 1;

	(void)vfs;
	f->real = (sqlite3_file *)(f + 1);
	f->base.pMethods = NULL;
	f->path = kept ? path : NULL;
	if (shim_call() == FAIL)
		return SQLITE_CANTOPEN;
	if (kept && (flags & SQLITE_OPEN_CREATE))
		real->xAccess(real, path, SQLITE_ACCESS_EXISTS, &there);
	f->fresh = !there;
	if ((rc = real->xOpen(real, path, f->real, flags, out)) != SQLITE_OK)
		return rc;
	f->base.pMethods = &shim_methods;
	if (f->fresh)
		shim_log(CREATE, path, 0, NULL, 0);
	return SQLITE_OK;
}

static int
delete_file(sqlite3_vfs *vfs, const char *path, int sync)
{
	(void)vfs;
	if (shim_call() == FAIL)
		return SQLITE_IOERR_DELETE;
	shim_log(DELETE, path, 0, NULL, 0);
	if (sync)
		shim_log(SYNC_FOLDER, path, 0, NULL, 0);
	return real->xDelete(real, path, 0);
}

static int
see_file(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
	(void)vfs;
	return shim_call() == FAIL ? SQLITE_IOERR_ACCESS :
	    real->xAccess(real, path, flags, out);
}

int
__wrap_sqlite3_open_v2(const char *path, sqlite3 **db, int flags,
    const char *vfs)
{
	if (!real && sqlite3_initialize() == SQLITE_OK) {
		real = sqlite3_vfs_find(NULL);
		ours = *real;
		ours.zName = "shim";
		ours.szOsFile += (int)sizeof(struct shim_file);
		ours.xOpen = open_file;
		ours.xDelete = delete_file;
		ours.xAccess = see_file;
		sqlite3_vfs_register(&ours, 1);
	}
	return __real_sqlite3_open_v2(path, db, flags, vfs);
}
