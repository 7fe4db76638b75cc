#include "table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "arena.h"
#include "num.h"
#include "put.h"
#include "spool.h"
#include "text.h"

enum { GAP = 2,
	LEAST = 6 }; /* between columns; a column that was cut */

struct column {
	size_t width;
	bool number;
};

struct table {
	struct spool *spool;
	struct column *columns;
	int ncolumns, at;
};

struct table *
table_new(int columns)
{
	struct table *t = arena_get(sizeof(*t));

	t->spool = spool_new();
	t->columns = arena_get((size_t)columns * sizeof(*t->columns));
	t->ncolumns = columns;
	return t;
}

void
table_add(struct table *t, const char *s, size_t n, bool number)
{
	struct column *c = &t->columns[t->at];
	size_t width = text_width(s, n);

	if (width > c->width)
		c->width = width;
	c->number = c->number || number;
	spool_add(t->spool, &n, sizeof(n));
	spool_add(t->spool, s, n);
	t->at = (t->at + 1) % t->ncolumns;
}

size_t
table_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int64_t n;

	if (columns && num_int(columns, &n) && n > 0)
		return (size_t)n;
	if (!isatty(STDOUT_FILENO))
		return SIZE_MAX;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

/* Take from the widest until all fit, or nobody has more to give. */
static void
fit(struct table *t, size_t width)
{
	struct column *c, *widest;
	size_t total = 0;
	int i;

	for (i = 0; i < t->ncolumns; i++)
		total += t->columns[i].width + (i ? GAP : 0);
	while (total > width) {
		widest = NULL;
		for (i = 0; i < t->ncolumns; i++) {
			c = &t->columns[i];
			if (!c->number && c->width > LEAST &&
			    (!widest || c->width > widest->width))
				widest = c;
		}
		if (!widest)
			return;
		widest->width--;
		total--;
	}
}

static void
blanks(size_t n)
{
	static const char some[] = "                                ";

	for (; n > sizeof(some) - 1; n -= sizeof(some) - 1)
		put(some, sizeof(some) - 1);
	put(some, n);
}

static void
print_field(const struct column *c, bool last, const char *s, size_t n)
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	size_t used, size = text_fit(s, n, c->width, &used);
	bool cut = size < n;

	if (cut)
		size = text_fit(s, n, c->width - 1, &used);
	if (c->number)
		blanks(c->width - used);
	put(s, size);
	if (cut) {
		put(ellipsis, sizeof(ellipsis) - 1);
		used++;
	}
	if (last)
		put("\n", 1);
	else
		blanks((c->number ? 0 : c->width - used) + GAP);
}

void
table_print(struct table *t)
{
	struct buf field = { 0 };
	bool last;
	size_t n;
	int i;

	fit(t, table_width());
	spool_rewind(t->spool);
	for (i = 0; spool_read(t->spool, &n, sizeof(n)); last ? i = 0 : i++) {
		buf_clear(&field);
		n = spool_read(t->spool, buf_room(&field, n), n);
		last = i == t->ncolumns - 1;
		print_field(&t->columns[i], last, field.text, n);
	}
	buf_free(&field);
	spool_free(t->spool);
}
