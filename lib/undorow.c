/* Rows put back as they were. */
#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "undocore.h"

/* The key first; what comes before it was changed before. */
static const char sql_row[] =
    "SELECT field, before"
    "  FROM change"
    " WHERE op = :op"
    "   AND entity = :entity"
    "   AND key = :key"
    "   AND after IS NULL"
    "   AND change >= (SELECT max(change) FROM change"
    "                   WHERE op = :op AND entity = :entity AND key = :key"
    "                     AND field = :entity AND after IS NULL)"
    " ORDER BY change";

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
		if (!(name = undo_field(u, e, db_text(s, 0, NULL))))
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

bool
undo_return(struct undo *u, const struct entity *e, int64_t key)
{
	struct buf sql = { 0 }, values = { 0 }, texts = { 0 };
	const struct kept *k;
	struct stmt *put;
	struct arg value;
	bool fine;
	int n, i;

	buf_printf(&sql, "INSERT INTO %s (", e->name);
	n = gather(u, e, key, &sql, &values, &texts);
	buf_text(&sql, ") VALUES (");
	for (i = 0; i < n; i++)
		buf_text(&sql, i ? ", ?" : "?");
	buf_char(&sql, ')');
	put = db_prepare(u->db, sql.text);
	k = (const struct kept *)(const void *)values.text;
	for (i = 0; i < n; i++) {
		value = k[i].arg;
		if (value.type == ARG_TEXT)
			value.t = buf_get(&texts) + k[i].at;
		db_bind(put, i + 1, &value);
	}
	fine = db_put(put, NULL);
	db_done(put);
	buf_free(&sql);
	buf_free(&values);
	buf_free(&texts);
	return fine;
}
