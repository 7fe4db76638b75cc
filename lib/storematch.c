/* Finding the row that a new one may be: by e-mail, by phone, by a field. */
#include <string.h>

#include "storecore.h"
#include "text.h"
#include "who.h"

static const char sql_known[] =
    "SELECT min(contact)"
    "  FROM contact_point"
    " WHERE norm = :norm";

int64_t
store_known(struct store *s, const char **what, struct fault *f)
{
	struct slot *slot;
	int64_t known;
	int i;

	for (i = 0; i < s->n; i++) {
		slot = &s->slots[i];
		if (slot->column->type != TYPE_POINT || !slot->text ||
		    !*slot->text || *slot->column->of == 'w')
			continue;
		if (!parts_read(s, 0, f))
			return -1;
		known = db_number(s->db, sql_known,
		    ARGS(STR(slot->norm.text)), 0);
		*what = slot->column->name;
		if (known)
			return known;
	}
	return 0;
}

static const char sql_by_norm[] =
    "SELECT contact"
    "  FROM contact_point"
    " WHERE norm = :norm";

static const char sql_by_name[] =
    "SELECT contact"
    "  FROM contact"
    " WHERE name_key = :key"
    " LIMIT 2";

static const char sql_by_value[] =
    "SELECT contact"
    "  FROM field_value"
    " WHERE field = :field"
    "   AND value = :value"
    " LIMIT 2";

/* The only row that a query names; 0 none, -1 and a fault for more. */
static int64_t
only(struct stmt *q, const struct slot *slot, struct fault *f)
{
	int64_t key = db_next(q) ? db_int(q, 0) : 0, other = key;

	while (key && other == key && db_next(q))
		other = db_int(q, 0);
	if (other != key) {
		fault_say(f, slot->column->name, "several have it: '%s'",
		    slot->text);
		f->several = true;
		key = -1;
	}
	db_done(q);
	return key;
}

static int64_t
by_column(struct store *s, struct slot *slot, struct fault *f)
{
	struct buf sql = { 0 };
	struct stmt *q;

	if (!value_read(s->db, slot->column, slot->text, NULL, &slot->cell,
	    f))
		return -1;
	buf_printf(&sql, "SELECT %s FROM %s WHERE %s = ? LIMIT 2",
	    s->e->name, s->e->name, slot->column->name);
	q = db_query_text(s->db, sql.text,
	    (const struct arg[]) { slot->cell.arg, { .type = ARG_END } });
	buf_free(&sql);
	return only(q, slot, f);
}

static int64_t
by_name(struct store *s, const struct slot *slot, struct fault *f)
{
	struct buf key = { 0 };
	int64_t found;

	text_fold(&key, slot->text, strlen(slot->text));
	found = only(db_query(s->db, sql_by_name, ARGS(STR(buf_get(&key)))),
	    slot, f);
	buf_free(&key);
	return found;
}

int64_t
store_match(struct store *s, int at, struct fault *f)
{
	struct slot *slot = &s->slots[at];

	if (!slot->text || !*slot->text)
		return 0;
	if (slot->column->type == TYPE_POINT)
		return !parts_read(s, 0, f) ? -1 : only(db_query(s->db,
		    sql_by_norm, ARGS(STR(slot->norm.text))), slot, f);
	if (slot->column->type == TYPE_FIELD)
		return !value_read(s->db, slot->column, slot->text, NULL,
		    &slot->cell, f) ? -1 : only(db_query(s->db, sql_by_value,
		    ARGS(INT(slot->column->field), slot->cell.arg)), slot, f);
	if (strcmp(s->e->name, "contact") == 0 &&
	    strcmp(slot->column->name, "name") == 0)
		return by_name(s, slot, f);
	return by_column(s, slot, f);
}
