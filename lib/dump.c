#include "dump.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "dumpcore.h"
#include "json.h"
#include "put.h"

/* In the order in which they were made, in which none refers to a later
 * one.  What crm-find made is made again. */
static const char sql_tables[] =
    "SELECT name"
    "  FROM sqlite_schema"
    " WHERE type = 'table'"
    "   AND name NOT LIKE 'sqlite%'"
    "   AND name NOT LIKE 'find%'"
    "   AND name <> 'found'"
    " ORDER BY rowid";

const char *const *
dump_tables(struct db *db)
{
	struct stmt *s = db_query(db, sql_tables, NOARGS);
	const char **names = arena_get(DUMP_TABLES * sizeof(*names));
	int n = 0;

	while (db_next(s)) {
		if (n == DUMP_TABLES - 1)
			die(BUG, "more than %d tables", DUMP_TABLES - 1);
		names[n++] = arena_copy(db_text(s, 0, NULL));
	}
	db_done(s);
	return names;
}

static void
write_value(struct buf *b, struct stmt *s, int col)
{
	struct arg a = db_arg(s, col);
	char real[32];

	switch (a.type) {
	case ARG_INT:
		buf_printf(b, "%lld", (long long)a.i);
		break;
	case ARG_REAL:
		snprintf(real, sizeof(real), "%.17g", a.r);
		buf_printf(b, "%s%s", real, strpbrk(real, ".en") ? "" : ".0");
		break;
	default:
		json_string(b, a.t, a.size);
	}
}

/* Rows of a table that fulfil the condition; ?1 is a contact. */
static void
write_rows(struct db *db, const char *table, const char *condition,
    int64_t contact)
{
	struct buf sql = { 0 }, *b = put_buffer();
	struct stmt *s;
	int i, n;

	buf_printf(&sql, "SELECT * FROM %s%s ORDER BY rowid", table,
	    condition);
	s = db_prepare(db, sql.text);
	if (db_parameters(s))
		db_bind(s, 1, &(struct arg)INT(contact));
	n = db_columns(s);
	while (db_next(s)) {
		buf_printf(b, "{\"table\":\"%s\"", table);
		for (i = 0; i < n; i++) {
			if (db_arg(s, i).type == ARG_NULL)
				continue;
			buf_printf(b, ",\"%s\":", db_column_name(s, i));
			write_value(b, s, i);
		}
		buf_text(b, "}\n");
		put_some();
	}
	db_done(s);
	buf_free(&sql);
}

static void
write_head(struct db *db)
{
	char at[AT_SIZE];

	buf_printf(put_buffer(), "{\"crm\":%d,\"schema\":%lld,"
	    "\"at\":\"%s\"}\n", DUMP_FORMAT, (long long)db_schema(db),
	    date_at_text(at, date_now()));
}

void
dump_write(struct db *db)
{
	const char *const *table = dump_tables(db);

	db_snapshot(db);
	write_head(db);
	for (; *table; table++)
		write_rows(db, *table, "", 0);
	db_rollback(db);
}

/* The rows of an entity that belong to a contact, as a condition. */
static bool
belonging(struct buf *b, const struct entity *e)
{
	const struct entity *contact = entity_find("contact");
	const struct column *c;

	buf_clear(b);
	if (e == contact)
		buf_text(b, " WHERE contact = ?1");
	else if (strcmp(e->name, "alias") == 0)
		buf_text(b, " WHERE item = ?1 AND entity = 'contact'");
	for (c = e->columns; e != contact && c->name; c++)
		if (column_refers(c, contact))
			buf_printf(b, "%s %s = ?1", b->len ? " OR" : " WHERE",
			    c->name);
	return b->len > 0;
}

void
dump_contact(struct db *db, int64_t contact)
{
	struct buf those = { 0 }, changes = { 0 };
	int i;

	write_head(db);
	for (i = 0; entities[i]; i++) {
		if (!belonging(&those, entities[i]))
			continue;
		write_rows(db, entities[i]->name, those.text, contact);
		buf_printf(&changes, "%s entity = '%s' AND key IN"
		    " (SELECT %s FROM %s%s)", changes.len ? " OR" : " WHERE",
		    entities[i]->name, entities[i]->name, entities[i]->name,
		    those.text);
	}
	write_rows(db, "change", changes.text, contact);
	buf_free(&those);
	buf_free(&changes);
}
