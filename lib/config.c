#include "config.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "db.h"
#include "schema.h"
#include "text.h"
#include "yml.h"

static struct {
	const char *path;
	bool looked, read;
	const struct node *tree, *defaults;
} c;

const char *
config_beside(const char *db_path)
{
	const char *slash = strrchr(db_path, '/');
	struct buf b = { 0 };
	const char *path;

	if (slash)
		buf_add(&b, db_path, (size_t)(slash - db_path) + 1);
	buf_text(&b, "crm.yaml");
	path = arena_copy(b.text);
	buf_free(&b);
	return path;
}

const char *
config_path(void)
{
	const char *named = getenv("CRM_CONFIG");

	if (c.looked)
		return c.path;
	c.looked = true;
	if (named && *named)
		return c.path = named;
	c.path = config_beside(db_path(NULL));
	if (access(c.path, F_OK) != 0)
		c.path = NULL;
	return c.path;
}

/* The first step of a path such as "lifecycle.stages[].name". */
static size_t
step_of(const char *path)
{
	return strcspn(path, ".[");
}

/* What follows prefix (a path as configkeys has it) in the next key below it,
 * the first if k is NULL; NULL behind the last. */
static const char *
below(const struct configkey **k, const char *prefix)
{
	size_t n = strlen(prefix);

	for (*k = *k ? *k + 1 : configkeys; (*k)->path; ++*k)
		if (strncmp((*k)->path, prefix, n) == 0)
			return (*k)->path + n;
	return NULL;
}

static bool
known(const char *prefix, const char *key)
{
	const struct configkey *k = NULL;
	const char *rest;
	size_t n = strlen(key);

	while ((rest = below(&k, prefix)))
		if (*rest == '*' || (step_of(rest) == n &&
		    memcmp(rest, key, n) == 0))
			return true;
	return false;
}

/* The key below prefix that was meant, if one is like it. */
static const char *
meant(const char *prefix, const char *key)
{
	const struct configkey *k = NULL;
	const char *names[128], *rest;
	int n = 0;

	while (n < 127 && (rest = below(&k, prefix)))
		names[n++] = arena_slice(rest, step_of(rest));
	names[n] = NULL;
	return text_nearest(key, names);
}

static bool
has_prefix(const char *prefix)
{
	const struct configkey *k = NULL;

	return below(&k, prefix) != NULL;
}

static bool
is_free(const char *prefix)
{
	const struct configkey *k = NULL;
	const char *rest;

	while ((rest = below(&k, prefix)))
		if (*rest == '*')
			return true;
	return false;
}

static NORETURN void
unknown_key(const struct node *n, const char *prefix)
{
	const char *near = meant(prefix, n->key);

	die(CONFIG, "%s:%d:%d: unknown key '%s'%s%s%s", n->file, n->key_line,
	    n->key_column, n->key, near ? "; did you mean '" : "",
	    near ? near : "", near ? "'?" : "");
}

/* Every key below must be one of configkeys. */
static void
check_keys(const struct node *n, const char *prefix)
{
	const struct node *child;
	struct buf path = { 0 };

	for (child = n->child; child; child = child->next) {
		if (n->shape != LIST && !known(prefix, child->key))
			unknown_key(child, prefix);
		if (child->shape == SCALAR)
			continue;
		buf_clear(&path);
		if (n->shape == LIST)
			buf_printf(&path, "%s[].", prefix);
		else
			buf_printf(&path, "%s%s%s", prefix,
			    is_free(prefix) ? "*" : child->key,
			    child->shape == LIST ? "" : ".");
		if (child->shape == MAP && !has_prefix(path.text))
			node_reject(child, "not a map");
		check_keys(child, path.text);
	}
	buf_free(&path);
}

/* A pipe that nobody writes to would be waited for. */
static void
must_be_file(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISFIFO(st.st_mode))
		die(CONFIG, "'%s' is a pipe, not a file", path);
}

static const struct node *
tree(void)
{
	if (c.read)
		return c.tree;
	c.read = true;
	if (!config_path())
		return NULL;
	must_be_file(c.path);
	c.tree = yml_read(c.path);
	if (!c.tree || (c.tree->shape == SCALAR && !*c.tree->text))
		return c.tree = NULL;
	if (c.tree->shape != MAP)
		node_reject(c.tree, "not a map of settings");
	check_keys(c.tree, "");
	return c.tree;
}

/* The built-in tree, if it has that top-level key: reading it is not free, and
 * most of what is asked for stands in the file. */
static const struct node *
defaults(const char *path)
{
	struct buf key = { 0 };
	const char *text;
	int i;

	for (i = 0; strcmp(templates[i].name, "crm") != 0; i++)
		;
	text = templates[i].text;
	buf_printf(&key, "\n%.*s:", (int)step_of(path), path);
	if (!c.defaults && strstr(text, key.text))
		c.defaults = yml_parse(text, strlen(text),
		    "built-in crm.yaml");
	buf_free(&key);
	return c.defaults;
}

static const struct node *
walk(const struct node *n, const char *path)
{
	size_t size;

	while (n && *path) {
		size = step_of(path);
		n = node_key(n, arena_slice(path, size));
		path += size + (path[size] == '.');
	}
	return n;
}

const struct node *
config_get(const char *path)
{
	const struct node *n = walk(tree(), path);

	return n ? n : walk(defaults(path), path);
}

const char *
config_text(const char *path)
{
	const struct node *n = config_get(path);

	if (n && n->shape != SCALAR)
		node_reject(n, "%s: one value is expected", path);
	return n && *n->text ? n->text : NULL;
}

const char *
node_text(const struct node *n)
{
	return n && n->shape == SCALAR ? n->text : NULL;
}

const struct node *
node_key(const struct node *n, const char *key)
{
	return yml_key(n, key);
}

const char *
node_key_text(const struct node *n, const char *key)
{
	return node_text(node_key(n, key));
}

int
node_count(const struct node *n)
{
	if (!n)
		return 0;
	return n->shape == SCALAR ? *n->text != '\0' : n->count;
}

const struct node *
node_at(const struct node *n, int i)
{
	if (n->shape == SCALAR)
		return n;
	for (n = n->child; i > 0; i--)
		n = n->next;
	return n;
}

const char *
node_name(const struct node *n, int i)
{
	return n->shape == MAP ? node_at(n, i)->key : NULL;
}

void
node_reject(const struct node *n, const char *fmt, ...)
{
	struct buf why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	die(CONFIG, "%s:%d:%d: %s", n->file, n->line, n->column, why.text);
}
