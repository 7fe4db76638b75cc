#include "remove.h"

#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "spool.h"

/* Run a statement on the rows whose column refers to key.  Names of tables
 * and columns are constants of the catalogue. */
static struct stmt *
on_rows(struct db *db, const char *verb, const struct entity *from,
    const struct column *c, int64_t key)
{
	struct buf sql = { 0 };
	struct stmt *s;

	buf_printf(&sql, "%s FROM %s WHERE %s = ?", verb, from->name, c->name);
	s = db_query_text(db, sql.text, ARGS(INT(key)));
	buf_free(&sql);
	return s;
}

static void
run(struct stmt *s)
{
	while (db_next(s))
		;
	db_done(s);
}

static void
unlink_rows(struct db *db, const struct entity *from, const struct column *c,
    int64_t key)
{
	struct buf sql = { 0 };
	struct stmt *s;

	buf_printf(&sql, "UPDATE %s SET %s = NULL WHERE %s = ?", from->name,
	    c->name, c->name);
	s = db_query_text(db, sql.text, ARGS(INT(key)));
	run(s);
	buf_free(&sql);
}

static void
count_rows(struct db *db, const struct entity *from, const struct column *c,
    int64_t key, struct buf *why)
{
	struct stmt *s = on_rows(db, "SELECT count(*)", from, c, key);
	int64_t n = db_next(s) ? db_int(s, 0) : 0;

	db_done(s);
	if (n)
		buf_printf(why, "%s%lld %s", why->len ? ", " : "",
		    (long long)n, n == 1 ? from->name : from->plural);
}

static void take_away(struct db *, const struct entity *, int64_t key);

/* Rows that can't be without it go; the rest lose the reference. */
static void
let_go(struct db *db, const struct entity *from, const struct column *c,
    int64_t key, bool part)
{
	struct spool *keys;
	struct buf verb = { 0 };
	struct stmt *s;
	int64_t k;

	if (!part && !(c->flags & NEED) &&
	    strcmp(from->name, "participant") != 0) {
		unlink_rows(db, from, c, key);
		return;
	}
	keys = spool_new();
	buf_printf(&verb, "SELECT %s", from->name);
	s = on_rows(db, verb.text, from, c, key);
	while (db_next(s)) {
		k = db_int(s, 0);
		spool_add(keys, &k, sizeof(k));
	}
	db_done(s);
	buf_free(&verb);
	while (spool_read(keys, &k, sizeof(k)) == sizeof(k))
		take_away(db, from, k);
	spool_free(keys);
}

static void
each_reference(struct db *db, const struct entity *e, int64_t key,
    struct buf *why)
{
	const struct column *c;
	bool part;
	int i;

	for (i = 0; entities[i]; i++)
		for (c = entities[i]->columns; c->name; c++) {
			if (!column_refers(c, e))
				continue;
			part = entity_has_part(e, entities[i]);
			if (why && !part)
				count_rows(db, entities[i], c, key, why);
			else if (!why)
				let_go(db, entities[i], c, key, part);
		}
}

static const char sql_aliases[] =
    "DELETE FROM alias"
    " WHERE item = :item"
    "   AND entity = :entity";

static void
take_away(struct db *db, const struct entity *e, int64_t key)
{
	struct buf sql = { 0 };
	struct stmt *s;

	each_reference(db, e, key, NULL);
	db_run(db, sql_aliases, ARGS(INT(key), STR(e->name)));
	buf_printf(&sql, "DELETE FROM %s WHERE %s = ?", e->name, e->name);
	s = db_query_text(db, sql.text, ARGS(INT(key)));
	run(s);
	buf_free(&sql);
}

static const char sql_sent[] =
    "SELECT l.quote"
    "  FROM quote_line l"
    "  JOIN quote q ON q.quote = l.quote AND q.state <> 'draft'"
    " WHERE l.quote_line = :quote_line";

bool
remove_row(struct db *db, const struct entity *e, int64_t key, bool recursive,
    struct buf *why)
{
	struct buf holders = { 0 };

	if (strcmp(e->name, "quote_line") == 0 &&
	    db_number(db, sql_sent, ARGS(INT(key)), 0)) {
		buf_clear(why);
		buf_text(why, "the quote is sent; crm-quote new makes "
		    "another version");
		return false;
	}
	if (!recursive) {
		each_reference(db, e, key, &holders);
		if (holders.len) {
			buf_clear(why);
			buf_printf(why, "%s refer to it; -r removes them too",
			    holders.text);
			buf_free(&holders);
			return false;
		}
	}
	take_away(db, e, key);
	return true;
}
