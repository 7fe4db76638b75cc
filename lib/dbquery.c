/* Statements: prepared once, bound, stepped. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "dbcore.h"
#include "json.h"
#include "num.h"

size_t
arg_size(const struct arg *a)
{
	return a->size == SIZE_MAX && a->t ? strlen(a->t) : a->size;
}

static sqlite3_stmt *
prepare(struct db *db, const char *sql, unsigned flags)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v3(db->h, sql, -1, flags, &s, NULL) != SQLITE_OK)
		db_fail(db->h, sql);
	return s;
}

/* A statement of its own, not kept. */
static struct stmt *
wrap(struct db *db, sqlite3_stmt *raw)
{
	struct stmt *s = db->spare;

	if (s) {
		db->spare = s->next;
	} else {
		s = arena_get(sizeof(*s));
		s->made = db->made;
		db->made = s;
	}
	s->s = raw;
	s->db = db;
	return s;
}

/* Where the statement of this address, or text, is kept, or could be. */
static struct stmt *
slot(struct db *db, const char *sql, bool text)
{
	size_t i, at = (uintptr_t)sql >> 4;

	if (text)
		for (at = i = 0; sql[i]; i++)
			at = (at ^ (unsigned char)sql[i]) * 0x01000193u;
	at *= 0x9e3779b1u;
	for (i = 0; i < DB_CACHE; i++) {
		struct stmt *k = &db->kept[(at + i) & (DB_CACHE - 1)];

		if (!k->sql || k->sql == sql ||
		    (text && strcmp(k->sql, sql) == 0))
			return k;
	}
	return NULL;
}

static struct stmt *
take(struct db *db, const char *sql, bool text)
{
	struct stmt *k = slot(db, sql, text);

	if (!k || k->busy)
		return wrap(db, prepare(db, sql, 0));
	if (!k->sql) {
		k->s = prepare(db, sql, SQLITE_PREPARE_PERSISTENT);
		k->sql = text ? sqlite3_sql(k->s) : sql;
		k->db = db;
		k->kept = true;
	}
	k->busy = true;
	return k;
}

void
db_forget(struct db *db)
{
	struct stmt *s;
	size_t i;

	for (i = 0; i < DB_CACHE; i++)
		sqlite3_finalize(db->kept[i].s);
	memset(db->kept, 0, sizeof(db->kept));
	for (s = db->made; s; s = s->made)
		sqlite3_finalize(s->s); /* of stores and the like */
	db->made = db->spare = NULL;
}

void
db_bind(struct stmt *s, int at, const struct arg *a)
{
	int rc = SQLITE_OK;

	switch (a->type) {
	case ARG_INT:
		rc = sqlite3_bind_int64(s->s, at, a->i);
		break;
	case ARG_REAL:
		rc = sqlite3_bind_double(s->s, at, a->r);
		break;
	case ARG_TEXT:
		rc = sqlite3_bind_text64(s->s, at, a->t,
		    arg_size(a),
		    SQLITE_STATIC, SQLITE_UTF8);
		break;
	case ARG_NULL:
	case ARG_END:
		rc = sqlite3_bind_null(s->s, at);
	}
	if (rc != SQLITE_OK)
		db_fail(s->db->h, sqlite3_sql(s->s));
}

static struct stmt *
query(struct db *db, const char *sql, bool text, const struct arg *args)
{
	struct stmt *s = take(db, sql, text);
	int n;

	for (n = 0; args[n].type != ARG_END; n++)
		db_bind(s, n + 1, &args[n]);
	if (sqlite3_bind_parameter_count(s->s) != n)
		die(BUG, "wrong number of parameters: %s", sql);
	return s;
}

struct stmt *
db_query(struct db *db, const char *sql, const struct arg *args)
{
	return query(db, sql, false, args);
}

struct stmt *
db_query_text(struct db *db, const char *text, const struct arg *args)
{
	return query(db, text, true, args);
}

struct stmt *
db_prepare(struct db *db, const char *sql)
{
	return wrap(db, prepare(db, sql, 0));
}

/* Is it the machine's fault or the file's, not the text's? */
static bool
is_accident(int rc)
{
	return rc == SQLITE_NOMEM || rc == SQLITE_BUSY ||
	    rc == SQLITE_LOCKED || rc == SQLITE_IOERR || rc == SQLITE_FULL ||
	    rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB ||
	    rc == SQLITE_CANTOPEN;
}

struct stmt *
db_try(struct db *db, const char *sql, const char **rest, struct buf *why)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->h, sql, -1, &s, rest) & 0xff;

	if (s)
		return wrap(db, s);
	if (is_accident(rc))
		db_fail(db->h, sql);
	if (rc != SQLITE_OK)
		buf_text(why, sqlite3_errmsg(db->h));
	return NULL;
}

bool
arg_same(const struct arg *a, const struct arg *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case ARG_INT:
		return a->i == b->i;
	case ARG_REAL:
		return a->r <= b->r && a->r >= b->r;
	case ARG_TEXT:
		return arg_size(a) == arg_size(b) &&
		    memcmp(a->t, b->t, arg_size(a)) == 0;
	default:
		return true;
	}
}

void
arg_json(struct buf *b, const struct arg *a)
{
	char real[32], number[NUM_SIZE];

	switch (a->type) {
	case ARG_INT:
		buf_add(b, number, num_text(number, a->i));
		break;
	case ARG_REAL:
		snprintf(real, sizeof(real), "%.17g", a->r);
		if (isinf(a->r))
			buf_text(b, a->r > 0 ? "9e999" : "-9e999");
		else
			buf_printf(b, "%s%s", real,
			    strpbrk(real, ".e") ? "" : ".0");
		break;
	case ARG_TEXT:
		json_string(b, a->t, arg_size(a));
		break;
	default:
		buf_text(b, "null");
	}
}

bool
db_put(struct stmt *s, struct buf *why)
{
	static const char rule[] = "CHECK constraint failed: ";
	const char *said;
	int rc = sqlite3_step(s->s);

	if (rc == SQLITE_DONE)
		return true;
	if ((rc & 0xff) != SQLITE_CONSTRAINT)
		db_fail(s->db->h, sqlite3_sql(s->s));
	if (!why)
		return false;
	said = sqlite3_errmsg(s->db->h);
	if (rc == SQLITE_CONSTRAINT_UNIQUE ||
	    rc == SQLITE_CONSTRAINT_PRIMARYKEY)
		buf_text(why, "already there");
	else if (strncmp(said, rule, strlen(rule)) == 0)
		buf_printf(why, "against the rule: %s", said + strlen(rule));
	else
		buf_text(why, said);
	return false;
}

bool
db_next(struct stmt *s)
{
	switch (sqlite3_step(s->s)) {
	case SQLITE_ROW:
		return true;
	case SQLITE_DONE:
		return false;
	default:
		db_fail(s->db->h, sqlite3_sql(s->s));
	}
}

void
db_reset(struct stmt *s)
{
	sqlite3_reset(s->s);
}

void
db_done(struct stmt *s)
{
	if (s->kept) {
		sqlite3_reset(s->s);
		s->busy = false;
		return;
	}
	sqlite3_finalize(s->s);
	s->s = NULL;
	s->next = s->db->spare;
	s->db->spare = s;
}

int64_t
db_run(struct db *db, const char *sql, const struct arg *args)
{
	struct stmt *s = db_query(db, sql, args);

	while (db_next(s))
		;
	db_done(s);
	return sqlite3_changes64(db->h);
}

int64_t
db_number(struct db *db, const char *sql, const struct arg *args, int64_t none)
{
	struct stmt *s = db_query(db, sql, args);

	if (db_next(s) && sqlite3_column_type(s->s, 0) != SQLITE_NULL)
		none = db_int(s, 0);
	db_done(s);
	return none;
}

int
db_columns(struct stmt *s)
{
	return sqlite3_column_count(s->s);
}

const char *
db_column_name(struct stmt *s, int col)
{
	return sqlite3_column_name(s->s, col);
}

const char *
db_text(struct stmt *s, int col, size_t *size)
{
	const unsigned char *t = sqlite3_column_text(s->s, col);

	/* an SQL NULL, or no memory to put a NUL behind the text */
	if (!t && sqlite3_errcode(s->db->h) == SQLITE_NOMEM)
		db_fail(s->db->h, "read a text");
	if (size)
		*size = t ? (size_t)sqlite3_column_bytes(s->s, col) : 0;
	return (const char *)t;
}

int64_t
db_int(struct stmt *s, int col)
{
	return sqlite3_column_int64(s->s, col);
}

double
db_real(struct stmt *s, int col)
{
	return sqlite3_column_double(s->s, col);
}

bool
db_is_number(struct stmt *s, int col)
{
	int type = sqlite3_column_type(s->s, col);

	return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

struct arg
db_arg(struct stmt *s, int col)
{
	struct arg a = { .type = ARG_NULL };

	switch (sqlite3_column_type(s->s, col)) {
	case SQLITE_INTEGER:
		return (struct arg)INT(db_int(s, col));
	case SQLITE_FLOAT:
		a.type = ARG_REAL;
		a.r = db_real(s, col);
		break;
	case SQLITE_NULL:
		break;
	default:
		a.type = ARG_TEXT;
		a.t = db_text(s, col, &a.size);
	}
	return a;
}

bool
db_reads_only(struct stmt *s)
{
	return sqlite3_stmt_readonly(s->s) && db_columns(s) > 0;
}

int
db_parameters(struct stmt *s)
{
	return sqlite3_bind_parameter_count(s->s);
}

const char *
db_parameter(struct stmt *s, int at)
{
	return sqlite3_bind_parameter_name(s->s, at);
}
