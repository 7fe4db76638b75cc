#include "catalog.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "text.h"

static bool
word_in(const char *list, const char *word, char by)
{
	size_t n = strlen(word);
	const char *p = list;

	while (p && *p) {
		if (strncmp(p, word, n) == 0 && (!p[n] || p[n] == by))
			return n > 0;
		if ((p = strchr(p, by)))
			p++;
	}
	return false;
}

const struct entity *
entity_find(const char *word)
{
	int i;

	for (i = 0; entities[i]; i++)
		if (strcmp(entities[i]->name, word) == 0 ||
		    strcmp(entities[i]->plural, word) == 0 ||
		    word_in(entities[i]->words, word, ' '))
			return entities[i];
	return NULL;
}

bool
entity_has_part(const struct entity *e, const struct entity *other)
{
	return word_in(e->parts, other->name, ' ');
}

static const char sql_field[] =
    "SELECT field, type, about, name"
    "  FROM field"
    " WHERE name = :name";

static const char sql_fields[] =
    "SELECT field, type, about, name"
    "  FROM field"
    " ORDER BY name";

static enum type
field_type(const char *name)
{
	switch (name[0]) {
	case 'i':
		return TYPE_INT;
	case 'n':
		return TYPE_REAL;
	case 'd':
		return TYPE_DAY;
	case 'f':
		return TYPE_FLAG;
	default:
		return TYPE_TEXT;
	}
}

static struct column *
custom(struct stmt *s)
{
	struct column *c = arena_get(sizeof(*c));
	struct buf b = { 0 };
	const char *about = db_text(s, 2, NULL);

	c->type = TYPE_FIELD;
	c->field = (long)db_int(s, 0);
	c->as = field_type(db_text(s, 1, NULL));
	c->about = about ? arena_copy(about) : "custom field";
	c->unit = "";
	buf_printf(&b, "x_%s", db_text(s, 3, NULL));
	c->name = arena_copy(b.text);
	buf_clear(&b);
	buf_printf(&b, "(SELECT v.value FROM field_value v"
		       " WHERE v.contact = t.contact AND v.field = %ld)",
	    c->field);
	c->sql = arena_copy(b.text);
	buf_free(&b);
	return c;
}

static bool
has_fields(const struct entity *e)
{
	return strcmp(e->name, "contact") == 0;
}

/* revenue_minor beside revenue: the same as an exact integer. */
static const struct column *
minor(const struct entity *e, const char *name)
{
	size_t n = strlen(name);
	const struct column *c;
	struct column *m;

	if (n <= 6 || strcmp(name + n - 6, "_minor") != 0)
		return NULL;
	for (c = e->columns; c->name; c++)
		if (c->type == TYPE_MONEY && strlen(c->name) == n - 6 &&
		    strncmp(c->name, name, n - 6) == 0)
			break;
	if (!c->name)
		return NULL;
	m = arena_get(sizeof(*m));
	*m = *c;
	m->name = arena_copy(name);
	m->type = TYPE_INT;
	m->flags = READ;
	m->unit = "minor units";
	return m;
}

static const struct column *
made(struct db *db, const struct column *from)
{
	struct column *c = arena_get(sizeof(*c));

	*c = *from;
	c->sql = column_made(db, NULL);
	c->field = COLUMN_MADE;
	return c;
}

const struct column *
column_find(struct db *db, const struct entity *e, const char *name)
{
	const struct column *c;
	struct stmt *s;

	for (c = e->columns; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return db && !c->sql ? made(db, c) : c;
	if (!db || !has_fields(e) || strncmp(name, "x_", 2) != 0)
		return minor(e, name);
	s = db_query(db, sql_field, ARGS(STR(name + 2)));
	c = db_next(s) ? custom(s) : NULL;
	db_done(s);
	return c;
}

void
column_each(struct db *db, const struct entity *e,
    void (*f)(void *data, const struct column *), void *data)
{
	const struct column *c;
	struct stmt *s;

	for (c = e->columns; c->name; c++)
		f(data, c);
	if (!db || !has_fields(e))
		return;
	s = db_query(db, sql_fields, NOARGS);
	while (db_next(s))
		f(data, custom(s));
	db_done(s);
}

struct names {
	const char **list;
	int n;
};

static void
add_name(void *data, const struct column *c)
{
	struct names *names = data;

	if (names->list)
		names->list[names->n] = c->name;
	names->n++;
}

const char *
column_nearest(struct db *db, const struct entity *e, const char *name)
{
	struct names names = { 0 };

	column_each(db, e, add_name, &names);
	names.list = arena_get(sizeof(*names.list) * ((size_t)names.n + 1));
	names.n = 0;
	column_each(db, e, add_name, &names);
	return text_nearest(name, names.list);
}

bool
column_writable(const struct column *c)
{
	return c->type != TYPE_KEY && !(c->flags & READ);
}

bool
column_refers(const struct column *c, const struct entity *e)
{
	return column_writable(c) && c->of && strcmp(c->of, e->name) == 0 &&
	       (c->type == TYPE_CONTACT || c->type == TYPE_NAMED ||
		   c->type == TYPE_ROW);
}

const char *
column_type(const struct column *c)
{
	static const char *const names[] = {
		[TYPE_KEY] = "key", [TYPE_TEXT] = "text",
		[TYPE_WORD] = "word", [TYPE_INT] = "integer",
		[TYPE_REAL] = "number", [TYPE_MONEY] = "amount",
		[TYPE_PERCENT] = "number", [TYPE_FLAG] = "flag",
		[TYPE_DAY] = "day", [TYPE_AT] = "instant",
		[TYPE_DUE] = "day or instant",
		[TYPE_DATE] = "day", [TYPE_RANGE] = "range",
		[TYPE_STEP] = "step",
		[TYPE_CONTACT] = "contact", [TYPE_NAMED] = "name",
		[TYPE_ROW] = "number", [TYPE_COUNTRY] = "country",
		[TYPE_CURRENCY] = "currency", [TYPE_ZONE] = "zone",
		[TYPE_POINT] = "text", [TYPE_BIRTHDAY] = "day",
		[TYPE_TAGS] = "tags", [TYPE_FIELD] = "text",
	};

	return names[c->type == TYPE_FIELD ? c->as : c->type];
}

bool
column_numeric(const struct column *c)
{
	switch (c->type == TYPE_FIELD ? c->as : c->type) {
	case TYPE_KEY:
	case TYPE_INT:
	case TYPE_REAL:
	case TYPE_MONEY:
	case TYPE_PERCENT:
	case TYPE_FLAG:
	case TYPE_CONTACT:
	case TYPE_ROW:
		return true;
	default:
		return false;
	}
}

/* Amounts derived from other rows are in the base currency; what is stored,
 * or derived of it, stands beside its own. */
static void
money(struct buf *b, const struct column *c, const char *function)
{
	buf_printf(b, "%s(%s, %s)", function, c->sql,
	    strcmp(c->unit, "currency") == 0 ? "t.currency" : "NULL");
}

static void
named(struct buf *b, const struct column *c)
{
	const struct entity *e = entity_find(c->of);

	if (!e)
		die(BUG, "no entity '%s'", c->of);
	buf_printf(b, "(SELECT r.%s FROM %s r WHERE r.%s = %s)", e->naming,
	    e->name, e->name, c->sql);
}

void
column_output(struct buf *b, const struct column *c)
{
	if (c->type == TYPE_MONEY)
		money(b, c, "money");
	else if (c->type == TYPE_PERCENT)
		buf_printf(b, "percent(%s)", c->sql);
	else if (c->type == TYPE_DUE)
		buf_text(b, "ifnull(t.at, t.due)");
	else
		column_value(b, c);
}

void
column_value(struct buf *b, const struct column *c)
{
	if (c->type == TYPE_MONEY)
		money(b, c, "major");
	else if (c->type == TYPE_PERCENT)
		buf_printf(b, "(%s / 100.0)", c->sql);
	else if (c->type == TYPE_NAMED)
		named(b, c);
	else
		buf_text(b, c->sql ? c->sql : "NULL"); /* without a file */
}
