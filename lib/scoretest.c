/* How well the score told what came to pass. */
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "score.h"

/* The stage on the first day: after the last step up to it, else before the
 * first one after it, else the present one. */
#define STEP(what, and) \
	"(SELECT " what " FROM stage_change g" \
	" WHERE g.contact = t.contact AND " and " LIMIT 1)"
#define THEN \
	"CASE WHEN " STEP("1", "g.day <= :first") " THEN " \
	STEP("g.stage", "g.day <= :first" \
	    " ORDER BY g.at DESC, g.stage_change DESC") \
	" WHEN " STEP("1", "g.day > :first") " THEN " \
	STEP("g.was", "g.day > :first ORDER BY g.at, g.stage_change") \
	" ELSE t.stage END"

/* The customers known by then and not yet in the last stage, in ten groups
 * by their score, and who of them rose.  Equal scores are mixed: in order of
 * their number the older ones would stand in front. */
static void
put_groups(struct buf *b, const char *score)
{
	buf_text(b, "SELECT ntile(10) OVER (ORDER BY t.score DESC,"
	    " t.contact * 2654435761 % 4294967296) AS decile,"
	    " t.score AS score, EXISTS " STEP("1", "g.day > :first"
	    " AND g.day <= :last AND stage_rank(g.stage) > t.rank")
	    " AS hit FROM (");
	buf_printf(b, "SELECT t.contact, %s AS score, stage_rank(" THEN
	    ") AS rank FROM contact t WHERE t.role = 'customer'"
	    " AND t.since <= :first LIMIT -1) t WHERE t.rank < :stages",
	    score);
}

static void
put_query(struct buf *b, const char *score)
{
	buf_text(b, "SELECT decile, n, hits, printf('%.4f', 1.0 * hits / n),"
	    " printf('%.4f', rate_low(hits, n) / 100),"
	    " printf('%.4f', rate_high(hits, n) / 100),"
	    " CASE WHEN sum(hits) OVER () > 0 THEN printf('%.2f',"
	    " 1.0 * hits * (sum(n) OVER ()) / n / (sum(hits) OVER ())) END,"
	    " least, most FROM (");
	buf_text(b, "SELECT decile, count(*) AS n, sum(hit) AS hits,"
	    " min(score) AS least, max(score) AS most FROM (");
	put_groups(b, score);
	buf_text(b, ") GROUP BY decile) ORDER BY decile");
}

struct stmt *
score_test(struct db *db, int64_t first, int64_t last)
{
	static char from[DAY_SIZE], to[DAY_SIZE];
	struct buf b = { 0 };
	struct stmt *s;
	int i;

	date_move(date_at_of(first + 1, 0, 0) - 1);
	calc_define_reports(db);
	date_day_text(from, first);
	date_day_text(to, last);
	put_query(&b, column_find(db, entity_find("contact"), "score")->sql);
	s = score_prepare(db, b.text);
	buf_free(&b);
	for (i = 1; i <= db_parameters(s); i++)
		switch (db_parameter(s, i)[1]) {
		case 'f':
			db_bind(s, i, &(struct arg)STR(from));
			break;
		case 'l':
			db_bind(s, i, &(struct arg)STR(to));
			break;
		default:
			db_bind(s, i, &(struct arg)INT(node_count(config_get(
			    "lifecycle.stages"))));
		}
	return s;
}
