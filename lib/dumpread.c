/* A dump taken in again. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dump.h"
#include "dumpcore.h"
#include "spool.h"

enum { COLUMNS = 64, PIECE = 64 << 10 };

/* A table, and the statement that takes a row of it. */
struct target {
	const char *name, *columns[COLUMNS];
	int n;
	struct stmt *put;
};

/* A value of the row at hand; its text lies in r.texts. */
struct value {
	struct arg arg;
	size_t at;
};

static struct {
	struct db *db;
	struct spool *from;
	const char *file;
	long line;
	struct buf piece, text; /* what was read ahead; the line at hand */
	size_t used;
	struct target targets[DUMP_TABLES];
	struct buf texts;
	struct value values[COLUMNS];
} r;

NORETURN static void
reject(const char *why, const char *what)
{
	die(DATA, "%s:%ld: %s%s%s%s", r.file, r.line, why, *what ? " '" : "",
	    what, *what ? "'" : "");
}

static bool
next_line(void)
{
	const char *start, *end;
	size_t left;

	buf_clear(&r.text);
	for (;;) {
		start = buf_get(&r.piece) + r.used;
		left = r.piece.len - r.used;
		end = memchr(start, '\n', left);
		buf_add(&r.text, start, end ? (size_t)(end - start) : left);
		r.used += end ? (size_t)(end - start) + 1 : left;
		if (end)
			break;
		buf_clear(&r.piece);
		r.used = 0;
		r.piece.len = spool_read(r.from, buf_room(&r.piece, PIECE),
		    PIECE);
		if (!r.piece.len)
			break;
	}
	r.line++;
	return end || r.text.len;
}

static void
find_targets(void)
{
	const char *const *table = dump_tables(r.db);
	struct buf sql = { 0 };
	struct target *t;
	struct stmt *s;
	int i;

	for (t = r.targets; *table; table++, t++) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT * FROM %s", *table);
		s = db_prepare(r.db, sql.text);
		t->name = *table;
		t->n = db_columns(s);
		if (t->n > COLUMNS)
			die(BUG, "more than %d columns", COLUMNS);
		buf_clear(&sql);
		buf_printf(&sql, "INSERT INTO %s VALUES (?", *table);
		for (i = 0; i < t->n; i++) {
			t->columns[i] = arena_copy(db_column_name(s, i));
			if (i)
				buf_text(&sql, ", ?");
		}
		buf_char(&sql, ')');
		db_done(s);
		t->put = db_prepare(r.db, sql.text);
	}
	buf_free(&sql);
}

/* What is no JSON gives one row without a name. */
static const char sql_fields[] =
    "SELECT key, type, value"
    "  FROM json_each(iif(json_valid(:line), :line, '[0]'))";

static struct target *
find_target(const char *name)
{
	struct target *t;

	for (t = r.targets; t->name; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	reject("no table", name);
}

static void
take_value(struct target *t, struct stmt *s)
{
	const char *name = db_text(s, 0, NULL), *type = db_text(s, 1, NULL);
	struct value *v;
	int i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->columns[i], name) == 0)
			break;
	if (i == t->n)
		reject("no such field", name);
	if (strcmp(type, "array") == 0 || strcmp(type, "object") == 0)
		reject("one value is expected for", name);
	v = &r.values[i];
	if (v->arg.type != ARG_NULL)
		reject("a field is given twice", name);
	v->arg = db_arg(s, 2);
	v->at = r.texts.len;
	if (v->arg.type == ARG_TEXT)
		buf_add(&r.texts, v->arg.t, v->arg.size);
}

static struct target *
take_row(void)
{
	struct stmt *s = db_query(r.db, sql_fields, ARGS({ .type = ARG_TEXT,
	    .t = buf_get(&r.text), .size = r.text.len }));
	struct target *t;
	int i;

	if (!db_next(s) || !db_text(s, 0, NULL) ||
	    strcmp(db_text(s, 0, NULL), "table") != 0 || !db_text(s, 2, NULL))
		reject("not a row of a dump", "");
	t = find_target(db_text(s, 2, NULL));
	buf_clear(&r.texts);
	for (i = 0; i < t->n; i++)
		r.values[i].arg.type = ARG_NULL;
	while (db_next(s))
		take_value(t, s);
	db_done(s);
	return t;
}

static void
store_row(struct target *t)
{
	struct buf why = { 0 };
	struct value *v;
	int i;

	for (i = 0; i < t->n; i++) {
		v = &r.values[i];
		if (v->arg.type == ARG_TEXT)
			v->arg.t = buf_get(&r.texts) + v->at;
		db_bind(t->put, i + 1, &v->arg);
	}
	if (!db_put(t->put, &why))
		reject(buf_get(&why), "");
	db_reset(t->put);
}

static const char sql_head[] =
    "SELECT json_extract(line, '$.crm'), json_extract(line, '$.schema')"
    "  FROM (SELECT iif(json_valid(:line), :line, '{}') AS line)";

static void
check_head(void)
{
	struct stmt *s = db_query(r.db, sql_head, ARGS({ .type = ARG_TEXT,
	    .t = buf_get(&r.text), .size = r.text.len }));
	int64_t format = 0, schema = 0;

	if (db_next(s)) {
		format = db_int(s, 0);
		schema = db_int(s, 1);
	}
	db_done(s);
	if (format < 1)
		reject("not the first line of a dump", "");
	if (format > DUMP_FORMAT || schema > db_schema(r.db))
		reject("this dump needs a newer crm", "");
}

/* What crm-init wrote gives way. */
static void
make_room(void)
{
	static const char *const own[] = { "range", "op", "staff" };
	struct buf sql = { 0 };
	struct target *t;
	size_t i;

	for (t = r.targets; t->name; t++) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT max(rowid) FROM %s", t->name);
		for (i = 0; i < 3 && strcmp(own[i], t->name) != 0; i++)
			;
		if (db_number(r.db, arena_copy(sql.text), NOARGS, 0) > (i < 3))
			die(NO, "the database is not empty: it has a %s",
			    t->name);
	}
	for (i = 0; i < 3; i++) {
		buf_clear(&sql);
		buf_printf(&sql, "DELETE FROM %s", own[i]);
		db_run(r.db, arena_copy(sql.text), NOARGS);
	}
	buf_free(&sql);
}

static const char sql_broken[] =
    "SELECT \"table\" || ' ' || rowid || ' refers to no ' || parent"
    "  FROM pragma_foreign_key_check";

static void
check_references(void)
{
	struct stmt *s = db_query(r.db, sql_broken, NOARGS);

	if (db_next(s))
		die(DATA, "%s: %s", r.file, db_text(s, 0, NULL));
	db_done(s);
}

int64_t
dump_read(struct db *db, struct spool *from, const char *file)
{
	int64_t rows = 0;

	memset(&r, 0, sizeof(r));
	r.db = db;
	r.from = from;
	r.file = file;
	if (next_line()) {
		check_head();
		find_targets();
		make_room();
		for (; next_line(); rows++)
			store_row(take_row());
		check_references();
	}
	buf_free(&r.piece);
	buf_free(&r.text);
	buf_free(&r.texts);
	return rows;
}
