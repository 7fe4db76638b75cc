#include "op.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "erase.h"
#include "spool.h"

enum { TABLES = 64 };

/* A run of new keys of one table. */
struct run {
	int64_t first, last, key; /* key: the last that op_key gave, or 0 */
};

static struct {
	struct db *db;
	int64_t number, undoes, rows;
	bool stored;
	const char *command, *words;
	char at[AT_SIZE];
	const char *tables[TABLES];
	struct run runs[TABLES];
	bool events; /* are there any in the spool? */
} op;

/* These stay for the command's next operation. */
static struct spool *events; /* of struct event */
static const char *const *columns[TABLES]; /* once asked for */

/* What lies in the spool: this, then its values, each followed by its text.
 * A change has two, before and after; a removed row has all its fields. */
enum what { MADE, CHANGED, ROW_REMOVED };
struct event {
	enum what what;
	int table, field;
	int64_t key, last; /* last: of a run of new keys */
	int values;
};

static void
put(const struct event *e, const struct arg *values)
{
	int i;

	if (!events)
		events = spool_new();
	op.events = true;
	spool_add(events, e, sizeof(*e));
	for (i = 0; i < e->values; i++) {
		spool_add(events, &values[i], sizeof(*values));
		if (values[i].type == ARG_TEXT)
			spool_add(events, values[i].t, values[i].size);
	}
}

static void
close_run(int table)
{
	struct run *r = &op.runs[table];
	struct event e = { .what = MADE, .table = table, .key = r->first,
		.last = r->last };

	if (r->first)
		put(&e, NOARGS);
	r->first = 0;
}

static void
inserted(void *data, int table, int64_t key)
{
	struct run *r = &op.runs[table];

	(void)data;
	op.rows++;
	if (r->first && key == r->last + 1) {
		r->last = key;
		return;
	}
	close_run(table);
	r->first = r->last = key;
}

static void
changed(void *data, int table, int64_t key, int field,
    const struct arg *before, const struct arg *after)
{
	static int64_t last;
	static int where = -1;
	struct event e = { .what = CHANGED, .table = table, .field = field,
		.key = key, .values = 2 };

	(void)data;
	op.rows += key != last || table != where;
	last = key;
	where = table;
	put(&e, (const struct arg[]){ *before, *after });
}

static void
removed(void *data, int table, int64_t key, const struct arg *fields, int n)
{
	struct event e = { .what = ROW_REMOVED, .table = table, .key = key,
		.values = n };

	(void)data;
	op.rows++;
	put(&e, fields);
}

static const struct watcher watcher = {
	.tables = op.tables,
	.inserted = inserted,
	.changed = changed,
	.removed = removed,
};

static const char sql_last[] =
    "SELECT op, at"
    "  FROM op"
    " ORDER BY op DESC"
    " LIMIT 1";

/* Never before the one before, so that going back in time can't skip. */
static void
stamp(struct db *db)
{
	struct stmt *s = db_query(db, sql_last, NOARGS);

	date_at_text(op.at, date_now());
	op.number = 1;
	if (db_next(s)) {
		op.number = db_int(s, 0) + 1;
		if (strcmp(db_text(s, 1, NULL), op.at) > 0)
			memcpy(op.at, db_text(s, 1, NULL), AT_SIZE);
	}
	db_done(s);
}

void
op_begin(struct db *db, const char *command, const char *words)
{
	int i, n = 0;

	db_begin(db);
	erase_again(db);
	memset(&op, 0, sizeof(op));
	op.db = db;
	op.command = command;
	op.words = words;
	for (i = 0; entities[i] && n < TABLES - 1; i++)
		if (strcmp(entities[i]->name, "op") != 0)
			op.tables[n++] = entities[i]->name;
	stamp(db);
	db_watch(db, &watcher);
}

int64_t
op_number(void)
{
	return op.number;
}

static const char sql_undone[] =
    "UPDATE op"
    "   SET undone_by = :by"
    " WHERE op = :op";

void
op_undoes(struct db *db, int64_t undone)
{
	(void)db;
	op.undoes = undone;
}

/* Of keys that an older copy does not know of any more, the list of erased
 * contacts remembers some. */
static const char sql_used[] =
    "SELECT max(ifnull((SELECT max(last) FROM range"
    "                    WHERE entity = :entity), 0),"
    "           iif(:entity = 'contact',"
    "               ifnull((SELECT max(erased) FROM erased), 0), 0))";

static int
table_of(const char *entity)
{
	int i;

	for (i = 0; op.tables[i]; i++)
		if (op.tables[i] == entity || strcmp(op.tables[i], entity) == 0)
			return i;
	die(BUG, "no table '%s'", entity);
}

void
op_unkey(const char *entity)
{
	op.runs[table_of(entity)].key--;
}

int64_t
op_key(struct db *db, const char *entity)
{
	struct buf sql = { 0 };
	struct stmt *s;
	int64_t there;
	int i = table_of(entity);

	if (op.runs[i].key)
		return ++op.runs[i].key;
	/* max() of the key is one look-up; the name is a constant */
	buf_printf(&sql, "SELECT max(%s) FROM %s", entity, entity);
	s = db_prepare(db, sql.text);
	there = db_next(s) ? db_int(s, 0) : 0;
	db_done(s);
	buf_free(&sql);
	op.runs[i].key = db_number(db, sql_used, ARGS(STR(entity)), 0);
	if (op.runs[i].key < there)
		op.runs[i].key = there;
	return ++op.runs[i].key;
}

/* The names of a table's columns, in their stored order. */
static const char *
field_name(int table, int field)
{
	struct buf sql = { 0 };
	const char **names;
	struct stmt *s;
	int i, n;

	if (!columns[table]) {
		buf_printf(&sql, "SELECT * FROM %s", op.tables[table]);
		s = db_prepare(op.db, sql.text);
		n = db_columns(s);
		names = arena_get(sizeof(*names) * (size_t)n);
		for (i = 0; i < n; i++)
			names[i] = arena_copy(db_column_name(s, i));
		db_done(s);
		buf_free(&sql);
		columns[table] = names;
	}
	return columns[table][field];
}

static const char sql_range[] =
    "INSERT INTO range (op, entity, first, last)"
    " VALUES (:op, :entity, :first, :last)";

static const char sql_change[] =
    "INSERT INTO change (op, entity, key, field, before, after)"
    " VALUES (:op, :entity, :key, :field, :before, :after)";

static const char sql_latest[] =
    "SELECT f.latest"
    "  FROM field_value v"
    "  JOIN field f ON f.field = v.field"
    " WHERE v.field_value = :key";

/* Does this field keep its newest value only? */
static bool
forgetful(const struct event *e, const char *field)
{
	return strcmp(op.tables[e->table], "field_value") == 0 &&
	    strcmp(field, "value") == 0 &&
	    db_number(op.db, sql_latest, ARGS(INT(e->key)), 0) == 1;
}

/* The next value; its text is in b until the next that goes there. */
static struct arg
take_value(struct buf *b)
{
	struct arg a;

	spool_read(events, &a, sizeof(a));
	if (a.type != ARG_TEXT)
		return a;
	buf_clear(b);
	spool_read(events, buf_room(b, a.size), a.size);
	a.t = b->text;
	return a;
}

static void
store_change(const struct event *e)
{
	static struct buf texts[2];
	struct arg before = take_value(&texts[0]);
	struct arg after = take_value(&texts[1]);
	const char *field = field_name(e->table, e->field);

	if (!forgetful(e, field))
		db_run(op.db, sql_change, ARGS(INT(op.number),
		    STR(op.tables[e->table]), INT(e->key), STR(field), before,
		    after));
}

/* One change, of the key, from the whole row as JSON to nothing. */
static void
store_removal(const struct event *e)
{
	static struct buf row, text;
	struct arg value;
	int i;

	buf_clear(&row);
	for (i = 0; i < e->values; i++) {
		value = take_value(&text);
		if (value.type == ARG_NULL)
			continue;
		buf_text(&row, row.len ? ",\"" : "{\"");
		buf_text(&row, field_name(e->table, i));
		buf_text(&row, "\":");
		arg_json(&row, &value);
	}
	buf_char(&row, '}');
	db_run(op.db, sql_change, ARGS(INT(op.number),
	    STR(op.tables[e->table]), INT(e->key),
	    STR(op.tables[e->table]), STR(row.text), { .type = ARG_NULL }));
}

static void
store_event(const struct event *e)
{
	if (e->what == CHANGED)
		store_change(e);
	else if (e->what == ROW_REMOVED)
		store_removal(e);
	else
		db_run(op.db, sql_range, ARGS(INT(op.number),
		    STR(op.tables[e->table]), INT(e->key), INT(e->last)));
}

static const char sql_op[] =
    "INSERT INTO op (op, at, login, who, command, words, rows, undoes)"
    " VALUES (:op, :at, :login, :who, :command, :words, :rows, :undoes)";

static void
store(struct db *db)
{
	const char *login = calc_login(), *me = calc_me();
	struct arg undoes = { .type = op.undoes ? ARG_INT : ARG_NULL,
		.i = op.undoes };
	struct event e;

	db_run(db, sql_op, ARGS(INT(op.number), STR(op.at), STR(login),
	    STR(strcmp(me, login) == 0 ? NULL : me), STR(op.command),
	    STR(op.words), INT(op.rows), undoes));
	if (op.undoes)
		db_run(db, sql_undone, ARGS(INT(op.number), INT(op.undoes)));
	spool_rewind(events);
	while (spool_read(events, &e, sizeof(e)) == sizeof(e))
		store_event(&e);
	spool_free(events);
}

void
op_store(struct db *db)
{
	int i;

	db_watch(db, NULL);
	for (i = 0; op.tables[i]; i++)
		close_run(i);
	if (op.stored || (!op.events && !op.undoes))
		return;
	if (!events)
		events = spool_new();
	store(db);
	op.stored = true;
}

void
op_end(struct db *db, bool keep)
{
	if (keep)
		op_store(db);
	db_watch(db, NULL);
	if (op.stored && keep)
		db_commit(db);
	else
		db_rollback(db);
	if (!op.stored && events)
		spool_free(events);
}
