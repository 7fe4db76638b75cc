/* Table-valued functions over ordered scans. */
#include "dbtable.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbtablecore.h"

enum {
	BY_KEY = 1,  /* in idxNum: the key is the last argument */
	ARG = 2,     /* shifted by its number: that argument is given */
	READ = 8,    /* how far up it says what is read */
};

struct declared {
	const struct dbtable *t;
	struct db *db;
};

struct cursor {
	sqlite3_vtab_cursor base;
	struct scan scan; /* its row stands behind the cursor */
	struct buf args[DBTABLE_ARGS];
	int plan;         /* with which it was begun */
	bool begun;
	bool single;      /* no row but this one is wanted */
};

/* One that was closed is kept: its statements are compiled. */
struct table {
	sqlite3_vtab base;
	const struct dbtable *t;
	struct db *db;
	struct cursor *spare;
};

static int
connect(sqlite3 *h, void *data, int argc, const char *const *argv,
    sqlite3_vtab **to, char **why)
{
	const struct declared *declared = data;
	struct table *table = sqlite3_malloc64(sizeof(*table));

	(void)h, (void)argc, (void)argv, (void)why;
	if (!table)
		return SQLITE_NOMEM;
	memset(table, 0, sizeof(*table));
	table->t = declared->t;
	table->db = declared->db;
	*to = &table->base;
	return db_declare(table->db, table->t->columns, table->t->args);
}

static void
destroy(struct cursor *c)
{
	int i;

	for (i = 0; i < DBTABLE_ARGS; i++)
		buf_free(&c->args[i]);
	scan_free(&c->scan);
	sqlite3_free(c);
}

static int
disconnect(sqlite3_vtab *base)
{
	struct table *table = (struct table *)base;

	if (table->spare)
		destroy(table->spare);
	sqlite3_free(table);
	return SQLITE_OK;
}

/* The constraint "this column = something known", or -1. */
static int
given(const sqlite3_index_info *info, int column, bool *unusable)
{
	int i, at = -1;

	for (i = 0; i < info->nConstraint; i++)
		if (info->aConstraint[i].iColumn == column &&
		    info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ) {
			if (info->aConstraint[i].usable)
				at = i;
			else
				*unusable = true;
		}
	return at;
}

/* An argument that is not known yet is no plan at all. */
static int
plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct dbtable *t = ((struct table *)base)->t;
	int i, at, n = 0;
	bool unusable = false;
	uint64_t used = info->colUsed;

	for (i = 0; i < DBTABLE_ARGS; i++) {
		unusable = false;
		at = given(info, t->ncolumns + i, &unusable);
		if (at < 0 && unusable)
			return SQLITE_CONSTRAINT;
		if (at < 0)
			continue;
		info->aConstraintUsage[at].argvIndex = ++n;
		info->aConstraintUsage[at].omit = 1;
		info->idxNum |= ARG << i;
		used |= UINT64_C(1) << (t->ncolumns + i);
	}
	for (i = 0; used & ~t->reads[i].columns; i++)
		;
	info->idxNum |= i << READ;
	info->estimatedCost = 1e7;
	info->estimatedRows = 1000000;
	if ((at = given(info, 0, &unusable)) >= 0) {
		info->aConstraintUsage[at].argvIndex = ++n;
		info->aConstraintUsage[at].omit = 1;
		info->idxNum |= BY_KEY;
		info->estimatedCost = 10;
		info->estimatedRows = 1;
		info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
	}
	info->orderByConsumed = info->nOrderBy == 1 &&
	    info->aOrderBy[0].iColumn == 0 && !info->aOrderBy[0].desc;
	return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **to)
{
	struct table *table = (struct table *)base;
	struct cursor *c = table->spare;
	size_t size = sizeof(*c) + table->t->size;

	table->spare = NULL;
	if (!c) {
		if (!(c = sqlite3_malloc64(size)))
			return SQLITE_NOMEM;
		memset(c, 0, size);
		c->scan.t = table->t;
		c->scan.db = table->db;
		c->scan.row = c + 1;
	}
	*to = &c->base;
	return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;
	struct table *table = (struct table *)base->pVtab;

	scan_rest(&c->scan);
	c->begun = false;
	if (table->spare)
		destroy(c);
	else
		table->spare = c;
	return SQLITE_OK;
}

static int
next(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;

	if (c->single)
		c->scan.end = true;
	else
		scan_next(&c->scan);
	return SQLITE_OK;
}

/* Are these the arguments that the cursor was begun with?  If not, they are
 * from now on. */
static bool
same_args(struct cursor *c, int how, sqlite3_value **v)
{
	bool same = c->begun && how == c->plan;
	int i, n = 0;

	for (i = 0; i < DBTABLE_ARGS; i++) {
		const char *text = how & ARG << i ?
		    db_value_text(v[n++]) : NULL;

		if (same && strcmp(text ? text : "",
		    buf_get(&c->args[i])) == 0)
			continue;
		buf_clear(&c->args[i]);
		buf_text(&c->args[i], text ? text : "");
		same = false;
	}
	return same;
}

static int
begin(struct cursor *c, int how)
{
	const char *args[DBTABLE_ARGS], *why;
	int i;

	for (i = 0; i < DBTABLE_ARGS; i++)
		args[i] = c->args[i].len ? c->args[i].text : NULL;
	if ((why = c->scan.t->begin(c->scan.row, args))) {
		db_user_error = true;
		c->base.pVtab->zErrMsg = sqlite3_mprintf("%s(): %s",
		    c->scan.t->name, why);
		return SQLITE_ERROR;
	}
	scan_begin(&c->scan, how >> READ);
	c->plan = how;
	c->begun = true;
	return SQLITE_OK;
}

/* As an INTEGER column compares: '5' and 5.0 are 5, nothing is NULL. */
static bool
read_key(sqlite3_value *v, int64_t *key)
{
	int type = sqlite3_value_numeric_type(v);
	double real = sqlite3_value_double(v);

	*key = sqlite3_value_int64(v);
	return type == SQLITE_INTEGER || (type == SQLITE_FLOAT &&
	    (double)*key <= real && (double)*key >= real);
}

static int
filter(sqlite3_vtab_cursor *base, int how, const char *name, int argc,
    sqlite3_value **v)
{
	struct cursor *c = (struct cursor *)base;
	int64_t key;
	int rc;

	(void)name;
	c->scan.end = true;
	if (!same_args(c, how, v) && (rc = begin(c, how)) != SQLITE_OK)
		return rc;
	c->single = how & BY_KEY;
	if (!c->single)
		scan_first(&c->scan);
	else if (read_key(v[argc - 1], &key))
		scan_find(&c->scan, key);
	return SQLITE_OK;
}

static int
at_end(sqlite3_vtab_cursor *base)
{
	return ((struct cursor *)base)->scan.end;
}

static int
column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
	struct cursor *c = (struct cursor *)base;
	const struct dbtable *t = c->scan.t;
	struct call call = { context, NULL };

	if (i == 0)
		sqlite3_result_int64(context, c->scan.key);
	else if (i < t->ncolumns)
		t->give(c->scan.row, i, &call);
	else if (c->args[i - t->ncolumns].len)
		sqlite3_result_text(context, c->args[i - t->ncolumns].text,
		    -1, SQLITE_TRANSIENT);
	return SQLITE_OK;
}

static int
rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *to)
{
	*to = ((struct cursor *)base)->scan.key;
	return SQLITE_OK;
}

static const sqlite3_module module = {
	.xConnect = connect,
	.xBestIndex = plan,
	.xDisconnect = disconnect,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = filter,
	.xNext = next,
	.xEof = at_end,
	.xColumn = column,
	.xRowid = rowid,
};

void
db_table(struct db *db, const struct dbtable *t)
{
	struct declared *d = arena_get(sizeof(*d));

	d->t = t;
	d->db = db;
	if (sqlite3_create_module(db->h, t->name, &module, d) != SQLITE_OK)
		db_fail(db->h, t->name);
}
