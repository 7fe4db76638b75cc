/*
 * What stands between libFuzzer and a reader.
 *
 * Readers end the command where the input is wrong, and leave it to the end
 * of the process to give memory back.  Here exit() comes back instead (the
 * linker sends it to __wrap_exit), and every piece of memory taken meanwhile
 * is known: after an exit all is freed, after a return what is left over is
 * a leak.  The arena is this one: a piece of exactly its size for each call,
 * so that the sanitizer sees who reads past it.
 */
#include "fuzz.h"

#include <sanitizer/allocator_interface.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "die.h"
#include "spool.h"

enum { BITS = 18, SLOTS = 1 << BITS }; /* more than a run takes */

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
NORETURN void __wrap_exit(int status);
NORETURN void __real_exit(int status);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t size);
size_t __wrap_spool_read(struct spool *s, void *to, size_t size);
size_t __real_spool_read(struct spool *s, void *to, size_t size);

/* Pieces of memory that the run has taken, by address. */
static struct {
	uintptr_t at;
	uint32_t run;
	bool live, arena;
} slots[SLOTS];
static uint32_t used[SLOTS], nused, held, run;
static bool running;

static jmp_buf out;
static size_t step;

void
fuzz_check(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz: %s\n", what);
	abort();
}

static uint32_t
slot(uintptr_t at)
{
	uint32_t i = (uint32_t)(at >> 4) * 0x9e3779b1u >> (32 - BITS);

	while (slots[i].run == run && slots[i].at != at)
		i = (i + 1) & (SLOTS - 1);
	return i;
}

static void
taken(const volatile void *at, size_t size)
{
	uint32_t i;

	(void)size;
	if (!running || !at)
		return;
	i = slot((uintptr_t)at);
	if (slots[i].run != run) {
		if (nused == SLOTS - 1)
			abort();
		used[nused++] = i;
	}
	slots[i].at = (uintptr_t)at;
	slots[i].run = run;
	slots[i].live = true;
	slots[i].arena = false;
	held++;
}

static void
given(const volatile void *at)
{
	uint32_t i;

	if (!running || !at)
		return;
	i = slot((uintptr_t)at);
	if (slots[i].run != run || !slots[i].live)
		return;
	slots[i].live = false;
	held--;
}

/* Free what the run has left: all of it, or what is in the arena. */
static void
free_left(bool all)
{
	uint32_t i;

	for (i = 0; i < nused; i++)
		if (slots[used[i]].live && (all || slots[used[i]].arena))
			free((void *)slots[used[i]].at);
}

/* Who took what is left. */
static void
tell_left(void)
{
	uint32_t i;

	for (i = 0; i < nused; i++)
		if (slots[used[i]].live)
			__asan_describe_address((void *)slots[used[i]].at);
}

void *
arena_get(size_t size)
{
	void *p = calloc(1, size ? size : 1);
	uint32_t i;

	if (!running)
		__lsan_ignore_object(p);
	else if (slots[i = slot((uintptr_t)p)].run == run)
		slots[i].arena = true;
	return p;
}

void
arena_end(void)
{
	free_left(false);
}

void
__wrap_exit(int status)
{
	int i;

	if (!running)
		__real_exit(status);
	for (i = 0; target.statuses[i] && target.statuses[i] != status; i++)
		;
	if (!target.statuses[i])
		fprintf(stderr, "fuzz: exit status %d\n", status);
	fuzz_check(target.statuses[i], "not how this reader may end");
	longjmp(out, 1);
}

/* Messages are made, but not shown. */
ssize_t
__wrap_write(int fd, const void *bytes, size_t size)
{
	return fd == STDERR_FILENO && running ? (ssize_t)size :
	    __real_write(fd, bytes, size);
}

size_t
__wrap_spool_read(struct spool *s, void *to, size_t size)
{
	return __real_spool_read(s, to, step && step < size ? step : size);
}

struct spool *
fuzz_spool(const char *text, size_t size, size_t at_once)
{
	struct spool *s = spool_new();

	spool_add(s, text, size);
	step = at_once;
	return s;
}

const char *
fuzz_path(const char *name)
{
	static char folder[128], path[192];
	const char *parent = getenv("TMPDIR");

	if (!folder[0]) {
		snprintf(folder, sizeof(folder), "%s/fuzz.XXXXXX",
		    parent ? parent : "/tmp");
		fuzz_check(mkdtemp(folder) != NULL, folder);
	}
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	setenv("CRM_NOW", "2024-03-01T09:00:00Z", 1);
	setenv("CRM_USER", "ann", 1);
	setenv("TZ", "UTC", 1);
	tzset(); /* what it takes it keeps */
	__sanitizer_install_malloc_and_free_hooks(taken, given);
	if (target.setup)
		target.setup();
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *text; /* static: setjmp keeps no others */
	static bool exited;

	text = malloc(size + 1);
	fuzz_check(text != NULL, "out of memory");
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	run++;
	nused = held = 0;
	running = true;
	exited = setjmp(out) != 0;
	if (!exited)
		target.run(text, size);
	if (target.clean)
		target.clean();
	if (!exited) {
		arena_end();
		if (held > target.holds)
			tell_left();
		fuzz_check(held <= target.holds, "memory is left over");
	}
	free_left(true);
	running = false;
	free(text);
	return 0;
}
