/* A dump taken in again. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dump.h"
#include "dumpcore.h"
#include "json.h"
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
	struct jsonread json;   /* of that line */
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
	if (!end && !r.text.len)
		return false;
	r.line++;
	r.json.at = buf_get(&r.text);
	r.json.end = r.json.at + r.text.len;
	r.json.begun = false;
	return true;
}

/* The next name and value of the line, which is rejected if it is wrong. */
static bool
next_pair(void)
{
	if (json_next(&r.json))
		return true;
	if (r.json.why)
		reject(r.json.why, "");
	return false;
}

static bool
is_named(const char *name)
{
	return r.json.name.len == strlen(name) &&
	    strcmp(r.json.name.text, name) == 0;
}

/* What a dump of an older schema lacks has its default. */
static const char sql_columns[] =
    "SELECT name, iif(\"notnull\", dflt_value, NULL)"
    "  FROM pragma_table_info(:table)"
    " ORDER BY cid";

static void
prepare(struct target *t)
{
	struct buf sql = { 0 };
	struct stmt *s = db_query(r.db, sql_columns, ARGS(STR(t->name)));
	const char *fallback;

	buf_printf(&sql, "INSERT INTO %s VALUES (", t->name);
	while (db_next(s)) {
		if (t->n == COLUMNS)
			die(BUG, "more than %d columns", COLUMNS);
		fallback = db_text(s, 1, NULL);
		buf_printf(&sql, fallback ? "%sifnull(?, %s)" : "%s?",
		    t->n ? ", " : "", fallback);
		t->columns[t->n++] = arena_copy(db_text(s, 0, NULL));
	}
	db_done(s);
	buf_char(&sql, ')');
	t->put = db_prepare(r.db, sql.text);
	buf_free(&sql);
}

static void
find_targets(void)
{
	const char *const *table = dump_tables(r.db);
	struct target *t;

	for (t = r.targets; *table; table++, t++) {
		t->name = *table;
		prepare(t);
	}
}

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
take_value(struct target *t)
{
	const char *name = buf_get(&r.json.name);
	struct value *v;
	int i;

	for (i = 0; i < t->n; i++)
		if (is_named(t->columns[i]))
			break;
	if (i == t->n)
		reject("no such field", name);
	v = &r.values[i];
	if (v->arg.type != ARG_NULL)
		reject("a field is given twice", name);
	v->at = r.texts.len;
	switch (r.json.type) {
	case JSON_INT:
		v->arg = (struct arg)INT(r.json.i);
		break;
	case JSON_REAL:
		v->arg = (struct arg){ .type = ARG_REAL, .r = r.json.r };
		break;
	case JSON_TEXT:
		v->arg = (struct arg){ .type = ARG_TEXT,
			.size = r.json.text.len };
		buf_add(&r.texts, buf_get(&r.json.text), r.json.text.len);
		break;
	case JSON_NULL:
		break;
	}
}

/* The rest of a line whose first pair names the table. */
static struct target *
take_row(void)
{
	struct target *t;
	int i;

	if (!is_named("table") || r.json.type != JSON_TEXT)
		reject("not a row of a dump", "");
	t = find_target(buf_get(&r.json.text));
	buf_clear(&r.texts);
	for (i = 0; i < t->n; i++)
		r.values[i].arg.type = ARG_NULL;
	while (next_pair())
		take_value(t);
	if (r.values[0].arg.type != ARG_INT)
		reject("no number is given for", t->columns[0]);
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

static void
check_head(void)
{
	int64_t format = 0, schema = 0;

	while (next_pair())
		if (is_named("crm") && r.json.type == JSON_INT)
			format = r.json.i;
		else if (is_named("schema") && r.json.type == JSON_INT)
			schema = r.json.i;
	if (format < 1)
		reject("not the first line of a dump", "");
	if (format > DUMP_FORMAT || schema > db_schema(r.db))
		reject("this dump needs a newer crm", "");
}

/* The last line says how many rows there were. */
static void
check_end(int64_t rows)
{
	if (r.json.type != JSON_INT || next_pair())
		reject("not the last line of a dump", "");
	if (r.json.i != rows)
		die(DATA, "%s:%ld: %lld rows, not the %lld that were written",
		    r.file, r.line, (long long)rows, (long long)r.json.i);
	if (next_line())
		reject("more behind the last line", "");
}

static const char sql_broken[] =
    "SELECT c.\"table\", c.rowid, f.\"from\", c.parent"
    "  FROM pragma_foreign_key_check AS c"
    "  JOIN pragma_foreign_key_list(c.\"table\") AS f ON f.id = c.fkid"
    " LIMIT 1";

/* Read on to the line that holds this row. */
static void
find_line(const char *table, int64_t key)
{
	spool_rewind(r.from);
	buf_clear(&r.piece);
	r.used = 0;
	r.line = 0;
	while (next_line())
		if (next_pair() && is_named("table") &&
		    strcmp(take_row()->name, table) == 0 &&
		    r.values[0].arg.i == key)
			return;
}

static void
check_references(void)
{
	struct stmt *s = db_query(r.db, sql_broken, NOARGS);

	if (!db_next(s)) {
		db_done(s);
		return;
	}
	find_line(db_text(s, 0, NULL), db_int(s, 1));
	die(DATA, "%s:%ld: %s: no such %s", r.file, r.line,
	    db_text(s, 2, NULL), db_text(s, 3, NULL));
}

static void
read_rows(void)
{
	bool ended = false;
	int64_t rows = 0;

	for (; !ended && next_line(); rows++) {
		if (!next_pair())
			reject("not a row of a dump", "");
		if ((ended = is_named("rows")))
			check_end(rows);
		else
			store_row(take_row());
	}
	if (!ended)
		reject("the dump is cut short: its last line is missing", "");
}

void
dump_read(struct db *db, struct spool *from, const char *file)
{
	memset(&r, 0, sizeof(r));
	r.db = db;
	r.from = from;
	r.file = file;
	if (next_line()) {
		check_head();
		find_targets();
		dump_make_room(r.db);
		read_rows();
		check_references();
	}
	json_done(&r.json);
	buf_free(&r.piece);
	buf_free(&r.text);
	buf_free(&r.texts);
}
