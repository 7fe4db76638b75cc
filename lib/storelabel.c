/* What answers say of a row: its label and its contact. */
#include <string.h>

#include "storecore.h"

/* Prepared for the first row, and kept for those after it. */
static struct stmt *
by_key(struct store *s, struct stmt **kept, const struct column *c,
    int64_t key)
{
	struct buf sql = { 0 };

	if (*kept) {
		db_bind(*kept, 1, &(struct arg)INT(key));
		return *kept;
	}
	buf_text(&sql, "SELECT ");
	column_output(&sql, c);
	buf_printf(&sql, " FROM %s t WHERE t.%s = ?", s->e->name, s->e->name);
	*kept = db_prepare(s->db, sql.text);
	db_bind(*kept, 1, &(struct arg)INT(key));
	buf_free(&sql);
	return *kept;
}

const char *
store_label(struct store *s, int64_t key, enum done done, struct buf *b)
{
	struct slot *slot;
	struct stmt *q;

	buf_clear(b);
	if (!s->e->label || !key)
		return "";
	slot = store_slot(s, s->e->label);
	if (done == CREATED && slot && slot->cell.arg.type == ARG_TEXT) {
		buf_add(b, slot->cell.arg.t, arg_size(&slot->cell.arg));
		return buf_get(b);
	}
	q = by_key(s, &s->label, column_find(s->db, s->e, s->e->label), key);
	if (db_next(q) && db_text(q, 0, NULL))
		buf_text(b, db_text(q, 0, NULL));
	db_reset(q);
	return buf_get(b);
}

int64_t
store_contact(struct store *s, int64_t key)
{
	const struct column *c = column_find(NULL, s->e, "contact");
	struct slot *slot;
	struct stmt *q;
	int64_t contact = 0;

	if (!c || c->type != TYPE_CONTACT || !key)
		return 0;
	slot = store_slot(s, "contact");
	if (slot && slot->given && slot->cell.arg.type == ARG_INT)
		return slot->cell.arg.i;
	q = by_key(s, &s->owner, c, key);
	if (db_next(q))
		contact = db_int(q, 0);
	db_reset(q);
	return contact;
}
