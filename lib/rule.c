#include "rule.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "expr.h"

const char *
rule_sql(struct db *db, const struct entity *e, const struct node *n,
    const char *what, struct expr_once *once)
{
	struct buf sql = { 0 }, why = { 0 };
	const char *text = node_text(n), *kept;

	if (!text)
		node_reject(n, "%s: an expression is expected", what);
	buf_char(&sql, '(');
	if (!expr_sql(db, e, text, once, &sql, &why))
		node_reject(n, "%s: %s", what, why.text);
	buf_char(&sql, ')');
	kept = arena_copy(sql.text);
	buf_free(&sql);
	return kept;
}

const char *
rule_check(struct db *db, const struct entity *e, const struct node *n,
    const char *what)
{
	const char *sql = rule_sql(db, e, n, what, NULL);
	struct buf all = { 0 }, why = { 0 };
	struct stmt *s;

	calc_define(db);
	buf_printf(&all, "SELECT %s FROM %s t", sql, e->name);
	db_restrict(db, true);
	s = db_try(db, all.text, NULL, &why);
	db_restrict(db, false);
	if (!s)
		node_reject(n, "%s: %s", what, why.text);
	db_done(s);
	buf_free(&all);
	return sql;
}

/* The columns of an expression, as evidence. */
struct seen {
	struct db *db;
	const struct entity *e;
	const char *expr;
	struct buf *sql;
	int n;
	unsigned *from;
};

static void
add_value(struct seen *seen, const struct column *c)
{
	if (seen->from)
		c = column_summed(c, seen->from);
	buf_printf(seen->sql, "%s'%s%s=' || ifnull(", seen->n ? " || " : "",
	    seen->n ? ", " : "", c->name);
	column_output(seen->sql, c);
	buf_text(seen->sql, ", '')");
	seen->n++;
}

static void
see(void *data, const struct column *c)
{
	struct seen *seen = data;
	struct buf minor = { 0 };

	if (expr_mentions(seen->expr, c->name))
		add_value(seen, column_find(seen->db, seen->e, c->name));
	buf_printf(&minor, "%s_minor", c->name);
	if (c->type == TYPE_MONEY && expr_mentions(seen->expr, minor.text))
		add_value(seen, column_find(seen->db, seen->e, minor.text));
	buf_free(&minor);
}

void
rule_evidence(struct db *db, const struct entity *e, const char *expr,
    struct buf *sql, unsigned *from)
{
	struct seen seen = { db, e, expr, sql, 0, from };

	column_each(db, e, see, &seen);
	if (!seen.n)
		expr_quote(sql, expr);
}

void
rule_part(struct buf *b, const char *part, size_t size)
{
	for (; size && strchr(" \t\r\n", *part); size--)
		part++;
	while (size && strchr(" \t\r\n", part[size - 1]))
		size--;
	buf_add(b, part, size);
}
