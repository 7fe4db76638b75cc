/* Fields given back what they held. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "undocore.h"

/* A field of a table, and the statements that read and write it. */
struct writer {
	struct writer *next;
	const struct entity *e;
	const char *field; /* NULL: the table has no such column any more */
	const char *named;
	struct stmt *get, *set;
};

static struct writer *writers;

static const char *
own_name(struct db *db, const struct entity *e, const char *field)
{
	struct buf sql = { 0 };
	const char *name = NULL;
	struct stmt *s;
	int i;

	/* somebody else's file may have columns that read as SQL */
	if (field[strspn(field, "abcdefghijklmnopqrstuvwxyz_0123456789")])
		return NULL;
	buf_printf(&sql, "SELECT * FROM %s", e->name);
	s = db_prepare(db, sql.text);
	for (i = 0; i < db_columns(s); i++)
		if (strcmp(db_column_name(s, i), field) == 0)
			name = arena_copy(field);
	db_done(s);
	buf_free(&sql);
	return name;
}

static struct writer *
writer(struct db *db, const struct entity *e, const char *field)
{
	struct buf sql = { 0 };
	struct writer *w;

	for (w = writers; w; w = w->next)
		if (w->e == e && strcmp(w->named, field) == 0)
			return w;
	w = arena_get(sizeof(*w));
	w->next = writers;
	w->e = e;
	w->named = arena_copy(field);
	w->field = own_name(db, e, field);
	writers = w;
	if (!w->field)
		return w;
	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?", w->field, e->name,
	    e->name);
	w->get = db_prepare(db, sql.text);
	buf_clear(&sql);
	buf_printf(&sql, "UPDATE %s SET %s = ? WHERE %s = ?", e->name,
	    w->field, e->name);
	w->set = db_prepare(db, sql.text);
	buf_free(&sql);
	return w;
}

const char *
undo_field(struct undo *u, const struct entity *e, const char *field)
{
	return writer(u->db, e, field)->field;
}

enum restored
undo_restore(struct undo *u, const struct entity *e, int64_t key,
    const char *field, const struct arg *before, const struct arg *after)
{
	struct writer *w = writer(u->db, e, field);
	struct arg now;
	bool there, same;

	if (!w->field)
		return FORBIDDEN;
	db_bind(w->get, 1, &(struct arg)INT(key));
	there = db_next(w->get);
	now = db_arg(w->get, 0);
	same = there && arg_same(&now, after);
	db_reset(w->get);
	if (!same)
		return there ? CHANGED_SINCE : REMOVED_SINCE;
	db_bind(w->set, 1, before);
	db_bind(w->set, 2, &(struct arg)INT(key));
	same = db_put(w->set, NULL);
	db_reset(w->set);
	return same ? RESTORED : FORBIDDEN;
}

bool
undo_together(struct undo *u, const struct entity *e, int64_t key,
    const char *const *fields, int n)
{
	struct buf sql = { 0 };
	struct stmt *s;
	bool stored;
	int i;

	buf_printf(&sql, "UPDATE %s SET ", e->name);
	for (i = 0; i < n; i++)
		buf_printf(&sql, "%s%s = (SELECT before FROM change"
		    " WHERE op = :op AND entity = '%s' AND key = :key"
		    " AND field = '%s')", i ? ", " : "", fields[i], e->name,
		    fields[i]);
	buf_printf(&sql, " WHERE %s = :key", e->name);
	s = db_query_text(u->db, sql.text, ARGS(INT(u->op), INT(key)));
	buf_free(&sql);
	stored = db_put(s, NULL);
	db_done(s);
	return stored;
}
