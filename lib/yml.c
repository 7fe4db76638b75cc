#include "yml.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "arena.h"
#include "buf.h"
#include "die.h"
#include "index.h"

enum { DEPTH = 16, SIZE = 256 << 10, FEW = 32 };

static struct {
	yaml_parser_t y;
	const char *file;
	int deep;
} p;

NORETURN static void
reject(yaml_mark_t at, const char *why)
{
	die(CONFIG, "%s:%zu:%zu: %s", p.file, at.line + 1, at.column + 1, why);
}

static void
next(yaml_event_t *e)
{
	if (yaml_parser_parse(&p.y, e))
		return;
	if (p.y.error == YAML_MEMORY_ERROR)
		die(MEMORY, "out of memory");
	reject(p.y.error == YAML_READER_ERROR ? p.y.mark :
	    p.y.problem_mark, p.y.problem ? p.y.problem : "not YAML");
}

static struct node *
new_node(const yaml_event_t *e, enum shape shape)
{
	struct node *n = arena_get(sizeof(*n));

	n->shape = shape;
	n->file = p.file;
	n->line = (int)e->start_mark.line + 1;
	n->column = (int)e->start_mark.column + 1;
	n->begin = e->start_mark.index;
	n->end = e->end_mark.index;
	n->flow = (e->type == YAML_MAPPING_START_EVENT &&
	    e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE) ||
	    (e->type == YAML_SEQUENCE_START_EVENT &&
	    e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
	return n;
}

/* What our files have no use for. */
static void
refuse_clever(const yaml_event_t *e)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (e->type == YAML_ALIAS_EVENT)
		reject(e->start_mark, "an alias is not allowed");
	if (e->type == YAML_SCALAR_EVENT) {
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
	}
	if (anchor)
		reject(e->start_mark, "an anchor is not allowed");
	if (tag)
		reject(e->start_mark, "a tag is not allowed");
}

static struct node *read_node(yaml_event_t *e);

/* Few keys are compared, many are looked up: keys holds those of the map,
 * once there is one. */
static bool
key_is_new(const struct node *map, const char *key, struct index **keys)
{
	const struct node *n;
	bool new = true;

	if (map->count < FEW) {
		for (n = map->child; n; n = n->next)
			if (strcmp(n->key, key) == 0)
				return false;
		return true;
	}
	if (!*keys) {
		*keys = index_new();
		for (n = map->child; n; n = n->next)
			index_add(*keys, n->key, strlen(n->key), &new);
	}
	index_add(*keys, key, strlen(key), &new);
	return new;
}

static void
read_key(struct node *map, yaml_event_t *e, struct node **child,
    struct index **keys)
{
	struct node *n, *k;
	yaml_event_t value;

	refuse_clever(e);
	if (e->type != YAML_SCALAR_EVENT)
		reject(e->start_mark, "a key must be a word");
	k = new_node(e, SCALAR);
	k->text = arena_slice((char *)e->data.scalar.value,
	    e->data.scalar.length);
	if (strlen(k->text) != e->data.scalar.length)
		reject(e->start_mark, "a NUL is not text");
	if (!key_is_new(map, k->text, keys))
		die(CONFIG, "%s:%d:%d: key '%s' is given twice", p.file,
		    k->line, k->column, k->text);
	next(&value);
	n = read_node(&value);
	yaml_event_delete(&value);
	n->key = k->text;
	n->key_line = k->line;
	n->key_column = k->column;
	*child = n;
}

static struct node *
read_children(yaml_event_t *e, enum shape shape)
{
	yaml_event_type_t end = shape == MAP ? YAML_MAPPING_END_EVENT :
	    YAML_SEQUENCE_END_EVENT;
	struct node *n = new_node(e, shape), **tail = &n->child;
	struct index *keys = NULL;
	yaml_event_t child;

	if (++p.deep > DEPTH)
		reject(e->start_mark, "nested more than 16 deep");
	for (;;) {
		next(&child);
		if (child.type == end)
			break;
		if (shape == MAP)
			read_key(n, &child, tail, &keys);
		else
			*tail = read_node(&child);
		yaml_event_delete(&child);
		n->end = (*tail)->end;
		tail = &(*tail)->next;
		n->count++;
	}
	if (n->flow)
		n->end = child.end_mark.index;
	yaml_event_delete(&child);
	if (keys)
		index_free(keys);
	p.deep--;
	return n;
}

static struct node *
read_node(yaml_event_t *e)
{
	struct node *n;

	refuse_clever(e);
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		n = new_node(e, SCALAR);
		n->text = arena_slice((char *)e->data.scalar.value,
		    e->data.scalar.length);
		if (strlen(n->text) != e->data.scalar.length)
			reject(e->start_mark, "a NUL is not text");
		return n;
	case YAML_SEQUENCE_START_EVENT:
		return read_children(e, LIST);
	case YAML_MAPPING_START_EVENT:
		return read_children(e, MAP);
	default:
		reject(e->start_mark, "not a value");
	}
}

struct node *
yml_parse(const char *text, size_t size, const char *file)
{
	struct node *root = NULL;
	yaml_event_t e;
	int documents = 0;

	p.file = file;
	p.deep = 0;
	if (size > SIZE)
		die(CONFIG, "%s:1:1: larger than 256 KiB", file);
	if (!yaml_parser_initialize(&p.y))
		die(MEMORY, "out of memory");
	yaml_parser_set_encoding(&p.y, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p.y, (const unsigned char *)text, size);
	for (;;) {
		next(&e);
		if (e.type == YAML_STREAM_END_EVENT)
			break;
		if (e.type == YAML_DOCUMENT_START_EVENT && documents++)
			reject(e.start_mark, "a second document");
		if (e.type != YAML_STREAM_START_EVENT &&
		    e.type != YAML_DOCUMENT_START_EVENT &&
		    e.type != YAML_DOCUMENT_END_EVENT)
			root = read_node(&e);
		yaml_event_delete(&e);
	}
	yaml_event_delete(&e);
	yaml_parser_delete(&p.y);
	return root;
}

struct node *
yml_read(const char *path)
{
	struct buf b = { 0 };
	struct node *root;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(errno == EACCES ? DENIED : NOINPUT,
		    "cannot open '%s': %s", path, strerror(errno));
	while (b.len <= SIZE &&
	    (n = read(fd, buf_room(&b, 16384), 16384)) != 0) {
		if (n < 0 && errno != EINTR)
			die(TROUBLE, "cannot read '%s': %s", path,
			    strerror(errno));
		b.len += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	root = yml_parse(b.len ? b.text : "", b.len, path);
	buf_free(&b);
	return root;
}

const struct node *
yml_key(const struct node *n, const char *key)
{
	if (!n || n->shape != MAP)
		return NULL;
	for (n = n->child; n; n = n->next)
		if (strcmp(n->key, key) == 0)
			return n;
	return NULL;
}
