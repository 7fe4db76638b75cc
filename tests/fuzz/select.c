/* Expressions to their end: compiled by SQLite as crm-list would, and run. */
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "db.h"
#include "die.h"
#include "expr.h"
#include "fuzz.h"
#include "purpose.h"
#include "segment.h"

static const char *path;
static struct db *db;
static struct buf sql, why;

static void
setup(void)
{
	path = fuzz_path("crm.db");
	db_path(path);
	db_create(path, false);
	db = db_open(path, DB_WRITE);
	db_begin(db);
	db_run(db, "INSERT INTO contact (contact, kind, name, name_key, since)"
	    " VALUES (1, 'person', 'Ada', 'ada', '2024-01-01'),"
	    " (2, 'org', 'Ltd', 'ltd', '2024-01-01')", NOARGS);
	db_commit(db);
	db_close(db);
	db = NULL;
	calc_base();
	calc_me();
	calc_calendar();
	segment_count();
	purpose_count();
}

static void
select_rows(const char *text)
{
	struct stmt *s;

	buf_text(&sql, "SELECT t.contact FROM contact t WHERE ");
	if (!expr_sql(db, entity_find("contact"), text, NULL, &sql, &why))
		return;
	db = db_open(path, DB_READ);
	calc_define(db);
	db_user_text(db, 1, USAGE);
	db_restrict(db, true);
	s = db_try(db, sql.text, NULL, &why);
	if (!s)
		return;
	while (db_next(s))
		;
	db_done(s);
}

static void
run(const char *text, size_t size)
{
	(void)size;
	select_rows(text);
}

static void
clean(void)
{
	if (db)
		db_close(db);
	db = NULL;
	buf_free(&sql);
	buf_free(&why);
}

const struct target target = { setup, run, clean, { USAGE }, 0 };
