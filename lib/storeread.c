/* What the texts of a row's slots mean. */
#include <string.h>

#include "arena.h"
#include "calc.h"
#include "money.h"
#include "storecore.h"
#include "value.h"
#include "who.h"

static bool
is_needed(const struct column *c)
{
	return (c->flags & NEED) && column_writable(c);
}

static void
find_needed(struct store *s)
{
	const struct column *c;
	int n = 0;

	for (c = s->e->columns; c->name; c++)
		n += is_needed(c);
	s->need = arena_get(((size_t)n + 1) * sizeof(*s->need));
	for (n = 0, c = s->e->columns; c->name; c++)
		if (is_needed(c))
			s->need[n++] = store_find(s, c->name);
}

const char *
row_stored(struct store *s, int64_t key, const char *name, struct buf *b)
{
	struct buf sql = { 0 };
	struct stmt *q;

	buf_clear(b);
	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ?", name, s->e->name,
	    s->e->name);
	q = db_query_text(s->db, sql.text, ARGS(INT(key)));
	buf_free(&sql);
	if (db_next(q) && db_text(q, 0, NULL))
		buf_text(b, db_text(q, 0, NULL));
	db_done(q);
	return b->len ? b->text : NULL;
}

const char *
row_text(struct store *s, int64_t key, const char *name, struct buf *b)
{
	struct slot *slot = store_slot(s, name);

	buf_clear(b);
	if (!slot || !slot->given)
		return key ? row_stored(s, key, name, b) : NULL;
	if (slot->cell.arg.type == ARG_TEXT)
		return slot->cell.arg.t;
	if (slot->cell.arg.type != ARG_INT)
		return NULL;
	buf_printf(b, "%lld", (long long)slot->cell.arg.i);
	return b->text;
}

/* What stands for nothing: a constant, today, the one who runs this. */
static bool
fall_back(struct store *s, struct slot *slot, struct fault *f)
{
	const char *word = slot->column->fallback;

	slot->cell.arg.type = ARG_NULL;
	if (!word)
		return true;
	if (strcmp(word, "first") == 0)
		return true; /* storedeal.c knows which */
	if (strcmp(word, "base") == 0)
		word = calc_base();
	else if (strcmp(word, "me") == 0 || strcmp(word, "owner") == 0) {
		slot->cell.arg.i = who_me(s->db);
		slot->cell.arg.type = slot->cell.arg.i ? ARG_INT : ARG_NULL;
		return true;
	}
	return value_read(s->db, slot->column, word, NULL, &slot->cell, f);
}

/* The currency of the row's amounts: given, else what the row has. */
static const char *
currency_of(struct store *s, int64_t key)
{
	struct slot *given = store_given(s, "currency");
	struct buf sql = { 0 };
	struct stmt *q;

	if (given)
		return given->text;
	if (!key)
		return quote_currency(s);
	if (!column_find(NULL, s->e, "currency"))
		return NULL;
	buf_printf(&sql, "SELECT currency FROM %s WHERE %s = :key", s->e->name,
	    s->e->name);
	q = db_query_text(s->db, sql.text, ARGS(INT(key)));
	buf_clear(&sql);
	if (db_next(q) && db_text(q, 0, NULL))
		buf_text(&sql, db_text(q, 0, NULL));
	db_done(q);
	buf_clear(&s->fill);
	buf_text(&s->fill, buf_get(&sql));
	buf_free(&sql);
	return s->fill.len ? s->fill.text : NULL;
}

static bool
has_money(struct store *s)
{
	int i;

	for (i = 0; i < s->n; i++)
		if (s->slots[i].column->type == TYPE_MONEY &&
		    s->slots[i].text)
			return true;
	return false;
}

/* Read every field that was given; what is needed must not be empty. */
static bool
read_row(struct store *s, int64_t key, struct fault *f)
{
	const char *currency = has_money(s) ? currency_of(s, key) : NULL;
	struct slot *slot;
	int i;

	if (currency && money_digits(currency) < 0)
		return fault_say(f, "currency", "not a currency: '%s'",
		    currency);
	for (i = 0; i < s->n; i++) {
		slot = &s->slots[i];
		slot->given = slot->text || slot->known;
		if (slot->known)
			continue;
		if (store_part(slot->column) &&
		    slot->column->type != TYPE_FIELD)
			continue;
		if (slot->text && *slot->text) {
			if (!value_read(s->db, slot->column, slot->text,
			    currency, &slot->cell, f))
				return false;
			continue;
		}
		slot->cell.arg.type = ARG_NULL;
		if ((slot->text ? slot->column->flags & NEED : !key) &&
		    !fall_back(s, slot, f))
			return false;
		slot->given = slot->given || !key;
	}
	return fill_row(s, key, f) && parts_read(s, key, f);
}

static bool
nothing_missing(struct store *s, int64_t key, struct fault *f)
{
	const struct column *c;
	struct slot *slot;
	int *need = s->need;

	for (c = s->e->columns; c->name; c++) {
		if (!is_needed(c))
			continue;
		slot = *need >= 0 ? &s->slots[*need] : NULL;
		need++;
		if (slot && slot->given ? slot->cell.arg.type == ARG_NULL :
		    key == 0)
			return fault_say(f, c->name, "is needed");
	}
	return true;
}

bool
row_read(struct store *s, int64_t key, struct fault *f)
{
	if (!s->need)
		find_needed(s);
	return read_row(s, key, f) && nothing_missing(s, key, f);
}
