/*
 * A picture of bars, drawn by gnuplot: a panel for each series, its numbers
 * at the ends of its bars.
 *
 * gnuplot is told where everything stands, in pixels.  No text is ever
 * markup or a command to it: all but letters is written in octal
 * (of doubled quotes it makes mistakes), and the terminal takes no enhanced
 * text.  The configuration of whoever runs it is not read.
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "cmd.h"
#include "fmtcore.h"
#include "put.h"
#include "text.h"

enum {
	WIDTH = 960,
	MARGIN = 20, /* around all, and between panels */
	TOP = 48,    /* where the rows begin; above stand the names */
	ROW = 26,    /* from one bar to the next */
	BAR = 17,
	LETTER = 8,  /* a column of text, on the average */
	MOST = 36,   /* columns of text that a label may have */
};

/* Told apart also by who does not see red and green.  Source: Okabe and
 * Ito, Color Universal Design. */
static const char *const colors[] = { "#0072b2", "#e69f00", "#009e73",
	"#cc79a7", "#56b4e9", "#d55e00" };

static const char settings[] =
    "unset key\n"
    "unset border\n"
    "unset tics\n"
    "set lmargin at screen 0\n"
    "set rmargin at screen 1\n"
    "set tmargin at screen 1\n"
    "set bmargin at screen 0\n"
    "set style fill solid 1 noborder\n";

/* Where a panel is: numbers of its bars from low to high between x and x +
 * width. */
struct panel {
	const struct series *of;
	double x, width, minus; /* minus: room for numbers left of the axis */
};

static struct {
	const struct chart *chart;
	struct buf script, text;
	double left, height;
} d;

static void
label_of(size_t row)
{
	const struct chart *c = d.chart;
	int i;

	buf_clear(&d.text);
	for (i = 0; i < c->nlabels; i++) {
		if (i)
			buf_text(&d.text, ", ");
		chart_label(c, row, c->labels[i], &d.text);
	}
}

/* Between double quotes. */
static void
quote(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (isalpha((unsigned char)s[i]) || s[i] == ' ')
			buf_char(&d.script, s[i]);
		else
			buf_printf(&d.script, "\\%03o", (unsigned char)s[i]);
}

/* A text at a place; align is left or right. */
static void
put_label(const char *s, const char *align, double x, double y,
    const char *color)
{
	size_t n = strlen(s), used, fits = text_fit(s, n, MOST, &used);

	buf_text(&d.script, "set label \"");
	if (fits < n)
		fits = text_fit(s, n, MOST - 1, &used);
	quote(s, fits);
	if (fits < n)
		buf_text(&d.script, "\xe2\x80\xa6");
	buf_printf(&d.script, "\" at %.1f,%.1f %s textcolor rgb '%s'\n", x, y,
	    align, color);
}

static double
text_room(const char *s, size_t n)
{
	size_t width = text_width(s, n);

	return LETTER * (double)(width < MOST ? width : MOST);
}

static void
put_labels(void)
{
	size_t row;

	for (row = 0; row < d.chart->rows; row++) {
		label_of(row);
		if (text_room(buf_get(&d.text), d.text.len) > d.left)
			d.left = text_room(d.text.text, d.text.len);
	}
	d.left += d.left > 0 ? MARGIN + MARGIN / 2 : MARGIN;
	for (row = 0; row < d.chart->rows; row++) {
		label_of(row);
		put_label(buf_get(&d.text), "right", d.left - MARGIN / 2,
		    TOP + ROW * ((double)row + 0.5), "#222222");
	}
}

/* Bars get what the longest numbers beside them leave. */
static struct panel
panel_of(int i)
{
	const struct series *s = &d.chart->series[i];
	double each = (WIDTH - d.left) / d.chart->nseries;
	struct panel p = { s, d.left + each * i, 0, 0 };
	double plus = 0, v, size;
	const char *text;
	size_t row;

	for (row = 0; row < d.chart->rows; row++) {
		text = chart_text(d.chart, row, s->column);
		size = text_room(text, strlen(text)) + LETTER;
		chart_value(d.chart, row, s->column, &v);
		if (v < 0)
			p.minus = size > p.minus ? size : p.minus;
		else
			plus = size > plus ? size : plus;
	}
	p.width = each - p.minus - plus - MARGIN;
	p.width = p.width > ROW ? p.width : ROW;
	p.x += p.minus;
	return p;
}

static double
place(const struct panel *p, double v)
{
	double span = p->of->high - p->of->low;

	return p->x + (span > 0 ? (v - p->of->low) / span * p->width : 0);
}

/* The numbers, and the bars as a block of data: x y xlow xhigh ylow yhigh. */
static void
put_panel(int i)
{
	struct panel p = panel_of(i);
	double zero = place(&p, 0), v, x, y;
	const char *text;
	size_t row;

	put_label(p.of->name, "left", zero, TOP - ROW / 2.0, "#222222");
	buf_printf(&d.script, "set arrow from %.1f,%d to %.1f,%.1f nohead "
	    "front lc rgb '#888888'\n", zero, TOP, zero, d.height - MARGIN);
	for (row = 0; row < d.chart->rows; row++) {
		text = chart_text(d.chart, row, p.of->column);
		chart_value(d.chart, row, p.of->column, &v);
		put_label(text, v < 0 ? "right" : "left", place(&p, v) +
		    (v < 0 ? -LETTER : LETTER) / 2.0, TOP + ROW *
		    ((double)row + 0.5), "#555555");
	}
	buf_printf(&d.script, "$s%d << END\n", i);
	for (row = 0; row < d.chart->rows; row++) {
		chart_value(d.chart, row, p.of->column, &v);
		x = place(&p, v);
		y = TOP + ROW * (double)row + (ROW - BAR) / 2.0;
		buf_printf(&d.script, "%.1f %.1f %.1f %.1f %.1f %.1f\n", x, y,
		    v < 0 ? x : zero, v < 0 ? zero : x, y, y + BAR);
	}
	buf_text(&d.script, "END\n");
}

static void
write_script(void)
{
	int i;

	d.height = TOP + ROW * (double)d.chart->rows + MARGIN;
	buf_printf(&d.script, "set terminal svg size %d,%.0f noenhanced "
	    "font 'sans-serif,13' background rgb '#ffffff'\n", WIDTH,
	    d.height);
	buf_text(&d.script, settings);
	buf_printf(&d.script, "set xrange [0:%d]\nset yrange [%.0f:0]\n",
	    WIDTH, d.height);
	put_labels();
	for (i = 0; i < d.chart->nseries; i++)
		put_panel(i);
	for (i = 0; i < d.chart->nseries; i++)
		buf_printf(&d.script, "%s $s%d using 1:2:3:4:5:6 with "
		    "boxxyerror lc rgb '%s'", i ? "," : "plot", i,
		    colors[(size_t)i % (sizeof(colors) / sizeof(*colors))]);
	buf_char(&d.script, '\n');
}

/* One that ends before it has read all tells why itself. */
static void
write_all(int fd, const char *s, size_t n)
{
	ssize_t done;

	signal(SIGPIPE, SIG_IGN);
	for (; n > 0; s += done, n -= (size_t)done) {
		done = write(fd, s, n);
		if (done < 0 && errno == EINTR)
			done = 0;
		else if (done < 0)
			break;
	}
	close(fd);
	signal(SIGPIPE, SIG_DFL);
}

/* In a page it begins where its element does. */
static void
copy_all(int fd, bool within)
{
	struct buf all = { 0 };
	const char *from;
	ssize_t n;

	while ((n = read(fd, buf_room(&all, 16384), 16384)) != 0)
		if (n > 0)
			all.len += (size_t)n;
		else if (errno != EINTR)
			die(TROUBLE, "cannot read from 'gnuplot': %s",
			    strerror(errno));
	close(fd);
	*buf_room(&all, 1) = '\0';
	from = within ? strstr(all.text, "<svg") : NULL;
	put_text(from ? from : all.text);
	buf_free(&all);
}

void
chart_svg(const struct chart *c, bool within)
{
	static char name[] = "gnuplot", plain[] = "--default-settings";
	char *const argv[] = { name, plain, NULL };
	int to, from, status;
	pid_t pid;

	d.chart = c;
	write_script();
	pid = child_filter(argv, &to, &from);
	write_all(to, d.script.text, d.script.len);
	copy_all(from, within);
	if ((status = child_wait(pid)) != 0 && status != HELPER)
		warn("'gnuplot' ended with status %d", status);
	if (status != 0)
		exit(cmd_end(HELPER));
	buf_free(&d.script);
	buf_free(&d.text);
}
