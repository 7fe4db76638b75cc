#include "expr.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "catalog.h"
#include "db.h"
#include "exprcore.h"
#include "text.h"
#include "visible.h"

/* Parentheses; SQLite's parser of 3.40 ends at a hundred of everything. */
enum { DEPTH = 50 };

/* Words of SQL that are not columns, and may stand in an expression. */
static const char *const words[] = { "and", "or", "not", "is", "null", "in",
	"like", "between", "glob", "escape", "case", "when", "then", "else",
	"end", "collate", "nocase", "binary", "rtrim", "cast", "as", "text",
	"integer", "real", "numeric", "true", "false", "isnull", "notnull",
	"distinct", "from", NULL };

static const char *const refused[] = { "select", "with", "values", "pragma",
	"exists", "raise", "insert", "update", "delete",
	"attach", "over", "filter", "window", "match", "regexp", "current_time",
	"current_date", "current_timestamp", NULL };

static const char *const tag_helper[] = { "tagged", NULL };
static const char *const consent_helper[] = { "has_consent", NULL };
static const char *const contact_helper[] = { "may_contact", NULL };
static const char *const segment_helper[] = { "in_segment", NULL };
static const char *const tier_helper[] = { "tier", NULL };

static struct token
peek(const struct expr *x)
{
	const char *p = x->p;

	return token_next(&p);
}

bool
expr_wrong(struct expr *x, const struct token *t, const char *what)
{
	unsigned code;
	size_t len = t->size;

	if (t->kind == K_BAD)
		len = *t->at ? visible_char(t->at, strlen(t->at), &code) : 0;
	buf_printf(x->why, "%s at character %zu", what,
	    (size_t)(t->at - x->text) + 1);
	if (t->kind != K_END)
		buf_printf(x->why, ": '%.*s'", (int)(len ? len : 1), t->at);
	return false;
}

/*
 * owner = 'ann' is asked the other way round, by ann's number, so that an
 * index on owner can answer it.
 */
static bool
by_number(struct expr *x, const struct column *c)
{
	const struct entity *e;
	const char *p = x->p;
	struct token mark = token_next(&p), value = token_next(&p);

	if ((!token_mark(&mark, "=") && !token_mark(&mark, "==")) ||
	    value.kind != K_STRING)
		return false;
	e = entity_find(c->of);
	buf_printf(x->sql, " %s = (SELECT r.%s FROM %s r WHERE r.%s = %.*s)",
	    c->sql, e->name, e->name, e->naming, (int)value.size, value.at);
	x->p = p;
	return true;
}

static bool
computed_once(struct expr *x, const struct column *c)
{
	const char *const *names = x->once ? x->once->names : NULL;

	for (; names && *names; names++)
		if (strcmp(*names, c->name) == 0) {
			buf_printf(x->sql, " t.once_%s_value", c->name);
			return x->once->used = true;
		}
	return false;
}

static bool
column(struct expr *x, const struct token *t)
{
	struct buf name = { 0 };
	const struct column *c;
	const char *near;

	buf_add(&name, t->at, t->size);
	c = column_find(x->db, x->e, name.text);
	if (!c) {
		near = column_nearest(x->db, x->e, name.text);
		buf_printf(x->why, "no column '%s'%s%s%s", name.text,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	} else if (!computed_once(x, c) &&
	    (c->type != TYPE_NAMED || !by_number(x, c))) {
		buf_text(x->sql, " (");
		column_value(x->sql, x->once && x->once->summed ?
		    column_summed(c, &x->once->from) : c);
		buf_text(x->sql, ")");
	}
	buf_free(&name);
	return c != NULL;
}

bool
expr_args(struct expr *x, struct token *args, int n)
{
	struct token mark = token_next(&x->p);
	int i;

	if (strcmp(x->e->name, "contact") != 0 || !token_mark(&mark, "("))
		return false;
	for (i = 0; i < n; i++) {
		args[i] = token_next(&x->p);
		mark = token_next(&x->p);
		if (args[i].kind != K_STRING ||
		    !token_mark(&mark, i == n - 1 ? ")" : ","))
			return false;
	}
	return true;
}

static bool
tagged(struct expr *x, const struct token *t)
{
	struct token tag;

	if (!expr_args(x, &tag, 1))
		return expr_wrong(x, t, "of contacts, expected tagged('TAG')");
	buf_printf(x->sql, " EXISTS (SELECT 1 FROM tagging a JOIN tag g"
	    " ON g.tag = a.tag WHERE a.contact = t.contact"
	    " AND g.name = %.*s)", (int)tag.size, tag.at);
	return true;
}

static bool
name(struct expr *x, const struct token *t)
{
	struct token after = peek(x);

	if (token_listed(refused, t))
		return expr_wrong(x, t, "not allowed in an expression");
	if (token_listed(tag_helper, t))
		return tagged(x, t);
	if (token_listed(consent_helper, t))
		return expr_has_consent(x, t);
	if (token_listed(contact_helper, t))
		return expr_may_contact(x, t);
	if (token_listed(segment_helper, t))
		return expr_in_segment(x, t);
	if (token_listed(tier_helper, t) && token_mark(&after, "("))
		return expr_tier(x, t);
	if (token_mark(&after, "(") || token_listed(words, t)) {
		buf_char(x->sql, ' ');
		buf_add(x->sql, t->at, t->size);
		return true;
	}
	return column(x, t);
}

static bool
token(struct expr *x, const struct token *t)
{
	if (t->kind == K_BAD)
		return expr_wrong(x, t, "not understood");
	if (t->kind == K_NAME)
		return name(x, t);
	if (token_mark(t, "(") && ++x->depth > DEPTH)
		return expr_wrong(x, t, "parentheses more than 50 deep");
	if (token_mark(t, ")") && --x->depth < x->base)
		return expr_wrong(x, t, "a parenthesis too many");
	buf_char(x->sql, ' ');
	buf_add(x->sql, t->at, t->size);
	return true;
}

bool
expr_translate(struct expr *x)
{
	struct token t = token_next(&x->p);

	if (t.kind == K_END)
		return expr_wrong(x, &t, "expected an expression");
	for (; t.kind != K_END; t = token_next(&x->p)) {
		if (!token(x, &t))
			return false;
		x->before = t;
	}
	return x->depth == x->base ||
	    expr_wrong(x, &t, "a parenthesis is not closed");
}

bool
expr_sql(struct db *db, const struct entity *e, const char *text,
    struct expr_once *once, struct buf *sql, struct buf *why)
{
	struct expr x = { .db = db, .e = e, .text = text, .p = text,
		.once = once, .sql = sql, .why = why };

	return expr_translate(&x);
}
