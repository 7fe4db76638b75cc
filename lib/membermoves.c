/* How contacts moved between tiers, and whom two segments share. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "date.h"
#include "db.h"
#include "expr.h"
#include "member.h"
#include "membercore.h"
#include "segment.h"

const struct outcol member_moves_columns[] = {
	{ "from_tier", OUT_TEXT }, { "to_tier", OUT_TEXT },
	{ "contacts", OUT_NUMBER }, { NULL, OUT_TEXT },
};

const struct outcol member_moved_columns[] = {
	{ "contact", OUT_NUMBER }, { "name", OUT_TEXT },
	{ "from_tier", OUT_TEXT }, { "to_tier", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

const struct outcol member_overlap_columns[] = {
	{ "segment", OUT_TEXT }, { "other", OUT_TEXT },
	{ "only_segment", OUT_NUMBER }, { "both", OUT_NUMBER },
	{ "only_other", OUT_NUMBER }, { "jaccard", OUT_NUMBER },
	{ NULL, OUT_TEXT },
};

static const char sql_first[] =
    "SELECT min(since)"
    "  FROM membership"
    " WHERE segment = :segment";

static void
warn_early(struct db *db, const struct segment *s, int64_t segment,
    const char *from)
{
	struct stmt *st = db_query(db, sql_first, ARGS(INT(segment)));
	const char *first = db_next(st) ? db_text(st, 0, NULL) : NULL;

	if (!first)
		warn("'%s' was never recorded", s->name);
	else if (strcmp(first, from) > 0)
		warn("'%s' was not recorded before %s", s->name, first);
	db_done(st);
}

/* The tier of a contact on a day, which is a parameter. */
#define TIER_ON(day) \
	"ifnull(max(iif(m.since <= " day \
	" AND (m.until IS NULL OR m.until > " day ")," \
	" ifnull(m.tier, 'in'), NULL)), 'out')"

/* By contact, as the index has them; who is out on both days is left out. */
#define MOVES \
	"(SELECT m.contact, " TIER_ON("?2") " AS from_tier, " TIER_ON("?3") \
	" AS to_tier FROM membership m WHERE m.segment = ?1" \
	" GROUP BY m.contact HAVING from_tier <> 'out' OR to_tier <> 'out')"

/* The place of a tier: as crm.yaml has them, then those it has no longer. */
static void
put_order(struct buf *b, const struct segment *s, const char *column)
{
	int i;

	buf_printf(b, "CASE %s", column);
	for (i = 0; i < s->ntiers; i++) {
		buf_text(b, " WHEN ");
		expr_quote(b, s->tiers[i]);
		buf_printf(b, " THEN %d", i);
	}
	buf_printf(b, " WHEN 'out' THEN %d ELSE %d END, %s", s->ntiers + 1,
	    s->ntiers, column);
}

struct stmt *
member_moves(struct db *db, const struct segment *s, int64_t from,
    int64_t to, bool keys)
{
	int64_t segment = member_segment(db, s);
	static char first[DAY_SIZE], last[DAY_SIZE]; /* for the statement */
	struct buf sql = { 0 };
	struct stmt *st;

	date_day_text(first, from);
	date_day_text(last, to);
	warn_early(db, s, segment, first);
	if (keys)
		buf_text(&sql, "SELECT v.contact, c.name, from_tier, to_tier"
		    " FROM " MOVES " v JOIN contact c"
		    " ON c.contact = v.contact ORDER BY ");
	else
		buf_text(&sql, "SELECT from_tier, to_tier, count(*) FROM "
		    MOVES " GROUP BY from_tier, to_tier ORDER BY ");
	put_order(&sql, s, "from_tier");
	buf_text(&sql, ", ");
	put_order(&sql, s, "to_tier");
	if (keys)
		buf_text(&sql, ", v.contact");
	st = db_query_text(db, sql.text, ARGS(INT(segment), STR(first),
	    STR(last)));
	buf_free(&sql);
	return st;
}

/* How many are in the one only, both, the other only. */
static struct stmt *
count_both(struct db *db, const struct segment *a, const struct segment *b)
{
	struct buf sql = { 0 };
	struct stmt *s;
	unsigned from;

	buf_text(&sql, "SELECT total(a AND NOT b), total(a AND b),"
	    " total(b AND NOT a) FROM (SELECT (");
	from = member_sql(db, a, "in_segment", &sql);
	buf_text(&sql, ") IS TRUE AS a, (");
	from |= member_sql(db, b, "in_segment", &sql);
	buf_text(&sql, ") IS TRUE AS b FROM contact t");
	column_join(&sql, from);
	buf_text(&sql, " LIMIT -1)");
	db_restrict(db, true);
	s = db_prepare(db, sql.text);
	db_restrict(db, false);
	buf_free(&sql);
	return s;
}

void
member_overlap(struct db *db, const struct segment *a,
    const struct segment *b, struct out *out)
{
	struct stmt *s = count_both(db, a, b);
	struct buf share = { 0 };
	double any = 0;
	int i;

	out_word(out, a->name);
	out_word(out, b->name);
	if (db_next(s))
		for (i = 0; i < 3; i++) {
			out_int(out, db_int(s, i));
			any += db_real(s, i);
		}
	if (any > 0)
		buf_printf(&share, "%.4f", db_real(s, 1) / any);
	out_word(out, buf_get(&share));
	out_row(out);
	db_done(s);
	buf_free(&share);
}
