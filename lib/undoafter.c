/* The database as it was: every later operation taken back. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "undocore.h"

static const char sql_ranges[] =
    "SELECT entity, first, last"
    "  FROM range"
    " WHERE op = :op"
    " ORDER BY range DESC";

static void
remove_made(struct undo *u)
{
	struct stmt *remove, *s = db_query(u->db, sql_ranges,
	    ARGS(INT(u->op)));
	const struct entity *e;
	struct buf sql = { 0 };

	while (db_next(s)) {
		if (!(e = entity_find(db_text(s, 0, NULL))))
			continue;
		buf_clear(&sql);
		buf_printf(&sql, "DELETE FROM %s WHERE %s BETWEEN ? AND ?",
		    e->name, e->name);
		remove = db_prepare(u->db, sql.text);
		db_bind(remove, 1, &(struct arg)INT(db_int(s, 1)));
		db_bind(remove, 2, &(struct arg)INT(db_int(s, 2)));
		db_next(remove);
		db_done(remove);
	}
	db_done(s);
	buf_free(&sql);
}

/* A change of the key is a row removed; one that the operation made itself
 * does not come back. */
static const char sql_changes[] =
    "SELECT c.entity, c.key, c.field, c.before, c.after"
    "  FROM change c"
    " WHERE c.op = :op"
    "   AND (c.field <> c.entity"
    "        OR NOT EXISTS (SELECT 1 FROM range r"
    "                        WHERE r.op = c.op AND r.entity = c.entity"
    "                          AND c.key BETWEEN r.first AND r.last))"
    " ORDER BY c.change DESC";

static void
restore_changed(struct undo *u)
{
	struct stmt *s = db_query(u->db, sql_changes, ARGS(INT(u->op)));
	const struct entity *e;
	struct arg before, after;
	const char *field;

	while (db_next(s)) {
		if (!(e = entity_find(db_text(s, 0, NULL))))
			continue;
		field = db_text(s, 2, NULL);
		before = db_arg(s, 3);
		after = db_arg(s, 4);
		if (strcmp(field, e->name) == 0)
			undo_return(u, e, db_int(s, 1));
		else
			undo_restore(u, e, db_int(s, 1), field, &before,
			    &after);
	}
	db_done(s);
}

static const char sql_last[] =
    "SELECT op"
    "  FROM op"
    " WHERE at > :at"
    " ORDER BY op DESC"
    " LIMIT 1";

/* What it undid is done again; what that had undone is undone again. */
static const char sql_done_again[] =
    "UPDATE op"
    "   SET undone_by = NULL"
    " WHERE op = (SELECT undoes FROM op WHERE op = :op)";

static const char sql_undone_again[] =
    "UPDATE op"
    "   SET undone_by = (SELECT undoes FROM op WHERE op = :op)"
    " WHERE op = (SELECT m.undoes"
    "               FROM op n JOIN op m ON m.op = n.undoes"
    "              WHERE n.op = :op)";

static const char sql_no_changes[] =
    "DELETE FROM change"
    " WHERE op = :op";

static const char sql_no_ranges[] =
    "DELETE FROM range"
    " WHERE op = :op";

static const char sql_no_op[] =
    "DELETE FROM op"
    " WHERE op = :op";

void
undo_after(struct db *db, const char *at)
{
	static const char *const forget[] = { sql_done_again,
		sql_undone_again, sql_no_changes, sql_no_ranges, sql_no_op };
	struct undo u = { .db = db };
	size_t i;

	while ((u.op = db_number(db, sql_last, ARGS(STR(at)), 0))) {
		remove_made(&u);
		restore_changed(&u);
		for (i = 0; i < sizeof(forget) / sizeof(*forget); i++)
			db_run(db, forget[i], ARGS(INT(u.op)));
	}
}
