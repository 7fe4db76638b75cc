#include "memo.h"

#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "index.h"

struct memo {
	struct index *texts;
	struct buf values; /* by number of the text */
	size_t size, most;
};

struct memo *
memo_new(size_t size, size_t most)
{
	struct memo *m = arena_get(sizeof(*m));

	m->texts = index_new();
	m->size = size;
	m->most = most;
	return m;
}

const void *
memo_get(const struct memo *m, const char *text, size_t n)
{
	size_t at = index_find(m->texts, text, n);

	return at < index_count(m->texts) ? m->values.text + at * m->size :
	    NULL;
}

void
memo_put(struct memo *m, const char *text, size_t n, const void *value)
{
	bool new;
	size_t at;

	if (index_count(m->texts) >= m->most)
		memo_clear(m);
	at = index_add(m->texts, text, n, &new);
	if (new)
		buf_add(&m->values, value, m->size);
	else
		memcpy(m->values.text + at * m->size, value, m->size);
}

void
memo_clear(struct memo *m)
{
	index_free(m->texts);
	buf_clear(&m->values);
}
