/* The shorthands of a contact: email, phone, web, birthday, tags, x_... */
#include <string.h>

#include "config.h"
#include "storecore.h"
#include "value.h"
#include "who.h"

static const char sql_country[] =
    "SELECT country"
    "  FROM contact"
    " WHERE contact = :contact";

/* The country from which the contact's numbers are dialled. */
static const char *
country_of(struct store *s, int64_t contact)
{
	struct slot *given = store_given(s, "country");
	struct stmt *q;

	if (given)
		return given->text;
	s->home[0] = '\0';
	if (!contact)
		return NULL;
	q = db_query(s->db, sql_country, ARGS(INT(contact)));
	if (db_next(q) && db_text(q, 0, NULL))
		memcpy(s->home, db_text(q, 0, NULL), 2);
	db_done(q);
	return s->home[0] ? s->home : NULL;
}

static bool
read_point(struct store *s, int64_t contact, struct slot *slot,
    struct fault *f)
{
	const char *kind = slot->column->of;

	buf_clear(&slot->norm);
	if (!*slot->text || who_norm(&slot->norm, kind, slot->text,
	    *kind == 'p' ? country_of(s, contact) : NULL))
		return true;
	return fault_say(f, slot->column->name, "not %s: '%s'",
	    *kind == 'e' ? "an address" : "a number", slot->text);
}

bool
parts_read(struct store *s, int64_t contact, struct fault *f)
{
	struct slot *slot;
	int i;

	if (s->parts && s->parts_of == contact)
		return true;
	for (i = 0; i < s->n; i++) {
		slot = &s->slots[i];
		if (!slot->text)
			continue;
		if (slot->column->type == TYPE_POINT &&
		    !read_point(s, contact, slot, f))
			return false;
		if (slot->column->type == TYPE_BIRTHDAY &&
		    !value_read(s->db, slot->column, slot->text, NULL,
		    &slot->cell, f))
			return false;
	}
	s->parts = true;
	s->parts_of = contact;
	return true;
}

static const char sql_add_point[] =
    "INSERT INTO contact_point (contact_point, contact, kind, value, norm)"
    " VALUES (:key, :contact, :kind, :value, :norm)";

static void
add_point(struct store *s, int64_t contact, const struct slot *slot)
{
	db_run(s->db, sql_add_point, ARGS(
	    INT(op_key(s->db, "contact_point")), INT(contact),
	    STR(slot->column->of), STR(slot->text), STR(slot->norm.text)));
}

static const char sql_same_point[] =
    "SELECT contact_point"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND norm = :norm";

static int64_t
same_point(struct store *s, int64_t contact, const struct slot *slot)
{
	return db_number(s->db, sql_same_point, ARGS(INT(contact),
	    STR(slot->column->of), STR(buf_get(&slot->norm))), 0);
}

static const char sql_first_point[] =
    "SELECT contact_point"
    "  FROM contact_point"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND valid = 1"
    " ORDER BY preferred DESC, contact_point"
    " LIMIT 1";

static const char sql_delete_point[] =
    "DELETE FROM contact_point"
    " WHERE contact_point = :point";

static const char sql_change_point[] =
    "UPDATE contact_point"
    "   SET value = :value, norm = :norm"
    " WHERE contact_point = :point"
    "   AND value <> :value2";

static const char sql_prefer[] =
    "UPDATE contact_point"
    "   SET preferred = (contact_point = :point)"
    " WHERE contact = :contact"
    "   AND kind = :kind"
    "   AND preferred <> (contact_point = :point2)";

static bool
delete_point(struct store *s, int64_t point)
{
	return point && db_run(s->db, sql_delete_point, ARGS(INT(point))) > 0;
}

static bool
change_point(struct store *s, int64_t point, const struct slot *slot)
{
	return db_run(s->db, sql_change_point, ARGS(STR(slot->text),
	    STR(slot->norm.text), INT(point), STR(slot->text))) > 0;
}

/* email=: what is there already becomes the preferred one, else the
 * preferred one is replaced; empty takes that away. */
static bool
set_point(struct store *s, int64_t contact, const struct slot *slot)
{
	int64_t first = db_number(s->db, sql_first_point,
	    ARGS(INT(contact), STR(slot->column->of)), 0);
	int64_t same;
	bool spelt;

	if (!*slot->text)
		return delete_point(s, first);
	same = same_point(s, contact, slot);
	if (same) {
		spelt = change_point(s, same, slot);
		return (same != first && db_run(s->db, sql_prefer,
		    ARGS(INT(same), INT(contact), STR(slot->column->of),
		    INT(same))) > 0) || spelt;
	}
	if (first)
		return change_point(s, first, slot);
	add_point(s, contact, slot);
	return true;
}

static bool
store_point(struct store *s, int64_t contact, bool fresh,
    const struct slot *slot)
{
	if (slot->how == '-')
		return delete_point(s, same_point(s, contact, slot));
	if (slot->how == '=' && !fresh)
		return set_point(s, contact, slot);
	if (!*slot->text || (!fresh && same_point(s, contact, slot)))
		return false;
	add_point(s, contact, slot);
	return true;
}

static const char sql_birthday[] =
    "SELECT occasion"
    "  FROM occasion"
    " WHERE contact = :contact"
    "   AND kind = 'birthday'"
    " ORDER BY occasion";

static const char sql_add_birthday[] =
    "INSERT INTO occasion (occasion, contact, kind, day)"
    " VALUES (:key, :contact, 'birthday', :day)";

static const char sql_set_birthday[] =
    "UPDATE occasion"
    "   SET day = :day"
    " WHERE occasion = :occasion"
    "   AND day <> :day2";

static const char sql_delete_birthday[] =
    "DELETE FROM occasion"
    " WHERE occasion = :occasion";

static bool
store_birthday(struct store *s, int64_t contact, bool fresh,
    const struct slot *slot)
{
	int64_t there = fresh ? 0 :
	    db_number(s->db, sql_birthday, ARGS(INT(contact)), 0);

	if (slot->cell.arg.type == ARG_NULL)
		return there && db_run(s->db, sql_delete_birthday,
		    ARGS(INT(there))) > 0;
	if (there)
		return db_run(s->db, sql_set_birthday, ARGS(slot->cell.arg,
		    INT(there), slot->cell.arg)) > 0;
	db_run(s->db, sql_add_birthday, ARGS(
	    INT(op_key(s->db, "occasion")), INT(contact), slot->cell.arg));
	return true;
}

static const char sql_tag[] =
    "SELECT tag"
    "  FROM tag"
    " WHERE name = :name";

static const char sql_new_tag[] =
    "INSERT INTO tag (tag, name)"
    " VALUES (:tag, :name)";

static const char sql_tagging[] =
    "SELECT tagging"
    "  FROM tagging"
    " WHERE contact = :contact"
    "   AND tag = :tag";

static const char sql_add_tagging[] =
    "INSERT INTO tagging (tagging, contact, tag)"
    " VALUES (:key, :contact, :tag)";

static const char sql_untag[] =
    "DELETE FROM tagging"
    " WHERE tagging = :tagging";

static bool
add_tag(struct store *s, int64_t contact, const char *name)
{
	int64_t tag = db_number(s->db, sql_tag, ARGS(STR(name)), 0);

	if (!tag) {
		tag = op_key(s->db, "tag");
		db_run(s->db, sql_new_tag, ARGS(INT(tag), STR(name)));
	} else if (db_number(s->db, sql_tagging,
	    ARGS(INT(contact), INT(tag)), 0))
		return false;
	db_run(s->db, sql_add_tagging, ARGS(INT(op_key(s->db, "tagging")),
	    INT(contact), INT(tag)));
	return true;
}

static bool
take_tag(struct store *s, int64_t contact, const char *name)
{
	int64_t tag = db_number(s->db, sql_tag, ARGS(STR(name)), 0), there;

	there = tag ? db_number(s->db, sql_tagging,
	    ARGS(INT(contact), INT(tag)), 0) : 0;
	return there && db_run(s->db, sql_untag, ARGS(INT(there))) > 0;
}

/* The next name of a list by comma, blanks around it dropped. */
static bool
next_tag(const char **list, struct buf *name)
{
	size_t n;

	*list += strspn(*list, ", ");
	n = strcspn(*list, ",");
	buf_clear(name);
	buf_add(name, *list, n);
	*list += n;
	while (name->len && name->text[name->len - 1] == ' ')
		name->text[--name->len] = '\0';
	return name->len > 0;
}

static bool
lists(const char *list, const char *name, struct buf *scratch)
{
	while (next_tag(&list, scratch))
		if (strcmp(scratch->text, name) == 0)
			return true;
	return false;
}

static const char sql_tags_of[] =
    "SELECT a.tagging, g.name"
    "  FROM tagging a"
    "  JOIN tag g ON g.tag = a.tag"
    " WHERE a.contact = :contact";

/* tags=: what is not in the list goes. */
static bool
drop_others(struct store *s, int64_t contact, const char *list)
{
	struct stmt *q = db_query(s->db, sql_tags_of, ARGS(INT(contact)));
	struct buf name = { 0 };
	bool changed = false;

	while (db_next(q))
		if (!lists(list, db_text(q, 1, NULL), &name))
			changed = db_run(s->db, sql_untag,
			    ARGS(INT(db_int(q, 0)))) > 0;
	db_done(q);
	buf_free(&name);
	return changed;
}

static bool
store_tags(struct store *s, int64_t contact, bool fresh,
    const struct slot *slot)
{
	const char *list = slot->text;
	struct buf name = { 0 };
	bool changed = slot->how == '=' && !fresh &&
	    drop_others(s, contact, list);

	while (next_tag(&list, &name))
		if (slot->how == '-' ? take_tag(s, contact, name.text) :
		    add_tag(s, contact, name.text))
			changed = true;
	buf_free(&name);
	return changed;
}

static const char sql_value[] =
    "SELECT field_value"
    "  FROM field_value"
    " WHERE contact = :contact"
    "   AND field = :field";

static const char sql_add_value[] =
    "INSERT INTO field_value (field_value, contact, field, value)"
    " VALUES (:key, :contact, :field, :value)";

static const char sql_set_value[] =
    "UPDATE field_value"
    "   SET value = :value"
    " WHERE field_value = :key"
    "   AND value IS NOT :value2";

static const char sql_delete_value[] =
    "DELETE FROM field_value"
    " WHERE field_value = :key";

static bool
store_field(struct store *s, int64_t contact, bool fresh,
    const struct slot *slot)
{
	int64_t field = slot->column->field;
	int64_t there = fresh ? 0 : db_number(s->db, sql_value,
	    ARGS(INT(contact), INT(field)), 0);

	if (slot->cell.arg.type == ARG_NULL)
		return there &&
		    db_run(s->db, sql_delete_value, ARGS(INT(there))) > 0;
	if (there)
		return db_run(s->db, sql_set_value, ARGS(slot->cell.arg,
		    INT(there), slot->cell.arg)) > 0;
	db_run(s->db, sql_add_value, ARGS(
	    INT(op_key(s->db, "field_value")), INT(contact), INT(field),
	    slot->cell.arg));
	return true;
}

bool
parts_store(struct store *s, int64_t contact, bool fresh)
{
	bool changed = false;
	struct slot *slot;
	int i;

	for (i = 0; i < s->n; i++) {
		slot = &s->slots[i];
		if (!slot->text)
			continue;
		if (slot->column->type == TYPE_POINT)
			changed |= store_point(s, contact, fresh, slot);
		else if (slot->column->type == TYPE_BIRTHDAY)
			changed |= store_birthday(s, contact, fresh, slot);
		else if (slot->column->type == TYPE_TAGS)
			changed |= store_tags(s, contact, fresh, slot);
		else if (slot->column->type == TYPE_FIELD)
			changed |= store_field(s, contact, fresh, slot);
	}
	return changed;
}
