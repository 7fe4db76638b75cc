#include "lifecycle.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "die.h"
#include "expr.h"
#include "lifecyclecore.h"
#include "rule.h"
#include "summary.h"
#include "text.h"
#include "value.h"

struct lifecycle life;

static bool
is_listed(const char *const *words, const char *word)
{
	for (; words && *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

bool
lifecycle_stage(const char *word, const char **nearest)
{
	const char *const *stages = value_words(column_find(NULL,
	    entity_find("contact"), "stage")->of);

	if (is_listed(stages, word))
		return true;
	*nearest = text_nearest(word, stages);
	return false;
}

static const char *
stage_of(const struct node *n, const char *key)
{
	const char *word = node_text(n), *near;

	if (!word)
		node_reject(n, "%s: a stage is expected", key);
	if (!lifecycle_stage(word, &near))
		node_reject(n, "%s: no stage '%s'%s%s%s", key, word,
		    near ? "; did you mean '" : "", near ? near : "",
		    near ? "'?" : "");
	return word;
}

bool
promotion_from(const struct promotion *p, const char *stage)
{
	const struct node *from = node_key(p->node, "from");
	int i;

	for (i = 0; i < node_count(from); i++)
		if (strcmp(node_text(node_at(from, i)), stage) == 0)
			return true;
	return false;
}

/* "t.stage IN ('lead', 'prospect')" */
static const char *
read_from(const struct promotion *p)
{
	const struct node *from = node_key(p->node, "from");
	struct buf b = { 0 };
	const char *sql;
	int i;

	for (i = 0; i < node_count(from); i++) {
		buf_text(&b, i ? ", " : "t.stage IN (");
		expr_quote(&b, stage_of(node_at(from, i), "from"));
	}
	if (!i)
		node_reject(p->node, "rule '%s' has no from", p->name);
	if (promotion_from(p, p->to))
		node_reject(from, "from: '%s' is where rule '%s' leads to",
		    p->to, p->name);
	buf_char(&b, ')');
	sql = arena_copy(b.text);
	buf_free(&b);
	return sql;
}

static const struct node *
needed(const struct promotion *p, const char *key)
{
	const struct node *n = node_key(p->node, key);

	if (!n)
		node_reject(p->node, "rule '%s' has no %s", p->name, key);
	return n;
}

static void
read_rule(struct promotion *p)
{
	const struct promotion *other;

	p->seen = -1;
	p->name = node_key_text(p->node, "name");
	if (!p->name || !*p->name)
		node_reject(p->node, "promote: a rule without name");
	for (other = life.rules; other != p; other++)
		if (strcmp(other->name, p->name) == 0)
			node_reject(node_key(p->node, "name"),
			    "promote: '%s' is given twice", p->name);
	p->to = stage_of(needed(p, "to"), "to");
	p->from = read_from(p);
	p->when = node_text(needed(p, "when"));
	p->sql = rule_check(life.db, life.e, needed(p, "when"), "when");
}

/* Who writes a lifecycle of their own has none of the built-in rules. */
void
lifecycle_open(struct db *db)
{
	const struct node *list = node_key(config_get("lifecycle"),
	    "promote");
	int i;

	summary_define(db);
	life.db = db;
	life.e = entity_find("contact");
	life.n = node_count(list);
	life.rules = arena_get(sizeof(*life.rules) * ((size_t)life.n + 1));
	for (i = 0; i < life.n; i++) {
		life.rules[i].node = node_at(list, i);
		read_rule(&life.rules[i]);
	}
}
