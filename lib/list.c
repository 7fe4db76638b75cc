#include "list.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "cmd.h"
#include "db.h"
#include "expr.h"
#include "out.h"
#include "print.h"
#include "segment.h"
#include "summary.h"

struct sort {
	const struct column *column;
	bool down;
};

/* The query in the making. */
struct query {
	struct db *db;
	const struct list *l;
	const struct column **cols;
	struct sort *sorts;
	int ncols, nsorts;
	const char **costly; /* derived columns that are used twice */
	int ncostly;
	bool summed;   /* many contacts: by the summaries */
	unsigned from; /* those that are joined */
	struct buf inner, outer; /* conditions before and after those */
};

static NORETURN void
no_column(struct db *db, const struct entity *e, const char *name)
{
	const char *near = column_nearest(db, e, name);

	cmd_usage("no column '%s' in %s%s%s%s", name, e->plural,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
}

/* Call f for each name of a list by comma. */
static int
count(const char *list)
{
	int n = 1;

	for (; list && *list; list++)
		n += *list == ',';
	return n;
}

static const char *
next_name(const char **list)
{
	size_t n = strcspn(*list, ",");
	const char *name = arena_slice(*list, n);

	*list += n + ((*list)[n] == ',');
	return name;
}

/* The expression in_segment('NAME') or tier('NAME'), which can't be wrong, as
 * SQL; returns the summaries that it needs. */
static unsigned
ask_segment(struct query *q, const char *helper, struct buf *sql)
{
	struct expr_once once = { .summed = q->summed };
	struct buf text = { 0 }, why = { 0 };

	buf_printf(&text, "%s('%s')", helper, q->l->of->name);
	if (!expr_sql(q->db, q->l->entity, text.text, &once, sql, &why))
		die(BUG, "%s", why.text);
	buf_free(&text);
	q->from |= once.from;
	return once.from;
}

static bool
has_tiers(const struct query *q)
{
	return q->l->of && q->l->of->kind == SEGMENT_TIERS;
}

/* The tier in which each contact of the segment is. */
static const struct column *
tier_column(struct query *q)
{
	struct column *c = arena_get(sizeof(*c));
	struct buf sql = { 0 };

	ask_segment(q, "tier", &sql);
	c->name = "tier";
	c->type = TYPE_TEXT;
	c->sql = arena_copy(sql.text);
	c->flags = READ;
	buf_free(&sql);
	return c;
}

static const struct column *
find(struct query *q, const char *name)
{
	const struct column *c = column_find(q->db, q->l->entity, name);

	if (!c && has_tiers(q) && strcmp(name, "tier") == 0)
		return tier_column(q);

	if (!c)
		no_column(q->db, q->l->entity, name);
	return q->summed ? column_summed(c, &q->from) : c;
}

static void
choose_columns(struct query *q)
{
	const char *list = q->l->columns;
	const struct column *c;
	int usual = 0;

	for (c = q->l->entity->columns; c->name; c++)
		usual += (c->flags & SHOW) != 0;
	q->cols = arena_get(sizeof(*q->cols) *
	    (size_t)(usual + 1 + count(list)));
	if (!list || *list == '+')
		for (c = q->l->entity->columns; c->name; c++)
			if (c->flags & SHOW)
				q->cols[q->ncols++] = c;
	if (has_tiers(q) && (!list || *list == '+'))
		q->cols[q->ncols++] = find(q, "tier");
	if (list && *list == '+')
		list++;
	while (list && *list)
		q->cols[q->ncols++] = find(q, next_name(&list));
}

static void
choose_order(struct query *q)
{
	const char *list = q->l->sort, *name;
	struct sort *s;

	q->sorts = arena_get(sizeof(*q->sorts) * (size_t)count(list));
	while (list && *list) {
		s = &q->sorts[q->nsorts++];
		name = next_name(&list);
		s->down = *name == '-';
		name += s->down;
		/* names are ordered as they are looked up */
		s->column = strcmp(name, "name") == 0 ? column_find(q->db,
		    q->l->entity, "name_key") : NULL;
		if (!s->column)
			s->column = find(q, name);
	}
}

static int
uses(const struct query *q, const struct column *c)
{
	int i, n = expr_mentions(q->l->where, c->name);

	for (i = 0; i < q->ncols; i++)
		n += strcmp(q->cols[i]->name, c->name) == 0;
	for (i = 0; i < q->nsorts; i++)
		n += strcmp(q->sorts[i].column->name, c->name) == 0;
	return n;
}

static void
note_costly(void *data, const struct column *c)
{
	struct query *q = data;
	unsigned from;

	if (!(c->flags & PLAIN) && uses(q, c) > 1 &&
	    !(q->summed && column_summed(c, &from) != c))
		q->costly[q->ncostly++] = c->name;
}

static bool
is_costly(const struct query *q, const struct column *c)
{
	int i;

	for (i = 0; i < q->ncostly; i++)
		if (strcmp(q->costly[i], c->name) == 0)
			return true;
	return false;
}

/*
 * Conditions on what the row holds go inside, where an index can serve
 * them; those on a column computed once go outside.
 */
static void
add_condition(void *data, const char *text, size_t size)
{
	struct query *q = data;
	struct buf why = { 0 }, part = { 0 };
	struct expr_once once = { .names = q->costly, .summed = q->summed };
	struct buf sql = { 0 };

	buf_add(&part, text, size);
	if (!expr_sql(q->db, q->l->entity, part.text, &once, &sql, &why))
		cmd_usage("-w: %s", buf_get(&why));
	buf_printf(once.used || once.from ? &q->outer : &q->inner,
	    " AND (%s)", buf_get(&sql));
	q->from |= once.from;
	buf_free(&sql);
	buf_free(&part);
}

/* Only who is in the segment. */
static void
add_segment(struct query *q)
{
	struct buf sql = { 0 };
	unsigned from = ask_segment(q, "in_segment", &sql);

	buf_printf(from ? &q->outer : &q->inner, " AND (%s)", sql.text);
	buf_free(&sql);
}

static void
put_value(struct buf *b, const struct query *q, const struct column *c,
    bool output)
{
	if (is_costly(q, c))
		buf_printf(b, "t.once_%s%s", c->name,
		    output ? "" : "_value");
	else if (output)
		column_output(b, c);
	else
		column_value(b, c);
}

/* The table, or a subquery over it that computes costly columns; LIMIT keeps
 * SQLite from merging that into the query, which would compute them again. */
static void
put_from(struct buf *b, const struct query *q)
{
	const struct entity *e = q->l->entity;
	const char *name = e->name;
	const struct column *c;
	int i;

	buf_text(b, " FROM ");
	if (q->ncostly) {
		buf_text(b, "(SELECT t.*");
		if (q->l->picked)
			buf_text(b, ", k.n AS picked_n");
		for (i = 0; i < q->ncostly; i++) {
			c = column_find(q->db, e, q->costly[i]);
			buf_text(b, ", ");
			column_value(b, c);
			buf_printf(b, " AS once_%s_value, ", c->name);
			column_output(b, c);
			buf_printf(b, " AS once_%s", c->name);
		}
		buf_text(b, " FROM ");
	}
	if (q->l->picked)
		buf_printf(b, "temp.picked k CROSS JOIN %s t ON t.%s = k.key",
		    name, name);
	else
		buf_printf(b, "%s t", name);
	if (!q->ncostly)
		column_join(b, q->from);
	buf_text(b, " WHERE 1");
	if (q->l->excepted)
		buf_printf(b, " AND t.%s NOT IN (SELECT key FROM"
		    " temp.excepted)", name);
	buf_text(b, buf_get(&q->inner));
	if (q->ncostly) {
		buf_text(b, " LIMIT -1) t");
		column_join(b, q->from);
		buf_text(b, " WHERE 1");
	}
	buf_text(b, buf_get(&q->outer));
}

static void
put_order(struct buf *b, const struct query *q)
{
	int i;

	buf_text(b, " ORDER BY ");
	for (i = 0; i < q->nsorts; i++) {
		put_value(b, q, q->sorts[i].column, false);
		buf_text(b, q->sorts[i].down ? " DESC NULLS LAST, " :
		    " NULLS LAST, ");
	}
	if (q->l->picked && q->nsorts == 0)
		buf_text(b, q->ncostly ? "t.picked_n" : "k.n");
	else
		buf_printf(b, "t.%s", q->l->entity->name);
}

static void
put_query(struct buf *b, const struct query *q)
{
	int i;

	buf_text(b, "SELECT ");
	for (i = 0; i < q->ncols; i++) {
		buf_text(b, i ? ", " : "");
		put_value(b, q, q->cols[i], true);
	}
	put_from(b, q);
	put_order(b, q);
	buf_printf(b, " LIMIT %lld", (long long)q->l->limit);
}

static void
print(struct stmt *s, const struct query *q, const struct outform *form)
{
	struct outcol *cols = arena_get(sizeof(*cols) *
	    (size_t)(q->ncols + 1));
	struct out *out;
	int i;

	for (i = 0; i < q->ncols; i++) {
		cols[i].name = q->cols[i]->name;
		cols[i].type = column_numeric(q->cols[i]) ? OUT_NUMBER :
		    OUT_TEXT;
	}
	out = out_open(form, cols);
	print_rows(out, s, -1);
	out_close(out);
}

/* Those that were picked, and one asked for by its number, are few. */
static bool
many_contacts(const struct list *l)
{
	return strcmp(l->entity->name, "contact") == 0 && !l->picked &&
	    !expr_mentions(l->where, "contact");
}

void
list_print(struct db *db, const struct list *l, const struct outform *form)
{
	struct query q = { .db = db, .l = l };
	struct buf sql = { 0 }, why = { 0 };
	struct stmt *s;

	q.summed = many_contacts(l);
	if (q.summed)
		summary_define(db);
	choose_columns(&q);
	choose_order(&q);
	q.costly = arena_get(sizeof(*q.costly) * 256);
	if (l->where || l->sort)
		column_each(NULL, l->entity, note_costly, &q);
	if (l->of)
		add_segment(&q);
	if (l->where)
		expr_parts(l->where, add_condition, &q);
	put_query(&sql, &q);
	db_restrict(db, true);
	s = l->where ? db_try(db, sql.text, NULL, &why) :
	    db_prepare(db, sql.text);
	if (!s)
		cmd_usage("-w: %s", buf_get(&why));
	buf_free(&sql);
	print(s, &q, form);
}
