#include "rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "operands.h"
#include "score.h"
#include "spool.h"
#include "store.h"
#include "tsv.h"
#include "who.h"

struct rowopts rowopts;

static struct {
	struct db *db;
	struct store *store;
	const struct entity *e;
	const struct operands *o;
	struct tsv *in; /* NULL: the operands are the row */
	int *slot;      /* of each column; -1 read over */
	int *constant;  /* of each field of the operands */
	int key;        /* the column of keys, or -1 */
	const char *const *own; /* columns that the command reads itself */
	bool only_keys;
	FILE *rejects;
	int64_t rejected;
	bool once;
} r;

struct spool *
rows_take(const struct operands *o)
{
	return o->input ? spool_take(0, "<stdin>") : NULL;
}

/* The row as it came, and what is wrong with it. */
static void
reject(const char *column, const char *why)
{
	struct buf line = { 0 };
	size_t size;
	const char *raw = tsv_raw(r.in, &size), *p;

	r.rejected++;
	if (!r.rejects) {
		warn("<stdin>:%ld: %s%s%s", tsv_line(r.in),
		    column ? column : "", column ? ": " : "", why);
		return;
	}
	buf_add(&line, raw, size);
	buf_printf(&line, "\t%s%s", column ? column : "", column ? ": " : "");
	for (p = why; *p; p++)
		buf_char(&line, *p == '\t' || *p == '\n' ? ' ' : *p);
	buf_char(&line, '\n');
	if (fwrite(line.text, 1, line.len, r.rejects) != line.len)
		die(TROUBLE, "cannot write '%s': %s", rowopts.rejects,
		    strerror(errno));
	buf_free(&line);
}

static void
malformed(const struct tsv *in, const char *why)
{
	(void)in;
	reject(NULL, why);
}

void
rows_fault(const struct fault *f)
{
	if (r.in && rowopts.keep_going)
		reject(f->column, buf_get(&f->why));
	else if (r.in)
		tsv_reject(r.in, f->column, "%s", buf_get(&f->why));
	else
		die(f->unknown ? NO : DATA, "%s%s%s",
		    f->column ? f->column : "", f->column ? ": " : "",
		    buf_get(&f->why));
}

int64_t
rows_find(struct db *db, const struct entity *e, const char *name)
{
	struct fault f = { .column = NULL, .unknown = true };
	int64_t key = 0;

	if (!who_row(db, e, name, &key, &f.why)) {
		rows_fault(&f);
		key = 0;
	}
	buf_free(&f.why);
	return key;
}

int64_t
rows_rejected(void)
{
	return r.rejected;
}

const char *
rows_place(void)
{
	static struct buf b;

	buf_clear(&b);
	if (r.in)
		buf_printf(&b, "<stdin>:%ld: ", tsv_line(r.in));
	return buf_get(&b);
}

void
rows_own(const char *const *names)
{
	r.own = names;
}

void
rows_only_keys(void)
{
	r.only_keys = true;
}

static bool
is_own(const char *name)
{
	int i;

	for (i = 0; r.own && r.own[i]; i++)
		if (strcmp(r.own[i], name) == 0)
			return true;
	return false;
}

/* A column that answers have, or what crm-find and crm-segment print. */
static bool
is_answer(const char *name)
{
	static const char *const names[] = { "name", "result", "reason",
		"error", "where", "field", "when", "key", "snippet", "from",
		"to", "rule", "evidence", "tier", "from_tier", "to_tier",
		NULL };
	int i;

	for (i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void
open_rejects(void)
{
	int i;

	if (!rowopts.rejects)
		return;
	if (!rowopts.keep_going)
		cmd_usage("--rejects goes with --keep-going");
	if (!(r.rejects = fopen(rowopts.rejects, "we")))
		die(CANTMAKE, "cannot make '%s': %s", rowopts.rejects,
		    strerror(errno));
	for (i = 0; i < tsv_columns(r.in); i++)
		fprintf(r.rejects, "%s\t", tsv_bare(r.in) ? r.e->name :
		    tsv_name(r.in, i));
	fputs("error\n", r.rejects);
}

/* Columns that are no fields: say so once, or refuse. */
static void
read_over(const char *name, struct buf *over)
{
	const struct column *c = column_find(r.db, r.e, name);
	const char *near;

	if (c)
		buf_printf(over, "%s%s", over->len ? ", " : "", name);
	else if (!is_answer(name) && !rowopts.ignore_unknown &&
	    !score_is_factor(r.db, name)) {
		near = column_nearest(r.db, r.e, name);
		tsv_reject(r.in, NULL, "unknown column '%s'%s%s%s", name,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	}
}

/* Do the rows begin with the key of something else, a sale or a task?  Then
 * their name and whatever else they hold is that thing's. */
static bool
about_others(void)
{
	const char *first = tsv_name(r.in, 0);
	const struct entity *e = entity_find(first);

	return e && strcmp(e->name, first) == 0 &&
	    !column_find(r.db, r.e, first);
}

static int
bind_column(int i, bool keys, struct buf *over, struct fault *f)
{
	const char *name = tsv_name(r.in, i);
	const struct column *c;
	int j, slot;

	if (keys && (tsv_bare(r.in) || strcmp(name, r.e->name) == 0)) {
		r.key = i;
		return -1;
	}
	if (tsv_bare(r.in))
		tsv_reject(r.in, NULL, "not a header of column names");
	if (r.only_keys || is_own(name) || (keys && about_others()))
		return -1;
	c = column_find(r.db, r.e, name);
	if (!c || !column_writable(c)) {
		read_over(name, over);
		return -1;
	}
	for (j = 0; j < r.o->nfields; j++)
		if (strcmp(r.o->fields[j].name, name) == 0 && keys)
			return -1;
		else if (strcmp(r.o->fields[j].name, name) == 0)
			cmd_usage("'%s' is both a column and an operand",
			    name);
	slot = store_column(r.store, name, '=', f);
	if (slot < 0)
		tsv_reject(r.in, NULL, "%s", buf_get(&f->why));
	return slot;
}

static void
open_stream(struct spool *input, bool keys)
{
	struct fault f = { 0 };
	struct buf over = { 0 };
	int i;

	r.in = tsv_open(input, "<stdin>");
	if (rowopts.clean)
		tsv_clean(r.in);
	if (rowopts.keep_going)
		tsv_keep(r.in, malformed);
	r.slot = arena_get(sizeof(*r.slot) * (size_t)(tsv_columns(r.in) + 1));
	for (i = 0; i < tsv_columns(r.in); i++)
		r.slot[i] = bind_column(i, keys, &over, &f);
	if (keys && r.key < 0 && tsv_columns(r.in) > 0)
		tsv_reject(r.in, NULL, "no column '%s'", r.e->name);
	if (over.len)
		warn("<stdin>: read over %s", over.text);
	buf_free(&over);
	open_rejects();
}

void
rows_open(struct db *db, struct store *store, const struct operands *o,
    struct spool *input, bool keys)
{
	struct fault f = { 0 };
	int i;

	r.db = db;
	r.store = store;
	r.o = o;
	r.e = o->entity;
	r.key = -1;
	r.once = true;
	r.constant = arena_get(sizeof(int) * (size_t)(o->nfields + 1));
	for (i = 0; i < o->nfields; i++) {
		r.constant[i] = store_column(store, o->fields[i].name,
		    o->fields[i].how, &f);
		if (r.constant[i] < 0)
			cmd_usage("%s", buf_get(&f.why));
	}
	if (input)
		open_stream(input, keys);
}

bool
rows_next(void)
{
	bool there = r.in ? tsv_next(r.in) : r.once;
	int i;

	r.once = false;
	if (!there) {
		if (r.rejects && fclose(r.rejects) != 0)
			die(TROUBLE, "cannot write '%s': %s",
			    rowopts.rejects, strerror(errno));
		r.rejects = NULL;
		return false;
	}
	store_clear(r.store);
	for (i = 0; i < r.o->nfields; i++)
		store_value(r.store, r.constant[i], r.o->fields[i].value);
	for (i = 0; r.in && i < tsv_columns(r.in); i++)
		if (r.slot[i] >= 0)
			store_value(r.store, r.slot[i],
			    tsv_field(r.in, i));
	return true;
}

const char *
rows_key(void)
{
	return r.in && r.key >= 0 ? tsv_field(r.in, r.key) : NULL;
}

int
rows_column(const char *name)
{
	return r.in ? tsv_find(r.in, name) : -1;
}

const char *
rows_text(int column)
{
	return tsv_field(r.in, column);
}

const char *
rows_given(const char *name, const char *constant)
{
	int at = rows_column(name);

	return at >= 0 && *rows_text(at) ? rows_text(at) : constant;
}
