/* What each column of the catalogue may hold. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "checkcore.h"
#include "date.h"
#include "db.h"
#include "value.h"
#include "who.h"

/* The key under which a handle is looked up; NULL: it can't be read. */
static void
handle_key(struct call *call)
{
	struct buf norm = { 0 };

	if (who_norm(&norm, call_text(call, 0), call_text(call, 1),
	    call_text(call, 2)))
		call_give_text(call, buf_get(&norm), norm.len);
	buf_free(&norm);
}

/* Is it a day, an instant, a range that stands still? */
static void
is_date(struct call *call)
{
	const char *s = call_text(call, 0);
	int year, month, mday;
	int64_t n, last;
	bool fine;

	if (call_int(call, 1) == TYPE_DATE)
		fine = date_read_occasion(s, &year, &month, &mday);
	else if (call_int(call, 1) == TYPE_RANGE)
		fine = date_read_fixed(s, &n, &last);
	else if (call_int(call, 1) == TYPE_AT)
		fine = strlen(s) == AT_SIZE - 1 && date_read_at(s, &n);
	else
		fine = strlen(s) == DAY_SIZE - 1 && s[4] == '-' &&
		    date_read_day(s, &n);
	call_give_int(call, fine);
}

static void
is_word(struct call *call)
{
	static const char *list;
	static const char *const *words;
	int i;

	if (!list || strcmp(list, call_text(call, 0)) != 0) {
		list = arena_copy(call_text(call, 0));
		words = value_words(list);
	}
	for (i = 0; words && words[i]; i++)
		if (strcmp(words[i], call_text(call, 1)) == 0)
			break;
	call_give_int(call, !words || words[i]);
}

static const struct function functions[] = {
	{ "handle_key", 3, handle_key },
	{ "is_date", 2, is_date },
	{ "is_word", 2, is_word },
	{ NULL, 0, NULL },
};

void
check_define(struct db *db)
{
	db_define(db, functions);
}

/* What sets a column right, for printf() with the row's key. */
static void
add_mend(struct buf *sql, const struct entity *e, const struct column *c)
{
	if (!(c->flags & GUARD))
		buf_printf(sql, "crm-set %s %%d %s=VALUE", e->name, c->name);
	else if (strcmp(e->name, "contact") == 0)
		buf_text(sql, "crm-promote --to VALUE --force --reason TEXT "
		    "%d");
	else if (strcmp(e->name, "deal") == 0)
		buf_text(sql, "crm-deal reopen %d");
	else
		buf_printf(sql, "crm-rm %s %%d", e->name);
}

/* Values of a column that do not fulfil the condition, which is about it. */
static void
find_values(const struct entity *e, const struct column *c,
    const char *condition, const char *problem)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "SELECT '%s', %s, '%s ' || quote(%s) || '%s',"
	    " printf('", e->name, e->name, c->name, c->name, problem);
	add_mend(&sql, e, c);
	buf_printf(&sql, "', %s) FROM %s WHERE %s IS NOT NULL AND NOT %s",
	    e->name, e->name, c->name, condition);
	check_rows(sql.text);
	buf_free(&sql);
}

static bool
is_time(const struct column *c)
{
	return c->type == TYPE_DAY || c->type == TYPE_AT ||
	    c->type == TYPE_DATE || c->type == TYPE_DUE ||
	    c->type == TYPE_RANGE;
}

static void
each_column(void (*f)(const struct entity *, const struct column *))
{
	const struct column *c;
	int i;

	for (i = 0; entities[i]; i++)
		for (c = entities[i]->columns; c->name; c++)
			if ((c->flags & PLAIN) && column_writable(c))
				f(entities[i], c);
}

static void
find_dates(const struct entity *e, const struct column *c)
{
	struct buf is = { 0 };

	if (!is_time(c))
		return;
	buf_printf(&is, "is_date(%s, %d)", c->name, c->type);
	find_values(e, c, is.text, c->type == TYPE_RANGE ?
	    " is not a fixed period" : " does not exist");
	buf_free(&is);
}

void
check_dates(void)
{
	each_column(find_dates);
}

/* A deal keeps the stage and the reason that it had. */
static void
find_words(const struct entity *e, const struct column *c)
{
	struct buf is = { 0 };

	if (c->type != TYPE_WORD || *c->of != '@' ||
	    ((c->flags & GUARD) && strcmp(e->name, "contact") != 0))
		return;
	buf_printf(&is, "is_word('%s', %s)", c->of, c->name);
	find_values(e, c, is.text, " is not in crm.yaml");
	buf_free(&is);
}

void
check_words(void)
{
	each_column(find_words);
}

/* Old keys whose row is gone, of any entity; or whose entity is none. */
void
check_aliases(void)
{
	struct buf sql = { 0 }, known = { 0 };
	int i;

	for (i = 0; entities[i]; i++) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT 'alias', alias, quote(ref) ||"
		    " ' leads to no %s', printf('crm-rm alias %%d', alias)"
		    " FROM alias WHERE entity = '%s' AND NOT EXISTS (SELECT 1"
		    " FROM %s r WHERE r.%s = item)", entities[i]->name,
		    entities[i]->name, entities[i]->name, entities[i]->name);
		check_rows(sql.text);
		buf_printf(&known, " AND entity <> '%s'", entities[i]->name);
	}
	buf_clear(&sql);
	buf_printf(&sql, "SELECT 'alias', alias, quote(ref) || ' leads to no"
	    " known thing', printf('crm-rm alias %%d', alias) FROM alias"
	    " WHERE 1%s", known.text);
	check_rows(sql.text);
	buf_free(&sql);
	buf_free(&known);
}
