#include "dump.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "die.h"
#include "dumpcore.h"
#include "put.h"

/* In the order in which they were made, in which none refers to a later
 * one.  What crm-find made is made again. */
static const char sql_tables[] =
    "SELECT name"
    "  FROM sqlite_schema"
    " WHERE type = 'table'"
    "   AND name NOT GLOB 'sqlite_*'"
    "   AND name NOT GLOB 'find_*'"
    "   AND name <> 'find'"
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

/* Rows of a table that fulfil the condition; ?1 is a contact.  Returns how
 * many there were. */
static int64_t
write_rows(struct db *db, const char *table, const char *condition,
    int64_t contact)
{
	struct buf sql = { 0 }, *b = put_buffer();
	int64_t rows = 0;
	struct stmt *s;
	struct arg value;
	int i, n;

	buf_printf(&sql, "SELECT * FROM %s%s ORDER BY rowid", table,
	    condition);
	s = db_prepare(db, sql.text);
	if (db_parameters(s))
		db_bind(s, 1, &(struct arg)INT(contact));
	n = db_columns(s);
	for (; db_next(s); rows++) {
		buf_printf(b, "{\"table\":\"%s\"", table);
		for (i = 0; i < n; i++) {
			value = db_arg(s, i);
			if (value.type == ARG_NULL)
				continue;
			buf_printf(b, ",\"%s\":", db_column_name(s, i));
			arg_json(b, &value);
		}
		buf_text(b, "}\n");
		put_some();
	}
	db_done(s);
	buf_free(&sql);
	return rows;
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
	const char *const *table;
	int64_t rows = 0;

	db_snapshot(db);
	write_head(db);
	for (table = dump_tables(db); *table; table++)
		rows += write_rows(db, *table, "", 0);
	buf_printf(put_buffer(), "{\"rows\":%lld}\n", (long long)rows);
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

/* What its own rows do not say: the names of its labels and fields, and what
 * was announced, put off or done for it. */
static const struct {
	const char *table, *condition;
} besides[] = {
	{ "tag", " WHERE tag IN (SELECT tag FROM tagging"
	    " WHERE contact = ?1)" },
	{ "field", " WHERE field IN (SELECT field FROM field_value"
	    " WHERE contact = ?1)" },
	{ "ack", " WHERE due IN (SELECT 'task:' || task FROM task"
	    " WHERE contact = ?1) OR due GLOB 'cadence:*:' || ?1 || ':[0-9]*'"
	    " OR EXISTS (SELECT 1 FROM occasion o WHERE o.contact = ?1"
	    " AND ack.due GLOB 'occasion:' || o.occasion || ':*')" },
	{ NULL, NULL },
};

/* Changes of rows that belong to it, or did when they went. */
static void
add_changes(struct buf *to, const struct entity *e, const char *those)
{
	buf_printf(to, "%s entity = '%s' AND (key IN (SELECT %s FROM %s%s)"
	    " OR key IN (SELECT key FROM change WHERE entity = '%s'"
	    " AND field = entity AND before ->> 'contact' = ?1))",
	    to->len ? " OR" : " WHERE", e->name, e->name, e->name, those,
	    e->name);
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
		add_changes(&changes, entities[i], those.text);
	}
	for (i = 0; besides[i].table; i++)
		write_rows(db, besides[i].table, besides[i].condition,
		    contact);
	write_rows(db, "change", changes.text, contact);
	buf_free(&those);
	buf_free(&changes);
}
