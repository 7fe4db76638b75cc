#include "segment.h"

#include <math.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "num.h"
#include "text.h"
#include "yml.h"

const char *const segment_kinds[] = { "rule", "tiers", "static" };

static struct {
	bool read;
	struct segment *list;
	int n;
} all;

const char *
segment_path(const struct segment *s)
{
	struct buf b = { 0 };
	const char *path;

	buf_printf(&b, "segments.%s", s->name);
	path = arena_copy(b.text);
	buf_free(&b);
	return path;
}

bool
segment_named(const char *s)
{
	return *s >= 'a' && *s <= 'z' &&
	    !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-")];
}

/* Its name, not in use by another or by crm-segment moves. */
static const char *
read_tier(const struct segment *s, const struct node *n)
{
	const char *name = node_text(n);
	int i;

	if (!name || !segment_named(name) || strcmp(name, "in") == 0 ||
	    strcmp(name, "out") == 0)
		node_reject(n, "%s.into: not a name for a tier: '%s'",
		    segment_path(s), name ? name : "");
	for (i = 0; i < s->ntiers; i++)
		if (strcmp(s->tiers[i], name) == 0)
			node_reject(n, "%s.into: '%s' is given twice",
			    segment_path(s), name);
	return name;
}

static void
read_shares(struct segment *s, const struct node *by)
{
	double sum = 0;
	int i;

	s->share = true;
	for (i = 0; i < s->ntiers; i++) {
		if (s->by[i] <= 0)
			node_reject(node_at(by, i), "%s.by: not a percentage "
			    "above 0", segment_path(s));
		sum += s->by[i];
	}
	if (fabs(sum - 100) > 1e-6)
		node_reject(by, "%s.by: the percentages add up to %.10g, not "
		    "to 100", segment_path(s), sum);
}

static void
check_cuts(const struct segment *s, const struct node *by)
{
	int i;

	for (i = 1; i < s->ntiers - 1; i++)
		if (s->by[i] >= s->by[i - 1])
			node_reject(node_at(by, i), "%s.by: the least values "
			    "must go down", segment_path(s));
}

static void
read_tiers(struct segment *s)
{
	const struct node *into = node_key(s->node, "into");
	const struct node *by = node_key(s->node, "by");
	int n = node_count(into), i;

	if (n < 2)
		node_reject(into ? into : s->node, "%s: two tiers or more are "
		    "expected in into", segment_path(s));
	s->tiers = arena_get(sizeof(*s->tiers) * (size_t)n);
	s->by = arena_get(sizeof(*s->by) * (size_t)n);
	for (i = 0; i < n; i++, s->ntiers++)
		s->tiers[i] = read_tier(s, node_at(into, i));
	if (node_count(by) != n && node_count(by) != n - 1)
		node_reject(by ? by : s->node, "%s: expected %d percentages, "
		    "or the least values of the first %d, in by",
		    segment_path(s), n, n - 1);
	for (i = 0; i < node_count(by); i++)
		if (!node_text(node_at(by, i)) ||
		    !num_real(node_text(node_at(by, i)), &s->by[i]))
			node_reject(node_at(by, i), "%s.by: not a number",
			    segment_path(s));
	if (node_count(by) == n)
		read_shares(s, by);
	else
		check_cuts(s, by);
}

/* One of the three it must be. */
static enum segment_kind
kind_of(const struct segment *s)
{
	const struct node *fixed = node_key(s->node, "static");
	const char *yes = node_text(fixed);
	bool where = node_key(s->node, "where") != NULL;
	bool tiers = node_key(s->node, "tiers") != NULL;

	if (fixed && (!yes || (strcmp(yes, "true") != 0 &&
	    strcmp(yes, "false") != 0)))
		node_reject(fixed, "%s.static: not true or false",
		    segment_path(s));
	if (where + tiers + (fixed && *yes == 't') != 1)
		node_reject(s->node, "%s: one of where, tiers and "
		    "static: true is expected", segment_path(s));
	if (!tiers && (node_key(s->node, "into") || node_key(s->node, "by")))
		node_reject(s->node, "%s: into and by go with tiers",
		    segment_path(s));
	return where ? SEGMENT_RULE : tiers ? SEGMENT_TIERS : SEGMENT_STATIC;
}

static void
read_one(struct segment *s)
{
	static const char *const keys[] = { "where", "tiers" };

	if (!segment_named(s->name))
		node_reject(s->node, "segments: not a name of a-z, 0-9, _ and "
		    "-: '%s'", s->name);
	if (node_count(s->node) && (node_text(s->node) ||
	    !node_name(s->node, 0)))
		node_reject(s->node, "%s: not a map", segment_path(s));
	s->kind = kind_of(s);
	s->about = node_key_text(s->node, "about");
	s->proposition = node_key_text(s->node, "proposition");
	if (s->kind != SEGMENT_STATIC) {
		s->rule = node_key(s->node, keys[s->kind]);
		if (!node_text(s->rule))
			node_reject(s->rule, "%s: an expression is expected",
			    segment_path(s));
	}
	if (s->kind == SEGMENT_TIERS)
		read_tiers(s);
}

static void
read_all(void)
{
	const struct node *n = config_get("segments");
	int i;

	if (all.read)
		return;
	all.read = true;
	if (node_count(n) && (node_text(n) || !node_name(n, 0)))
		node_reject(n, "segments: not a map");
	all.list = arena_get(sizeof(*all.list) * ((size_t)node_count(n) + 1));
	for (i = 0; i < node_count(n); i++, all.n++) {
		all.list[i].number = i;
		all.list[i].name = node_name(n, i);
		all.list[i].node = node_at(n, i);
		read_one(&all.list[i]);
	}
}

int
segment_count(void)
{
	read_all();
	return all.n;
}

const struct segment *
segment_at(int i)
{
	return &all.list[i];
}

const struct segment *
segment_find(const char *name)
{
	int i;

	read_all();
	for (i = 0; i < all.n; i++)
		if (strcmp(all.list[i].name, name) == 0)
			return &all.list[i];
	return NULL;
}

const char *
segment_nearest(const char *name)
{
	const char **names;
	int i;

	read_all();
	names = arena_get(sizeof(*names) * ((size_t)all.n + 1));
	for (i = 0; i < all.n; i++)
		names[i] = all.list[i].name;
	return text_nearest(name, names);
}

static void
add_pair(struct buf *b, const char *key, const char *text)
{
	if (!text)
		return;
	buf_printf(b, "%s%s: ", b->len > 1 ? ", " : "", key);
	yml_quote(b, text);
}

void
segment_new(const char *name, const char *where, const char *about,
    const char *proposition, bool keep)
{
	struct buf value = { 0 };

	buf_char(&value, '{');
	add_pair(&value, "about", about);
	add_pair(&value, "where", where);
	add_pair(&value, "proposition", proposition);
	buf_char(&value, '}');
	config_add("segments", name, value.text, keep);
	buf_free(&value);
}
