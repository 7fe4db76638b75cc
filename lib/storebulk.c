/* A large stream of contacts or sales: indexes afterwards, doubles found in
 * order. */
#include <string.h>

#include "storecore.h"

static bool
has_doubles(const struct store *s)
{
	return strcmp(s->e->name, "contact") == 0;
}

/* A refund looks for those before it, which takes their index. */
bool
store_bulk_begin(struct store *s)
{
	static const char *const people[] = { "contact", "contact_point",
		"occasion", NULL };
	static const char *const sales[] = { "sale", NULL };

	if (has_doubles(s))
		return db_unindex(s->db, people);
	return strcmp(s->e->name, "sale") == 0 && !store_slot(s, "refunds") &&
	    db_unindex(s->db, sales);
}

static const char sql_doubles[] =
    "SELECT norm"
    "  FROM contact_point"
    " WHERE kind = 'email' OR kind = 'phone'"
    " GROUP BY norm"
    " HAVING count(*) > 1";

static const char sql_sharers[] =
    "SELECT contact, kind, value"
    "  FROM contact_point"
    " WHERE norm = :norm"
    " ORDER BY contact";

static void
tell(struct store *s, const char *norm,
    void (*f)(int64_t, int64_t, const char *, const char *))
{
	struct stmt *q = db_query(s->db, sql_sharers, ARGS(STR(norm)));
	int64_t first = 0;

	while (db_next(q))
		if (!first)
			first = db_int(q, 0);
		else if (db_int(q, 0) != first)
			f(db_int(q, 0), first, db_text(q, 1, NULL),
			    db_text(q, 2, NULL));
	db_done(q);
}

void
store_bulk_end(struct store *s,
    void (*f)(int64_t contact, int64_t known, const char *kind,
	const char *value))
{
	struct stmt *q;

	db_index(s->db);
	if (!has_doubles(s))
		return;
	q = db_query(s->db, sql_doubles, NOARGS);
	while (db_next(q))
		tell(s, db_text(q, 0, NULL), f);
	db_done(q);
}
