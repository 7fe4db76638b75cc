/*
 * Rows as bars: which columns say what they are of, which how long.
 *
 * Asked for nothing, every column of numbers but keys, codes and years is
 * drawn, and what stands left of the first says what its bars are of.
 */
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "cmd.h"
#include "fmt.h"
#include "fmtcore.h"
#include "num.h"
#include "tsv.h"

struct kind {
	bool other; /* a field is no number */
	bool point; /* one has decimals */
	bool any;   /* one is not empty */
};

static void
take_rows(struct chart *c, struct tsv *in, struct kind *kinds)
{
	const char *s;
	size_t at;
	double v;
	int i;

	for (; tsv_next(in); c->rows++)
		for (i = 0; i < c->columns; i++) {
			s = tsv_field(in, i);
			at = c->texts.len;
			buf_add(&c->at, (char *)&at, sizeof(at));
			buf_add(&c->texts, s, tsv_size(in, i) + 1);
			if (!*s)
				continue;
			kinds[i].any = true;
			kinds[i].other = kinds[i].other || !num_real(s, &v);
			kinds[i].point = kinds[i].point || strchr(s, '.');
		}
}

const char *
chart_text(const struct chart *c, size_t row, int column)
{
	size_t at;

	memcpy(&at, c->at.text + (row * (size_t)c->columns +
	    (size_t)column) * sizeof(at), sizeof(at));
	return c->texts.text + at;
}

void
chart_label(const struct chart *c, size_t row, int column, struct buf *to)
{
	const char *s = chart_text(c, row, column);
	size_t n = strlen(s), i, len;

	for (i = 0; i < n; i += len)
		if (strchr("\t\n\r", s[i])) {
			buf_char(to, ' ');
			len = 1;
		} else
			len = fmt_char(to, s + i, n - i);
}

bool
chart_value(const struct chart *c, size_t row, int column, double *v)
{
	const char *s = chart_text(c, row, column);

	*v = 0;
	return *s && num_real(s, v);
}

static bool
is_key(const char *name)
{
	int i;

	for (i = 0; entities[i]; i++)
		if (strcmp(entities[i]->name, name) == 0)
			return true;
	return strcmp(name, "key") == 0 || strcmp(name, "org") == 0;
}

static bool
is_year(const char *name)
{
	return strcmp(name, "year") == 0 || strcmp(name, "month") == 0 ||
	    strcmp(name, "week") == 0 || strcmp(name, "quarter") == 0;
}

/* Is it drawn unasked? */
static bool
is_quantity(const char *name, const struct kind *k)
{
	return k->any && !k->other && !fmt_code(name) && !is_year(name) &&
	    (k->point || !is_key(name));
}

static void
add_series(struct chart *c, int column)
{
	struct series *s = &c->series[c->nseries++];
	size_t row;
	double v;

	s->name = c->names[column];
	s->column = column;
	for (row = 0; row < c->rows; row++) {
		chart_value(c, row, column, &v);
		s->low = v < s->low ? v : s->low;
		s->high = v > s->high ? v : s->high;
	}
}

/* What is left of the first series, else all that is no series. */
static void
default_labels(struct chart *c)
{
	int i, j, end = c->nseries ? c->series[0].column : 0;

	for (i = 0; i < end; i++)
		c->labels[c->nlabels++] = i;
	for (i = 0; end == 0 && i < c->columns; i++) {
		for (j = 0; j < c->nseries && c->series[j].column != i; j++)
			;
		if (j == c->nseries)
			c->labels[c->nlabels++] = i;
	}
}

static int
find(const struct chart *c, const char *name, size_t n)
{
	int i;

	for (i = 0; i < c->columns; i++)
		if (strlen(c->names[i]) == n &&
		    memcmp(c->names[i], name, n) == 0)
			return i;
	die(DATA, "<stdin>:1: no column '%.*s'", (int)n, name);
}

static void
name_labels(struct chart *c, const char *list)
{
	size_t n;

	for (; *list && c->nlabels < c->columns; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		c->labels[c->nlabels++] = find(c, list, n);
	}
}

static void
name_series(struct chart *c, const char *name, const struct kind *kinds)
{
	int col = find(c, name, strlen(name));
	size_t row;
	double v;

	for (row = 0; kinds[col].other && row < c->rows; row++)
		if (*chart_text(c, row, col) && !chart_value(c, row, col, &v))
			die(DATA, "%s: not a number: '%s'", name,
			    chart_text(c, row, col));
	add_series(c, col);
}

static void
choose(struct chart *c, const char *const operands[],
    const struct kind *kinds)
{
	int i, n = 0;

	while (operands[n])
		n++;
	c->series = arena_get((size_t)(n + c->columns) * sizeof(*c->series));
	c->labels = arena_get((size_t)c->columns * sizeof(*c->labels));
	if (n > 1)
		name_labels(c, operands[0]);
	for (i = n > 1; i < n; i++)
		name_series(c, operands[i], kinds);
	for (i = 0; n == 0 && i < c->columns; i++)
		if (is_quantity(c->names[i], &kinds[i]))
			add_series(c, i);
	if (n < 2)
		default_labels(c);
}

static void
share_scale(struct chart *c)
{
	double low = 0, high = 0;
	int i;

	for (i = 0; i < c->nseries; i++) {
		low = c->series[i].low < low ? c->series[i].low : low;
		high = c->series[i].high > high ? c->series[i].high : high;
	}
	for (i = 0; i < c->nseries; i++) {
		c->series[i].low = low;
		c->series[i].high = high;
	}
}

enum status
fmt_chart(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct chart c = { .columns = tsv_columns(in) };
	struct kind *kinds;
	int i;

	c.names = arena_get(((size_t)c.columns + 1) * sizeof(*c.names));
	kinds = arena_get(((size_t)c.columns + 1) * sizeof(*kinds));
	for (i = 0; i < c.columns; i++)
		c.names[i] = fmt_name(in, i);
	take_rows(&c, in, kinds);
	if (c.rows > 0) {
		choose(&c, operands, kinds);
		if (c.nseries == 0 && !opts->within)
			die(DATA, "no column of <stdin> holds numbers to"
			    " draw");
		if (opts->common)
			share_scale(&c);
		if (opts->svg && c.nseries)
			chart_svg(&c, opts->within);
		else if (c.nseries)
			chart_bars(&c);
	}
	buf_free(&c.texts);
	buf_free(&c.at);
	return OK;
}
