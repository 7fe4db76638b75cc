#include "check.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "value.h"
#include "who.h"

const struct check checks[] = {
	{ "file", "the file is whole, and closed to strangers" },
	{ "references", "what a row refers to is there" },
	{ "names", "the folded name belongs to the name" },
	{ "handles", "addresses and numbers can be read" },
	{ "reach", "customers can be reached" },
	{ "owner", "every customer has somebody responsible" },
	{ "employer", "one present employer" },
	{ "aliases", "old keys lead to a row" },
	{ "dates", "days exist" },
	{ "future", "what happened has happened" },
	{ "words", "stages and channels are those of crm.yaml" },
	{ NULL, NULL },
};

static struct {
	struct db *db;
	const char *check;
	void (*tell)(const struct finding *);
} c;

/* Every row of the query: entity, key, problem, mend. */
static void
find(const char *sql)
{
	struct stmt *s = db_prepare(c.db, sql);
	struct finding f = { .check = c.check };

	while (db_next(s)) {
		f.entity = db_text(s, 0, NULL);
		f.key = db_int(s, 1);
		f.problem = db_text(s, 2, NULL);
		f.mend = db_text(s, 3, NULL);
		c.tell(&f);
	}
	db_done(s);
}

/* Queries, by the name of their check. */
static const struct {
	const char *check, *sql;
} queries[] = {
	{ "file", "SELECT NULL, 0, integrity_check,"
	    " 'crm-backup FILE, or go back to one'"
	    " FROM pragma_integrity_check"
	    " WHERE integrity_check <> 'ok'" },
	{ "references", "SELECT f.\"table\", f.rowid, k.\"from\" ||"
	    " ' refers to a ' || f.parent || ' that is not there',"
	    " printf('crm-set %s %d %s=', f.\"table\", f.rowid, k.\"from\")"
	    " FROM pragma_foreign_key_check f"
	    " JOIN pragma_foreign_key_list(f.\"table\") k ON k.id = f.fkid" },
	{ "names", "SELECT 'contact', contact,"
	    " 'the folded name is not that of the name',"
	    " printf('crm-set %d name=NAME', contact)"
	    " FROM contact WHERE name_key <> fold(name)" },
	{ "handles", "SELECT 'contact_point', p.contact_point,"
	    " bad_handle(p.kind, p.value, p.norm, t.country),"
	    " printf('crm-set contact_point %d value=VALUE',"
	    " p.contact_point)"
	    " FROM contact_point p JOIN contact t ON t.contact = p.contact"
	    " WHERE bad_handle(p.kind, p.value, p.norm, t.country)"
	    " IS NOT NULL" },
	{ "reach", "SELECT 'contact', t.contact, 'no way to reach it',"
	    " printf('crm-set %d email=ADDRESS', t.contact)"
	    " FROM contact t"
	    " WHERE t.active = 1 AND t.role = 'customer'"
	    " AND (t.street IS NULL OR t.city IS NULL)"
	    " AND NOT EXISTS (SELECT 1 FROM contact_point p"
	    " WHERE p.contact = t.contact AND p.valid = 1)"
	    " AND NOT EXISTS (SELECT 1 FROM contact q"
	    " JOIN contact_point p ON p.contact = q.contact"
	    " WHERE q.org = t.contact AND q.active = 1 AND p.valid = 1)" },
	{ "owner", "SELECT 'contact', t.contact, 'nobody is responsible',"
	    " printf('crm-set %d owner=LOGIN', t.contact)"
	    " FROM contact t LEFT JOIN contact g ON g.contact = t.org"
	    " WHERE t.active = 1 AND t.role = 'customer'"
	    " AND t.owner IS NULL AND g.owner IS NULL"
	    " AND (SELECT count(*) FROM staff WHERE active = 1) > 1" },
	{ "owner", "SELECT 'contact', t.contact,"
	    " s.login || ', who is responsible, has left',"
	    " printf('crm-set %d owner=LOGIN', t.contact)"
	    " FROM staff s JOIN contact t ON t.owner = s.staff"
	    " WHERE s.active = 0 AND t.active = 1" },
	{ "owner", "SELECT 'task', k.task, s.login || ', who owns it, has left',"
	    " printf('crm-set task %d owner=LOGIN', k.task)"
	    " FROM task k JOIN staff s ON s.staff = k.owner"
	    " WHERE s.active = 0 AND k.done_at IS NULL" },
	{ "employer", "SELECT 'link', max(l.link), 'contact ' || l.contact ||"
	    " ' has ' || count(*) || ' present employers',"
	    " printf('crm-set link %d until=DAY', min(l.link))"
	    " FROM link l WHERE l.kind = 'works_at'"
	    " AND (l.until IS NULL OR l.until >= today())"
	    " GROUP BY l.contact HAVING count(DISTINCT l.other) > 1" },
	{ "employer", "SELECT 'contact', t.contact, 'works at contact ' ||"
	    " t.org || ', which is a person',"
	    " printf('crm-set %d kind=org', t.org)"
	    " FROM contact t JOIN contact g ON g.contact = t.org"
	    " WHERE g.kind <> 'org'" },
	{ "future", "SELECT 'interaction', interaction,"
	    " 'it is dated ' || at, printf('crm-set interaction %d at=WHEN',"
	    " interaction) FROM interaction"
	    " WHERE at > now() AND channel <> 'plan'" },
	{ "future", "SELECT 'contact', contact, 'first contact on ' || since,"
	    " printf('crm-set %d since=DAY', contact)"
	    " FROM contact WHERE since > today()" },
	{ "future", "SELECT 'sale', sale, 'sold on ' || day,"
	    " printf('crm-set sale %d day=DAY', sale)"
	    " FROM sale WHERE day > today()" },
	{ "future", "SELECT 'consent', consent, 'it is dated ' || at,"
	    " printf('crm-set consent %d at=WHEN', consent)"
	    " FROM consent WHERE at > now()" },
	{ "future", "SELECT 'task', task, 'done on ' || done_at,"
	    " printf('crm-set task %d done_at=WHEN', task)"
	    " FROM task WHERE done_at > now()" },
	{ "future", "SELECT 'op', op, 'written at ' || at,"
	    " 'set the clock; later operations wait for none'"
	    " FROM op WHERE at > now()" },
	{ NULL, NULL },
};

/* Why a handle can't be looked up, or NULL. */
static void
bad_handle(struct call *call)
{
	struct buf norm = { 0 };
	const char *why = NULL;

	if (!who_norm(&norm, call_text(call, 0), call_text(call, 1),
	    call_text(call, 3)))
		why = "it can't be read";
	else if (strcmp(buf_get(&norm), call_text(call, 2)) != 0)
		why = "it is looked up by something else";
	if (why)
		call_give_text(call, why, strlen(why));
	buf_free(&norm);
}

/* Is it a day, an instant? */
static void
is_date(struct call *call)
{
	const char *s = call_text(call, 0);
	int year, month, mday;
	int64_t n;
	bool fine;

	if (call_int(call, 1) == TYPE_DATE)
		fine = date_read_occasion(s, &year, &month, &mday);
	else if (call_int(call, 1) == TYPE_AT)
		fine = strlen(s) == AT_SIZE - 1 && date_read_at(s, &n);
	else
		fine = strlen(s) == DAY_SIZE - 1 && s[4] == '-' &&
		    date_read_day(s, &n);
	call_give_int(call, fine);
}

static void
is_word(struct call *call)
{
	static const char *list;
	static const char *const *words;
	int i;

	if (!list || strcmp(list, call_text(call, 0)) != 0) {
		list = arena_copy(call_text(call, 0));
		words = value_words(list);
	}
	for (i = 0; words[i]; i++)
		if (strcmp(words[i], call_text(call, 1)) == 0)
			break;
	call_give_int(call, words[i] != NULL);
}

static const struct function functions[] = {
	{ "bad_handle", 4, bad_handle },
	{ "is_date", 2, is_date },
	{ "is_word", 2, is_word },
	{ NULL, 0, NULL },
};

/* One query a column of the catalogue; condition is about its value. */
static void
find_column(const struct entity *e, const struct column *col,
    const char *condition, const char *problem)
{
	struct buf sql = { 0 };

	buf_printf(&sql, "SELECT '%s', %s, '%s ' || %s || '%s',"
	    " printf('crm-set %s %%d %s=%s', %s) FROM %s"
	    " WHERE %s IS NOT NULL AND NOT %s", e->name, e->name, col->name,
	    col->name, problem, e->name, col->name, "VALUE", e->name, e->name,
	    col->name, condition);
	find(sql.text);
	buf_free(&sql);
}

static void
each_column(bool words)
{
	const struct column *col;
	struct buf is = { 0 };
	int i;

	for (i = 0; entities[i]; i++)
		for (col = entities[i]->columns; col->name; col++) {
			buf_clear(&is);
			if (!(col->flags & PLAIN))
				continue;
			if (words && col->type == TYPE_WORD &&
			    *col->of == '@') {
				buf_printf(&is, "is_word('%s', %s)", col->of,
				    col->name);
				find_column(entities[i], col, is.text,
				    " is not in crm.yaml");
			} else if (!words && (col->type == TYPE_DAY ||
			    col->type == TYPE_AT || col->type == TYPE_DATE)) {
				buf_printf(&is, "is_date(%s, %d)", col->name,
				    col->type);
				find_column(entities[i], col, is.text,
				    " does not exist");
			}
		}
	buf_free(&is);
}

/* Old keys whose row is gone, of any entity. */
static void
find_aliases(void)
{
	struct buf sql = { 0 };
	int i;

	for (i = 0; entities[i]; i++) {
		buf_clear(&sql);
		buf_printf(&sql, "SELECT 'alias', alias, ref ||"
		    " ' leads to no %s', printf('crm-rm alias %%d', alias)"
		    " FROM alias WHERE entity = '%s' AND NOT EXISTS (SELECT 1"
		    " FROM %s r WHERE r.%s = item)", entities[i]->name,
		    entities[i]->name, entities[i]->name, entities[i]->name);
		find(sql.text);
	}
	buf_free(&sql);
}

/* The database, what SQLite lays beside it, and the lock. */
static void
find_modes(void)
{
	static const char *const names[] = { "", "-wal", "-shm", ".lock" };
	struct buf name = { 0 }, problem = { 0 };
	struct finding f = { .check = c.check };
	mode_t want = 0600;
	struct stat st;
	size_t i;

	for (i = 0; i < 4; i++) {
		buf_clear(&name);
		buf_clear(&problem);
		buf_printf(&name, "%s%s", db_path(NULL), names[i]);
		if (stat(name.text, &st) != 0)
			continue;
		if (i == 0 && (st.st_mode & 060) == 060)
			want = 0660;
		if ((st.st_mode & 0777) == want)
			continue;
		buf_printf(&problem, "%s: its mode is %04o", name.text,
		    (unsigned)st.st_mode & 07777);
		f.problem = problem.text;
		f.mend = want == 0660 ? "chmod 660 FILE" : "chmod 600 FILE";
		c.tell(&f);
	}
	buf_free(&name);
	buf_free(&problem);
}

static void
run(const char *name)
{
	size_t i;

	c.check = name;
	for (i = 0; queries[i].sql; i++)
		if (strcmp(queries[i].check, name) == 0)
			find(queries[i].sql);
	if (strcmp(name, "file") == 0)
		find_modes();
	else if (strcmp(name, "aliases") == 0)
		find_aliases();
	else if (strcmp(name, "dates") == 0)
		each_column(false);
	else if (strcmp(name, "words") == 0)
		each_column(true);
}

void
check_run(struct db *db, const char *name,
    void (*tell)(const struct finding *))
{
	int i;

	c.db = db;
	c.tell = tell;
	db_define(db, functions);
	for (i = 0; checks[i].name; i++)
		if (!name || strcmp(checks[i].name, name) == 0)
			run(checks[i].name);
}
