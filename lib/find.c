#include "find.h"

#include <string.h>

#include "db.h"
#include "findcore.h"
#include "text.h"
#include "visible.h"

const struct findable findables[] = {
	{ "contact", { { "name", FIND_NAME }, { "given", FIND_NAME },
	    { "family", FIND_NAME }, { "nick", FIND_NAME },
	    { "note", FIND_TEXT }, { "title", FIND_TEXT },
	    { "street", FIND_TEXT }, { "city", FIND_TEXT },
	    { "industry", FIND_TEXT } }, "t.contact", "t.since" },
	{ "contact_point", { { "value", FIND_HANDLE },
	    { "norm", FIND_HANDLE }, { "label", FIND_TEXT } }, "t.contact",
	    "NULL" },
	{ "interaction", { { "subject", FIND_TEXT }, { "body", FIND_TEXT },
	    { "place", FIND_TEXT } }, "t.contact", "t.at" },
	{ "task", { { "title", FIND_TEXT }, { "note", FIND_TEXT },
	    { "place", FIND_TEXT } }, "t.contact", "t.due" },
	{ "need", { { "about", FIND_TEXT }, { "met_by", FIND_TEXT } },
	    "t.contact", "t.day" },
	{ NULL, { { NULL, 0 } }, NULL, NULL },
};

static bool
within(unsigned c, unsigned first, unsigned last)
{
	return c >= first && c <= last;
}

/* Han, kana, Hangul: written without blanks between words. */
static bool
unspaced(unsigned c)
{
	return within(c, 0x1100, 0x11ff) || within(c, 0x3040, 0x30ff) ||
	       within(c, 0x31f0, 0x31ff) || within(c, 0x3400, 0x4dbf) ||
	       within(c, 0x4e00, 0x9fff) || within(c, 0xac00, 0xd7ff) ||
	       within(c, 0xf900, 0xfaff) || within(c, 0xff66, 0xff9f) ||
	       within(c, 0x20000, 0x3ffff);
}

void
find_fold(struct buf *to, const char *s, size_t n)
{
	size_t i = 0, from, len = 1;
	unsigned code = 0;

	while (i < n) {
		if (to->len)
			buf_char(to, ' ');
		for (from = i; i < n; i += len ? len : 1) {
			len = visible_char(s + i, n - i, &code);
			if (len > 1 && unspaced(code))
				break;
		}
		text_fold(to, s + from, i - from);
		if (i == n)
			break;
		if (to->len && i > from)
			buf_char(to, ' ');
		text_fold(to, s + i, len);
		i += len;
	}
}

static const char sql_found[] =
    "SELECT op"
    "  FROM found";

static const char sql_last[] =
    "SELECT max(op)"
    "  FROM op";

bool
find_behind(struct db *db)
{
	return db_number(db, sql_found, NOARGS, 0) !=
	       db_number(db, sql_last, NOARGS, 0);
}

static struct {
	struct db *db;
	const struct findable *f;
	int share;
	int64_t from;                      /* the last operation taken in */
	struct buf columns[FIND_COLUMNS];
	struct stmt *row;
} x;

static const char sql_put[] =
    "INSERT INTO find (rowid, name, handle, text)"
    " VALUES (:rowid, :name, :handle, :text)";

static const char sql_take[] =
    "INSERT INTO find (find, rowid, name, handle, text)"
    " VALUES ('delete', :rowid, :name, :handle, :text)";

static void
clear(void)
{
	int i;

	for (i = 0; i < FIND_COLUMNS; i++)
		buf_clear(&x.columns[i]);
}

static void
add(int field, const char *text, size_t size)
{
	if (text && size)
		find_fold(&x.columns[x.f->fields[field].into], text, size);
}

/* Put what was gathered into the index, or take it out. */
static void
change(const char *sql, int64_t key)
{
	if (x.columns[0].len || x.columns[1].len || x.columns[2].len)
		db_run(x.db, sql, ARGS(INT(key * FIND_SHARES + x.share),
		    STR(buf_get(&x.columns[0])), STR(buf_get(&x.columns[1])),
		    STR(buf_get(&x.columns[2]))));
}

/* SELECT the fields of an entity, the key first. */
static void
open_rows(const char *condition)
{
	struct buf sql = { 0 };
	int i;

	buf_printf(&sql, "SELECT %s", x.f->entity);
	for (i = 0; x.f->fields[i].name; i++)
		buf_printf(&sql, ", %s", x.f->fields[i].name);
	buf_printf(&sql, " FROM %s WHERE %s", x.f->entity, condition);
	x.row = db_prepare(x.db, sql.text);
	buf_free(&sql);
}

static void
gather_row(void)
{
	const char *text;
	size_t size;
	int i;

	clear();
	for (i = 0; x.f->fields[i].name; i++) {
		text = db_text(x.row, i + 1, &size);
		add(i, text, size);
	}
}

/* A field as it was when the index last saw it. */
static const char sql_before[] =
    "SELECT before"
    "  FROM change"
    " WHERE entity = :entity"
    "   AND key = :key"
    "   AND field = :field"
    "   AND op > :from"
    " ORDER BY change"
    " LIMIT 1";

static void
gather_before(int64_t key, bool there)
{
	struct stmt *s;
	const char *text;
	size_t size;
	int i;

	clear();
	for (i = 0; x.f->fields[i].name; i++) {
		s = db_query(x.db, sql_before, ARGS(STR(x.f->entity),
		    INT(key), STR(x.f->fields[i].name), INT(x.from)));
		if (db_next(s)) {
			text = db_text(s, 0, &size);
			add(i, text, size);
		} else if (there) {
			text = db_text(x.row, i + 1, &size);
			add(i, text, size);
		}
		db_done(s);
	}
}

/* Rows changed or removed since, that the index has: those whose first event
 * since then is a change. */
static const char sql_changed[] =
    "SELECT key"
    "  FROM (SELECT key, min(op) AS op"
    "          FROM change"
    "         WHERE op > :from"
    "           AND entity = :entity"
    "         GROUP BY key) c"
    " WHERE NOT EXISTS (SELECT 1 FROM range r"
    "                    WHERE r.entity = :entity AND r.last >= c.key"
    "                      AND r.first <= c.key AND r.op > :from"
    "                      AND r.op <= c.op)";

static void
take_changed(void)
{
	struct stmt *s = db_query(x.db, sql_changed, ARGS(INT(x.from),
	    STR(x.f->entity)));
	struct buf is = { 0 };
	int64_t key;
	bool there;

	buf_printf(&is, "%s = ?", x.f->entity);
	open_rows(is.text);
	while (db_next(s)) {
		key = db_int(s, 0);
		db_bind(x.row, 1, &(struct arg)INT(key));
		there = db_next(x.row);
		gather_before(key, there);
		change(sql_take, key);
		if (there) {
			gather_row();
			change(sql_put, key);
		}
		db_reset(x.row);
	}
	db_done(x.row);
	db_done(s);
	buf_free(&is);
}

/* New rows: keys of ranges, but those that take_changed dealt with and those
 * that a later range has again. */
static const char sql_ranges[] =
    "SELECT first, last, op"
    "  FROM range"
    " WHERE op > :from"
    "   AND entity = :entity";

static const char sql_seen[] =
    "SELECT 1"
    " WHERE EXISTS (SELECT 1 FROM range"
    "                WHERE entity = :entity AND last >= :key"
    "                  AND first <= :key AND op > :op)"
    "    OR EXISTS (SELECT 1 FROM change"
    "                WHERE entity = :entity AND key = :key"
    "                  AND op > :from AND op < :op"
    "                  AND NOT EXISTS (SELECT 1 FROM range"
    "                       WHERE entity = :entity AND last >= :key"
    "                         AND first <= :key AND op > :from"
    "                         AND op <= change.op))";

static void
take_new(void)
{
	struct stmt *s = db_query(x.db, sql_ranges, ARGS(INT(x.from),
	    STR(x.f->entity)));
	struct buf is = { 0 };
	int64_t key;

	buf_printf(&is, "%s BETWEEN ? AND ?", x.f->entity);
	open_rows(is.text);
	while (db_next(s)) {
		db_bind(x.row, 1, &(struct arg)INT(db_int(s, 0)));
		db_bind(x.row, 2, &(struct arg)INT(db_int(s, 1)));
		while (db_next(x.row)) {
			key = db_int(x.row, 0);
			if (db_number(x.db, sql_seen, ARGS(STR(x.f->entity),
			    INT(key), INT(db_int(s, 2)), INT(x.from)), 0))
				continue;
			gather_row();
			change(sql_put, key);
		}
		db_reset(x.row);
	}
	db_done(x.row);
	db_done(s);
	buf_free(&is);
}

static void
take_all(void)
{
	open_rows("1");
	while (db_next(x.row)) {
		gather_row();
		change(sql_put, db_int(x.row, 0));
	}
	db_done(x.row);
}

static const char sql_empty[] =
    "INSERT INTO find (find)"
    " VALUES ('delete-all')";

static const char sql_note[] =
    "INSERT OR REPLACE INTO found (found, op)"
    " VALUES (1, :op)";

void
find_catch_up(struct db *db)
{
	int64_t last;

	db_begin(db);
	x.db = db;
	x.from = db_number(db, sql_found, NOARGS, 0);
	last = db_number(db, sql_last, NOARGS, 0);
	if (x.from > last)
		x.from = 0;
	if (!x.from)
		db_run(db, sql_empty, NOARGS);
	for (x.f = findables, x.share = 0; x.f->entity; x.f++, x.share++) {
		if (!x.from)
			take_all();
		else if (x.from < last) {
			take_changed();
			take_new();
		}
	}
	db_run(db, sql_note, ARGS(INT(last)));
	db_commit(db);
}

static const char sql_optimize[] =
    "INSERT INTO find (find)"
    " VALUES ('optimize')";

void
find_drop(struct db *db, int64_t contact)
{
	x.db = db;
	for (x.f = findables, x.share = 0; x.f->entity; x.f++, x.share++) {
		open_rows("contact = ?");
		db_bind(x.row, 1, &(struct arg)INT(contact));
		while (db_next(x.row)) {
			gather_row();
			change(sql_take, db_int(x.row, 0));
		}
		db_done(x.row);
	}
	db_run(db, sql_optimize, NOARGS);
}
