/* The index: brought up to date from the history. */
#include "find.h"

#include "db.h"
#include "findcore.h"

static const char sql_found[] =
    "SELECT op"
    "  FROM found";

static const char sql_last[] =
    "SELECT max(op)"
    "  FROM op";

/* Custom fields were changed, and with them, perhaps, what is searched; or
 * somebody was forgotten, and with them what the records were. */
static const char sql_unsure[] =
    "SELECT EXISTS (SELECT 1 FROM change"
    "                WHERE entity = 'field' AND op > :from)"
    "    OR EXISTS (SELECT 1 FROM op"
    "                WHERE command = 'crm-forget' AND op > :from)";

bool
find_behind(struct db *db)
{
	return db_number(db, sql_found, NOARGS, 0) !=
	       db_number(db, sql_last, NOARGS, 0);
}

int64_t
find_since(struct db *db)
{
	int64_t op = db_number(db, sql_found, NOARGS, 0);

	return op > db_number(db, sql_last, NOARGS, 0) ||
	    db_number(db, sql_unsure, ARGS(INT(op)), 0) ? 0 : op;
}

/* Keys are never given twice: what was made since has keys from here on; what
 * an undo put back has its old ones.  (CROSS: the few operations first.) */
static const char sql_new[] =
    "SELECT min(r.first)"
    "  FROM op o"
    " CROSS JOIN range r ON r.op = o.op"
    " WHERE o.op > :from"
    "   AND o.undoes IS NULL"
    "   AND r.entity = :entity";

int64_t
find_first_new(struct db *db, const struct findable *f, int64_t from)
{
	return from ? db_number(db, sql_new, ARGS(INT(from), STR(f->entity)),
	    INT64_MAX) : INT64_MIN;
}

static struct {
	struct db *db;
	const struct findable *f;
	int share;
	int64_t from, first_new; /* the last operation taken in; see above */
	struct buf columns[FIND_COLUMNS];
	struct stmt *row;
	bool guarded; /* the row at hand is not to be searched */
} x;

static const char sql_put[] =
    "INSERT INTO find (rowid, name, handle, text)"
    " VALUES (:rowid, :name, :handle, :text)";

static const char sql_take[] =
    "INSERT INTO find (find, rowid, name, handle, text)"
    " VALUES ('delete', :rowid, :name, :handle, :text)";

static const char sql_latest[] =
    "SELECT latest"
    "  FROM field"
    " WHERE field = :field";

static void
clear(void)
{
	int i;

	x.guarded = false;
	for (i = 0; i < FIND_COLUMNS; i++)
		buf_clear(&x.columns[i]);
}

static void
add(int field, struct stmt *s, int col)
{
	int into = x.f->fields[field].into;
	const char *text;
	size_t size;

	if (into == FIND_GUARD) {
		x.guarded = db_number(x.db, sql_latest,
		    ARGS(INT(db_int(s, col))), 1) != 0;
		return;
	}
	text = db_text(s, col, &size);
	if (text && into == FIND_NUMBER)
		find_fold_number(&x.columns[FIND_HANDLE], text);
	else if (text)
		find_fold(&x.columns[into], text, size, NULL);
}

/* Put what was gathered into the index, or take it out. */
static void
change(const char *sql, int64_t key)
{
	if (!x.guarded && (x.columns[FIND_NAME].len ||
	    x.columns[FIND_HANDLE].len || x.columns[FIND_TEXT].len))
		db_run(x.db, sql, ARGS(INT(key * FIND_SHARES + x.share),
		    STR(buf_get(&x.columns[FIND_NAME])),
		    STR(buf_get(&x.columns[FIND_HANDLE])),
		    STR(buf_get(&x.columns[FIND_TEXT]))));
}

/* SELECT the fields of an entity, the key first. */
static void
open_rows(const char *column, const char *is)
{
	struct buf sql = { 0 };
	int i;

	buf_printf(&sql, "SELECT %s", x.f->entity);
	for (i = 0; x.f->fields[i].name; i++)
		buf_printf(&sql, ", %s", x.f->fields[i].name);
	buf_printf(&sql, " FROM %s WHERE %s %s", x.f->entity, column, is);
	x.row = db_prepare(x.db, sql.text);
	buf_free(&sql);
}

static void
gather_row(void)
{
	int i;

	clear();
	for (i = 0; x.f->fields[i].name; i++)
		add(i, x.row, i + 1);
}

/* A field as it was when the index last saw it. */
static const char sql_before[] =
    "SELECT iif(field = entity, before ->> :field, before)"
    "  FROM change"
    " WHERE entity = :entity"
    "   AND key = :key"
    "   AND (field = :field OR field = entity)"
    "   AND op > :from"
    " ORDER BY change"
    " LIMIT 1";

/* What was not changed since is as it was. */
static void
gather_before(int64_t key, bool there)
{
	struct stmt *s;
	int i;

	clear();
	for (i = 0; x.f->fields[i].name; i++) {
		s = db_query(x.db, sql_before, ARGS(
		    STR(x.f->fields[i].name), STR(x.f->entity), INT(key),
		    INT(x.from)));
		if (db_next(s))
			add(i, s, 0);
		else if (there)
			add(i, x.row, i + 1);
		db_done(s);
	}
}

/* Was the row put back since then, by this operation or before it?  Then the
 * index has not got it: an earlier change would be its removal. */
static const char sql_put_back[] =
    "SELECT 1"
    "  FROM op o"
    " CROSS JOIN range r ON r.op = o.op"
    " WHERE o.op > :from"
    "   AND o.op <= :op"
    "   AND o.undoes IS NOT NULL"
    "   AND r.entity = :entity"
    "   AND r.first <= :key"
    "   AND r.last >= :key"
    " LIMIT 1";

static const char sql_changed[] =
    "SELECT key, min(op)"
    "  FROM change"
    " WHERE op > :from"
    "   AND +entity = :entity"
    "   AND key < :first_new"
    " GROUP BY key";

static void
take_changed(bool undone)
{
	struct stmt *s = db_query(x.db, sql_changed, ARGS(INT(x.from),
	    STR(x.f->entity), INT(x.first_new)));
	int64_t key;
	bool there;

	open_rows(x.f->entity, "= ?");
	while (db_next(s)) {
		key = db_int(s, 0);
		db_bind(x.row, 1, &(struct arg)INT(key));
		there = db_next(x.row);
		if (!undone || !db_number(x.db, sql_put_back,
		    ARGS(INT(x.from), INT(db_int(s, 1)), STR(x.f->entity),
		    INT(key)), 0)) {
			gather_before(key, there);
			change(sql_take, key);
		}
		if (there) {
			gather_row();
			change(sql_put, key);
		}
		db_reset(x.row);
	}
	db_done(x.row);
	db_done(s);
}

/* Rows that undoing put back, and that were not changed since: those are
 * take_changed's. */
static const char sql_returned[] =
    "SELECT r.first, r.last"
    "  FROM op o"
    " CROSS JOIN range r ON r.op = o.op"
    " WHERE o.op > :from"
    "   AND o.undoes IS NOT NULL"
    "   AND r.entity = :entity"
    "   AND r.first < :first_new";

static const char sql_change[] =
    "SELECT 1"
    "  FROM change"
    " WHERE entity = :entity"
    "   AND key = :key"
    "   AND op > :from"
    " LIMIT 1";

static void
take_returned(void)
{
	struct stmt *s = db_query(x.db, sql_returned, ARGS(INT(x.from),
	    STR(x.f->entity), INT(x.first_new)));
	int64_t key;

	open_rows(x.f->entity, "BETWEEN ? AND ?");
	while (db_next(s)) {
		db_bind(x.row, 1, &(struct arg)INT(db_int(s, 0)));
		db_bind(x.row, 2, &(struct arg)INT(db_int(s, 1)));
		while (db_next(x.row)) {
			key = db_int(x.row, 0);
			if (key >= x.first_new || db_number(x.db, sql_change,
			    ARGS(STR(x.f->entity), INT(key), INT(x.from)), 0))
				continue;
			gather_row();
			change(sql_put, key);
		}
		db_reset(x.row);
	}
	db_done(x.row);
	db_done(s);
}

static void
take_new(void)
{
	if (x.first_new == INT64_MAX)
		return;
	open_rows(x.f->entity, ">= ?");
	db_bind(x.row, 1, &(struct arg)INT(x.first_new));
	while (db_next(x.row)) {
		gather_row();
		change(sql_put, db_int(x.row, 0));
	}
	db_done(x.row);
}

static const char sql_empty[] =
    "INSERT INTO find (find)"
    " VALUES ('delete-all')";

/* How many bytes of new words are sorted in memory before they are written:
 * a setting that the index keeps. */
static const char sql_sort[] =
    "INSERT INTO find (find, rank)"
    " VALUES ('hashsize', :bytes)";

enum { SORT = 1 << 20, SORT_ALL = 32 << 20 };

static const char sql_undone[] =
    "SELECT 1"
    "  FROM op"
    " WHERE op > :from"
    "   AND undoes IS NOT NULL"
    " LIMIT 1";

static const char sql_note[] =
    "INSERT OR REPLACE INTO found (found, op)"
    " VALUES (1, :op)";

void
find_catch_up(struct db *db)
{
	bool undone;

	db_begin(db);
	x.db = db;
	x.from = find_since(db);
	undone = db_number(db, sql_undone, ARGS(INT(x.from)), 0) != 0;
	if (!x.from) {
		db_run(db, sql_empty, NOARGS);
		db_run(db, sql_sort, ARGS(INT(SORT_ALL)));
	}
	for (x.f = findables, x.share = 0; x.f->entity; x.f++, x.share++) {
		x.first_new = find_first_new(db, x.f, x.from);
		if (x.from)
			take_changed(undone);
		if (x.from && undone)
			take_returned();
		take_new();
	}
	if (!x.from)
		db_run(db, sql_sort, ARGS(INT(SORT)));
	db_run(db, sql_note, ARGS(INT(db_number(db, sql_last, NOARGS, 0))));
	db_commit(db);
}
