/* Two files of rows compared by their key, field by field. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "cmd.h"
#include "fmt.h"
#include "index.h"
#include "out.h"
#include "spool.h"
#include "tsv.h"

struct side {
	struct tsv *in;
	int *keys; /* columns */
};

/* Between the parts of a key: a character that no field can hold. */
#define PART '\1'

static struct {
	const char **names; /* of the key's columns */
	int nkeys;
	struct side old, new;
	struct index *rows; /* of the old file, by key */
	struct buf texts;   /* their fields, NUL after each */
	struct buf at;      /* size_t: where each row begins */
	struct buf met;     /* char: is it in the new file? */
	struct buf key;
	struct out *out;
	bool differ;
} d;

static struct tsv *
open_file(const char *name)
{
	bool std = strcmp(name, "-") == 0;
	int fd = std ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(NOINPUT, "cannot open '%s': %s", name, strerror(errno));
	name = std ? "<stdin>" : name;
	return tsv_open(spool_stream(fd, name), name);
}

/* The columns that --key names, else the first. */
static void
read_names(const char *list)
{
	size_t n;

	d.names = arena_get((strlen(list ? list : "") + 2) *
	    sizeof(*d.names));
	if (!list) {
		d.names[d.nkeys++] = tsv_columns(d.old.in) > 0 ?
		    tsv_name(d.old.in, 0) : tsv_columns(d.new.in) > 0 ?
		    tsv_name(d.new.in, 0) : "key";
		if (!d.names[0])
			d.names[0] = "key";
	}
	for (; list && *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		d.names[d.nkeys++] = arena_slice(list, n);
	}
}

static void
bind(struct side *s)
{
	int i;

	s->keys = arena_get((size_t)d.nkeys * sizeof(*s->keys));
	for (i = 0; i < d.nkeys && tsv_columns(s->in) > 0; i++) {
		s->keys[i] = tsv_bare(s->in) ? 0 :
		    tsv_find(s->in, d.names[i]);
		if (s->keys[i] < 0)
			tsv_reject(s->in, NULL, "no column '%s'", d.names[i]);
	}
}

static bool
is_key(const char *name)
{
	int i;

	for (i = 0; i < d.nkeys; i++)
		if (name && strcmp(d.names[i], name) == 0)
			return true;
	return false;
}

/* The key of the row, in d.key. */
static void
key_of(const struct side *s)
{
	int i;

	buf_clear(&d.key);
	for (i = 0; i < d.nkeys; i++) {
		if (i)
			buf_char(&d.key, PART);
		buf_add(&d.key, tsv_field(s->in, s->keys[i]),
		    tsv_size(s->in, s->keys[i]));
	}
}

NORETURN static void
reject_twice(const struct side *s)
{
	struct buf key = { 0 };
	const char *p;

	for (p = buf_get(&d.key); *p; p++)
		if (*p == PART)
			buf_text(&key, ", ");
		else
			buf_char(&key, *p);
	tsv_reject(s->in, d.names[0], "a key is there twice: '%s'",
	    buf_get(&key));
}

static void
take_old(void)
{
	size_t at;
	bool new;
	int i;

	while (tsv_next(d.old.in)) {
		key_of(&d.old);
		index_add(d.rows, buf_get(&d.key), d.key.len, &new);
		if (!new)
			reject_twice(&d.old);
		at = d.texts.len;
		buf_add(&d.at, (char *)&at, sizeof(at));
		buf_char(&d.met, 0);
		for (i = 0; i < tsv_columns(d.old.in); i++)
			buf_add(&d.texts, tsv_field(d.old.in, i),
			    tsv_size(d.old.in, i) + 1);
	}
}

static void
tell(const char *key, const char *change, const char *column,
    const char *old, const char *new)
{
	size_t n;
	int i;

	d.differ = true;
	for (i = 0; i < d.nkeys; i++) {
		for (n = 0; key[n] && key[n] != PART; n++)
			;
		out_text(d.out, key, n);
		key += n + (key[n] == PART);
	}
	out_word(d.out, change);
	out_word(d.out, column);
	out_word(d.out, old);
	out_word(d.out, new);
	out_row(d.out);
}

/* The field of an old row; "" where it had no such column. */
static const char *
old_field(size_t row, int col)
{
	const char *p;
	size_t at;

	memcpy(&at, d.at.text + row * sizeof(at), sizeof(at));
	for (p = d.texts.text + at; col > 0; col--)
		p += strlen(p) + 1;
	return p;
}

static void
compare(size_t row)
{
	const struct tsv *o = d.old.in, *n = d.new.in;
	const char *name, *was, *is;
	int i, col;

	for (i = 0; i < tsv_columns(n); i++) {
		name = tsv_name(n, i);
		if (!name || is_key(name))
			continue;
		col = tsv_find(o, name);
		was = col < 0 ? "" : old_field(row, col);
		is = tsv_field(n, i);
		if (strcmp(was, is) != 0)
			tell(d.key.text, "changed", name, was, is);
	}
	for (i = 0; i < tsv_columns(o); i++) {
		name = tsv_name(o, i);
		if (name && !is_key(name) && tsv_find(n, name) < 0 &&
		    *old_field(row, i))
			tell(d.key.text, "changed", name, old_field(row, i),
			    "");
	}
}

static void
take_new(void)
{
	size_t row;

	while (tsv_next(d.new.in)) {
		key_of(&d.new);
		row = index_find(d.rows, buf_get(&d.key), d.key.len);
		if (row == index_count(d.rows))
			tell(buf_get(&d.key), "added", "", "", "");
		else if (d.met.text[row])
			reject_twice(&d.new);
		else {
			d.met.text[row] = 1;
			compare(row);
		}
	}
}

static const struct outcol *
header(void)
{
	static const char *const names[] = { "change", "column", "old",
		"new" };
	struct outcol *cols = arena_get(((size_t)d.nkeys + 5) *
	    sizeof(*cols));
	int i;

	for (i = 0; i < d.nkeys; i++)
		cols[i].name = d.names[i];
	for (i = 0; i < 4; i++)
		cols[d.nkeys + i].name = names[i];
	return cols;
}

enum status
fmt_diff(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	size_t row;

	(void)in;
	if (strcmp(operands[0], "-") == 0 && strcmp(operands[1], "-") == 0)
		cmd_usage("only one of OLD and NEW can be '-'");
	d.old.in = open_file(operands[0]);
	d.new.in = open_file(operands[1]);
	read_names(opts->key);
	bind(&d.old);
	bind(&d.new);
	d.rows = index_new();
	d.out = out_open(&common.form, header());
	take_old();
	take_new();
	for (row = 0; row < index_count(d.rows); row++)
		if (!d.met.text[row])
			tell(index_text(d.rows, row, NULL), "removed", "", "",
			    "");
	out_close(d.out);
	index_free(d.rows);
	buf_free(&d.texts);
	buf_free(&d.at);
	buf_free(&d.met);
	buf_free(&d.key);
	return d.differ ? NO : OK;
}
