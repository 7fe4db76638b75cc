/* The rules over all contacts, until none fires. */
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "expr.h"
#include "lifecyclecore.h"
#include "op.h"
#include "rule.h"
#include "who.h"

static int64_t began; /* the last step before the run */

static const char sql_last[] =
    "SELECT max(stage_change)"
    "  FROM stage_change";

static int64_t
last_step(void)
{
	return db_number(life.db, sql_last, NOARGS, 0);
}

/* step_key(contact): the key of that contact's next step. */
static void
step_key(struct call *call)
{
	call_give_int(call, op_key(life.db, "stage_change"));
}

/* Everyone the rule moves, as steps.  Later on only those who moved since the
 * rule last looked can be new to it. */
static void
put_steps(struct buf *b, const struct promotion *p, bool picked)
{
	buf_text(b, "INSERT INTO stage_change (stage_change, contact, was,"
	    " stage, at, day, by, rule, evidence)"
	    " SELECT step_key(t.contact), t.contact, t.stage, ");
	expr_quote(b, p->to);
	buf_text(b, ", ?1, ?2, ?3, ");
	expr_quote(b, p->name);
	buf_text(b, ", ");
	rule_evidence(life.db, life.e, p->when, b);
	buf_text(b, " FROM contact t WHERE t.role = 'customer' AND ");
	if (p->seen >= 0)
		buf_text(b, "t.contact IN (SELECT g.contact"
		    " FROM stage_change g WHERE g.stage_change > ?4) AND ");
	else if (picked)
		buf_text(b, "t.contact IN (SELECT key FROM temp.picked)"
		    " AND ?4 IS NOT NULL AND ");
	else
		buf_text(b, "?4 IS NOT NULL AND ");
	buf_printf(b, "%s AND %s", p->from, p->sql);
}

static void
insert_steps(const struct promotion *p, bool picked)
{
	struct arg by = { .type = ARG_NULL };
	char at[AT_SIZE], day[DAY_SIZE];
	struct buf sql = { 0 };
	struct stmt *s;

	put_steps(&sql, p, picked);
	s = db_prepare(life.db, sql.text);
	buf_free(&sql);
	if (who_me(life.db))
		by = (struct arg)INT(who_me(life.db));
	date_at_text(at, date_now());
	date_day_text(day, date_today());
	db_bind(s, 1, &(struct arg)STR(at));
	db_bind(s, 2, &(struct arg)STR(day));
	db_bind(s, 3, &by);
	db_bind(s, 4, &(struct arg)INT(p->seen));
	while (db_next(s))
		;
	db_done(s);
}

static const char sql_back[] =
    "SELECT g.contact, h.rule, h.was"
    "  FROM stage_change g"
    "  JOIN stage_change h ON h.contact = g.contact"
    "   AND h.stage_change > :began"
    "   AND h.stage_change < g.stage_change"
    "   AND h.was = g.stage"
    " WHERE g.stage_change > :before"
    " ORDER BY g.stage_change"
    " LIMIT 1";

/* Has it led a contact back to where another rule fetched it in this run? */
static void
refuse_back(const struct promotion *p, int64_t before)
{
	struct stmt *s = db_query(life.db, sql_back,
	    ARGS(INT(began), INT(before)));

	if (db_next(s))
		node_reject(p->node, "rules '%s' and '%s' move contact %lld "
		    "back and forth: out of %s and into it again",
		    db_text(s, 1, NULL), p->name,
		    (long long)db_int(s, 0), db_text(s, 2, NULL));
	db_done(s);
}

static const char sql_move[] =
    "UPDATE contact"
    "   SET stage = :stage"
    " WHERE contact IN (SELECT contact FROM stage_change"
    "                    WHERE stage_change > :before)";

/* Has anyone come to a stage that it is about since it last looked? */
static bool
has_news(const struct promotion *p)
{
	int i;

	for (i = 0; i < life.n; i++)
		if (life.rules[i].moved > p->seen &&
		    promotion_from(p, life.rules[i].to))
			return true;
	return p->seen < 0;
}

/* Has it moved anyone? */
static bool
fire(struct promotion *p, bool picked)
{
	int64_t before = last_step();

	if (!has_news(p))
		return false;
	insert_steps(p, picked);
	p->seen = last_step();
	if (p->seen == before)
		return false;
	p->moved = p->seen;
	refuse_back(p, before);
	db_run(life.db, sql_move, ARGS(STR(p->to), INT(before)));
	return true;
}

int64_t
lifecycle_run(bool picked)
{
	static const struct function functions[] = {
		{ "step_key", 1, step_key },
		{ NULL, 0, NULL },
	};
	bool fired;
	int i;

	db_define(life.db, functions);
	calc_calendar();
	began = last_step();
	for (i = 0; i < life.n; i++) {
		life.rules[i].seen = -1;
		life.rules[i].moved = 0;
	}
	do {
		fired = false;
		for (i = 0; i < life.n; i++)
			fired = fire(&life.rules[i], picked) || fired;
	} while (fired);
	return last_step() - began;
}

static const char sql_steps[] =
    "SELECT g.contact, c.name, g.was, g.stage, g.rule, g.evidence"
    "  FROM stage_change g"
    "  JOIN contact c ON c.contact = g.contact"
    " WHERE g.stage_change > :began"
    " ORDER BY g.contact, g.stage_change";

struct stmt *
lifecycle_steps(bool picked)
{
	struct buf b = { 0 };
	struct stmt *s;

	if (!picked)
		return db_query(life.db, sql_steps, ARGS(INT(began)));
	/* temp.picked is there now, but not for who prepares every text */
	buf_text(&b, "SELECT c.contact, c.name, iif(g.stage IS NULL, c.stage,"
	    " g.was), g.stage, g.rule, g.evidence FROM temp.picked k"
	    " JOIN contact c ON c.contact = k.key"
	    " LEFT JOIN stage_change g ON g.contact = k.key"
	    " AND g.stage_change > ?1 ORDER BY k.n, g.stage_change");
	s = db_prepare(life.db, b.text);
	buf_free(&b);
	db_bind(s, 1, &(struct arg)INT(began));
	return s;
}
