/* Functions for expressions. */
#include <string.h>

#include "buf.h"
#include "db.h"
#include "dbcore.h"

static void
run(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct function *f = sqlite3_user_data(c);
	struct call call = { c, v };

	(void)n;
	f->run(&call);
}

void
db_define(struct db *db, const struct function *f)
{
	if (db->ndefined == DB_DEFINED)
		die(BUG, "too many tables of functions");
	db->defined[db->ndefined++] = f;
	for (; f->name; f++) {
		union {
			const struct function *f;
			void *p;
		} data = { f };

		if (sqlite3_create_function(db->h, f->name, f->args,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
		    data.p, run, NULL, NULL) != SQLITE_OK)
			db_fail(db->h, f->name);
	}
}

static void
step(sqlite3_context *c, int n, sqlite3_value **v)
{
	const struct aggregate *a = sqlite3_user_data(c);
	struct call call = { c, v };
	void *state = sqlite3_aggregate_context(c, (int)a->size);

	(void)n;
	if (!state)
		die(MEMORY, "out of memory");
	a->step(state, &call);
}

static void
end(sqlite3_context *c)
{
	const struct aggregate *a = sqlite3_user_data(c);
	struct call call = { c, NULL };
	void *state = sqlite3_aggregate_context(c, (int)a->size);

	if (!state)
		die(MEMORY, "out of memory");
	a->end(state, &call);
}

void
db_define_aggregates(struct db *db, const struct aggregate *a)
{
	db->aggregates = a;
	for (; a->name; a++) {
		union {
			const struct aggregate *a;
			void *p;
		} data = { a };

		if (sqlite3_create_function(db->h, a->name, a->args,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
		    data.p, NULL, step, end) != SQLITE_OK)
			db_fail(db->h, a->name);
	}
}

int
db_declare(struct db *db, const char *columns, const char *args)
{
	struct buf sql = { 0 };
	bool restricted = db->restricted;
	int rc;

	buf_printf(&sql, "CREATE TABLE x (%s, %s)", columns, args);
	/* the words of a declaration are looked at like a user's */
	db->restricted = false;
	rc = sqlite3_declare_vtab(db->h, sql.text);
	db->restricted = restricted;
	buf_free(&sql);
	sqlite3_vtab_config(db->h, SQLITE_VTAB_DIRECTONLY);
	return rc;
}

/* A copy with a NUL behind it may be needed, and SQLite forgets that it had
 * no memory for one. */
const char *
db_value_text(sqlite3_value *v)
{
	bool null = sqlite3_value_type(v) == SQLITE_NULL;
	const char *text = (const char *)sqlite3_value_text(v);

	if (!text && !null)
		die(MEMORY, "out of memory");
	return text;
}

const char *
call_text(struct call *c, int arg)
{
	return db_value_text(c->v[arg]);
}

int64_t
call_int(struct call *c, int arg)
{
	return sqlite3_value_int64(c->v[arg]);
}

double
call_real(struct call *c, int arg)
{
	return sqlite3_value_double(c->v[arg]);
}

bool
call_null(struct call *c, int arg)
{
	return sqlite3_value_type(c->v[arg]) == SQLITE_NULL;
}

void
call_give_text(struct call *c, const char *s, size_t n)
{
	sqlite3_result_text64(c->c, s, n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void
call_give_int(struct call *c, int64_t n)
{
	sqlite3_result_int64(c->c, n);
}

void
call_give_real(struct call *c, double r)
{
	sqlite3_result_double(c->c, r);
}

void
call_fail(struct call *c, const char *why)
{
	db_user_error = true;
	sqlite3_result_error(c->c, why, -1);
}
