/* What history and the full text know of an erased contact. */
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "erase.h"
#include "erasecore.h"

static const char sql_rows[] =
    "DELETE FROM change"
    " WHERE change IN (SELECT c.change FROM temp.erasing e"
    "                    JOIN change c"
    "                      ON c.entity = e.entity AND c.key = e.key)";

/* The operation itself shows that the contact went, and nothing more. */
static const char sql_own[] =
    "DELETE FROM change"
    " WHERE op = :op"
    "   AND NOT (entity = 'contact' AND key = :contact"
    "            AND field = 'active')";

/* What it was: its changes go, and a removal keeps what the shell keeps. */
static void
forget_contact(struct db *db, int64_t contact)
{
	const struct column *c;
	struct buf changes = { 0 }, removal = { 0 };

	buf_text(&changes, "DELETE FROM change WHERE entity = 'contact'"
	    " AND key = ?1 AND field NOT IN (''");
	buf_text(&removal, "UPDATE change SET before = json_remove(before");
	for (c = entity_find("contact")->columns; c->name; c++)
		if (erase_keeps(c->name))
			buf_printf(&changes, ", '%s'", c->name);
		else if (c->flags & PLAIN)
			buf_printf(&removal, ", '$.%s'", c->name);
	buf_char(&changes, ')');
	buf_text(&removal, ") WHERE entity = 'contact' AND key = ?1"
	    " AND field = 'contact'");
	erase_run(db, changes.text, contact);
	erase_run(db, removal.text, contact);
	buf_free(&changes);
	buf_free(&removal);
}

/* Of rows that stay, whose reference is in the column of: what their words
 * were. */
static void
forget_words(struct db *db, const struct entity *e, const struct column *of,
    int64_t contact)
{
	struct buf words = { 0 }, sql = { 0 };

	erase_words(&words, e, ", '", "'");
	buf_printf(&sql, "DELETE FROM change WHERE entity = '%s'"
	    " AND field IN (''%s) AND key IN (SELECT %s FROM %s"
	    " WHERE %s = ?1)", e->name, words.text, e->name, e->name,
	    of->name);
	erase_run(db, sql.text, contact);
	buf_clear(&sql);
	buf_clear(&words);
	erase_words(&words, e, ", '$.", "'");
	buf_printf(&sql, "UPDATE change SET before = json_remove(before%s)"
	    " WHERE entity = '%s' AND field = '%s' AND key IN (SELECT %s"
	    " FROM %s WHERE %s = ?1)", words.text, e->name, e->name, e->name,
	    e->name, of->name);
	erase_run(db, sql.text, contact);
	buf_free(&words);
	buf_free(&sql);
}

static void
forget_all_words(struct db *db, const struct entity *e, int64_t contact)
{
	const struct column *c;
	struct buf words = { 0 };

	erase_words(&words, e, "", "");
	for (c = e->columns; words.len && c->name; c++)
		if (column_refers(c, entity_find("contact")))
			forget_words(db, e, c, contact);
	buf_free(&words);
}

static const char sql_deal_steps[] =
    "DELETE FROM change"
    " WHERE entity = 'stage_change'"
    "   AND (field = 'evidence' OR field = 'reason' OR field = entity)"
    "   AND key IN (SELECT s.stage_change"
    "                 FROM deal d"
    "                 JOIN stage_change s ON s.deal = d.deal"
    "                WHERE d.contact = :contact)";

/* The full text keeps no texts from which a few words could be taken out: it
 * is emptied, and the next search makes it anew. */
static const char sql_indexes[] =
    "SELECT name"
    "  FROM sqlite_schema"
    " WHERE type = 'table'"
    "   AND name GLOB 'find*' AND NOT name GLOB '*[^a-z_]*'"
    "   AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";

static const char sql_unfound[] =
    "DELETE FROM found";

static void
empty_index(struct db *db)
{
	struct stmt *s = db_query(db, sql_indexes, NOARGS);
	struct buf sql = { 0 };

	while (db_next(s)) {
		buf_clear(&sql);
		buf_printf(&sql, "INSERT INTO %s (%s) VALUES ('delete-all')",
		    db_text(s, 0, NULL), db_text(s, 0, NULL));
		erase_run(db, sql.text, 0);
	}
	db_done(s);
	buf_free(&sql);
	db_run(db, sql_unfound, NOARGS);
}

void
erase_history(struct db *db, int64_t contact, int64_t op)
{
	int i;

	db_run(db, sql_rows, NOARGS);
	forget_contact(db, contact);
	for (i = 0; entities[i]; i++)
		forget_all_words(db, entities[i], contact);
	db_run(db, sql_deal_steps, ARGS(INT(contact)));
	if (op)
		db_run(db, sql_own, ARGS(INT(op), INT(contact)));
	erase_past_texts(db);
	empty_index(db);
}
