/* Segments of crm.yaml in expressions: each is its rule, in parentheses. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "expr.h"
#include "exprcore.h"
#include "segment.h"

/* Of an expression with all the rules that it reads. */
enum { LONGEST = 1 << 20 };

/* The segment that a call names; NULL: it is wrong, and why. */
static const struct segment *
named(struct expr *x, const struct token *t, const char *wanted)
{
	const struct segment *s;
	const char *name, *near;
	struct token arg;

	if (!expr_args(x, &arg, 1)) {
		expr_wrong(x, t, wanted);
		return NULL;
	}
	name = arena_slice(arg.at + 1, arg.size - 2);
	if (!(s = segment_find(name))) {
		near = segment_nearest(name);
		buf_printf(x->why, "no segment '%s'%s%s%s", name,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	}
	return s;
}

/* "a reads b reads a" */
static void
say_chain(struct buf *b, const struct expr *x, const char *from)
{
	if (strcmp(x->segment, from) != 0)
		say_chain(b, x->outer, from);
	buf_printf(b, "%s reads ", x->segment);
}

static void
refuse_circle(const struct expr *x, const struct segment *s)
{
	struct buf chain = { 0 };
	const struct expr *o;

	for (o = x; o && o->segment; o = o->outer)
		if (strcmp(o->segment, s->name) == 0) {
			say_chain(&chain, x, s->name);
			node_reject(s->rule, "segment %s%s", chain.text,
			    s->name);
		}
}

/* Translate the rule to where x stands.  One that is wrong is a fault of
 * crm.yaml, whoever asks. */
static void
put_rule(struct expr *x, const struct segment *s)
{
	struct buf why = { 0 };
	struct expr in = *x;

	in.text = in.p = node_text(s->rule);
	in.why = &why;
	in.before = (struct token){ K_END, NULL, 0 };
	in.base = ++in.depth;
	in.segment = s->name;
	in.outer = x;
	buf_text(x->sql, "(");
	if (!expr_translate(&in))
		node_reject(s->rule, "%s: %s", segment_path(s), why.text);
	buf_text(x->sql, ")");
	if (x->sql->len > LONGEST)
		node_reject(s->rule, "%s: with the rules that it reads it is "
		    "longer than 1 MiB", segment_path(s));
}

/* The rule by itself, by the summaries: what it is for all contacts. */
static unsigned
put_alone(const struct expr *x, const struct segment *s, struct buf *sql)
{
	struct expr_once once = { .summed = true };
	struct expr alone = *x;

	alone.once = &once;
	alone.sql = sql;
	put_rule(&alone, s);
	return once.from;
}

/* Does it do no more than read and compute?  Each is looked at once. */
static void
check_rule(const struct expr *x, const struct segment *s)
{
	static bool *checked;
	struct buf sql = { 0 }, why = { 0 };
	struct expr alone = *x;
	struct stmt *st;

	if (!checked)
		checked = arena_get(sizeof(*checked) *
		    (size_t)segment_count());
	if (checked[s->number])
		return;
	checked[s->number] = true;
	calc_define(x->db);
	buf_text(&sql, "SELECT ");
	alone.once = NULL;
	alone.sql = &sql;
	put_rule(&alone, s);
	buf_text(&sql, " FROM contact t");
	db_restrict(x->db, true);
	st = db_try(x->db, sql.text, NULL, &why);
	db_restrict(x->db, false);
	if (!st)
		node_reject(s->rule, "%s: %s", segment_path(s), why.text);
	db_done(st);
	buf_free(&sql);
}

static void
put_checked(struct expr *x, const struct segment *s)
{
	refuse_circle(x, s);
	check_rule(x, s);
	put_rule(x, s);
}

/*
 * Does NULL do for "no" here?  It does for what is joined to the rest by "and"
 * and "or" alone, where an index may serve the rule; elsewhere, behind a
 * "not", it must be 0.
 */
static bool
joined(const struct expr *x)
{
	const char *p = x->p;
	struct token after = token_next(&p);
	const struct token *t = &x->before;

	return x->depth == x->base &&
	    (t->kind == K_END || token_word(t, "and") ||
	    token_word(t, "or")) && (after.kind == K_END ||
	    token_word(&after, "and") || token_word(&after, "or"));
}

static void
put_static(struct expr *x, const struct segment *s)
{
	buf_text(x->sql, " t.contact IN (SELECT m.contact FROM membership m"
	    " WHERE m.segment = (SELECT g.segment FROM segment g"
	    " WHERE g.name = ");
	expr_quote(x->sql, s->name);
	buf_text(x->sql, ") AND m.since <= today()"
	    " AND (m.until IS NULL OR m.until > today()))");
}

bool
expr_in_segment(struct expr *x, const struct token *t)
{
	bool bare;
	const struct segment *s = named(x, t,
	    "of contacts, expected in_segment('SEGMENT')");

	if (!s)
		return false;
	bare = joined(x);
	if (s->kind == SEGMENT_STATIC)
		put_static(x, s);
	else if (s->kind == SEGMENT_TIERS) {
		buf_text(x->sql, " (" CUSTOMER " AND ");
		put_checked(x, s);
		buf_text(x->sql, " IS NOT NULL)");
	} else {
		buf_text(x->sql, bare ? " " : " (");
		put_checked(x, s);
		buf_text(x->sql, bare ? "" : " IS TRUE)");
	}
	return true;
}

bool
expr_tier(struct expr *x, const struct token *t)
{
	struct buf alone = { 0 };
	const struct segment *s = named(x, t,
	    "of contacts, expected tier('SEGMENT')");

	if (!s)
		return false;
	if (s->kind != SEGMENT_TIERS) {
		buf_printf(x->why, "segment '%s' has no tiers", s->name);
		return false;
	}
	buf_printf(x->sql, " CASE WHEN " CUSTOMER " THEN tier_of(%d, ",
	    s->number);
	put_checked(x, s);
	buf_text(x->sql, ") END");
	expr_ranks(x->db, s, arena_copy(alone.text), put_alone(x, s, &alone));
	buf_free(&alone);
	return true;
}
