#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "die.h"

enum { CHUNK = 16384 };

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

static struct chunk *chunks; /* a root, so a dying command leaks nothing */

static struct chunk *
grow(size_t size)
{
	size_t want = size > CHUNK ? size : CHUNK;
	struct chunk *c = calloc(1, sizeof(*c) + want);

	if (!c)
		die(MEMORY, "out of memory");
	c->next = chunks;
	c->size = want;
	/* cppcheck-suppress memleak ; the list of chunks holds it */
	return chunks = c;
}

void *
arena_get(size_t size)
{
	size_t step = alignof(max_align_t);
	size_t need = (size + step - 1) / step * step;
	struct chunk *c = chunks;
	char *p;

	if (!c || c->size - c->used < need)
		c = grow(need);
	p = c->data + c->used;
	c->used += need;
	return p;
}

void
arena_end(void)
{
	struct chunk *c;

	while ((c = chunks)) {
		chunks = c->next;
		free(c);
	}
}
