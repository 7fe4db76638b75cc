#include "undo.h"

#include <string.h>

#include "catalog.h"
#include "db.h"
#include "undocore.h"

static const char sql_state[] =
    "SELECT iif(command = 'crm-forget', -2, ifnull(undone_by, 0))"
    "  FROM op"
    " WHERE op = :op";

int64_t
undo_state(struct db *db, int64_t op)
{
	return db_number(db, sql_state, ARGS(INT(op)), -1);
}

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

int64_t
undo_holder(struct undo *u, const char *entity, int64_t key,
    const char *field)
{
	return db_number(u->db, sql_holder, ARGS(STR(entity), INT(key),
	    INT(u->op), STR(field)), 0);
}

void
undo_keep(struct undo *u, const char *entity, int64_t key, const char *field,
    const char *reason, int64_t by)
{
	struct undone kept = { .entity = entity, .result = "kept", .rows = 1,
		.key = key, .field = field, .reason = reason, .by = by };

	u->tell(&kept);
}

void
undo_wait(struct waiting *w, int64_t key)
{
	buf_add(&w->keys, (char *)&key, sizeof(key));
}

void
undo_retry(struct undo *u, struct waiting *w, int at,
    bool (*act)(struct undo *, int, int64_t),
    void (*give_up)(struct undo *, int, int64_t))
{
	int64_t *keys = (int64_t *)(void *)w->keys.text;
	size_t left = w->keys.len / sizeof(*keys), before = left + 1, i, n;

	for (; left && left < before; left = n) {
		before = left;
		for (n = i = 0; i < left; i++)
			if (!act(u, at, keys[i]))
				keys[n++] = keys[i];
	}
	for (i = 0; i < left; i++)
		give_up(u, at, keys[i]);
	buf_clear(&w->keys);
}

/* But of the key: that is a row removed. */
static const char sql_changes[] =
    "SELECT entity, key, field, before, after"
    "  FROM change"
    " WHERE op = :op"
    "   AND field <> entity"
    " ORDER BY change DESC";

static int
place(const char *entity)
{
	int i;

	for (i = 0; i < ENTITIES && entities[i]; i++)
		if (strcmp(entities[i]->name, entity) == 0)
			return i;
	return -1;
}

/* Fields of the present row that can't be restored one by one. */
enum { TIED = 32 };
static struct {
	int at, n;
	int64_t key;
	const char *fields[TIED];
} tied;

static void
restore_tied(struct undo *u)
{
	int i;

	if (tied.n && undo_together(u, entities[tied.at], tied.key,
	    tied.fields, tied.n))
		u->restored[tied.at] += tied.n;
	else
		for (i = 0; i < tied.n; i++)
			undo_keep(u, entities[tied.at]->name, tied.key,
			    tied.fields[i], "against a rule", 0);
	tied.n = 0;
}

/* True: it waits for the other fields of its row. */
static bool
tie(struct undo *u, int at, int64_t key, const char *field)
{
	const char *name = undo_field(u, entities[at], field);

	if (!name || tied.n == TIED)
		return false;
	tied.at = at;
	tied.key = key;
	tied.fields[tied.n++] = name;
	return true;
}

static void
restore(struct undo *u, int at, int64_t key, const char *field,
    const struct arg *before, const struct arg *after)
{
	static const char *const reasons[] = { NULL, "changed since",
		"removed since", "against a rule" };
	const char *e = entities[at]->name;
	enum restored r = undo_restore(u, entities[at], key, field, before,
	    after);
	int64_t by = 0;

	if (r == RESTORED) {
		u->restored[at]++;
		return;
	}
	if (r == FORBIDDEN && tie(u, at, key, field))
		return;
	if (r != FORBIDDEN)
		by = undo_holder(u, e, key, r == CHANGED_SINCE ? field :
		    NULL);
	undo_keep(u, e, key, field, reasons[r], by);
}

static void
restore_changed(struct undo *u)
{
	struct stmt *s = db_query(u->db, sql_changes, ARGS(INT(u->op)));
	struct arg before, after;
	int at;

	while (db_next(s)) {
		at = place(db_text(s, 0, NULL));
		if (tied.n && (at != tied.at || db_int(s, 1) != tied.key))
			restore_tied(u);
		if (at >= 0) {
			before = db_arg(s, 3);
			after = db_arg(s, 4);
			restore(u, at, db_int(s, 1), db_text(s, 2, NULL),
			    &before, &after);
		}
	}
	restore_tied(u);
	db_done(s);
}

static const char sql_removals[] =
    "SELECT key"
    "  FROM change"
    " WHERE op = :op"
    "   AND entity = :entity"
    "   AND field = :entity"
    " ORDER BY key";

static bool
return_one(struct undo *u, int at, int64_t key)
{
	bool back = undo_return(u, entities[at], key);

	u->returned[at] += back;
	return back;
}

static void
leave_removed(struct undo *u, int at, int64_t key)
{
	undo_keep(u, entities[at]->name, key, NULL,
	    "what it refers to is gone, or another has its name", 0);
}

static void
return_removed(struct undo *u, int at)
{
	struct stmt *s = db_query(u->db, sql_removals, ARGS(INT(u->op),
	    STR(entities[at]->name)));
	struct waiting waiting = { 0 };
	int64_t key;

	while (db_next(s)) {
		key = db_int(s, 0);
		if (!return_one(u, at, key))
			undo_wait(&waiting, key);
	}
	db_done(s);
	undo_retry(u, &waiting, at, return_one, leave_removed);
	buf_free(&waiting.keys);
}

static void
sum(struct undo *u, const char *result, const int64_t *counts)
{
	struct undone done = { .result = result };
	int i;

	for (i = 0; i < ENTITIES && entities[i]; i++) {
		done.entity = entities[i]->name;
		done.rows = counts[i];
		if (counts[i])
			u->tell(&done);
	}
}

static const char sql_later[] =
    "SELECT op"
    "  FROM op"
    " WHERE op > :op"
    " LIMIT 1";

static const char sql_undone_again[] =
    "UPDATE op"
    "   SET undone_by = NULL"
    " WHERE op = (SELECT undoes FROM op WHERE op = :op)";

void
undo_run(struct db *db, int64_t op, void (*tell)(const struct undone *))
{
	static struct undo u;
	int i;

	memset(&u, 0, sizeof(u));
	u.db = db;
	u.op = op;
	u.newest = !db_number(db, sql_later, ARGS(INT(op)), 0);
	u.tell = tell;
	for (i = 0; i < ENTITIES && entities[i]; i++)
		return_removed(&u, i);
	restore_changed(&u);
	undo_made(&u);
	db_run(db, sql_undone_again, ARGS(INT(op)));
	sum(&u, "returned", u.returned);
	sum(&u, "restored", u.restored);
	sum(&u, "removed", u.removed);
}
