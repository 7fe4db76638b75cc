/*
 * Bars of characters.  Each series has a panel: its numbers, then its bars.
 * As many panels as fit stand side by side, the others below.
 *
 * In a UTF-8 locale a bar to the right ends at an eighth of a column, one
 * to the left (there are no such characters) at a half; elsewhere it is
 * made of #.
 */
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "cmd.h"
#include "fmtcore.h"
#include "put.h"
#include "table.h"
#include "text.h"

enum { GAP = 2,
	NARROW = 8, /* a bar that has not so much room goes below */
	UNKNOWN = 80 };

struct panel {
	const struct series *of;
	size_t whole, part; /* of its numbers: before the point, from it on */
	size_t number;      /* columns they take, the name over them too */
};

static struct {
	const struct chart *chart;
	bool blocks;
	size_t *widths, labels; /* of each column of labels; all, with gaps */
	struct panel *panels;
	struct buf line, label;
} d;

/* What setlocale(3) would go by. */
static bool
is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *s = NULL, *dot;
	int i;

	for (i = 0; i < 3 && (!s || !*s); i++)
		s = getenv(names[i]);
	dot = s ? strchr(s, '.') : NULL;
	return dot && (strncasecmp(dot, ".utf-8", 6) == 0 ||
	    strncasecmp(dot, ".utf8", 5) == 0);
}

static void
repeat(const char *s, size_t n)
{
	while (n-- > 0)
		buf_text(&d.line, s);
}

/* A text in so many columns, cut with an ellipsis. */
static void
add_cut(const char *s, size_t width)
{
	size_t n = strlen(s), used, fits = text_fit(s, n, width, &used);

	if (fits < n)
		fits = text_fit(s, n, width - 1, &used);
	buf_add(&d.line, s, fits);
	if (fits < n) {
		buf_text(&d.line, "\xe2\x80\xa6");
		used++;
	}
	repeat(" ", width - used + GAP);
}

static const char *
label(size_t row, int column)
{
	buf_clear(&d.label);
	chart_label(d.chart, row, column, &d.label);
	return buf_get(&d.label);
}

/* Labels take half of the width, each an equal share at most. */
static void
measure_labels(size_t width)
{
	const struct chart *c = d.chart;
	size_t most = width / 2 / (size_t)(c->nlabels ? c->nlabels : 1);
	size_t row, n;
	int i;

	most = most > NARROW ? most - GAP : NARROW;
	d.widths = arena_get(((size_t)c->nlabels + 1) * sizeof(*d.widths));
	for (i = 0; i < c->nlabels; i++) {
		n = common.form.bare ? 0 : strlen(c->names[c->labels[i]]);
		for (row = 0; row < c->rows; row++) {
			label(row, c->labels[i]);
			if (text_width(d.label.text, d.label.len) > n)
				n = text_width(d.label.text, d.label.len);
		}
		d.widths[i] = n < most ? n : most;
		d.labels += d.widths[i] + GAP;
	}
}

static void
measure_panel(struct panel *p, const struct series *s)
{
	const char *text, *point;
	size_t row, whole, name;

	p->of = s;
	for (row = 0; row < d.chart->rows; row++) {
		text = chart_text(d.chart, row, s->column);
		point = strchr(text, '.');
		whole = point ? (size_t)(point - text) : strlen(text);
		p->whole = whole > p->whole ? whole : p->whole;
		if (point && strlen(point) > p->part)
			p->part = strlen(point);
	}
	name = common.form.bare ? 0 : strlen(s->name);
	p->number = p->whole + p->part;
	p->number = name > p->number ? name : p->number;
}

static void
add_number(const struct panel *p, const char *text)
{
	size_t whole = strcspn(text, "."), n = strlen(text);

	repeat(" ", p->number - p->part - whole);
	buf_add(&d.line, text, n);
	repeat(" ", p->part - (n - whole) + 1);
}

static size_t
part_of(double v, double unit, size_t parts, size_t cells)
{
	size_t n = (size_t)lround(v * unit * (double)parts);

	n = n > 0 || v <= 0 ? n : 1;
	return n < cells * parts ? n : cells * parts;
}

/* To the left of the axis, which is left columns away. */
static void
add_minus(double v, double unit, size_t left)
{
	size_t parts = d.blocks ? 2 : 1, n = part_of(v, unit, parts, left);

	repeat(" ", left - (n + parts - 1) / parts);
	if (n % parts)
		buf_text(&d.line, "\xe2\x96\x90");
	repeat(d.blocks ? "\xe2\x96\x88" : "#", n / parts);
}

static void
add_plus(double v, double unit, size_t right)
{
	static const char *const eighths[] = { "", "\xe2\x96\x8f",
		"\xe2\x96\x8e", "\xe2\x96\x8d", "\xe2\x96\x8c",
		"\xe2\x96\x8b", "\xe2\x96\x8a", "\xe2\x96\x89" };
	size_t parts = d.blocks ? 8 : 1, n = part_of(v, unit, parts, right);

	repeat(d.blocks ? "\xe2\x96\x88" : "#", n / parts);
	buf_text(&d.line, eighths[n % parts]);
	repeat(" ", right - (n + parts - 1) / parts);
}

static void
add_bar(const struct series *s, double v, size_t cells)
{
	double span = s->high - s->low;
	bool minus = s->low < 0;
	double unit = span > 0 ? (double)(cells - minus) / span : 0;
	size_t left = part_of(-s->low, unit, 1, cells - minus);

	if (minus && s->high > 0 && left == cells - 1)
		left--;
	if (minus) {
		add_minus(v < 0 ? -v : 0, unit, left);
		buf_text(&d.line, d.blocks ? "\xe2\x94\x82" : "|");
	}
	add_plus(v > 0 ? v : 0, unit, cells - minus - left);
}

static void
end_line(void)
{
	while (d.line.len > 0 && d.line.text[d.line.len - 1] == ' ')
		d.line.len--;
	buf_char(&d.line, '\n');
	put(d.line.text, d.line.len);
	buf_clear(&d.line);
}

static void
put_names(const struct panel *first, int n, size_t cells)
{
	const struct chart *c = d.chart;
	int i;

	if (common.form.bare)
		return;
	for (i = 0; i < c->nlabels; i++)
		add_cut(c->names[c->labels[i]], d.widths[i]);
	for (i = 0; i < n; i++) {
		repeat(" ", first[i].number - strlen(first[i].of->name));
		buf_text(&d.line, first[i].of->name);
		repeat(" ", 1 + cells + GAP);
	}
	end_line();
}

/* Some panels side by side. */
static void
put_panels(const struct panel *first, int n, size_t cells)
{
	const struct chart *c = d.chart;
	size_t row;
	double v;
	int i;

	put_names(first, n, cells);
	for (row = 0; row < c->rows; row++) {
		for (i = 0; i < c->nlabels; i++)
			add_cut(label(row, c->labels[i]), d.widths[i]);
		for (i = 0; i < n; i++) {
			add_number(&first[i], chart_text(c, row,
			    first[i].of->column));
			if (chart_value(c, row, first[i].of->column, &v))
				add_bar(first[i].of, v, cells);
			else
				repeat(" ", cells);
			repeat(" ", GAP);
		}
		end_line();
	}
}

/* The columns each bar gets if so many panels stand in the width. */
static size_t
room(const struct panel *first, int n, size_t width)
{
	size_t used = d.labels;
	int i;

	for (i = 0; i < n; i++)
		used += first[i].number + 1 + (i ? GAP : 0);
	return used < width ? (width - used) / (size_t)n : 0;
}

void
chart_bars(const struct chart *c)
{
	size_t width = table_width(), cells;
	int i, n;

	width = width == SIZE_MAX ? UNKNOWN : width;
	d.chart = c;
	d.blocks = is_utf8();
	d.panels = arena_get((size_t)c->nseries * sizeof(*d.panels));
	measure_labels(width);
	for (i = 0; i < c->nseries; i++)
		measure_panel(&d.panels[i], &c->series[i]);
	for (i = 0; i < c->nseries; i += n) {
		for (n = c->nseries - i; n > 1; n--)
			if (room(d.panels + i, n, width) >= NARROW)
				break;
		cells = room(d.panels + i, n, width);
		if (i)
			put("\n", 1);
		put_panels(d.panels + i, n, cells > NARROW ? cells : NARROW);
	}
	buf_free(&d.line);
	buf_free(&d.label);
}
