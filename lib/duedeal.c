/* Deals that want something done. */
#include <stddef.h>

#include "buf.h"
#include "catalog.h"
#include "duecore.h"

/* A kind of due thing: its key, its day and what it says. */
static void
add(struct buf *sql, const char *word, const char *kind, const char *day,
    const char *what)
{
	buf_printf(sql, " UNION ALL SELECT 'deal:' || deal || ':%s:' || day,"
	    " '%s', day, NULL, contact, owner,"
	    " ifnull(title || ': ', '') || %s,"
	    " NULL, NULL, NULL, NULL, NULL"
	    " FROM (SELECT t.*, %s AS day FROM deal t"
	    " WHERE t.status = 'open') WHERE day <= ?2",
	    word, kind, what, day);
}

void
due_deals(struct buf *sql)
{
	const struct entity *e = entity_find("deal");
	struct buf step = { 0 };

	add(sql, "rots", "rotting", column_find(NULL, e, "rots_on")->sql,
	    "'too long in ' || stage");
	buf_printf(&step, "CASE WHEN t.next_day IS NOT NULL THEN t.next_day"
	    " WHEN t.next_step IS NULL THEN %s END",
	    column_find(NULL, e, "entered")->sql);
	add(sql, "step", "next-step", step.text,
	    "ifnull(next_step, 'no next step')");
	buf_free(&step);
}
