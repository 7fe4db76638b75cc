/* Whoever bought something comes to the stage that the rules say. */
#include "db.h"
#include "lifecycle.h"

static const char sql_last[] =
    "SELECT max(sale)"
    "  FROM sale";

int64_t
lifecycle_last_sale(struct db *db)
{
	return db_number(db, sql_last, NOARGS, 0);
}

/* What a person buys counts for the organisation too. */
static const char sql_buyers[] =
    "SELECT contact"
    "  FROM sale"
    " WHERE sale > :last"
    " UNION "
    "SELECT c.org"
    "  FROM sale s"
    "  JOIN contact c USING (contact)"
    " WHERE s.sale > :last"
    "   AND c.org IS NOT NULL";

void
lifecycle_sold(struct db *db, int64_t last)
{
	struct stmt *s;

	if (lifecycle_last_sale(db) == last)
		return;
	lifecycle_open(db);
	db_pick_begin(db, PICK);
	s = db_query(db, sql_buyers, ARGS(INT(last)));
	while (db_next(s))
		db_pick(db, PICK, db_int(s, 0));
	db_done(s);
	db_pick_end(db);
	lifecycle_run(true);
}
