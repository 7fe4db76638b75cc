#include "store.h"

#include <string.h>

#include "arena.h"
#include "storecore.h"

const char *const done_words[] = { "created", "updated", "unchanged",
	"removed", "refused", "rejected" };

struct store *
store_open(struct db *db, const struct entity *e)
{
	struct store *s = arena_get(sizeof(*s));

	s->db = db;
	s->e = e;
	return s;
}

static int
new_slot(struct store *s, const struct column *c, char how)
{
	struct slot *more;

	if (s->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 32;
		more = arena_get(sizeof(*more) * (size_t)s->cap);
		if (s->n)
			memcpy(more, s->slots, sizeof(*more) * (size_t)s->n);
		s->slots = more;
	}
	s->slots[s->n] = (struct slot){ .column = c, .how = how };
	return s->n++;
}

bool
store_part(const struct column *c)
{
	return c->type == TYPE_POINT || c->type == TYPE_TAGS ||
	    c->type == TYPE_BIRTHDAY || c->type == TYPE_FIELD;
}

static bool
may_be(struct store *s, const struct column *c, char how, struct fault *f)
{
	int i;

	if (!column_writable(c))
		return fault_say(f, NULL, "'%s' can't be written: it is %s",
		    c->name, c->type == TYPE_KEY ? "the key" : "derived");
	if (how != '=' && c->type != TYPE_POINT && c->type != TYPE_TAGS)
		return fault_say(f, NULL, "'%s' takes = only", c->name);
	for (i = 0; i < s->n && how == '='; i++)
		if (strcmp(s->slots[i].column->name, c->name) == 0 &&
		    s->slots[i].how == how)
			return fault_say(f, NULL, "'%s' is given twice",
			    c->name);
	return true;
}

int
store_column(struct store *s, const char *name, char how, struct fault *f)
{
	const struct column *c = column_find(s->db, s->e, name);
	const char *near;

	if (!c) {
		near = column_nearest(s->db, s->e, name);
		fault_say(f, NULL, "no field '%s'%s%s%s", name,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
		return -1;
	}
	return may_be(s, c, how, f) ? new_slot(s, c, how) : -1;
}

void
store_value(struct store *s, int slot, const char *text)
{
	s->slots[slot].text = text;
	s->slots[slot].known = false;
	s->parts = false;
}

void
store_key(struct store *s, int slot, int64_t key)
{
	s->slots[slot].cell.arg = (struct arg)INT(key);
	s->slots[slot].known = true;
}

void
store_clear(struct store *s)
{
	int i;

	s->parts = false;
	for (i = 0; i < s->n; i++) {
		s->slots[i].text = NULL;
		s->slots[i].known = s->slots[i].given = false;
	}
}

struct slot *
store_slot(struct store *s, const char *name)
{
	int i;

	for (i = 0; i < s->n; i++)
		if (*s->slots[i].column->name == *name &&
		    strcmp(s->slots[i].column->name, name) == 0)
			return &s->slots[i];
	return NULL;
}

struct slot *
store_given(struct store *s, const char *name)
{
	struct slot *slot = store_slot(s, name);

	return slot && slot->text && *slot->text ? slot : NULL;
}

const char *
store_text(struct store *s, const char *name)
{
	struct slot *slot = store_given(s, name);

	return slot ? slot->text : NULL;
}

bool
store_stored(const struct column *c)
{
	return (c->flags & PLAIN) && c->type != TYPE_KEY;
}

/* Slots for what a new row has although nobody gave it. */
static void
complete(struct store *s)
{
	const char *const *fill = fill_columns(s->e);
	const struct column *c;
	int i;

	if (s->complete)
		return;
	s->complete = true;
	for (c = s->e->columns; c->name; c++)
		if (c->fallback && !store_slot(s, c->name))
			new_slot(s, c, '=');
	for (i = 0; fill[i]; i++)
		if (!store_slot(s, fill[i]))
			new_slot(s, column_find(NULL, s->e, fill[i]), '=');
}

static struct stmt *
make_insert(struct store *s)
{
	struct buf sql = { 0 };
	struct stmt *q;
	int i;

	buf_printf(&sql, "INSERT INTO %s (%s", s->e->name, s->e->name);
	for (i = 0; i < s->n; i++)
		if (store_stored(s->slots[i].column))
			buf_printf(&sql, ", %s", s->slots[i].column->name);
	buf_text(&sql, ") VALUES (?");
	for (i = 0; i < s->n; i++)
		if (store_stored(s->slots[i].column))
			buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	q = db_prepare(s->db, sql.text);
	buf_free(&sql);
	return q;
}

bool
store_check(struct store *s, struct fault *f)
{
	complete(s);
	return row_read(s, 0, f);
}

enum done
store_add(struct store *s, int64_t *key, struct fault *f)
{
	struct buf why = { 0 };
	bool there;
	int i, at = 1;

	if (!store_check(s, f))
		return FAULT;
	if (!s->insert)
		s->insert = make_insert(s);
	*key = op_key(s->db, s->e->name);
	db_bind(s->insert, at++, &(struct arg)INT(*key));
	for (i = 0; i < s->n; i++)
		if (store_stored(s->slots[i].column))
			db_bind(s->insert, at++, &s->slots[i].cell.arg);
	there = !db_put(s->insert, &why);
	db_reset(s->insert);
	if (there) {
		op_unkey(s->e->name);
		*key = 0;
		fault_say(f, NULL, "%s", buf_get(&why));
		buf_free(&why);
		return strcmp(f->why.text, "already there") == 0 ? REFUSED :
		    FAULT;
	}
	parts_store(s, *key, true);
	step_put_end(s, *key);
	return CREATED;
}

/* Over every stored slot: what was not given is set to what it is. */
static void
make_update(struct store *s)
{
	struct buf set = { 0 }, get = { 0 };
	const char *comma = "";
	int i;

	buf_printf(&set, "UPDATE %s SET ", s->e->name);
	buf_text(&get, "SELECT ");
	for (i = 0; i < s->n; i++) {
		if (!store_stored(s->slots[i].column))
			continue;
		buf_printf(&set, "%s%s = ?", comma, s->slots[i].column->name);
		buf_printf(&get, "%s%s", comma, s->slots[i].column->name);
		comma = ", ";
	}
	buf_printf(&set, " WHERE %s = ?", s->e->name);
	buf_printf(&get, "%s FROM %s WHERE %s = ?", *comma ? "" : "1",
	    s->e->name, s->e->name);
	if (*comma)
		s->update = db_prepare(s->db, set.text);
	s->select = db_prepare(s->db, get.text);
	buf_free(&set);
	buf_free(&get);
}

/* Bind the new row to update; true if it differs from the one there. */
static bool
compare(struct store *s)
{
	struct arg now, want;
	bool differs = false;
	int i, at = 0;

	s->guarded = s->fixed = NULL;
	for (i = 0; i < s->n; i++) {
		if (!store_stored(s->slots[i].column))
			continue;
		now = db_arg(s->select, at);
		want = s->slots[i].given ? s->slots[i].cell.arg : now;
		if (!arg_same(&now, &want)) {
			differs = true;
			if (s->firm && (s->slots[i].column->flags & FIRM))
				s->fixed = s->slots[i].column;
		}
		if (s->slots[i].column->flags & GUARD)
			step_see(s, &s->slots[i], &now, &want);
		db_bind(s->update, ++at, &want);
	}
	return differs;
}

static enum done
update(struct store *s, int64_t key, struct buf *why)
{
	bool stored;

	if (s->guard && s->guarded) {
		buf_printf(why, "%s: only %s changes it", s->guarded->name,
		    guard_of(s->e));
		return REFUSED;
	}
	if (s->guard && s->fixed) {
		buf_printf(why, "%s: the quote is sent; %s new makes another "
		    "version", s->fixed->name, guard_of(s->e));
		return REFUSED;
	}
	db_bind(s->update, db_parameters(s->update), &(struct arg)INT(key));
	stored = db_put(s->update, why);
	db_reset(s->update);
	if (stored)
		step_put(s, key);
	return stored ? UPDATED : REFUSED;
}

enum done
store_set(struct store *s, int64_t key, struct fault *f)
{
	enum done done = UNCHANGED;
	struct buf why = { 0 };

	complete(s);
	if (!row_read(s, key, f))
		return FAULT;
	if (!s->select)
		make_update(s);
	db_bind(s->select, 1, &(struct arg)INT(key));
	if (!db_next(s->select))
		die(BUG, "no %s %lld", s->e->name, (long long)key);
	if (s->update && compare(s))
		done = update(s, key, &why);
	db_reset(s->select);
	if (done == REFUSED)
		fault_say(f, NULL, "%s", buf_get(&why));
	buf_free(&why);
	if (done != REFUSED && parts_store(s, key, false))
		done = UPDATED;
	return done;
}

int
store_find(struct store *s, const char *name)
{
	struct slot *slot = store_slot(s, name);

	return slot ? (int)(slot - s->slots) : -1;
}

int
store_want(struct store *s, const char *name)
{
	int slot = store_find(s, name);

	return slot >= 0 ? slot :
	    new_slot(s, column_find(NULL, s->e, name), '=');
}

void
store_named(struct store *s, const char *name, const char *text)
{
	store_value(s, store_want(s, name), text);
}
