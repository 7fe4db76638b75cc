#include "dbarray.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "db.h"
#include "dbcore.h"

struct declared {
	const struct dbarray *a;
	struct db *db;
};

struct table {
	sqlite3_vtab base;
	const struct dbarray *a;
	struct db *db;
};

struct cursor {
	sqlite3_vtab_cursor base;
	int64_t row, count;
	void *made; /* behind the cursor */
};

static int
connect(sqlite3 *h, void *data, int argc, const char *const *argv,
    sqlite3_vtab **to, char **why)
{
	const struct declared *declared = data;
	struct table *t = sqlite3_malloc64(sizeof(*t));

	(void)h, (void)argc, (void)argv, (void)why;
	if (!t)
		return SQLITE_NOMEM;
	memset(t, 0, sizeof(*t));
	t->a = declared->a;
	t->db = declared->db;
	*to = &t->base;
	return db_declare(t->db, t->a->columns, t->a->args);
}

static int
disconnect(sqlite3_vtab *base)
{
	sqlite3_free(base);
	return SQLITE_OK;
}

/* An argument that is not known yet is no plan at all.  idxNum has a bit for
 * each that is given, idxStr the columns that are used, sixteen digits. */
static int
plan(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct dbarray *a = ((struct table *)base)->a;
	int i, arg, n = 0;

	for (arg = 0; arg < DBARRAY_ARGS; arg++)
		for (i = 0; i < info->nConstraint; i++) {
			if (info->aConstraint[i].iColumn != a->ncolumns + arg ||
			    info->aConstraint[i].op !=
			    SQLITE_INDEX_CONSTRAINT_EQ)
				continue;
			if (!info->aConstraint[i].usable)
				return SQLITE_CONSTRAINT;
			if (info->idxNum & 1 << arg)
				continue;
			info->aConstraintUsage[i].argvIndex = ++n;
			info->aConstraintUsage[i].omit = 1;
			info->idxNum |= 1 << arg;
		}
	info->idxStr = sqlite3_mprintf("%016llx",
	    (unsigned long long)info->colUsed);
	if (!info->idxStr)
		return SQLITE_NOMEM;
	info->needToFreeIdxStr = 1;
	info->estimatedCost = 1e7;
	info->estimatedRows = 1000;
	return SQLITE_OK;
}

static int
open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **to)
{
	size_t size = sizeof(struct cursor) + ((struct table *)base)->a->size;
	struct cursor *c = sqlite3_malloc64(size);

	if (!c)
		return SQLITE_NOMEM;
	memset(c, 0, size);
	c->made = c + 1;
	*to = &c->base;
	return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *base)
{
	struct cursor *c = (struct cursor *)base;

	((struct table *)base->pVtab)->a->drop(c->made);
	sqlite3_free(c);
	return SQLITE_OK;
}

static int
filter(sqlite3_vtab_cursor *base, int given, const char *used, int argc,
    sqlite3_value **v)
{
	struct cursor *c = (struct cursor *)base;
	struct table *t = (struct table *)base->pVtab;
	const char *args[DBARRAY_ARGS] = { NULL }, *why;
	int i, n = 0;

	(void)argc;
	for (i = 0; i < DBARRAY_ARGS; i++)
		if (given & 1 << i)
			args[i] = db_value_text(v[n++]);
	t->a->drop(c->made);
	memset(c->made, 0, t->a->size);
	c->row = 0;
	why = t->a->fill(c->made, t->db, args, strtoull(used, NULL, 16));
	if (why) {
		db_user_error = true;
		t->base.zErrMsg = sqlite3_mprintf("%s(): %s", t->a->name,
		    why);
		return SQLITE_ERROR;
	}
	c->count = t->a->count(c->made);
	return SQLITE_OK;
}

static int
next(sqlite3_vtab_cursor *base)
{
	((struct cursor *)base)->row++;
	return SQLITE_OK;
}

static int
at_end(sqlite3_vtab_cursor *base)
{
	const struct cursor *c = (struct cursor *)base;

	return c->row >= c->count;
}

/* The arguments are not told: nobody asks for them but as conditions. */
static int
column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
	const struct cursor *c = (struct cursor *)base;
	const struct dbarray *a = ((struct table *)base->pVtab)->a;
	struct call call = { context, NULL };

	if (i < a->ncolumns)
		a->give(c->made, c->row, i, &call);
	return SQLITE_OK;
}

static int
rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *to)
{
	*to = ((struct cursor *)base)->row + 1;
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
db_array(struct db *db, const struct dbarray *a)
{
	struct declared *d = arena_get(sizeof(*d));

	d->a = a;
	d->db = db;
	if (sqlite3_create_module(db->h, a->name, &module, d) != SQLITE_OK)
		db_fail(db->h, a->name);
}
