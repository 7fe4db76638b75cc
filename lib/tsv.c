#include "tsv.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "index.h"
#include "spool.h"
#include "text.h"
#include "visible.h"

struct part {
	const char *text;
	size_t size, end; /* end: where in the line its TAB was */
};

struct tsv {
	struct spool *from;
	const char *name;
	struct buf in; /* what was read; lines from at on are to come */
	size_t at, searched;
	bool ended, clean, bare, again; /* again: the first line is a row */
	bool cr; /* before the line's LF */
	char *line;
	size_t size;
	long number;
	const char **names;
	int columns;
	struct buf parts; /* struct part, one a field */
	int fields;
	bool split;
	struct buf plain, whole; /* unescaped fields; the line, cleaned */
	void (*bad)(const struct tsv *, const char *why);
};

static struct part *
part(const struct tsv *t, int i)
{
	return (struct part *)(void *)t->parts.text + i;
}

/* Read on; false at the end. */
static bool
more(struct tsv *t)
{
	size_t n;

	if (t->ended)
		return false;
	if (t->at > 0) {
		t->in.len -= t->at;
		memmove(t->in.text, t->in.text + t->at, t->in.len);
		t->searched -= t->at;
		t->at = 0;
	}
	n = spool_read(t->from, buf_room(&t->in, SPOOL_CHUNK), SPOOL_CHUNK);
	t->in.len += n;
	t->ended = n == 0;
	return n > 0;
}

/* The next line, without LF and the CR before it. */
static bool
next_line(struct tsv *t)
{
	char *lf;

	if (t->again) {
		t->again = false;
		return true;
	}
	do {
		if (t->searched < t->in.len &&
		    (lf = memchr(t->in.text + t->searched, '\n',
			 t->in.len - t->searched)))
			break;
		t->searched = t->in.len;
		lf = NULL;
	} while (more(t));
	if (!lf && t->at == t->in.len)
		return false;
	if (!lf)
		lf = buf_room(&t->in, 1);
	t->line = t->in.text + t->at;
	t->size = (size_t)(lf - t->line);
	t->at += t->size + (t->at + t->size < t->in.len);
	t->searched = t->at;
	if ((t->cr = t->size > 0 && t->line[t->size - 1] == '\r'))
		t->size--;
	t->number++;
	return true;
}

static void
add_part(struct tsv *t, const char *text, size_t size)
{
	struct part p = { text, size, (size_t)(text - t->line) + size };

	buf_add(&t->parts, (char *)&p, sizeof(p));
	t->fields++;
}

/* The line's fields, as they stand. */
static void
split_line(struct tsv *t)
{
	char *p = t->line, *end = t->line + t->size, *tab;

	buf_clear(&t->parts);
	t->fields = 0;
	while ((tab = memchr(p, '\t', (size_t)(end - p)))) {
		add_part(t, p, (size_t)(tab - p));
		*tab = '\0';
		p = tab + 1;
	}
	add_part(t, p, (size_t)(end - p));
	*end = '\0';
	t->split = true;
}

PRINTF(2, 3)
static bool
refuse(struct tsv *t, const char *fmt, ...)
{
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	if (!t->bad)
		tsv_reject(t, NULL, "%s", why.text);
	t->bad(t, why.text);
	buf_free(&why);
	return false;
}

/* Is it text?  If not, say where. */
static bool
check_line(struct tsv *t)
{
	size_t at, i;
	int column = 0;

	if (text_check(t->line, t->size, &at))
		return true;
	if (t->clean) {
		buf_clear(&t->whole);
		text_clean(&t->whole, t->line, t->size);
		buf_room(&t->whole, 1);
		t->line = t->whole.text;
		t->size = t->whole.len;
		return true;
	}
	for (i = 0; i < at; i++)
		column += t->line[i] == '\t';
	return refuse(t, "%s%sbyte %zu: %s",
	    column < t->columns && t->names[column] ? t->names[column] : "",
	    column < t->columns && t->names[column] ? ": " : "", at + 1,
	    (t->line[at] & 0x80) != 0 && (unsigned char)t->line[at] != 0xc2 ?
		"not UTF-8" :
		"a control character");
}

/* One field without its escapes, in t->plain. */
static bool
unescape(struct tsv *t, struct part *p)
{
	static const char letters[] = "tnr\\", means[] = "\t\n\r\\";
	const char *s = p->text, *end = s + p->size, *letter;
	char *to = t->plain.text + t->plain.len, *start = to;
	size_t read, size;

	if (p->size == 2 && s[0] == '\\' && s[1] == 'N')
		s = end;
	while (s < end) {
		if (*s != '\\') {
			*to++ = *s++;
			continue;
		}
		if ((read = visible_read(to, &size, s + 1,
		    (size_t)(end - s - 1)))) {
			s += read + 1;
			to += size;
			continue;
		}
		letter = s + 1 < end ? strchr(letters, s[1]) : NULL;
		if (!letter)
			return refuse(t, "not an escape: '%.*s'; a backslash "
					 "is written '\\\\'",
			    s + 1 < end ? 2 : 1, s);
		*to++ = means[letter - letters];
		s += 2;
	}
	*to = '\0';
	p->text = start;
	p->size = (size_t)(to - start);
	t->plain.len += p->size + 1;
	return true;
}

static bool
unescape_line(struct tsv *t)
{
	int i;

	if (!memchr(t->line, '\\', t->size))
		return true;
	buf_clear(&t->plain);
	buf_room(&t->plain, t->size + (size_t)t->fields);
	for (i = 0; i < t->fields; i++)
		if (memchr(part(t, i)->text, '\\', part(t, i)->size) &&
		    !unescape(t, part(t, i)))
			return false;
	return true;
}

static bool
is_name(const char *s)
{
	if (!islower((unsigned char)*s) || (unsigned char)*s >= 0x80)
		return false;
	while (islower((unsigned char)*s) || isdigit((unsigned char)*s) ||
	       *s == '_')
		s++;
	return !*s;
}

/* The header's names, each once. */
static void
read_names(struct tsv *t)
{
	struct index *seen = index_new();
	const char *name;
	bool new;
	int i;

	for (i = 0; i < t->fields; i++) {
		name = part(t, i)->text;
		if (!is_name(name))
			tsv_reject(t, NULL, "not a column name: '%s'", name);
		index_add(seen, name, part(t, i)->size, &new);
		if (!new)
			tsv_reject(t, NULL, "column named twice: '%s'", name);
		t->names[i] = arena_copy(name);
	}
	index_free(seen);
}

static void
read_header(struct tsv *t)
{

	if (!next_line(t))
		return;
	if (t->size >= 3 && memcmp(t->line, "\xef\xbb\xbf", 3) == 0) {
		t->line += 3;
		t->size -= 3;
	}
	if (!check_line(t))
		return;
	split_line(t);
	t->columns = t->fields;
	t->names = arena_get((size_t)t->fields * sizeof(*t->names));
	if (t->fields == 1 && !is_name(t->line)) {
		t->again = t->bare = true;
		t->split = false;
		return;
	}
	read_names(t);
}

struct tsv *
tsv_open(struct spool *from, const char *name)
{
	struct tsv *t = arena_get(sizeof(*t));

	t->from = from;
	t->name = name;
	read_header(t);
	return t;
}

void
tsv_clean(struct tsv *t)
{
	t->clean = true;
}

int
tsv_columns(const struct tsv *t)
{
	return t->columns;
}

const char *
tsv_name(const struct tsv *t, int column)
{
	return t->names[column];
}

int
tsv_find(const struct tsv *t, const char *name)
{
	int i;

	for (i = 0; i < t->columns; i++)
		if (t->names[i] && strcmp(t->names[i], name) == 0)
			return i;
	return -1;
}

bool
tsv_bare(const struct tsv *t)
{
	return t->bare;
}

bool
tsv_next(struct tsv *t)
{
	while (next_line(t)) {
		t->split = false;
		if (!check_line(t))
			continue;
		split_line(t);
		if (t->fields != t->columns) {
			refuse(t, "%d field%s, expected %d", t->fields,
			    t->fields == 1 ? "" : "s", t->columns);
			continue;
		}
		if (unescape_line(t))
			return true;
	}
	return false;
}

const char *
tsv_field(const struct tsv *t, int column)
{
	return part(t, column)->text;
}

size_t
tsv_size(const struct tsv *t, int column)
{
	return part(t, column)->size;
}

long
tsv_line(const struct tsv *t)
{
	return t->number;
}

const char *
tsv_raw(const struct tsv *t, size_t *size)
{
	int i;

	if (t->split)
		for (i = 0; i + 1 < t->fields; i++)
			t->line[part(t, i)->end] = '\t';
	*size = t->size;
	return t->line;
}

const char *
tsv_end(const struct tsv *t)
{
	return t->cr ? "\r\n" : "\n";
}

void
tsv_keep(struct tsv *t, void (*bad)(const struct tsv *, const char *why))
{
	t->bad = bad;
}

void
tsv_reject(const struct tsv *t, const char *column, const char *fmt, ...)
{
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	die(DATA, "%s:%ld: %s%s%s", t->name, t->number, column ? column : "",
	    column ? ": " : "", why.text);
}
