/* Functions for expressions, and what a restricted connection may do. */
#include <string.h>

#include "db.h"
#include "dbcore.h"

struct call {
	sqlite3_context *c;
	sqlite3_value **v;
};

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
	for (; f->name; f++) {
		union {
			const struct function *f;
			void *p;
		} data = { f };

		if (sqlite3_create_function(db->h, f->name, f->args,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
		    data.p, run, NULL, NULL) != SQLITE_OK)
			db_fail(db->h, f->name);
	}
}

const char *
call_text(struct call *c, int arg)
{
	return (const char *)sqlite3_value_text(c->v[arg]);
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

/* Functions of SQLite that reach beyond computing, or grow without end. */
static bool
function_allowed(const char *name)
{
	static const char *const no[] = { "load_extension", "readfile",
		"writefile", "edit", "fts3_tokenizer", "zeroblob",
		"randomblob", "sqlite_rename_column", NULL };
	int i;

	for (i = 0; no[i]; i++)
		if (sqlite3_stricmp(name, no[i]) == 0)
			return false;
	return true;
}

static int
authorize(void *data, int action, const char *a, const char *b,
    const char *base, const char *from)
{
	(void)data, (void)base, (void)from;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return function_allowed(b) ? SQLITE_OK : SQLITE_DENY;
	default:
		(void)a;
		return SQLITE_DENY;
	}
}

void
db_restrict(struct db *db, bool on)
{
	sqlite3_set_authorizer(db->h, on ? authorize : NULL, NULL);
	db->restricted = on;
}
