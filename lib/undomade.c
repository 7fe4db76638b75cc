/* Rows that the operation made, removed again. */
#include <stdlib.h>
#include <string.h>

#include "catalog.h"
#include "db.h"
#include "undocore.h"

/* Rows of a table that refer to a row: its key is the parameter. */
struct reference {
	const struct entity *from;
	struct stmt *rows;
};

static struct {
	struct stmt *remove[ENTITIES];
	struct buf references; /* struct reference, to the entity at hand */
	struct waiting waiting;
	struct buf kept; /* int64_t, ascending: rows that keep their parts */
} m;

static const char sql_maker[] =
    "SELECT op"
    "  FROM range"
    " WHERE entity = :entity"
    "   AND last >= :key"
    "   AND first <= :key"
    " ORDER BY last"
    " LIMIT 1";

static int64_t
maker(struct undo *u, const char *entity, int64_t key)
{
	return db_number(u->db, sql_maker, ARGS(STR(entity), INT(key)), 0);
}

/* The columns that refer to an entity, but those of its parts. */
static void
find_references(struct undo *u, const struct entity *e)
{
	const struct column *c;
	struct buf sql = { 0 };
	struct reference r;
	int i;

	buf_clear(&m.references);
	for (i = 0; entities[i]; i++) {
		if (entity_has_part(e, entities[i]))
			continue;
		for (c = entities[i]->columns; c->name; c++) {
			if (!column_refers(c, e))
				continue;
			buf_clear(&sql);
			buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?",
			    entities[i]->name, entities[i]->name, c->name);
			r.from = entities[i];
			r.rows = db_prepare(u->db, sql.text);
			buf_add(&m.references, (char *)&r, sizeof(r));
		}
	}
	buf_free(&sql);
}

/* Does a row of another operation refer to it? */
static bool
referred(struct undo *u, int64_t key, struct buf *why, int64_t *by)
{
	size_t n = m.references.len / sizeof(struct reference), i;
	const struct reference *r;
	int64_t row = 0;

	for (i = 0; i < n && !row; i++) {
		r = (const struct reference *)(void *)m.references.text + i;
		db_bind(r->rows, 1, &(struct arg)INT(key));
		while (!row && db_next(r->rows)) {
			*by = maker(u, r->from->name, db_int(r->rows, 0));
			if (*by != u->op)
				row = db_int(r->rows, 0);
		}
		db_reset(r->rows);
		if (row)
			buf_printf(why, "%s %lld refers to it",
			    r->from->name, (long long)row);
	}
	return row != 0;
}

/* Remove one row, if no constraint is against it. */
static bool
remove_one(struct undo *u, int at, int64_t key)
{
	const struct entity *e = entities[at];
	struct buf sql = { 0 };
	bool gone;

	if (!m.remove[at]) {
		buf_printf(&sql, "DELETE FROM %s WHERE %s = ?", e->name,
		    e->name);
		m.remove[at] = db_prepare(u->db, sql.text);
		buf_free(&sql);
	}
	db_bind(m.remove[at], 1, &(struct arg)INT(key));
	gone = db_put(m.remove[at], NULL);
	db_reset(m.remove[at]);
	u->removed[at] += gone;
	return gone;
}

static const char sql_ranges[] =
    "SELECT first, last"
    "  FROM range"
    " WHERE op = :op"
    "   AND entity = :entity"
    " ORDER BY last DESC";

/* Call f for each row that the operation made and that is still there, the
 * last first. */
static void
each_made(struct undo *u, int at, void (*f)(struct undo *, int, int64_t))
{
	const char *e = entities[at]->name;
	struct stmt *there, *s = db_query(u->db, sql_ranges,
	    ARGS(INT(u->op), STR(e)));
	struct buf sql = { 0 };
	int64_t key, first;

	buf_printf(&sql, "SELECT max(%s) FROM %s WHERE %s <= ?", e, e, e);
	there = db_prepare(u->db, sql.text);
	buf_free(&sql);
	while (db_next(s)) {
		first = db_int(s, 0);
		for (key = db_int(s, 1); key >= first; key--) {
			db_bind(there, 1, &(struct arg)INT(key));
			key = db_next(there) ? db_int(there, 0) : 0;
			db_reset(there);
			if (key < first)
				break;
			f(u, at, key);
		}
	}
	db_done(s);
	db_done(there);
}

static int
by_key(const void *a, const void *b)
{
	int64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

static bool
is_kept(int64_t key)
{
	return m.kept.len && bsearch(&key, m.kept.text,
	    m.kept.len / sizeof(key), sizeof(key), by_key);
}

static void
decide(struct undo *u, int at, int64_t key)
{
	const char *e = entities[at]->name;
	struct buf why = { 0 };
	int64_t by = undo_holder(u, e, key, NULL);

	if (by)
		undo_keep(u, e, key, NULL, "changed since", by);
	else if (referred(u, key, &why, &by))
		undo_keep(u, e, key, NULL, buf_get(&why), by);
	else
		key = 0;
	if (key)
		buf_add(&m.kept, (char *)&key, sizeof(key));
	buf_free(&why);
}

/* Which column of a part says whose it is: that named after the entity. */
static int64_t
whole_of(struct undo *u, const struct entity *whole, int at, int64_t key)
{
	struct buf sql = { 0 };
	int64_t row;
	struct stmt *s;

	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?", whole->name,
	    entities[at]->name, entities[at]->name);
	s = db_prepare(u->db, sql.text);
	buf_free(&sql);
	db_bind(s, 1, &(struct arg)INT(key));
	row = db_next(s) ? db_int(s, 0) : 0;
	db_done(s);
	return row;
}

static const struct entity *
whole(int at)
{
	int i;

	for (i = 0; entities[i]; i++)
		if (entity_has_part(entities[i], entities[at]))
			return entities[i];
	return NULL;
}

static void
take(struct undo *u, int at, int64_t key)
{
	const struct entity *of = whole(at);
	int64_t by;

	if (of && m.kept.len && is_kept(whole_of(u, of, at, key)))
		return;
	if (!of && is_kept(key))
		return;
	if (of && !u->newest &&
	    (by = undo_holder(u, entities[at]->name, key, NULL)))
		undo_keep(u, entities[at]->name, key, NULL, "changed since",
		    by);
	else if (!remove_one(u, at, key))
		undo_wait(&m.waiting, key);
}

static void
give_up(struct undo *u, int at, int64_t key)
{
	undo_keep(u, entities[at]->name, key, NULL, "something refers to it",
	    0);
}

static void
take_all(struct undo *u, int at)
{
	each_made(u, at, take);
	undo_retry(u, &m.waiting, at, remove_one, give_up);
}

/* Rows of an entity: which stay, then their parts, then the others. */
static void
remove_made(struct undo *u, int at)
{
	int64_t *keys;
	int i;

	buf_clear(&m.kept);
	if (!u->newest) {
		find_references(u, entities[at]);
		each_made(u, at, decide);
	}
	if (m.kept.len) {
		keys = (int64_t *)(void *)m.kept.text;
		qsort(keys, m.kept.len / sizeof(*keys), sizeof(*keys),
		    by_key);
	}
	for (i = 0; entities[i]; i++)
		if (entity_has_part(entities[at], entities[i]))
			take_all(u, i);
	take_all(u, at);
}

void
undo_made(struct undo *u)
{
	int n = 0, i;

	memset(&m, 0, sizeof(m));
	while (n < ENTITIES && entities[n])
		n++;
	/* what others name, tags and staff, goes last */
	for (i = n - 1; i >= 0; i--)
		if (!whole(i) && !entities[i]->naming)
			remove_made(u, i);
	for (i = n - 1; i >= 0; i--)
		if (!whole(i) && entities[i]->naming)
			remove_made(u, i);
	buf_free(&m.kept);
	buf_free(&m.references);
	buf_free(&m.waiting.keys);
}
