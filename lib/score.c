#include "score.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "die.h"
#include "expr.h"
#include "num.h"
#include "rule.h"
#include "summary.h"

struct factor {
	const struct node *node;
	const char *name, *sql;
	const char *summed; /* the same over the summaries, once asked for */
	const char *rule; /* when and per, as they were written */
};

static struct {
	bool read, ready; /* begun, done */
	struct db *db;
	struct factor *list;
	int n;
	unsigned from; /* the summaries that they need */
} all;

/* May a column be called that?  Piped into a change it must not be taken for
 * a field of contacts. */
static bool
is_free(const char *s)
{
	const struct column *c = column_find(NULL, entity_find("contact"), s);

	return *s >= 'a' && *s <= 'z' &&
	    !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] &&
	    !(c && column_writable(c)) && strcmp(s, "contact") != 0 &&
	    strcmp(s, "score") != 0;
}

/* Its column's name, not given before. */
static const char *
name_of(const struct node *n)
{
	const struct node *at = node_key(n, "name");
	const char *name = node_text(at);
	int i;

	if (!name)
		node_reject(n, "score: a factor without name");
	if (!is_free(name))
		node_reject(at, "score: not a name for a new column: '%s'",
		    name);
	for (i = 0; i < all.n; i++)
		if (strcmp(all.list[i].name, name) == 0)
			node_reject(at, "score: '%s' is given twice", name);
	return name;
}

/* A number as SQL, NULL where there is none. */
static const char *
number(const struct node *n, const char *key)
{
	const char *text = node_key_text(n, key);
	double x;

	if (text && !num_real(text, &x))
		node_reject(node_key(n, key), "%s: not a number: '%s'", key,
		    text);
	return text ? text : "NULL";
}

static const char *
expression(const struct node *n, const char *key, struct expr_once *once)
{
	const struct node *at = node_key(n, key);

	if (!at)
		return NULL;
	if (expr_mentions(node_text(at), "score"))
		node_reject(at, "%s: a factor can't ask for the score", key);
	return rule_sql(all.db, entity_find("contact"), at, key, once);
}

/* What a factor gives. */
static const char *
points_sql(const struct node *n, struct expr_once *once)
{
	const char *when = expression(n, "when", once);
	const char *per = expression(n, "per", once), *sql;
	struct buf b = { 0 };

	buf_printf(&b, "points(CASE WHEN %s THEN (%s) * %s END, %s, %s)",
	    when ? when : "1", number(n, "points"), per ? per : "1",
	    number(n, "floor"), number(n, "ceiling"));
	sql = arena_copy(b.text);
	buf_free(&b);
	return sql;
}

static void
read_factor(const struct node *n, struct factor *f)
{
	const char *when = node_key_text(n, "when");
	const char *per = node_key_text(n, "per");
	struct buf b = { 0 };

	f->node = n;
	f->name = name_of(n);
	if (!node_key(n, "points"))
		node_reject(n, "score: '%s' has no points", f->name);
	if (!node_key(n, "when") && !node_key(n, "per"))
		node_reject(n, "score: '%s' has neither when nor per",
		    f->name);
	f->sql = points_sql(n, NULL);
	buf_printf(&b, "%s%s%s", when ? when : "",
	    when && per ? "; per " : per ? "per " : "", per ? per : "");
	f->rule = arena_copy(b.text);
	buf_free(&b);
}

static void
read_all(struct db *db)
{
	const struct node *list = config_get("score");
	int i;

	if (all.read)
		return;
	all.read = true;
	all.db = db;
	all.list = arena_get(sizeof(*all.list) *
	    ((size_t)node_count(list) + 1));
	for (i = 0; i < node_count(list); i++, all.n++)
		read_factor(node_at(list, i), &all.list[i]);
	all.ready = true;
}

void
score_check(struct db *db)
{
	static const char *const keys[] = { "when", "per" };
	const struct node *n;
	int i, k;

	read_all(db);
	for (i = 0; i < all.n; i++)
		for (k = 0; k < 2; k++)
			if ((n = node_key(all.list[i].node, keys[k])))
				rule_check(db, entity_find("contact"), n,
				    keys[k]);
}

/* To compile each factor costs; only where all together do not. */
struct stmt *
score_prepare(struct db *db, const char *sql)
{
	struct buf why = { 0 };
	struct stmt *s;

	db_restrict(db, true);
	if (!(s = db_try(db, sql, NULL, &why))) {
		score_check(db);
		die(CONFIG, "score: %s", buf_get(&why));
	}
	return s;
}

int
score_count(struct db *db)
{
	read_all(db);
	return all.n;
}

const char *
score_factor(int i)
{
	return all.list[i].name;
}

bool
score_is_factor(struct db *db, const char *name)
{
	int i;

	read_all(db);
	for (i = 0; i < all.n; i++)
		if (strcmp(all.list[i].name, name) == 0)
			return true;
	return false;
}

static const char *
add_up(bool summed)
{
	struct buf b = { 0 };
	const char *sql;
	int i;

	buf_text(&b, "points(0");
	for (i = 0; i < all.n; i++)
		buf_printf(&b, " + %s", summed ? all.list[i].summed :
		    all.list[i].sql);
	buf_text(&b, ", NULL, NULL)");
	sql = arena_copy(b.text);
	buf_free(&b);
	return sql;
}

static void
read_summed(void)
{
	struct expr_once once = { .summed = true };
	int i;

	for (i = 0; i < all.n; i++)
		all.list[i].summed = points_sql(all.list[i].node, &once);
	all.from = once.from;
}

const char *
column_made(struct db *db, unsigned *from)
{
	static const char *sql, *summed;

	if (all.read && !all.ready)
		node_reject(config_get("score"), "score: a factor asks for "
		    "the score by way of a segment");
	if (!sql) {
		read_all(db);
		sql = add_up(false);
	}
	if (!from)
		return sql;
	if (!summed) {
		read_summed();
		summed = add_up(true);
	}
	*from |= all.from;
	return summed;
}

/* Whoever is asked for, in the order of their number: the summaries are then
 * one scan. */
static void
put_asked(struct buf *b, bool picked)
{
	buf_text(b, picked ?
	    " FROM temp.picked k CROSS JOIN contact t ON t.contact = k.key" :
	    " FROM contact t");
	column_join(b, all.from);
	buf_text(b, picked ? " ORDER BY k.key" :
	    " WHERE t.role = 'customer'");
}

/* Each factor is computed once: LIMIT, with WHERE outside, keeps SQLite from
 * merging the subquery into what is around it. */
struct stmt *
score_query(struct db *db, bool picked)
{
	struct buf b = { 0 };
	struct stmt *s;
	int i;

	read_all(db);
	read_summed();
	summary_define(db);
	buf_text(&b, "SELECT contact, points(0");
	for (i = 0; i < all.n; i++)
		buf_printf(&b, " + f%d", i);
	buf_text(&b, ", NULL, NULL) AS score");
	for (i = 0; i < all.n; i++)
		buf_printf(&b, ", f%d", i);
	buf_text(&b, ", name FROM (SELECT t.contact, t.name");
	for (i = 0; i < all.n; i++)
		buf_printf(&b, ", %s AS f%d", all.list[i].summed, i);
	put_asked(&b, picked);
	buf_text(&b, " LIMIT -1) WHERE 1 ORDER BY score DESC, contact");
	s = score_prepare(db, b.text);
	buf_free(&b);
	return s;
}

struct stmt *
score_explain(struct db *db, int64_t contact)
{
	struct buf b = { 0 };
	struct stmt *s;
	int i;

	read_all(db);
	for (i = 0; i < all.n; i++) {
		buf_printf(&b, "%sSELECT '%s', %s, ", i ? " UNION ALL " : "",
		    all.list[i].name, all.list[i].sql);
		rule_evidence(db, entity_find("contact"), all.list[i].rule,
		    &b, NULL);
		buf_text(&b, ", ");
		expr_quote(&b, all.list[i].rule);
		buf_text(&b, " FROM contact t WHERE t.contact = ?1");
	}
	s = score_prepare(db, b.text);
	db_bind(s, 1, &(struct arg)INT(contact));
	buf_free(&b);
	return s;
}
