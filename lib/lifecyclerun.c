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
#include "spool.h"
#include "summary.h"
#include "who.h"

enum { FEW = 32 }; /* for whom summaries cost more to compile than they save */

static int64_t began; /* the last step before the run */
static bool many;     /* contacts are looked at */

static const char sql_last[] =
    "SELECT max(stage_change)"
    "  FROM stage_change";

static int64_t
last_step(void)
{
	return db_number(life.db, sql_last, NOARGS, 0);
}

/* A contact that a rule moves; its stage and the evidence follow. */
struct found {
	int64_t contact;
	size_t was, evidence; /* bytes */
};

/* Everyone the rule moves; where they are many, in the order of their number:
 * the summaries are then one scan.  Later on only those who moved since the
 * rule last looked can be new to it. */
static struct stmt *
find(const struct promotion *p, bool picked)
{
	struct expr_once once = { .summed = many };
	const char *sql = many ? rule_sql(life.db, life.e,
	    node_key(p->node, "when"), "when", &once) : p->sql;
	struct buf b = { 0 };
	struct stmt *s;

	buf_text(&b, "SELECT t.contact, t.stage, ");
	rule_evidence(life.db, life.e, p->when, &b,
	    many ? &once.from : NULL);
	buf_text(&b, " FROM contact t");
	column_join(&b, once.from);
	buf_text(&b, " WHERE t.role = 'customer' AND ");
	if (p->seen >= 0)
		buf_printf(&b, "t.contact IN (SELECT g.contact"
		    " FROM stage_change g WHERE g.stage_change > %lld) AND ",
		    (long long)p->seen);
	else if (picked)
		buf_text(&b, "t.contact IN (SELECT key FROM temp.picked)"
		    " AND ");
	buf_printf(&b, "%s AND %s ORDER BY t.contact", p->from, sql);
	db_restrict(life.db, true);
	s = db_prepare(life.db, b.text);
	db_restrict(life.db, false);
	buf_free(&b);
	return s;
}

/* Kept until all are found: a statement should not read what is being
 * written, and one that only reads is much the faster. */
static struct spool *
find_all(const struct promotion *p, bool picked)
{
	struct stmt *s = find(p, picked);
	struct spool *all = spool_new();
	const char *was, *evidence;
	struct found f;

	while (db_next(s)) {
		f.contact = db_int(s, 0);
		was = db_text(s, 1, &f.was);
		evidence = db_text(s, 2, &f.evidence);
		spool_add(all, &f, sizeof(f));
		spool_add(all, was, f.was);
		spool_add(all, evidence, f.evidence);
	}
	db_done(s);
	return all;
}

static struct arg
text_of(const struct buf *b)
{
	return (struct arg){ .type = ARG_TEXT, .t = b->text, .size = b->len };
}

static void
take(struct buf *b, struct spool *from, size_t size)
{
	buf_clear(b);
	b->len = spool_read(from, buf_room(b, size), size);
}

static const char sql_step[] =
    "INSERT INTO stage_change (stage_change, contact, was, stage, at, day,"
    "                          by, rule, evidence)"
    " VALUES (:stage_change, :contact, :was, :stage, :at, :day, :by, :rule,"
    "         :evidence)";

static void
insert_steps(const struct promotion *p, struct spool *all)
{
	struct arg by = { .type = ARG_NULL };
	char at[AT_SIZE], day[DAY_SIZE];
	struct buf was = { 0 }, evidence = { 0 };
	struct found f;

	if (who_me(life.db))
		by = (struct arg)INT(who_me(life.db));
	date_at_text(at, date_now());
	date_day_text(day, date_today());
	while (spool_read(all, &f, sizeof(f)) == sizeof(f)) {
		take(&was, all, f.was);
		take(&evidence, all, f.evidence);
		db_run(life.db, sql_step, ARGS(
		    INT(op_key(life.db, "stage_change")), INT(f.contact),
		    text_of(&was), STR(p->to), STR(at), STR(day), by,
		    STR(p->name), text_of(&evidence)));
	}
	buf_free(&was);
	buf_free(&evidence);
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
	struct spool *all;

	if (!has_news(p))
		return false;
	all = find_all(p, picked);
	insert_steps(p, all);
	spool_free(all);
	p->seen = last_step();
	if (p->seen == before)
		return false;
	p->moved = p->seen;
	refuse_back(p, before);
	db_run(life.db, sql_move, ARGS(STR(p->to), INT(before)));
	return true;
}

static const char sql_picked[] =
    "SELECT count(*)"
    "  FROM temp.picked";

int64_t
lifecycle_run(bool picked)
{
	bool fired;
	int i;

	calc_calendar();
	many = !picked || db_number(life.db, sql_picked, NOARGS, 0) > FEW;
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

static const char sql_steps_picked[] =
    "SELECT c.contact, c.name, iif(g.stage IS NULL, c.stage, g.was),"
    "       g.stage, g.rule, g.evidence"
    "  FROM temp.picked k"
    "  JOIN contact c ON c.contact = k.key"
    "  LEFT JOIN stage_change g ON g.contact = k.key"
    "   AND g.stage_change > :began"
    " ORDER BY k.n, g.stage_change";

struct stmt *
lifecycle_steps(bool picked)
{
	return db_query(life.db, picked ? sql_steps_picked : sql_steps,
	    ARGS(INT(began)));
}
