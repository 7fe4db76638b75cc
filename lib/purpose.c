#include "purpose.h"

#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "cmd.h"
#include "config.h"
#include "text.h"

const char *const basis_names[BASES] = { "opt-in", "opt-out", "none" };

static enum basis
read_basis(const struct node *n)
{
	const char *text = node_text(n);
	int i;

	for (i = 0; text && i < BASES; i++)
		if (strcmp(basis_names[i], text) == 0)
			return (enum basis)i;
	node_reject(n, "not opt-in, opt-out or none: '%s'", text ? text : "");
}

const struct purpose *
purpose_find(const char *name)
{
	const struct node *n = node_key(config_get("purposes"), name);
	const char *kind = node_key_text(n, "transactional");
	struct purpose *p;

	if (!n)
		return NULL;
	if (!node_key(n, "basis"))
		node_reject(n, "purposes.%s: no basis", name);
	p = arena_get(sizeof(*p));
	p->name = arena_copy(name);
	p->node = n;
	p->when = node_key(n, "when");
	p->transactional = kind ? strcmp(kind, "true") == 0 :
	    read_basis(node_key(n, "basis")) == NO_BASIS;
	return p;
}

static const char *
nearest(const char *name)
{
	const struct node *all = config_get("purposes");
	const char **names = arena_get(sizeof(*names) *
	    ((size_t)node_count(all) + 1));
	int i;

	for (i = 0; i < node_count(all); i++)
		names[i] = node_name(all, i);
	return text_nearest(name, names);
}

const struct purpose *
purpose_need(const char *name)
{
	const struct purpose *p = purpose_find(name);
	const char *near;

	if (p)
		return p;
	near = nearest(name);
	cmd_usage("no purpose '%s' in crm.yaml%s%s%s", name,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
}

enum basis
purpose_basis(const struct purpose *p, const char *country)
{
	const struct node *own = country ?
	    node_key(node_key(p->node, "countries"), country) : NULL;

	return read_basis(own ? own : node_key(p->node, "basis"));
}
