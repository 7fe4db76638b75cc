/* An entry more in a file that somebody wrote, at libyaml's marks. */
#include <string.h>

#include "buf.h"
#include "yml.h"

/* A text, and where something goes. */
struct place {
	const char *text;
	size_t size;
};

/* The byte at which so many characters are over. */
static size_t
byte_of(const struct place *p, size_t characters)
{
	size_t at = 0;

	for (; characters; characters--)
		for (at++; at < p->size && (p->text[at] & 0xc0) == 0x80;)
			at++;
	return at < p->size ? at : p->size;
}

/* Where the line of this byte is over; a value that ends with its line is
 * over already. */
static size_t
line_end(const struct place *p, size_t at)
{
	const char *nl;

	if (at > 0 && p->text[at - 1] == '\n')
		return at;
	nl = memchr(p->text + at, '\n', p->size - at);
	return nl ? (size_t)(nl - p->text) + 1 : p->size;
}

/* Is the map in one line, with but a comment on the rest of it? */
static bool
is_alone(const struct place *p, const struct node *map)
{
	size_t begin = byte_of(p, map->begin), at = byte_of(p, map->end);

	if (memchr(p->text + begin, '\n', at - begin))
		return false;
	while (at < p->size && strchr(" \t\r", p->text[at]))
		at++;
	return at == p->size || p->text[at] == '\n' || p->text[at] == '#';
}

/* All but the bytes from cut to uncut, and at from uncut on a line more. */
static void
put_line(struct buf *to, const struct place *p, size_t cut, size_t uncut,
    size_t at, const char *line)
{
	buf_add(to, p->text, cut);
	buf_add(to, p->text + uncut, at - uncut);
	if (to->len && to->text[to->len - 1] != '\n')
		buf_char(to, '\n');
	buf_text(to, line);
	buf_add(to, p->text + at, p->size - at);
}

static const struct node *
last_of(const struct node *n)
{
	for (n = n->child; n && n->next;)
		n = n->next;
	return n;
}

/* In brackets: behind the last entry, or the bracket. */
static void
add_in_brackets(struct buf *to, const struct place *p, const struct node *map,
    const char *name, const char *value)
{
	const struct node *last = last_of(map);
	size_t at = byte_of(p, last ? last->end : map->begin + 1);

	buf_add(to, p->text, at);
	buf_printf(to, "%s%s: %s", last ? ", " : "", name, value);
	buf_add(to, p->text + at, p->size - at);
}

/* On a line of its own; a map that is empty as yet ends up without {}. */
static void
add_line(struct buf *to, const struct place *p, const struct node *root,
    const struct node *map, const char *name, const char *value)
{
	const struct node *last = last_of(map);
	int indent = last ? last->key_column : root->child->key_column + 2;
	size_t begin = byte_of(p, last ? last->end : map->begin);
	size_t end = byte_of(p, last ? last->end : map->end);
	struct buf line = { 0 };

	buf_printf(&line, "%*s%s: %s\n", indent - 1, "", name, value);
	put_line(to, p, begin, end, line_end(p, end), line.text);
	buf_free(&line);
}

/* At the end of the file, with the map it is to stand in. */
static void
add_map(struct buf *to, const struct place *p, const struct node *root,
    const char *key, const char *name, const char *value)
{
	const struct node *last = root ? last_of(root) : NULL;
	int indent = last ? last->key_column : 1;
	size_t at = last ? line_end(p, byte_of(p, last->end)) : p->size;
	struct buf line = { 0 };

	buf_printf(&line, "%*s%s:\n%*s%s: %s\n", indent - 1, "", key,
	    indent + 1, "", name, value);
	put_line(to, p, at, at, at, line.text);
	buf_free(&line);
}

/* Does b say what a says, and have more children behind those of a? */
static bool
same(const struct node *a, const struct node *b, int more)
{
	if (a->shape != b->shape || a->count + more != b->count ||
	    (a->shape == SCALAR && strcmp(a->text, b->text) != 0))
		return false;
	for (a = a->child, b = b->child; a; a = a->next, b = b->next)
		if ((a->key && strcmp(a->key, b->key) != 0) ||
		    !same(a, b, 0))
			return false;
	return true;
}

/* Is the new one the old, with this entry at the end of its map? */
static bool
is_more(const struct node *old, const struct node *new, const char *key,
    const char *name)
{
	const struct node *map = yml_key(new, key);
	const struct node *was = yml_key(old, key);
	const struct node *n;

	if (!map || map->shape != MAP || !map->count ||
	    strcmp(last_of(map)->key, name) != 0)
		return false;
	if (was && was->shape == MAP ? !same(was, map, 1) : map->count != 1)
		return false;
	old = old ? old->child : NULL;
	for (n = new->child; n; n = n->next) {
		if (n == map && !was)
			continue;
		if (!old || strcmp(n->key, old->key) != 0 ||
		    (n != map && !same(old, n, 0)))
			return false;
		old = old->next;
	}
	return !old;
}

bool
yml_add(struct buf *to, const char *text, size_t size, const char *file,
    const char *key, const char *name, const char *value)
{
	const struct place p = { text, size };
	const struct node *root = yml_parse(text, size, file), *map;
	size_t begin = to->len;

	if (root && (root->shape != MAP || !root->child))
		root = NULL;
	map = root ? yml_key(root, key) : NULL;
	if (map && map->shape != MAP && (map->shape != SCALAR || *map->text))
		return false;
	if (!map && root && root->flow)
		return false;
	if (!map)
		add_map(to, &p, root, key, name, value);
	else if (map->flow && (map->count || root->flow ||
	    !is_alone(&p, map)))
		add_in_brackets(to, &p, map, name, value);
	else
		add_line(to, &p, root, map, name, value);
	return is_more(root, yml_parse(to->text + begin, to->len - begin,
	    file), key, name);
}

void
yml_quote(struct buf *b, const char *text)
{
	buf_char(b, '"');
	for (; *text; text++)
		if (*text == '\n')
			buf_text(b, "\\n");
		else if (*text == '\t')
			buf_text(b, "\\t");
		else if (*text == '\r')
			buf_text(b, "\\r");
		else {
			if (*text == '"' || *text == '\\')
				buf_char(b, '\\');
			buf_char(b, *text);
		}
	buf_char(b, '"');
}
