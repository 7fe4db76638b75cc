#include "check.h"

#include <string.h>

#include "checkcore.h"
#include "db.h"
#include "op.h"

const struct check checks[] = {
	{ "file", "the file is whole, and closed to strangers",
	    NULL, check_file, NULL },
	{ "references", "what a row refers to is there",
	    check_references, NULL, NULL },
	{ "history", "history belongs to operations that are there",
	    check_history, NULL, mend_history },
	{ "index", "the full text is whole",
	    NULL, check_index, mend_index },
	{ "names", "the folded name belongs to the name",
	    check_names, NULL, mend_names },
	{ "handles", "addresses and numbers can be read",
	    check_handles, NULL, mend_handles },
	{ "reach", "customers can be reached",
	    check_reach, NULL, NULL },
	{ "owner", "every customer has somebody responsible",
	    check_owner, NULL, NULL },
	{ "employer", "one present employer",
	    check_employer, NULL, NULL },
	{ "aliases", "old keys lead to a row",
	    NULL, check_aliases, NULL },
	{ "dates", "days exist",
	    check_day, check_dates, NULL },
	{ "future", "what happened has happened",
	    check_future, NULL, mend_future },
	{ "words", "stages and channels are those of crm.yaml",
	    NULL, check_words, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

static struct {
	struct db *db;
	const char *check;
	bool any;
	void (*tell)(const struct finding *);
} at;

struct db *
check_db(void)
{
	return at.db;
}

bool
check_any(void)
{
	return at.any;
}

void
check_found(const char *entity, int64_t key, const char *problem,
    const char *mend)
{
	struct finding f = { at.check, entity, problem, mend, key };

	at.any = true;
	at.tell(&f);
}

void
check_rows(const char *sql)
{
	struct stmt *s = db_prepare(at.db, sql);

	while (db_next(s))
		check_found(db_text(s, 0, NULL), db_int(s, 1),
		    db_text(s, 2, NULL), db_text(s, 3, NULL));
	db_done(s);
}

static void
run(const struct check *c)
{
	const char *const *sql;

	at.check = c->name;
	for (sql = c->rows; sql && *sql; sql++)
		check_rows(*sql);
	if (c->look)
		c->look();
}

/* Nothing can be believed of a file that is damaged. */
static bool
damaged(const struct check *c)
{
	return c->look == check_file && check_any();
}

static bool
meant(const struct check *c, const char *name)
{
	return !name || strcmp(c->name, name) == 0;
}

void
check_run(struct db *db, const char *name,
    void (*tell)(const struct finding *))
{
	const struct check *c;

	at.db = db;
	at.any = false;
	at.tell = tell;
	check_define(db);
	for (c = checks; c->name; c++) {
		if (!meant(c, name))
			continue;
		run(c);
		if (damaged(c))
			break;
	}
}

static void
mend(struct db *db, const char *name, bool history)
{
	const struct check *c;
	const char *const *sql;

	for (c = checks; c->name; c++)
		if (meant(c, name) && history == (c->mend == mend_history ||
		    c->mend == mend_index || c->mend == mend_future))
			for (sql = c->mend; sql && *sql; sql++)
				db_run(db, *sql, NOARGS);
}

void
check_mend(struct db *db, const char *name, const char *command,
    const char *words, bool keep)
{
	check_define(db);
	db_begin(db);
	mend(db, name, true);
	if (keep)
		db_commit(db);
	else
		db_rollback(db);
	op_begin(db, command, words);
	mend(db, name, false);
	op_end(db, keep);
}
