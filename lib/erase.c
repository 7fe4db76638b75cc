#include "erase.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "erasecore.h"
#include "past.h"

/* What stays of a contact; of the last one only where others have it too. */
static const char *const kept[] = { "contact", "kind", "role", "stage",
	"owner", "since", "currency", "active", "source", NULL };

/* Rows that stay, and the words in them that are about goods. */
static const char *const staying[] = { "sale", "interaction", "deal",
	"invoice", "expense", "stage_change", "quote", "quote_line",
	"audience", "response", "reward", NULL };
static const char *const goods[] = { "order_no", "product", "line",
	"channel", "was", "rule", "arm", NULL };

/* Columns that name somebody, perhaps somebody else. */
static const char *const naming[] = { "name", "given", "family", "nick",
	NULL };
static const char *const naming_tables[] = { "staff", "contact_point",
	"alias", "tag", "field", NULL };

static bool
among(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static bool
is_contact(const struct entity *e)
{
	return strcmp(e->name, "contact") == 0;
}

bool
erase_keeps(const char *field)
{
	return among(kept, field) && strcmp(field, "source") != 0;
}

static bool
is_text(const struct column *c)
{
	return c->type == TYPE_TEXT && (c->flags & PLAIN) &&
	    column_writable(c);
}

bool
erase_is_free(const struct entity *e, const struct column *c)
{
	return is_text(c) && !among(naming_tables, e->name) &&
	    !(is_contact(e) && among(naming, c->name));
}

void
erase_words(struct buf *to, const struct entity *e, const char *before,
    const char *after)
{
	const struct column *c;

	if (!among(staying, e->name))
		return;
	for (c = e->columns; c->name; c++)
		if (is_text(c) && !(c->flags & NEED) && !among(goods, c->name))
			buf_printf(to, "%s%s%s", before, c->name, after);
}

void
erase_run(struct db *db, const char *sql, int64_t contact)
{
	struct stmt *s = db_prepare(db, sql);

	if (db_parameters(s))
		db_bind(s, 1, &(struct arg)INT(contact));
	while (db_next(s))
		;
	db_done(s);
}

static const char sql_erasing[] =
    "CREATE TEMP TABLE IF NOT EXISTS erasing ("
    " entity TEXT NOT NULL, key INTEGER NOT NULL,"
    " UNIQUE (entity, key))";

static const char sql_none_erasing[] =
    "DELETE FROM temp.erasing";

/* A label that nobody else has. */
static const char sql_tags[] =
    "INSERT OR IGNORE INTO temp.erasing (entity, key)"
    " SELECT 'tag', a.tag"
    "   FROM tagging a"
    "  WHERE a.contact = :contact"
    "    AND NOT EXISTS (SELECT 1 FROM tagging b"
    "                     WHERE b.tag = a.tag AND b.contact <> :contact)";

#define A_DAY "':[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
#define ABOUT(due) \
	" EXISTS (SELECT 1 FROM temp.erasing e" \
	" WHERE e.entity = 'task' AND " due " = 'task:' || e.key" \
	" OR e.entity = 'occasion'" \
	" AND " due " GLOB 'occasion:' || e.key || ':*')" \
	" OR EXISTS (SELECT 1 FROM invoice v WHERE v.contact = :contact" \
	" AND " due " = 'invoice:' || v.invoice)" \
	" OR EXISTS (SELECT 1 FROM deal d WHERE d.contact = :contact" \
	" AND " due " GLOB 'deal:' || d.deal || ':*')" \
	" OR " due " GLOB 'cadence:*:' || :contact || " A_DAY \
	" OR " due " GLOB 'playbook:*:' || :contact || " A_DAY

/* What was announced of its tasks, its days, and itself. */
static const char sql_acks[] =
    "INSERT OR IGNORE INTO temp.erasing (entity, key)"
    " SELECT 'ack', a.ack FROM ack a WHERE" ABOUT("a.due");

static const char sql_old_acks[] =
    "INSERT OR IGNORE INTO temp.erasing (entity, key)"
    " SELECT 'ack', c.key"
    "   FROM " EACH_CHANGE " c"
    "  WHERE c.entity = 'ack' AND c.field = 'due'"
    "    AND (" ABOUT("c.before") ")";

/* Its keys elsewhere, and those of rows that go or lose their words; a
 * sale's, which the books may know, stay. */
static const char sql_aliases[] =
    "INSERT OR IGNORE INTO temp.erasing (entity, key)"
    " SELECT 'alias', a.alias"
    "   FROM alias a"
    "  WHERE a.entity = 'contact' AND a.item = :contact"
    "     OR a.entity = 'interaction'"
    "    AND a.item IN (SELECT i.interaction FROM interaction i"
    "                    WHERE i.contact = :contact)"
    "     OR EXISTS (SELECT 1 FROM temp.erasing e"
    "                 WHERE e.entity = a.entity AND e.key = a.item)";

static const char sql_old_aliases[] =
    "INSERT OR IGNORE INTO temp.erasing (entity, key)"
    " SELECT 'alias', a.key"
    "   FROM " EACH_CHANGE " a"
    "   JOIN " EACH_CHANGE " b ON b.entity = a.entity AND b.key = a.key"
    "  WHERE a.entity = 'alias' AND a.field = 'item'"
    "    AND a.before = :contact"
    "    AND b.field = 'entity' AND b.before = 'contact'";

/* Rows that belong to it by this column; or did, and are gone. */
static void
gather_rows(struct db *db, const struct entity *e, const struct column *c,
    int64_t contact)
{
	static const char into[] = "INSERT OR IGNORE INTO temp.erasing"
	    " (entity, key)";
	struct buf sql = { 0 };

	if (!among(staying, e->name)) {
		buf_printf(&sql, "%s SELECT '%s', %s FROM %s WHERE %s = ?1",
		    into, e->name, e->name, e->name, c->name);
		erase_run(db, sql.text, contact);
	}
	buf_clear(&sql);
	buf_printf(&sql, "%s SELECT c.entity, c.key FROM " EACH_CHANGE " c"
	    " WHERE c.entity = '%s' AND c.field = '%s'"
	    " AND (c.before = ?1 OR c.after = ?1)"
	    " AND NOT EXISTS (SELECT 1 FROM %s r WHERE r.%s = c.key)",
	    into, e->name, c->name, e->name, e->name);
	erase_run(db, sql.text, contact);
	buf_free(&sql);
}

/* Call f for each column by which rows of others belong to a contact. */
static void
each_owning(struct db *db, int64_t contact,
    void (*f)(struct db *, const struct entity *, const struct column *,
    int64_t))
{
	const struct entity *e = entity_find("contact");
	const struct column *c;
	int i;

	for (i = 0; entities[i]; i++)
		for (c = entities[i]->columns; entities[i] != e && c->name;
		    c++)
			if (column_refers(c, e))
				f(db, entities[i], c, contact);
}

void
erase_gather(struct db *db, int64_t contact)
{
	db_run(db, sql_erasing, NOARGS);
	db_run(db, sql_none_erasing, NOARGS);
	each_owning(db, contact, gather_rows);
	db_run(db, sql_tags, ARGS(INT(contact)));
	db_run(db, sql_acks, ARGS(INT(contact)));
	db_run(db, sql_old_acks, ARGS(INT(contact)));
	db_run(db, sql_aliases, ARGS(INT(contact)));
	db_run(db, sql_old_aliases, ARGS(INT(contact)));
}

/* Children before parents. */
static void
remove_rows(struct db *db)
{
	struct buf sql = { 0 };
	int i;

	for (i = 0; entities[i]; i++)
		;
	while (i-- > 0) {
		if (is_contact(entities[i]))
			continue;
		buf_clear(&sql);
		buf_printf(&sql, "DELETE FROM %s WHERE %s IN (SELECT key"
		    " FROM temp.erasing WHERE entity = '%s')",
		    entities[i]->name, entities[i]->name, entities[i]->name);
		erase_run(db, sql.text, 0);
	}
	buf_free(&sql);
}

static void
empty_words(struct db *db, const struct entity *e, const struct column *of,
    int64_t contact)
{
	const struct column *c;
	struct buf sql = { 0 };
	int n = 0;

	buf_printf(&sql, "UPDATE %s SET ", e->name);
	for (c = e->columns; among(staying, e->name) && c->name; c++)
		if (is_text(c) && !(c->flags & NEED) && !among(goods, c->name))
			buf_printf(&sql, "%s%s = NULL", n++ ? ", " : "",
			    c->name);
	buf_printf(&sql, " WHERE %s = ?1", of->name);
	if (n)
		erase_run(db, sql.text, contact);
	buf_free(&sql);
}

/* Why its deals went from stage to stage. */
static const char sql_deal_steps[] =
    "UPDATE stage_change"
    "   SET evidence = NULL, reason = NULL"
    " WHERE deal IN (SELECT deal FROM deal WHERE contact = :contact)";

/* Contacts that refer to it: its people, who are nobody's now. */
static void
let_go(struct db *db, int64_t contact)
{
	const struct entity *e = entity_find("contact");
	const struct column *c;
	struct buf sql = { 0 };

	for (c = e->columns; c->name; c++) {
		if (!column_refers(c, e))
			continue;
		buf_clear(&sql);
		buf_printf(&sql, "UPDATE contact SET %s = NULL"
		    " WHERE %s = ?1", c->name, c->name);
		erase_run(db, sql.text, contact);
	}
	buf_free(&sql);
}

/* Where only this one came from says who it is. */
static const char sql_source[] =
    "UPDATE contact"
    "   SET source = NULL"
    " WHERE contact = :contact"
    "   AND NOT EXISTS (SELECT 1 FROM contact o"
    "                    WHERE o.source = contact.source"
    "                      AND o.contact <> :contact)";

/* The contact itself: an empty shell. */
static void
empty_row(struct db *db, int64_t contact)
{
	const struct column *c;
	struct buf sql = { 0 };

	buf_text(&sql, "UPDATE contact SET active = 0,"
	    " name = '" NOBODY "', name_key = '" NOBODY "'");
	for (c = entity_find("contact")->columns; c->name; c++)
		if ((c->flags & PLAIN) && !among(kept, c->name) &&
		    strncmp(c->name, "name", 4) != 0)
			buf_printf(&sql, ", %s = NULL", c->name);
	buf_text(&sql, " WHERE contact = ?1");
	erase_run(db, sql.text, contact);
	buf_free(&sql);
	db_run(db, sql_source, ARGS(INT(contact)));
}

void
erase_contact(struct db *db, int64_t contact)
{
	erase_gather(db, contact);
	erase_learn(db, contact);
	remove_rows(db);
	each_owning(db, contact, empty_words);
	db_run(db, sql_deal_steps, ARGS(INT(contact)));
	let_go(db, contact);
	empty_row(db, contact);
	erase_texts(db, contact);
}
