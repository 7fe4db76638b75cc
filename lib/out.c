#include "out.h"

#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "die.h"
#include "json.h"
#include "num.h"
#include "put.h"
#include "spool.h"
#include "table.h"
#include "visible.h"

enum { FLUSH_AT = 64 << 10,
	SLACK = 192 << 10 };

enum shape { TSV,
	JSON,
	TABLE };

struct out {
	const struct outform *form;
	const struct outcol *cols;
	enum shape shape;
	int ncols, at; /* at: the field that comes next */
	bool begun, held;
	struct buf *to; /* put_buffer, or what goes into the spool */
	struct buf kept;
	struct spool *spool;
	struct table *table;
};

static enum shape
shape_of(const struct outform *form)
{
	if (form->json)
		return JSON;
	if (form->keys || form->tsv)
		return TSV;
	return form->table || isatty(STDOUT_FILENO) ? TABLE : TSV;
}

struct out *
out_open(const struct outform *form, const struct outcol *cols)
{
	struct out *o = arena_get(sizeof(*o));

	o->form = form;
	o->cols = cols;
	o->shape = shape_of(form);
	while (cols[o->ncols].name)
		o->ncols++;
	if (o->shape == TABLE) {
		o->table = table_new(o->ncols);
		o->to = &o->kept;
	} else {
		o->to = put_buffer();
	}
	return o;
}

void
out_hold(struct out *o)
{
	if (o->shape == TABLE)
		return;
	o->held = true;
	o->spool = spool_new();
	o->to = &o->kept;
}

/* What no reader would take must be text in a row that one can read. */
static void
escape_slowly(struct buf *to, const char *s, size_t n, bool table)
{
	static const char escaped[] = "\t\n\r\\", letters[] = "tnr\\";
	const char *found;
	size_t i, len;
	unsigned code;
	char *room;

	for (i = 0; i < n; i += len ? len : 1) {
		len = visible_char(s + i, n - i, &code);
		if (len == 1 && code && (found = strchr(escaped, s[i]))) {
			buf_char(to, '\\');
			buf_char(to, letters[found - escaped]);
		} else if (len && !visible_hides(code))
			buf_add(to, s + i, len);
		else {
			if (!table && (!len || code < 0xa0))
				buf_char(to, '\\');
			room = buf_room(to, VISIBLE_MAX);
			to->len += visible_copy(room, s + i, len ? len : 1);
		}
	}
}

#define ONES (~(uint64_t)0 / 255)
#define HIGH (ONES * 128)

/* Copy what needs no escape, checking and copying eight bytes at a time;
 * returns how many it was. */
static size_t
copy_plain(char *to, const char *s, size_t n)
{
	uint64_t w, slash;
	size_t i;

	for (i = 0; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, 8);
		slash = w ^ ONES * '\\';
		/* over 0x7e, below a blank, or a backslash */
		if ((w | (w + ONES) | (w - ONES * 0x20) |
		    ((slash - ONES) & ~slash)) & HIGH)
			break;
		memcpy(to + i, &w, 8);
	}
	for (; i < n && s[i] >= 0x20 && s[i] < 0x7f && s[i] != '\\'; i++)
		to[i] = s[i];
	return i;
}

/* Without the NUL behind it. */
static void
add_char(struct buf *to, char c)
{
	*buf_room(to, 1) = c;
	to->len++;
}

/* One field of TSV, or of a table. */
static void
escape(struct buf *to, const char *s, size_t n, bool table)
{
	size_t plain = copy_plain(buf_room(to, n), s, n);

	to->len += plain;
	if (plain < n)
		escape_slowly(to, s + plain, n - plain, table);
}

static void
put_json(struct out *o, const char *s, size_t n)
{
	const struct outcol *c = &o->cols[o->at];

	buf_char(o->to, o->at ? ',' : '{');
	json_string(o->to, c->name, strlen(c->name));
	buf_char(o->to, ':');
	if (n == 0)
		buf_text(o->to, "null");
	else if (c->type == OUT_NUMBER && json_number(s, n))
		buf_add(o->to, s, n);
	else
		json_string(o->to, s, n);
}

/* A row is whole: let it go on. */
static void
pass_on(struct out *o)
{
	if (o->held) {
		spool_add(o->spool, o->to->text, o->to->len);
		buf_clear(o->to);
	} else
		put_some();
}

static void
put_header(struct out *o)
{
	int i;

	o->begun = true;
	if (o->form->bare || o->form->keys || o->shape == JSON)
		return;
	for (i = 0; i < o->ncols; i++) {
		if (o->table)
			table_add(o->table, o->cols[i].name,
			    strlen(o->cols[i].name), false);
		else {
			if (i)
				buf_char(o->to, '\t');
			buf_text(o->to, o->cols[i].name);
		}
	}
	if (!o->table)
		buf_char(o->to, '\n');
}

void
out_text(struct out *o, const char *s, size_t n)
{
	if (!o->begun)
		put_header(o);
	if (o->at >= o->ncols)
		die(BUG, "a row has more than %d fields", o->ncols);
	s = s ? s : "";
	if (o->shape == JSON && !o->form->keys)
		put_json(o, s, n);
	else if (o->shape == TABLE) {
		escape(o->to, s, n, true);
		table_add(o->table, buf_get(o->to), o->to->len,
		    o->cols[o->at].type == OUT_NUMBER);
		buf_clear(o->to);
	} else if (!o->form->keys || o->at == 0) {
		if (o->at)
			add_char(o->to, '\t');
		escape(o->to, s, n, false);
	}
	o->at++;
}

void
out_int(struct out *o, int64_t n)
{
	char digits[NUM_SIZE];

	out_text(o, digits, num_text(digits, n));
}

void
out_word(struct out *o, const char *word)
{
	out_text(o, word, word ? strlen(word) : 0);
}

void
out_key(struct out *o, int64_t key)
{
	if (key)
		out_int(o, key);
	else
		out_text(o, NULL, 0);
}

void
out_row(struct out *o)
{
	while (o->at < o->ncols)
		out_text(o, "", 0);
	o->at = 0;
	if (o->shape == TABLE)
		return;
	if (o->shape == JSON && !o->form->keys)
		add_char(o->to, '}');
	add_char(o->to, '\n');
	pass_on(o);
}

static void
replay(struct spool *s)
{
	char chunk[4096];
	size_t n;

	spool_rewind(s);
	while ((n = spool_read(s, chunk, sizeof(chunk))) > 0)
		put(chunk, n);
	spool_free(s);
}

void
out_close(struct out *o)
{
	if (!o->begun && !o->form->quiet_empty) {
		put_header(o);
		if (o->shape != TABLE)
			pass_on(o);
	}
	if (o->table)
		table_print(o->table);
	if (o->held)
		replay(o->spool);
	buf_free(&o->kept);
	put_flush();
}
