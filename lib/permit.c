#include "permit.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "die.h"
#include "who.h"

enum rule { ANYONE, OWN, MANAGER, NOBODY };

static const char *const names[] = { "anyone", "own", "manager", "nobody" };

/* One that is not understood permits nothing. */
static enum rule
rule_of(const char *act)
{
	const struct node *n;
	struct buf path = { 0 };
	const char *text;
	int i;

	buf_printf(&path, "permit.%s", act);
	n = config_get(path.text);
	if (!n)
		die(BUG, "no key '%s'", path.text);
	text = node_text(n);
	for (i = 0; text && i < 4; i++)
		if (strcmp(text, names[i]) == 0) {
			buf_free(&path);
			return (enum rule)i;
		}
	node_reject(n, "%s: not anyone, own, manager or nobody: '%s'",
	    path.text, text ? text : "");
}

static const char sql_leads[] =
    "WITH RECURSIVE above (staff) AS ("
    "     SELECT manager FROM staff WHERE login = :login"
    "     UNION"
    "     SELECT s.manager FROM staff s JOIN above a ON a.staff = s.staff)"
    "SELECT 1"
    "  FROM above"
    " WHERE staff = :me";

/* Am I above this member of staff, with however many between us? */
static bool
leads(struct db *db, const char *login)
{
	return db_number(db, sql_leads, ARGS(STR(login), INT(who_me(db))),
	    0) == 1;
}

/* whose: the login that the rule asks for, or NULL where there is none. */
static void
judge(struct db *db, const char *act, enum rule rule, const char *whose,
    const char *what)
{
	if (whose && rule != NOBODY && strcmp(whose, calc_me()) == 0)
		return;
	if (whose && rule == MANAGER && leads(db, whose))
		return;
	if (rule == NOBODY)
		die(DENIED, "not permitted: permit.%s is 'nobody'", act);
	if (!whose)
		die(DENIED, "not permitted: permit.%s is '%s', and %s has no "
		    "owner", act, names[rule], what);
	die(DENIED, "not permitted: permit.%s is '%s', and %s is of '%s'", act,
	    names[rule], what, whose);
}

static const char *
first_text(struct stmt *s)
{
	const char *text = db_next(s) ? arena_copy(db_text(s, 0, NULL)) : NULL;

	db_done(s);
	return text;
}

static const char sql_author[] =
    "SELECT ifnull(who, login)"
    "  FROM op"
    " WHERE op = :op";

void
permit_undo(struct db *db, int64_t op)
{
	enum rule rule = rule_of("undo");
	struct buf what = { 0 };

	if (rule == ANYONE)
		return;
	buf_printf(&what, "operation %lld", (long long)op);
	judge(db, "undo", rule, first_text(db_query(db, sql_author,
	    ARGS(INT(op)))), what.text);
	buf_free(&what);
}

/* The contact that a row is about, itself if it is one; 0: about none. */
static int64_t
contact_of(struct db *db, const struct entity *e, int64_t key)
{
	const struct column *c = column_find(NULL, e, "contact");
	struct buf sql = { 0 };
	struct stmt *s;

	if (!c || !(c->flags & PLAIN))
		return strcmp(e->name, "contact") == 0 ? key : 0;
	buf_printf(&sql, "SELECT t.contact FROM %s t WHERE t.%s = ?", e->name,
	    e->name);
	s = db_query_text(db, sql.text, ARGS(INT(key)));
	key = db_next(s) ? db_int(s, 0) : 0;
	db_done(s);
	buf_free(&sql);
	return key;
}

static const char sql_owner[] =
    "SELECT s.login"
    "  FROM contact c"
    "  JOIN staff s ON s.staff = c.owner"
    " WHERE c.contact = :contact";

void
permit_row(struct db *db, const char *act, const struct entity *e, int64_t key)
{
	enum rule rule = rule_of(act);
	struct buf what = { 0 };
	int64_t contact;

	if (rule == ANYONE)
		return;
	contact = contact_of(db, e, key);
	if (!contact && rule != NOBODY)
		return;
	buf_printf(&what, "contact %lld", (long long)contact);
	judge(db, act, rule, first_text(db_query(db, sql_owner,
	    ARGS(INT(contact)))), what.text);
	buf_free(&what);
}
