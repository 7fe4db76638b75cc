/* What a campaign cost and brought as a whole. */
#include <string.h>

#include "arms.h"
#include "buf.h"
#include "catalogbase.h"
#include "config.h"
#include "effectcore.h"

int64_t
effect_window(void)
{
	const char *text = config_text("campaigns.window");
	int64_t days;

	if (!date_span(text, &days) || days < 0)
		node_reject(config_get("campaigns.window"), "window: not a "
		    "length of time: '%s'", text);
	return days;
}

bool
effect_first_touch(void)
{
	const char *touch = config_text("campaigns.touch");

	if (strcmp(touch, "first") != 0 && strcmp(touch, "last") != 0)
		node_reject(config_get("campaigns.touch"),
		    "touch: not last or first: '%s'", touch);
	return *touch == 'f';
}

const char *
effect_rule(void)
{
	static struct buf b;

	buf_clear(&b);
	buf_printf(&b, "named, or %s touch within %s",
	    effect_first_touch() ? "first" : "last",
	    config_text("campaigns.window"));
	return b.text;
}

/* For a contact of the audience: its arm's.  Else, NULL, everybody's. */
static const char sql_cost[] =
    "SELECT (SELECT ifnull(a.arm, '')"
    "          FROM audience a"
    "         WHERE a.campaign = x.campaign"
    "           AND a.contact = x.contact"
    "         ORDER BY a.wave"
    "         LIMIT 1) AS arm,"
    "       sum(" IN_BASE("x.amount", "x.currency", "x.day") ")"
    "  FROM expense x"
    " WHERE x.campaign = :campaign"
    "   AND x.day <= today()"
    " GROUP BY 1";

/* What an arm's share of the cost is measured by: messages, or else the
 * contacts who are not held out. */
static int64_t
weight(const struct effect *e, const struct armsum *a)
{
	if (e->all.messages)
		return a->messages;
	return strcmp(a->name, ARMS_CONTROL) == 0 ? 0 : a->contacts;
}

/* That much of it, rounded so that the shares add up. */
static void
share(struct effect *e, int64_t amount)
{
	double all = 0, upto = 0, before = 0, now;
	struct armsum *a;

	for (a = e->arms; a; a = a->next)
		all += (double)weight(e, a);
	for (a = e->arms; a && all > 0; a = a->next) {
		upto += (double)weight(e, a);
		now = (double)(int64_t)((double)amount * upto / all + 0.5);
		a->cost += (int64_t)(now - before);
		before = now;
	}
}

static void
gather_cost(struct effect *e)
{
	struct stmt *s = db_query(e->db, sql_cost, ARGS(INT(e->key)));
	struct armsum *a;
	const char *arm;

	while (db_next(s)) {
		e->cost += db_int(s, 1);
		if (!(arm = db_text(s, 0, NULL))) {
			share(e, db_int(s, 1));
			continue;
		}
		for (a = e->arms; a && strcmp(a->name, arm) != 0; a = a->next)
			;
		if (a)
			a->cost += db_int(s, 1);
	}
	db_done(s);
}

static const char sql_leads[] =
    "SELECT count(*)"
    "  FROM contact"
    " WHERE campaign = :campaign"
    "   AND since <= today()";

/* Steps of whoever came by it, or was put in and not held out, since then. */
#define PEOPLE \
	"(SELECT a.contact, min(a.added_at) AS at, :last AS last" \
	"   FROM audience a" \
	"  WHERE a.campaign = :campaign AND a.added_at <= now()" \
	"    AND ifnull(a.arm, '') <> '" ARMS_CONTROL "'" \
	"  GROUP BY a.contact" \
	"  UNION ALL" \
	" SELECT c.contact, c.since, today()" \
	"   FROM contact c" \
	"  WHERE c.campaign = :campaign AND c.since <= today()" \
	"    AND NOT EXISTS (SELECT 1 FROM audience a" \
	"                     WHERE a.campaign = :campaign" \
	"                       AND a.contact = c.contact))"

static const char sql_people[] =
    "SELECT count(*) FROM " PEOPLE;

static const char sql_steps[] =
    "SELECT p.contact, g.was, g.stage"
    "  FROM " PEOPLE " p"
    " CROSS JOIN stage_change g ON g.contact = p.contact"
    "   AND g.at >= p.at"
    "   AND g.at <= now()"
    "   AND g.day <= p.last"
    " ORDER BY p.contact, g.at, g.stage_change";

/* 0 the first stage; -1: none of the lifecycle's, or an exit. */
static int
rank_of(const char *stage)
{
	const struct node *stages = config_get("lifecycle.stages");
	int i;

	for (i = 0; stage && i < node_count(stages); i++)
		if (strcmp(node_text(node_at(stages, i)), stage) == 0)
			return i;
	return -1;
}

/* Each stage between the one before the first step and the furthest: who
 * leaps over one has reached it. */
static void
gather_steps(struct effect *e)
{
	struct stmt *s = db_query(e->db, sql_steps, ARGS(STR(e->last),
	    INT(e->key)));
	int64_t contact = 0;
	int top = 0, rank;

	while (db_next(s)) {
		if (db_int(s, 0) != contact)
			top = rank_of(db_text(s, 1, NULL));
		contact = db_int(s, 0);
		rank = rank_of(db_text(s, 2, NULL));
		while (top < rank && top < STAGES - 1)
			e->reached[++top]++;
	}
	db_done(s);
}

/* The campaign of which the sale o.sale, or what it gives back, is. */
#define TOUCHED(order) \
	"(SELECT r.campaign FROM response r" \
	"  WHERE r.contact = s.contact" \
	"    AND r.day <= ifnull(o.day, s.day)" \
	"    AND r.day >= date(ifnull(o.day, s.day), -:days || ' days')" \
	"    AND " ANSWERED \
	"  ORDER BY r.at " order ", r.response " order " LIMIT 1)"

#define ATTRIBUTED(order) \
	"SELECT count(*)," \
	"       sum(" IN_BASE("t.amount", "t.currency", "t.day") ")," \
	"       sum(" IN_BASE("t.cost", "t.currency", "t.day") ")" \
	"  FROM sale t" \
	" WHERE t.day <= today()" \
	"   AND t.sale IN" \
	"     (SELECT sale FROM sale WHERE campaign = :campaign" \
	"       UNION" \
	"      SELECT b.sale FROM sale n JOIN sale b ON b.refunds = n.sale" \
	"       WHERE n.campaign = :campaign AND b.campaign IS NULL" \
	"       UNION" \
	"      SELECT s.sale" \
	"        FROM (SELECT DISTINCT contact FROM response" \
	"               WHERE campaign = :campaign) p" \
	"       CROSS JOIN sale s ON s.contact = p.contact" \
	"        LEFT JOIN sale o ON o.sale = s.refunds" \
	"       WHERE s.campaign IS NULL AND o.campaign IS NULL" \
	"         AND " TOUCHED(order) " = :campaign)"

static const char sql_last_touch[] = ATTRIBUTED("DESC");
static const char sql_first_touch[] = ATTRIBUTED("ASC");

static void
gather_attributed(struct effect *e)
{
	struct stmt *s = db_query(e->db, effect_first_touch() ?
	    sql_first_touch : sql_last_touch, ARGS(INT(e->key),
	    INT(effect_window())));

	if (db_next(s)) {
		e->lines = db_int(s, 0);
		e->revenue = db_int(s, 1);
		e->goods = db_int(s, 2);
	}
	db_done(s);
}

void
effect_gather_whole(struct effect *e)
{
	gather_cost(e);
	e->leads = db_number(e->db, sql_leads, ARGS(INT(e->key)), 0);
	e->people = db_number(e->db, sql_people, ARGS(STR(e->last),
	    INT(e->key)), 0);
	gather_steps(e);
	gather_attributed(e);
}
