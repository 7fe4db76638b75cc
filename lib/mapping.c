#include "mapping.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "csv.h"
#include "schema.h"
#include "text.h"
#include "yml.h"

static const char *const top_keys[] = { "about", "entity", "key", "match",
	"dates", "skip", "fields", "points", "occasions", NULL };
static const char *const source_keys[] = { "column", "is", "map", "default",
	"split", "drop", "join", "with", "alias", "make", "once", "system",
	"kind", "label", "keep", "when", NULL };
static const char *const rule_keys[] = { "column", "is", "empty", NULL };

static void
check_keys(const struct node *map, const char *const *known)
{
	const struct node *n;
	const char *near;
	int i;

	if (map->shape != MAP)
		node_reject(map, "not a map");
	for (n = map->child; n; n = n->next) {
		for (i = 0; known[i] && strcmp(known[i], n->key) != 0; i++)
			;
		near = known[i] ? NULL : text_nearest(n->key, known);
		if (!known[i])
			node_reject(n, "unknown key '%s'%s%s%s", n->key,
			    near ? "; did you mean '" : "", near ? near : "",
			    near ? "'?" : "");
	}
}

static bool
is_true(const struct node *n, const char *key)
{
	const char *text = node_key_text(n, key);

	return text && strcmp(text, "true") == 0;
}

static struct source
read_source(const struct node *n, const char *name)
{
	struct source s = { .name = name, .node = n };

	if (n->shape != MAP) {
		s.columns = n;
		return s;
	}
	check_keys(n, source_keys);
	s.constant = node_key_text(n, "is");
	s.columns = node_key(n, "column");
	s.join = node_key(n, "join");
	s.map = node_key(n, "map");
	s.fallback = node_key_text(n, "default");
	s.split = node_key_text(n, "split");
	s.drop = node_key(n, "drop");
	s.with = node_key_text(n, "with");
	s.alias = node_key_text(n, "alias");
	s.make = node_key_text(n, "make");
	s.label = node_key_text(n, "label");
	s.once = is_true(n, "once");
	s.keep = is_true(n, "keep");
	s.when = node_key(n, "when");
	if (s.when)
		check_keys(s.when, rule_keys);
	if (s.split && !*s.split)
		node_reject(n, "split: expected what stands between values");
	if (!s.columns && !s.join && !s.constant)
		node_reject(n, "neither column nor join nor is");
	return s;
}

/* A map of fields, or a list of points or occasions. */
static struct source *
read_sources(const struct node *n, int *count)
{
	struct source *list;
	const struct node *item;
	const char *name;
	int i;

	*count = node_count(n);
	list = arena_get(((size_t)*count + 1) * sizeof(*list));
	for (i = 0; i < *count; i++) {
		item = node_at(n, i);
		name = n->shape == MAP ? node_name(n, i) :
		    node_key_text(item, "kind");
		if (!name)
			node_reject(item, "no kind");
		list[i] = read_source(item, name);
	}
	return list;
}

static void
read_key(struct mapping *m, const struct node *key)
{
	if (!key)
		return;
	m->key = read_source(key, "key");
	m->system = node_key_text(key, "system");
	if (!m->system)
		node_reject(key, "no system");
}

static enum dateorder
read_dates(const struct node *n)
{
	const char *word = node_text(n);

	if (!n || (word && strcmp(word, "iso") == 0))
		return DATE_ISO;
	if (word && strcmp(word, "dmy") == 0)
		return DATE_DMY;
	if (word && strcmp(word, "mdy") == 0)
		return DATE_MDY;
	node_reject(n, "dates: not iso, dmy or mdy");
}

static void
check_fields(const struct mapping *m)
{
	const struct column *c;
	const char *near;
	int i;

	for (i = 0; i < m->nfields; i++) {
		c = column_find(NULL, m->entity, m->fields[i].name);
		if ((c && column_writable(c)) ||
		    strncmp(m->fields[i].name, "x_", 2) == 0)
			continue;
		near = column_nearest(NULL, m->entity, m->fields[i].name);
		node_reject(m->fields[i].node, "no field '%s'%s%s%s",
		    m->fields[i].name, near ? "; did you mean '" : "",
		    near ? near : "", near ? "'?" : "");
	}
}

static struct mapping *
read_mapping(const struct node *n)
{
	struct mapping *m = arena_get(sizeof(*m));
	const char *entity;
	int i;

	check_keys(n, top_keys);
	entity = node_key_text(n, "entity");
	m->entity = entity_find(entity ? entity : "contact");
	if (!m->entity)
		node_reject(node_key(n, "entity"), "no such entity: '%s'",
		    entity);
	read_key(m, node_key(n, "key"));
	m->match = node_key(n, "match");
	m->skip = node_key(n, "skip");
	for (i = 0; i < node_count(m->skip); i++)
		check_keys(node_at(m->skip, i), rule_keys);
	m->dates = read_dates(node_key(n, "dates"));
	m->fields = read_sources(node_key(n, "fields"), &m->nfields);
	m->points = read_sources(node_key(n, "points"), &m->npoints);
	m->occasions = read_sources(node_key(n, "occasions"), &m->noccasions);
	if (!m->system && !node_count(m->match))
		node_reject(n, "neither key nor match: rows could not be "
		    "found again");
	if (m->nfields == 0)
		node_reject(n, "no fields");
	check_fields(m);
	return m;
}

void
mapping_names(struct buf *b)
{
	int i;

	for (i = 0; mappings[i].name; i++)
		buf_printf(b, "%s%s", i ? " " : "", mappings[i].name);
}

struct mapping *
mapping_read(const char *name)
{
	const struct node *n = NULL;
	struct mapping *m;
	int i;

	for (i = 0; mappings[i].name; i++)
		if (strcmp(mappings[i].name, name) == 0)
			break;
	n = mappings[i].name ? yml_parse(mappings[i].text,
	    strlen(mappings[i].text), name) : yml_read(name);
	if (!n)
		die(CONFIG, "%s:1:1: empty", name);
	m = read_mapping(n);
	m->built_in = mappings[i].name != NULL;
	return m;
}

static void
bind(struct source *s, const struct csv *in, bool needed)
{
	const struct node *list = s->join ? s->join : s->columns;
	const char *name;
	int i;

	s->nat = node_count(list);
	s->at = arena_get(((size_t)s->nat + 1) * sizeof(*s->at));
	for (i = 0; i < s->nat; i++) {
		name = node_text(node_at(list, i));
		if (!name)
			node_reject(node_at(list, i), "not a column's name");
		s->at[i] = csv_find(in, name);
		if (s->at[i] < 0 && needed)
			csv_reject(in, NULL, "no column '%s'", name);
	}
}

void
mapping_bind(struct mapping *m, const struct csv *in)
{
	int i;

	if (csv_columns(in) == 0)
		return;
	if (m->system)
		bind(&m->key, in, true);
	for (i = 0; i < m->nfields; i++)
		bind(&m->fields[i], in, !m->built_in);
	for (i = 0; i < m->npoints; i++)
		bind(&m->points[i], in, !m->built_in);
	for (i = 0; i < m->noccasions; i++)
		bind(&m->occasions[i], in, !m->built_in);
}

static bool
dropped(const struct source *s, const char *text, size_t size)
{
	const char *word;
	int i;

	for (i = 0; i < node_count(s->drop); i++) {
		word = node_text(node_at(s->drop, i));
		if (word && strlen(word) == size &&
		    memcmp(word, text, size) == 0)
			return true;
	}
	return size == 0;
}

/* Several values in one cell: ours are set apart by commas. */
static void
split(const struct source *s, const char *cell, struct buf *to)
{
	size_t by = strlen(s->split), n;
	struct buf copy = { 0 };
	const char *text, *end;
	bool any = false;

	buf_text(&copy, cell);
	buf_clear(to);
	text = copy.text;
	while (text) {
		end = strstr(text, s->split);
		n = end ? (size_t)(end - text) : strlen(text);
		for (; n > 0 && *text == ' '; n--)
			text++;
		while (n > 0 && text[n - 1] == ' ')
			n--;
		if (!dropped(s, text, n)) {
			buf_text(to, any ? "," : "");
			buf_add(to, text, n);
			any = true;
		}
		text = end ? end + by : NULL;
	}
	buf_free(&copy);
}

static void
join(const struct source *s, const struct csv *in, struct buf *to)
{
	int i;

	for (i = 0; i < s->nat; i++)
		if (s->at[i] >= 0 && csv_size(in, s->at[i]) > 0) {
			if (to->len)
				buf_text(to, s->with ? s->with : " ");
			buf_text(to, csv_field(in, s->at[i]));
		}
}

/* Without the blanks around it; the text may lie in the buf. */
static const char *
trim(const char *text, struct buf *to)
{
	size_t n = strlen(text), before = strspn(text, " ");
	char *room;

	if (!before && (!n || text[n - 1] != ' '))
		return text;
	while (n > before && text[n - 1] == ' ')
		n--;
	if (text != to->text)
		buf_text(to, text);
	room = to->text;
	memmove(room, room + before, n - before);
	to->len = n - before;
	room[to->len] = '\0';
	return room;
}

/* Has the row's cell one of these values, or none where none is said? */
static bool
holds(const struct node *rule, const struct csv *in)
{
	const char *name = node_key_text(rule, "column"), *is;
	const struct node *list = node_key(rule, "is");
	int at = name ? csv_find(in, name) : -1, i;

	if (at < 0 || !list)
		return at >= 0 && csv_size(in, at) == 0;
	for (i = 0; i < node_count(list); i++)
		if ((is = node_text(node_at(list, i))) &&
		    strcmp(csv_field(in, at), is) == 0)
			return true;
	return false;
}

const char *
mapping_text(const struct source *s, const struct csv *in, struct buf *to)
{
	const char *text = s->constant, *mapped;
	int i;

	buf_clear(to);
	if (s->when && !holds(s->when, in))
		return NULL;
	if (s->join) {
		join(s, in, to);
		text = buf_get(to);
	}
	for (i = 0; !text && i < s->nat; i++)
		if (s->at[i] >= 0 && csv_size(in, s->at[i]) > 0)
			text = csv_field(in, s->at[i]);
	if (text && !s->constant)
		text = trim(text, to);
	if (text && s->split) {
		split(s, text, to);
		text = buf_get(to);
	}
	if (text && s->map) {
		mapped = node_key_text(s->map, text);
		text = mapped ? mapped : s->keep && *text ? text :
		    s->fallback;
	} else if (!text || !*text)
		text = s->fallback;
	return text && *text ? text : NULL;
}

bool
mapping_skips(const struct mapping *m, const struct csv *in)
{
	int i;

	for (i = 0; i < node_count(m->skip); i++)
		if (holds(node_at(m->skip, i), in))
			return true;
	return false;
}
