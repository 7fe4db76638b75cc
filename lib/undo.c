#include "undo.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "op.h"
#include "undocore.h"

enum { ENTITIES = 64 };

static struct {
	struct undo undo;
	void (*tell)(const struct undone *);
	struct stmt *remove[ENTITIES];
	int64_t removed[ENTITIES], restored[ENTITIES], returned[ENTITIES];
	struct buf failed; /* int64_t: rows that could not go yet */
} u;

static const char sql_state[] =
    "SELECT ifnull(undone_by, 0)"
    "  FROM op"
    " WHERE op = :op";

int64_t
undo_state(struct db *db, int64_t op)
{
	return db_number(db, sql_state, ARGS(INT(op)), -1);
}

static int
place(const char *entity)
{
	int i;

	for (i = 0; entities[i] && i < ENTITIES; i++)
		if (strcmp(entities[i]->name, entity) == 0)
			return i;
	return -1;
}

/* The last operation after this one that changed the row (or the field of
 * it), and still holds. */
static const char sql_holder[] =
    "SELECT c.op"
    "  FROM change c"
    "  JOIN op o ON o.op = c.op"
    " WHERE c.entity = :entity"
    "   AND c.key = :key"
    "   AND c.op > :op"
    "   AND (:field IS NULL OR c.field = :field)"
    "   AND o.undone_by IS NULL"
    "   AND ifnull(o.undoes, 0) <= :op"
    " ORDER BY c.op DESC"
    " LIMIT 1";

static int64_t
holder(const char *entity, int64_t key, const char *field)
{
	return db_number(u.undo.db, sql_holder, ARGS(STR(entity), INT(key), INT(u.undo.op), STR(field)), 0);
}

static const char sql_maker[] =
    "SELECT op"
    "  FROM range"
    " WHERE entity = :entity"
    "   AND last >= :key"
    "   AND first <= :key"
    " ORDER BY last"
    " LIMIT 1";

/* A row that refers to this one, and the operation that made it. */
static int64_t
referrer(const struct entity *e, int64_t key, struct buf *why)
{
	const struct column *c;
	struct buf sql = { 0 };
	struct stmt *s;
	int64_t row = 0;
	int i;

	for (i = 0; entities[i] && !row; i++)
		for (c = entities[i]->columns; c->name && !row; c++) {
			if (!column_refers(c, e))
				continue;
			buf_clear(&sql);
			buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?"
					 " LIMIT 1",
			    entities[i]->name, entities[i]->name,
			    c->name);
			s = db_prepare(u.undo.db, sql.text);
			db_bind(s, 1, &(struct arg)INT(key));
			row = db_next(s) ? db_int(s, 0) : 0;
			db_done(s);
			if (row)
				buf_printf(why, "%s %lld refers to it",
				    entities[i]->name, (long long)row);
		}
	buf_free(&sql);
	return row ? db_number(u.undo.db, sql_maker, ARGS(STR(entities[i - 1]->name), INT(row)), 0) : 0;
}

static void
kept(const char *entity, int64_t key, const char *field, const char *reason,
    int64_t by)
{
	u.tell(&(struct undone){ .entity = entity, .result = "kept", .rows = 1, .key = key, .field = field, .reason = reason, .by = by });
}

/* Remove one row, if it is there and nothing holds it. */
static bool
remove_one(int at, int64_t key)
{
	const struct entity *e = entities[at];
	struct buf sql = { 0 };
	bool gone;

	if (!u.remove[at]) {
		buf_printf(&sql, "DELETE FROM %s WHERE %s = ?", e->name,
		    e->name);
		u.remove[at] = db_prepare(u.undo.db, sql.text);
		buf_free(&sql);
	}
	db_bind(u.remove[at], 1, &(struct arg)INT(key));
	gone = db_put(u.remove[at], NULL);
	db_reset(u.remove[at]);
	u.removed[at] += gone;
	return gone;
}

static const char sql_ranges[] =
    "SELECT first, last"
    "  FROM range"
    " WHERE op = :op"
    "   AND entity = :entity"
    " ORDER BY last DESC";

static void
try_remove(int at, int64_t key)
{
	int64_t by = holder(entities[at]->name, key, NULL);

	if (by)
		kept(entities[at]->name, key, NULL, "changed since", by);
	else if (!remove_one(at, key))
		buf_add(&u.failed, (char *)&key, sizeof(key));
}

static bool
return_one(int at, int64_t key)
{
	bool back = undo_return(&u.undo, entities[at], key);

	u.returned[at] += back;
	return back;
}

/* Rows that refer to each other take several passes: those that failed are
 * tried again while any succeeds; the rest are told of. */
static void
retry(int at, bool (*act)(int, int64_t), void (*give_up)(int, int64_t))
{
	size_t left = u.failed.len / sizeof(int64_t), before = left + 1, i, n;
	int64_t key;

	while (left && left < before) {
		before = left;
		for (n = i = 0; i < left; i++) {
			memcpy(&key, u.failed.text + i * sizeof(key),
			    sizeof(key));
			if (!act(at, key))
				memcpy(u.failed.text + n++ * sizeof(key),
				    &key, sizeof(key));
		}
		left = n;
	}
	for (i = 0; i < left; i++) {
		memcpy(&key, u.failed.text + i * sizeof(key), sizeof(key));
		give_up(at, key);
	}
	buf_clear(&u.failed);
}

static void
keep_made(int at, int64_t key)
{
	struct buf why = { 0 };
	int64_t by = referrer(entities[at], key, &why);

	kept(entities[at]->name, key, NULL, buf_get(&why), by);
	buf_free(&why);
}

static void
keep_removed(int at, int64_t key)
{
	kept(entities[at]->name, key, NULL,
	    "what it refers to is gone, or another has its name", 0);
}

static void
remove_made(int at)
{
	struct buf sql = { 0 };
	struct stmt *there, *s = db_query(u.undo.db, sql_ranges, ARGS(INT(u.undo.op), STR(entities[at]->name)));
	int64_t key, first;

	buf_printf(&sql, "SELECT max(%s) FROM %s WHERE %s <= ?",
	    entities[at]->name, entities[at]->name, entities[at]->name);
	there = db_prepare(u.undo.db, sql.text);
	buf_free(&sql);
	while (db_next(s)) {
		first = db_int(s, 0);
		for (key = db_int(s, 1); key >= first; key--) {
			db_bind(there, 1, &(struct arg)INT(key));
			key = db_next(there) ? db_int(there, 0) : 0;
			db_reset(there);
			if (key < first)
				break;
			try_remove(at, key);
		}
	}
	db_done(s);
	db_done(there);
	retry(at, remove_one, keep_made);
}

static const char sql_changes[] =
    "SELECT entity, key, field, before, after"
    "  FROM change"
    " WHERE op = :op"
    " ORDER BY change DESC";

/* The key, changed to nothing, is the mark of a removal. */
static const char sql_removed_by[] =
    "SELECT 1"
    "  FROM change"
    " WHERE entity = :entity"
    "   AND key = :key"
    "   AND op = :op"
    "   AND field = :entity"
    "   AND after IS NULL";

static void
restore(int at, int64_t key, const char *field, const struct arg *before,
    const struct arg *after)
{
	static const char *const reasons[] = { NULL, "changed since",
		"removed since", "against a rule" };
	const char *e = entities[at]->name;
	enum restored r = undo_restore(&u.undo, entities[at], key, field,
	    before, after);

	if (r == RESTORED)
		u.restored[at]++;
	else
		kept(e, key, field, reasons[r], r == FORBIDDEN ? 0 : holder(e, key, r == CHANGED_SINCE ? field : NULL));
}

static void
restore_changed(void)
{
	struct stmt *s = db_query(u.undo.db, sql_changes, ARGS(INT(u.undo.op)));
	struct arg before, after;
	const char *entity;
	int64_t key;
	int at;

	while (db_next(s)) {
		entity = db_text(s, 0, NULL);
		key = db_int(s, 1);
		before = db_arg(s, 3);
		after = db_arg(s, 4);
		at = place(entity);
		if (at >= 0 && !(after.type == ARG_NULL &&
				   db_number(u.undo.db, sql_removed_by, ARGS(STR(entity), INT(key), INT(u.undo.op)), 0)))
			restore(at, key, db_text(s, 2, NULL), &before,
			    &after);
	}
	db_done(s);
}

static const char sql_removals[] =
    "SELECT key"
    "  FROM change"
    " WHERE op = :op"
    "   AND entity = :entity"
    "   AND field = :entity"
    "   AND after IS NULL"
    " ORDER BY key";

static void
return_removed(int at)
{
	struct stmt *s = db_query(u.undo.db, sql_removals,
	    ARGS(INT(u.undo.op), STR(entities[at]->name)));
	int64_t key;

	while (db_next(s)) {
		key = db_int(s, 0);
		if (!return_one(at, key))
			buf_add(&u.failed, (char *)&key, sizeof(key));
	}
	db_done(s);
	retry(at, return_one, keep_removed);
}

static void
sum(const char *result, const int64_t *counts)
{
	int i;

	for (i = 0; entities[i] && i < ENTITIES; i++)
		if (counts[i])
			u.tell(&(struct undone){ .entity = entities[i]->name,
			    .result = result,
			    .rows = counts[i] });
}

static const char sql_undone_again[] =
    "UPDATE op"
    "   SET undone_by = NULL"
    " WHERE op = (SELECT undoes FROM op WHERE op = :op)";

void
undo_run(struct db *db, int64_t op, void (*tell)(const struct undone *))
{
	int i, n;

	memset(&u, 0, sizeof(u));
	u.undo = (struct undo){ db, op };
	u.tell = tell;
	for (n = 0; entities[n] && n < ENTITIES; n++)
		return_removed(n);
	restore_changed();
	for (i = n - 1; i >= 0; i--)
		remove_made(i);
	db_run(db, sql_undone_again, ARGS(INT(op)));
	sum("returned", u.returned);
	sum("restored", u.restored);
	sum("removed", u.removed);
	buf_free(&u.failed);
}
