#include "csv.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "buf.h"
#include "spool.h"
#include "text.h"

struct part {
	size_t at, size; /* in fields */
};

struct csv {
	struct spool *from;
	const char *name;
	char separator;
	bool ended, clean;
	struct buf in; /* what was read; rows from at on are to come */
	size_t at;
	const char **names;
	int columns;
	long line, lines; /* where the row begins; line ends so far */
	size_t row, end;  /* the row, in in */
	struct buf fields; /* their texts, NUL after each */
	struct buf parts;
	int n;
	const char *wrong; /* with the row */
	long wrong_line;
	void (*bad)(const struct csv *, const char *why);
};

static struct part *
part(const struct csv *c, int i)
{
	return (struct part *)(void *)c->parts.text + i;
}

static bool
more(struct csv *c)
{
	size_t n;

	if (c->ended)
		return false;
	if (c->row > 0) {
		c->in.len -= c->row;
		memmove(c->in.text, c->in.text + c->row, c->in.len);
		c->at -= c->row;
		c->row = 0;
	}
	n = spool_read(c->from, buf_room(&c->in, SPOOL_CHUNK), SPOOL_CHUNK);
	c->in.len += n;
	c->ended = n == 0;
	return n > 0;
}

/* The byte i behind the row's first, or -1 at the end. */
static int
byte(struct csv *c, size_t i)
{
	while (i >= c->in.len - c->row)
		if (!more(c))
			return -1;
	return (unsigned char)c->in.text[c->row + i];
}

static void
fault(struct csv *c, const char *why, long line)
{
	if (!c->wrong) {
		c->wrong = why;
		c->wrong_line = line;
	}
}

/* Behind the opening quote at i, up to behind the closing one. */
static size_t
quoted(struct csv *c, size_t i)
{
	long opened = c->lines;
	size_t start;
	int b;

	for (;;) {
		for (start = i; (b = byte(c, i)) != '"' && b >= 0 &&
		     b != '\n' && b != '\r'; i++)
			;
		buf_add(&c->fields, c->in.text + c->row + start, i - start);
		if (b < 0) {
			fault(c, "a quote that is never closed", opened);
			return i;
		}
		i++;
		if (b == '\n') {
			c->lines++;
			buf_char(&c->fields, '\n');
		} else if (b == '\r' && byte(c, i) != '\n')
			buf_char(&c->fields, '\r');
		else if (b == '"' && byte(c, i) == '"') {
			buf_char(&c->fields, '"');
			i++;
		} else if (b == '"')
			return i;
	}
}

/* One field from i; returns where it ends: a separator, a line end, or the
 * end of all. */
static size_t
field(struct csv *c, size_t i)
{
	struct part p = { .at = c->fields.len };
	size_t start;
	int b;

	if (byte(c, i) == '"') {
		i = quoted(c, i + 1);
		b = byte(c, i);
		if (b >= 0 && b != c->separator && b != '\n' && b != '\r')
			fault(c, "text behind a closing quote", c->lines);
	}
	for (start = i; (b = byte(c, i)) >= 0 && b != c->separator &&
	     b != '\n'; i++)
		if (b == '\r' && byte(c, i + 1) == '\n')
			break;
		else if (b == '\r')
			fault(c, "a carriage return outside quotes", c->lines);
	buf_add(&c->fields, c->in.text + c->row + start, i - start);
	p.size = c->fields.len - p.at;
	buf_add(&c->fields, "", 1);
	buf_add(&c->parts, (char *)&p, sizeof(p));
	c->n++;
	return i;
}

/* One row; false at the end. */
static bool
row(struct csv *c)
{
	size_t i;
	int b;

	c->row = c->at;
	buf_clear(&c->fields);
	buf_clear(&c->parts);
	c->n = 0;
	c->wrong = NULL;
	c->line = ++c->lines;
	if (byte(c, 0) < 0)
		return false;
	for (i = field(c, 0); byte(c, i) == c->separator;)
		i = field(c, i + 1);
	b = byte(c, i);
	c->end = c->row + i;
	c->at = c->end + (b >= 0) + (b == '\r');
	return true;
}

static bool
refuse(struct csv *c, const char *why, long line)
{
	if (!c->bad) {
		c->line = line;
		csv_reject(c, NULL, "%s", why);
	}
	c->bad(c, why);
	return false;
}

static bool
check_text(struct csv *c)
{
	struct buf why = { 0 };
	size_t at;
	int i;

	for (i = 0; i < c->n; i++) {
		if (text_check(c->fields.text + part(c, i)->at,
		    part(c, i)->size, &at))
			continue;
		buf_printf(&why, "%s: byte %zu: not UTF-8, or a control "
		    "character", c->names ? c->names[i] : "header", at + 1);
		refuse(c, why.text, c->line);
		buf_free(&why);
		return false;
	}
	return true;
}

static void
clean(struct csv *c)
{
	struct buf fields = { 0 };
	struct part *p;
	size_t at;
	int i;

	for (i = 0; i < c->n; i++) {
		p = part(c, i);
		at = fields.len;
		text_clean(&fields, c->fields.text + p->at, p->size);
		p->at = at;
		p->size = fields.len - at;
		buf_add(&fields, "", 1);
	}
	buf_free(&c->fields);
	c->fields = fields;
}

static bool
check_row(struct csv *c)
{
	struct buf why = { 0 };

	if (c->wrong)
		return refuse(c, c->wrong, c->wrong_line);
	if (c->n != c->columns) {
		buf_printf(&why, "%d field%s, expected %d", c->n,
		    c->n == 1 ? "" : "s", c->columns);
		refuse(c, why.text, c->line);
		buf_free(&why);
		return false;
	}
	if (c->clean)
		clean(c);
	return check_text(c);
}

/* The most frequent candidate outside quotes in the first line. */
static char
sniff(struct csv *c)
{
	static const char candidates[] = ",;\t|";
	int counts[4] = { 0 }, best = 0, i, b;
	bool inside = false, begins = true;
	const char *found;
	size_t at;

	c->row = c->at;
	for (at = 0; (b = byte(c, at)) >= 0 && (b != '\n' || inside); at++) {
		if (b == '"' && (inside || begins))
			inside = !inside;
		begins = false;
		if (!inside && b && (found = strchr(candidates, b))) {
			counts[found - candidates]++;
			begins = true;
		}
	}
	for (i = 1; i < 4; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static const char *
trimmed(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	for (; n > 0 && (*s == ' ' || *s == '\t'); n--)
		s++;
	return arena_slice(s, n);
}

struct csv *
csv_open(struct spool *from, const char *name, char separator)
{
	struct csv *c = arena_get(sizeof(*c));
	const unsigned char *mark;
	int i;

	c->from = from;
	c->name = name;
	if (byte(c, 0) < 0)
		return c;
	byte(c, 2);
	mark = (const unsigned char *)c->in.text;
	if (c->in.len >= 2 && ((mark[0] == 0xff && mark[1] == 0xfe) ||
	    (mark[0] == 0xfe && mark[1] == 0xff)))
		die(DATA, "%s:1: UTF-16; save it as UTF-8", name);
	if (c->in.len >= 3 && memcmp(mark, "\xef\xbb\xbf", 3) == 0)
		c->at = 3;
	c->separator = separator ? separator : sniff(c);
	if (!row(c))
		return c;
	if (c->wrong)
		refuse(c, c->wrong, c->wrong_line);
	check_text(c);
	c->columns = c->n;
	c->names = arena_get((size_t)c->n * sizeof(*c->names));
	for (i = 0; i < c->n; i++)
		c->names[i] = trimmed(csv_field(c, i), csv_size(c, i));
	return c;
}

int
csv_columns(const struct csv *c)
{
	return c->columns;
}

const char *
csv_name(const struct csv *c, int column)
{
	return c->names[column];
}

int
csv_find(const struct csv *c, const char *name)
{
	int i;

	for (i = 0; i < c->columns; i++)
		if (strcmp(c->names[i], name) == 0)
			return i;
	for (i = 0; i < c->columns; i++)
		if (strcasecmp(c->names[i], name) == 0)
			return i;
	return -1;
}

bool
csv_next(struct csv *c)
{
	while (row(c)) {
		if (!c->wrong && c->n == 1 && part(c, 0)->size == 0 &&
		    c->columns > 1)
			continue;
		if (check_row(c))
			return true;
	}
	return false;
}

const char *
csv_field(const struct csv *c, int column)
{
	return c->fields.text + part(c, column)->at;
}

size_t
csv_size(const struct csv *c, int column)
{
	return part(c, column)->size;
}

long
csv_line(const struct csv *c)
{
	return c->line;
}

const char *
csv_raw(const struct csv *c, size_t *size)
{
	*size = c->end - c->row;
	return c->in.text + c->row;
}

void
csv_clean(struct csv *c)
{
	c->clean = true;
}

void
csv_keep(struct csv *c, void (*bad)(const struct csv *, const char *))
{
	c->bad = bad;
}

void
csv_reject(const struct csv *c, const char *column, const char *fmt, ...)
{
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	die(DATA, "%s:%ld: %s%s%s", c->name, c->line, column ? column : "",
	    column ? ": " : "", why.text);
}
