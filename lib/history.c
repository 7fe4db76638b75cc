#include "history.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "past.h"

/* Parameters in the order of their first appearance, see ask. */
#define WHO " o.login || ifnull(' as ' || o.who, '')"
#define OF_OP \
	" AND (:op IS NULL OR o.op = :op)" \
	" AND (:by IS NULL OR o.login = :by OR o.who = :by)" \
	" AND (:from IS NULL OR o.at >= :from)" \
	" AND (:until IS NULL OR o.at <= :until)"

/* What a number stands for: the name of a member of staff, of a tag. */
#define NAMED(value) \
	" CASE WHEN typeof(" value ") = 'integer' THEN" \
	" CASE WHEN c.field = 'owner' OR c.field = 'by'" \
	" OR c.field = 'manager' OR c.field = 'staff' AND c.entity <> 'staff'" \
	" THEN ifnull((SELECT login FROM staff WHERE staff = " value ")," \
	" " value ")" \
	" WHEN c.field = 'tag' AND c.entity = 'tagging'" \
	" THEN ifnull((SELECT name FROM tag WHERE tag = " value ")," \
	" " value ")" \
	" ELSE " value " END ELSE " value " END"

#define CHANGED \
	"SELECT o.op, o.at," WHO ", o.command, c.entity, c.key, c.field," \
	NAMED("c.before") "," NAMED("c.after") ", o.undone_by" \
	" FROM " EACH_CHANGE " c JOIN op o ON o.op = c.op"

#define MADE(row) \
	"SELECT o.op, o.at," WHO ", o.command, g.entity, " row ", NULL, NULL," \
	" 'created', o.undone_by FROM range g JOIN op o ON o.op = g.op"

#define NEWEST " ORDER BY 1 DESC, 5, 6, 7"

static const char sql_row[] =
    CHANGED
    " WHERE c.entity = :entity AND c.key = :key"
    " AND (:field IS NULL OR c.field = :field)" OF_OP
    " UNION ALL " MADE(":key")
    " WHERE g.entity = :entity AND g.last >= :key AND g.first <= :key"
    " AND :field IS NULL" OF_OP NEWEST;

/* A contact, and what is part of it: rows still there, or recorded to have
 * belonged to it when they went. */
#define PART(entity) \
	" OR c.entity = '" entity "' AND (c.key IN (SELECT p." entity \
	" FROM " entity " p WHERE p.contact = :key) OR EXISTS (SELECT 1" \
	" FROM change x WHERE x.entity = c.entity AND x.key = c.key" \
	" AND (x.field = 'contact' AND x.before = :key" \
	" OR x.field = x.entity AND x.before ->> 'contact' = :key)))"
#define MADE_PART(entity) \
	" UNION ALL SELECT o.op, o.at," WHO ", o.command, '" entity "'," \
	" p." entity ", NULL, NULL, 'created', o.undone_by" \
	" FROM " entity " p" \
	" JOIN range g ON g.entity = '" entity "' AND g.last >= p." entity \
	" AND g.first <= p." entity " JOIN op o ON o.op = g.op" \
	" WHERE p.contact = :key AND :field IS NULL" OF_OP

static const char sql_contact[] =
    CHANGED
    " WHERE (c.entity = :entity AND c.key = :key"
    PART("contact_point") PART("occasion") PART("tagging")
    PART("field_value") ")"
    " AND (:field IS NULL OR c.field = :field)" OF_OP
    " UNION ALL " MADE(":key")
    " WHERE g.entity = :entity AND g.last >= :key AND g.first <= :key"
    " AND :field IS NULL" OF_OP
    MADE_PART("contact_point") MADE_PART("occasion")
    MADE_PART("tagging") MADE_PART("field_value") NEWEST;

static const char sql_all[] =
    CHANGED
    " WHERE (:entity IS NULL OR c.entity = :entity) AND :key IS NULL"
    " AND (:field IS NULL OR c.field = :field)" OF_OP
    " UNION ALL "
    MADE("g.first || iif(g.last > g.first, '-' || g.last, '')")
    " WHERE (:entity IS NULL OR g.entity = :entity)"
    " AND :field IS NULL" OF_OP NEWEST;

static const char sql_ops[] =
    "SELECT o.op, o.at," WHO ", o.command, o.words, o.rows, o.undoes,"
    " o.undone_by FROM op o"
    " WHERE :entity IS NULL AND :key IS NULL AND :field IS NULL" OF_OP
    " ORDER BY o.op DESC";

static struct arg
or_null(int64_t n)
{
	return n ? (struct arg)INT(n) : (struct arg){ .type = ARG_NULL };
}

static struct stmt *
ask(struct db *db, const char *sql, const struct history *h)
{
	const char *entity = h->entity ? h->entity->name : NULL;

	return db_query(db, sql, ARGS(STR(entity), or_null(h->key),
	    STR(h->field), or_null(h->op), STR(h->by), STR(h->from),
	    STR(h->until)));
}

struct stmt *
history_changes(struct db *db, const struct history *h)
{
	if (!h->key)
		return ask(db, sql_all, h);
	return ask(db, strcmp(h->entity->name, "contact") == 0 ?
	    sql_contact : sql_row, h);
}

struct stmt *
history_ops(struct db *db, const struct history *h)
{
	return ask(db, sql_ops, h);
}

static const char sql_after[] =
    "SELECT o.op, o.at," WHO ", o.command, 'created', g.entity,"
    " g.first, NULL, NULL, NULL, g.last, g.range AS place, 0 AS part"
    " FROM range g JOIN op o ON o.op = g.op"
    " WHERE g.op > :op AND g.op <= :last"
    " UNION ALL SELECT o.op, o.at," WHO ", o.command,"
    " iif(c.gone, 'removed', 'changed'), c.entity, c.key, c.field,"
    NAMED("c.before") "," NAMED("c.after") ", c.key, c.change, 1"
    " FROM " EACH_CHANGE " c JOIN op o ON o.op = c.op"
    " WHERE c.op > :op AND c.op <= :last"
    " ORDER BY 1, part, place";

struct stmt *
history_after(struct db *db, int64_t op, int64_t last)
{
	return db_query(db, sql_after, ARGS(INT(op), INT(last)));
}

static const char sql_last[] =
    "SELECT max(op)"
    "  FROM op";

int64_t
history_last(struct db *db)
{
	return db_number(db, sql_last, NOARGS, 0);
}

/* What it was made with, then each change; a value ends where the next one
 * begins.  ?1 is the entity, ?2 the key, ?3 the field. */
#define OF_FIELD " WHERE x.entity = ?1 AND x.key = ?2 AND x.field = ?3"

static const char spans_first[] =
    " SELECT at, lead(at) OVER spans," NAMED("c.value") ", op, who, command"
    " FROM (SELECT 0 AS change, ?1 AS entity, ?3 AS field,"
    " iif(EXISTS (SELECT 1 FROM change x" OF_FIELD "),"
    " (SELECT x.before FROM change x" OF_FIELD
    " ORDER BY x.change LIMIT 1),";

static const char spans_rest[] =
    ") AS value, o.op AS op, o.at AS at," WHO " AS who,"
    " o.command AS command"
    " FROM (SELECT max(g.op) AS op FROM range g WHERE g.entity = ?1"
    " AND g.last >= ?2 AND g.first <= ?2) m LEFT JOIN op o ON o.op = m.op"
    " UNION ALL SELECT x.change, ?1, ?3, x.after, o.op, o.at," WHO ","
    " o.command FROM change x JOIN op o ON o.op = x.op" OF_FIELD ") c"
    " WINDOW spans AS (ORDER BY change) ORDER BY change";

struct stmt *
history_spans(struct db *db, const struct entity *e, int64_t key,
    const char *field)
{
	struct buf sql = { 0 };
	struct stmt *s;

	buf_printf(&sql, "%s (SELECT t.%s FROM %s t WHERE t.%s = ?2)%s",
	    spans_first, field, e->name, e->name, spans_rest);
	s = db_query_text(db, sql.text, ARGS(STR(e->name), INT(key),
	    STR(field)));
	buf_free(&sql);
	return s;
}

/*
 * Each time the field held the value: it was changed to it, or it was made
 * with it (held before the first change, or still).  until is when it was
 * changed to something else.
 */
static const char ever_changed[] =
    " SELECT c.key AS key, c.op AS op, o.at AS at,"
    " (SELECT o2.at FROM change d JOIN op o2 ON o2.op = d.op"
    " WHERE d.entity = c.entity AND d.key = c.key"
    " AND (d.field = c.field OR d.field = d.entity)"
    " AND d.change > c.change ORDER BY d.change LIMIT 1) AS until"
    " FROM change c JOIN op o ON o.op = c.op"
    " WHERE c.entity = ?1 AND c.field = ?2 AND c.after = ?3"
    " UNION ALL SELECT c.key, g.op, o.at, o3.at FROM " EACH_CHANGE " c"
    " JOIN op o3 ON o3.op = c.op"
    " JOIN range g ON g.entity = c.entity AND g.last >= c.key"
    " AND g.first <= c.key JOIN op o ON o.op = g.op"
    " WHERE c.entity = ?1 AND c.field = ?2 AND c.before = ?3"
    " AND NOT EXISTS (SELECT 1 FROM change d WHERE d.entity = c.entity"
    " AND d.key = c.key AND (d.field = c.field OR d.field = d.entity)"
    " AND d.change < c.change)";

struct stmt *
history_ever(struct db *db, const struct entity *e, const char *field,
    const struct arg *value)
{
	const struct column *label = e->label ?
					 column_find(db, e, e->label) :
					 NULL;
	struct buf sql = { 0 };
	struct stmt *s;

	buf_text(&sql, "SELECT h.key, ");
	if (label)
		column_output(&sql, label);
	else
		buf_text(&sql, "NULL");
	buf_printf(&sql, ", ?2, h.at, h.until, h.op FROM (%s", ever_changed);
	buf_printf(&sql, " UNION ALL SELECT k.%s, g.op, o.at, NULL FROM %s k"
	    " JOIN range g ON g.entity = ?1 AND g.last >= k.%s"
	    " AND g.first <= k.%s JOIN op o ON o.op = g.op"
	    " WHERE k.%s = ?3 AND NOT EXISTS (SELECT 1 FROM change d"
	    " WHERE d.entity = ?1 AND d.key = k.%s"
	    " AND (d.field = ?2 OR d.field = d.entity))",
	    e->name, e->name, e->name, e->name, field, e->name);
	buf_printf(&sql, ") h LEFT JOIN %s t"
	    " ON t.%s = h.key ORDER BY h.key, h.at",
	    e->name, e->name);
	s = db_prepare(db, sql.text);
	buf_free(&sql);
	db_bind(s, 1, &(struct arg)STR(e->name));
	db_bind(s, 2, &(struct arg)STR(field));
	db_bind(s, 3, value);
	return s;
}
