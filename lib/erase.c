#include "erase.h"

#include <stdbool.h>
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "erasecore.h"

/* What stays of a contact, and of other rows those that stay at all. */
static const char *const kept[] = { "contact", "kind", "role", "stage",
	"owner", "source", "since", "currency", "active", NULL };
static const char *const staying[] = { "sale", "interaction", NULL };

/* Columns of staying rows that hold words about a person. */
static const char sql_words[] =
    "UPDATE interaction"
    "   SET subject = NULL, body = NULL, place = NULL"
    " WHERE contact = :contact";

static const char *const word_fields =
    "('subject', 'body', 'place')";

static bool
among(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static const struct entity *
the_contact(void)
{
	return entity_find("contact");
}

static void
run(struct db *db, const char *sql, int64_t contact)
{
	struct stmt *s = db_prepare(db, sql);

	if (db_parameters(s))
		db_bind(s, 1, &(struct arg)INT(contact));
	while (db_next(s))
		;
	db_done(s);
}

/* Call f for each column by which rows, but those that stay, belong to a
 * contact. */
static void
each_owning(struct db *db, int64_t contact,
    void (*f)(struct db *, const struct entity *, const struct column *,
    int64_t))
{
	const struct entity *e = the_contact();
	const struct column *c;
	int i;

	for (i = 0; entities[i]; i++)
		for (c = entities[i]->columns; c->name; c++)
			if (entities[i] != e && column_refers(c, e) &&
			    !among(staying, entities[i]->name))
				f(db, entities[i], c, contact);
}

/* What was announced of its tasks, its days, and itself. */
static const char sql_acks[] =
    "DELETE FROM ack"
    " WHERE due IN (SELECT 'task:' || task FROM task"
    "                WHERE contact = :contact)"
    "    OR EXISTS (SELECT 1 FROM occasion o WHERE o.contact = :contact"
    "                  AND ack.due GLOB 'occasion:' || o.occasion || ':*')"
    "    OR due GLOB 'cadence:*:' || :contact || ':[0-9]*'"
    "    OR due GLOB 'playbook:*:' || :contact ||"
    "       ':[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'";

static const char sql_aliases[] =
    "DELETE FROM alias"
    " WHERE item = :contact"
    "   AND entity = 'contact'";

static void
remove_rows(struct db *db, const struct entity *e, const struct column *c,
    int64_t contact)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "DELETE FROM %s WHERE %s = ?", e->name, c->name);
	run(db, sql.text, contact);
	buf_free(&sql);
}

/* The contact itself: an empty shell. */
static void
empty_row(struct db *db, int64_t contact)
{
	const struct column *c;
	struct buf sql = { 0 };

	buf_text(&sql, "UPDATE contact SET active = 0, name = 'forgotten',"
	    " name_key = 'forgotten'");
	for (c = the_contact()->columns; c->name; c++)
		if ((c->flags & PLAIN) && !among(kept, c->name) &&
		    strncmp(c->name, "name", 4) != 0)
			buf_printf(&sql, ", %s = NULL", c->name);
	buf_text(&sql, " WHERE contact = ?");
	run(db, sql.text, contact);
	buf_free(&sql);
}

void
erase_contact(struct db *db, int64_t contact)
{
	erase_calls(db, contact);
	db_run(db, sql_acks, ARGS(INT(contact)));
	db_run(db, sql_aliases, ARGS(INT(contact)));
	db_run(db, sql_words, ARGS(INT(contact)));
	each_owning(db, contact, remove_rows);
	empty_row(db, contact);
}

/* Rows that once belonged to it, by what their column held. */
static void
forget_rows(struct db *db, const struct entity *e, const struct column *c,
    int64_t contact)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "DELETE FROM change WHERE entity = '%s'"
	    " AND key IN (SELECT key FROM change WHERE entity = '%s'"
	    " AND field = '%s' AND (before = ?1 OR after = ?1))",
	    e->name, e->name, c->name);
	run(db, sql.text, contact);
	buf_free(&sql);
}

static void
forget_row(struct db *db, int64_t contact)
{
	struct buf sql = { 0 };
	size_t i;

	buf_text(&sql, "DELETE FROM change WHERE entity = 'contact'"
	    " AND key = ? AND field NOT IN (''");
	for (i = 1; kept[i]; i++)
		buf_printf(&sql, ", '%s'", kept[i]);
	buf_char(&sql, ')');
	run(db, sql.text, contact);
	buf_clear(&sql);
	buf_printf(&sql, "DELETE FROM change WHERE entity = 'interaction'"
	    " AND field IN %s AND key IN (SELECT interaction"
	    " FROM interaction WHERE contact = ?)", word_fields);
	run(db, sql.text, contact);
	buf_free(&sql);
}

/* Whatever the operation itself took away. */
static const char sql_removed[] =
    "DELETE FROM change"
    " WHERE (entity, key) IN (SELECT entity, key FROM change"
    "                          WHERE op = :op AND field = entity"
    "                            AND after IS NULL)";

static const char sql_old_aliases[] =
    "DELETE FROM change"
    " WHERE entity = 'alias'"
    "   AND key IN (SELECT a.key FROM change a JOIN change b"
    "                 ON b.entity = a.entity AND b.key = a.key"
    "                AND b.field = 'entity' AND b.before = 'contact'"
    "                WHERE a.entity = 'alias' AND a.field = 'item'"
    "                  AND a.before = :contact)";

void
erase_history(struct db *db, int64_t contact, int64_t op)
{
	each_owning(db, contact, forget_rows);
	db_run(db, sql_old_aliases, ARGS(INT(contact)));
	forget_row(db, contact);
	if (op)
		db_run(db, sql_removed, ARGS(INT(op)));
}
