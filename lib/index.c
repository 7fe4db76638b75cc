#include "index.h"

#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"

struct entry {
	size_t at, size;
	uint64_t hash;
};

struct index {
	struct buf texts, entries; /* struct entry, by number */
	struct buf table;          /* uint32_t: number + 1, or 0 */
	size_t n, slots;
};

struct index *
index_new(void)
{
	return arena_get(sizeof(struct index));
}

static struct entry *
entry(const struct index *x, size_t n)
{
	return (struct entry *)(void *)x->entries.text + n;
}

static uint32_t *
table(const struct index *x)
{
	return (uint32_t *)(void *)x->table.text;
}

/* FNV-1a, 64 bits. */
static uint64_t
hash_of(const char *s, size_t size)
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < size; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3u;
	return h ^ h >> 32;
}

static size_t
slot(const struct index *x, const char *s, size_t size, uint64_t hash)
{
	size_t i = hash & (x->slots - 1);
	struct entry *e;

	for (; table(x)[i]; i = (i + 1) & (x->slots - 1)) {
		e = entry(x, table(x)[i] - 1);
		if (e->hash == hash && e->size == size &&
		    memcmp(x->texts.text + e->at, s, size) == 0)
			break;
	}
	return i;
}

/* At most half of the slots are taken. */
static void
grow(struct index *x)
{
	size_t n, i;

	x->slots = x->slots ? 2 * x->slots : 1024;
	buf_clear(&x->table);
	memset(buf_room(&x->table, x->slots * sizeof(uint32_t)), 0,
	    x->slots * sizeof(uint32_t));
	for (n = 0; n < x->n; n++) {
		for (i = entry(x, n)->hash & (x->slots - 1); table(x)[i];
		     i = (i + 1) & (x->slots - 1))
			;
		table(x)[i] = (uint32_t)n + 1;
	}
}

size_t
index_add(struct index *x, const char *s, size_t size, bool *new)
{
	struct entry e = { .at = x->texts.len, .size = size,
		.hash = hash_of(s, size) };
	size_t i;

	if (2 * (x->n + 1) > x->slots)
		grow(x);
	i = slot(x, s, size, e.hash);
	*new = !table(x)[i];
	if (*new) {
		buf_add(&x->texts, s, size);
		buf_add(&x->texts, "", 1);
		buf_add(&x->entries, (char *)&e, sizeof(e));
		table(x)[i] = (uint32_t)++x->n;
	}
	return table(x)[i] - 1;
}

size_t
index_find(const struct index *x, const char *s, size_t size)
{
	size_t i;

	if (!x->slots)
		return x->n;
	i = slot(x, s, size, hash_of(s, size));
	return table(x)[i] ? table(x)[i] - 1 : x->n;
}

size_t
index_count(const struct index *x)
{
	return x->n;
}

const char *
index_text(const struct index *x, size_t n, size_t *size)
{
	if (size)
		*size = entry(x, n)->size;
	return x->texts.text + entry(x, n)->at;
}

void
index_free(struct index *x)
{
	buf_free(&x->texts);
	buf_free(&x->entries);
	buf_free(&x->table);
	x->n = x->slots = 0;
}
