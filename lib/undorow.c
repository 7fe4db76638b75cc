/* Rows put back as they were. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "undocore.h"

static const char sql_row[] =
    "SELECT j.key, j.value"
    "  FROM change c, json_each(c.before) j"
    " WHERE c.op = :op"
    "   AND c.entity = :entity"
    "   AND c.key = :key"
    "   AND c.change = (SELECT max(change) FROM change"
    "                    WHERE op = :op AND entity = :entity"
    "                      AND key = :key AND field = :entity)";

/* A value, whose text lies in texts. */
struct kept {
	struct arg arg;
	size_t at;
};

/* Append the row's fields to sql and their values to values and texts. */
static int
gather(struct undo *u, const struct entity *e, int64_t key, struct buf *sql,
    struct buf *values, struct buf *texts)
{
	struct stmt *s = db_query(u->db, sql_row, ARGS(INT(u->op),
	    STR(e->name), INT(key)));
	struct kept k;
	const char *name;
	int n = 0;

	while (db_next(s)) {
		name = db_text(s, 0, NULL);
		if (!name || !(name = undo_field(u, e, name)))
			continue;
		buf_printf(sql, "%s%s", n++ ? ", " : "", name);
		k.arg = db_arg(s, 1);
		k.at = texts->len;
		if (k.arg.type == ARG_TEXT)
			buf_add(texts, k.arg.t, k.arg.size);
		buf_add(values, (char *)&k, sizeof(k));
	}
	db_done(s);
	return n;
}

/* The statement that puts back a row of these fields; most rows of a table
 * have the same. */
static struct stmt *
inserting(struct db *db, const struct buf *sql)
{
	static struct buf last;
	static struct stmt *put;

	if (put && strcmp(buf_get(&last), sql->text) == 0)
		return put;
	if (put)
		db_done(put);
	put = db_prepare(db, sql->text);
	buf_clear(&last);
	buf_text(&last, sql->text);
	return put;
}

bool
undo_return(struct undo *u, const struct entity *e, int64_t key)
{
	static struct buf sql, values, texts;
	const struct kept *k;
	struct stmt *put;
	struct arg value;
	bool fine;
	int n, i;

	buf_clear(&sql);
	buf_clear(&values);
	buf_clear(&texts);
	buf_printf(&sql, "INSERT INTO %s (", e->name);
	n = gather(u, e, key, &sql, &values, &texts);
	buf_text(&sql, ") VALUES (");
	for (i = 0; i < n; i++)
		buf_text(&sql, i ? ", ?" : "?");
	buf_char(&sql, ')');
	put = inserting(u->db, &sql);
	k = (const struct kept *)(const void *)values.text;
	for (i = 0; i < n; i++) {
		value = k[i].arg;
		if (value.type == ARG_TEXT)
			value.t = buf_get(&texts) + k[i].at;
		db_bind(put, i + 1, &value);
	}
	fine = db_put(put, NULL);
	db_reset(put);
	return fine;
}
