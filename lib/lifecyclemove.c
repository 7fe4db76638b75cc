/* Steps by hand, and why a rule moves a contact or does not. */
#include <string.h>

#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "expr.h"
#include "lifecyclecore.h"
#include "rule.h"

/* A part of a condition, as a term of a query in the making. */
struct terms {
	struct buf *sql;
	const struct promotion *p;
	const char *between;
};

static void
put_part(struct terms *t, struct buf *text, struct buf *sql)
{
	struct buf why = { 0 };

	if (!expr_sql(life.db, life.e, buf_get(text), NULL, sql, &why))
		node_reject(t->p->node, "when: %s", why.text);
}

/* "WHEN (part) IS NOT TRUE THEN 'part does not hold: ' || evidence" */
static void
add_objection(void *data, const char *part, size_t size)
{
	struct terms *t = data;
	struct buf text = { 0 }, sql = { 0 };

	rule_part(&text, part, size);
	put_part(t, &text, &sql);
	buf_printf(t->sql, " WHEN (%s) IS NOT TRUE THEN ", sql.text);
	expr_quote(t->sql, text.text);
	buf_text(t->sql, " || ' does not hold: ' || ");
	rule_evidence(life.db, life.e, text.text, t->sql, NULL);
	buf_free(&text);
	buf_free(&sql);
}

/* What stands against the rule, if anything; and its evidence. */
static struct stmt *
ask(struct promotion *p, int64_t contact)
{
	struct buf b = { 0 };
	struct terms t = { &b, p, NULL };

	if (!p->one) {
		buf_text(&b, "SELECT CASE");
		expr_parts(p->when, add_objection, &t);
		buf_text(&b, " END, ");
		rule_evidence(life.db, life.e, p->when, &b, NULL);
		buf_text(&b, " FROM contact t WHERE t.contact = ?1");
		p->one = db_prepare(life.db, b.text);
		buf_free(&b);
	}
	db_bind(p->one, 1, &(struct arg)INT(contact));
	return p->one;
}

static bool
holds(struct promotion *p, int64_t contact, struct move *m)
{
	struct stmt *s = ask(p, contact);
	bool fine = db_next(s) && !db_text(s, 0, NULL);

	if (fine) {
		buf_text(&m->rule, p->name);
		buf_text(&m->evidence, db_text(s, 1, NULL));
	} else
		buf_printf(&m->why, "%s%s: %s", m->why.len ? "; " : "",
		    p->name, db_text(s, 0, NULL));
	db_reset(s);
	return fine;
}

/* By a rule for that step, or where there is none. */
static bool
may(int64_t contact, struct move *m)
{
	bool none = true;
	int i;

	for (i = 0; i < life.n; i++) {
		if (strcmp(life.rules[i].to, m->to) != 0 ||
		    !promotion_from(&life.rules[i], m->was.text))
			continue;
		none = false;
		if (holds(&life.rules[i], contact, m))
			return true;
	}
	return none;
}

static const char sql_stage[] =
    "SELECT stage"
    "  FROM contact"
    " WHERE contact = :contact"
    "   AND role = 'customer'";

static void
read_stage(int64_t contact, struct move *m)
{
	struct stmt *s = db_query(life.db, sql_stage, ARGS(INT(contact)));

	buf_clear(&m->was);
	if (db_next(s))
		buf_text(&m->was, db_text(s, 0, NULL) ?
		    db_text(s, 0, NULL) : "");
	else
		buf_text(&m->why, "not a customer");
	db_done(s);
}

static enum done
step(int64_t contact, struct move *m)
{
	static struct store *store;
	static int slot;
	struct fault f = { 0 };
	enum done done;

	if (!store) {
		store = store_open(life.db, life.e);
		slot = store_column(store, "stage", '=', &f);
	}
	store_clear(store);
	store_value(store, slot, m->to);
	store_step(store, &(struct step){ .reason = m->reason,
	    .rule = m->rule.len ? m->rule.text : NULL,
	    .evidence = m->evidence.len ? m->evidence.text : NULL });
	done = store_set(store, contact, &f);
	if (done != UPDATED)
		buf_text(&m->why, buf_get(&f.why));
	return done == FAULT ? REFUSED : done;
}

enum done
lifecycle_move(int64_t contact, struct move *m)
{
	buf_clear(&m->rule);
	buf_clear(&m->evidence);
	buf_clear(&m->why);
	read_stage(contact, m);
	if (m->why.len)
		return REFUSED;
	if (strcmp(m->was.text, m->to) == 0)
		return UNCHANGED;
	if (!may(contact, m)) {
		if (!m->force)
			return REFUSED;
		buf_text(&m->evidence, m->why.text);
		buf_clear(&m->why);
	}
	return step(contact, m);
}

/* A condition, the expression whose columns it saw, and its SQL. */
static void
put_row(struct terms *t, const char *condition, const char *saw,
    const char *sql)
{
	buf_printf(t->sql, "%sSELECT t.contact, ", t->between);
	expr_quote(t->sql, t->p->name);
	buf_text(t->sql, ", ");
	expr_quote(t->sql, t->p->to);
	buf_text(t->sql, ", ");
	expr_quote(t->sql, condition);
	buf_text(t->sql, ", ");
	rule_evidence(life.db, life.e, saw, t->sql, NULL);
	buf_printf(t->sql, ", iif((%s) IS TRUE, 'pass', 'fail')"
	    " FROM contact t WHERE t.contact = ?1", sql);
	t->between = " UNION ALL ";
}

static void
add_row(void *data, const char *part, size_t size)
{
	struct terms *t = data;
	struct buf text = { 0 }, sql = { 0 };

	rule_part(&text, part, size);
	put_part(t, &text, &sql);
	put_row(t, text.text, text.text, sql.text);
	buf_free(&text);
	buf_free(&sql);
}

static void
add_rule(struct terms *t, const struct promotion *p)
{
	const struct node *from = node_key(p->node, "from");
	struct buf text = { 0 };
	int i;

	t->p = p;
	for (i = 0; i < node_count(from); i++)
		buf_printf(&text, "%s%s", i ? ", " : "stage in ",
		    node_text(node_at(from, i)));
	put_row(t, text.text, "stage", p->from);
	expr_parts(p->when, add_row, t);
	buf_free(&text);
}

struct stmt *
lifecycle_why(int64_t contact, const char *to)
{
	struct buf b = { 0 };
	struct terms t = { &b, NULL, "" };
	struct stmt *s;
	int i;

	for (i = 0; i < life.n; i++)
		if (!to || strcmp(life.rules[i].to, to) == 0)
			add_rule(&t, &life.rules[i]);
	if (!b.len)
		return NULL;
	s = db_prepare(life.db, b.text);
	buf_free(&b);
	db_bind(s, 1, &(struct arg)INT(contact));
	return s;
}
