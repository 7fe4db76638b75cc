/* YAML: whatever becomes of it is whole and knows where it stood. */
#include <string.h>

#include "die.h"
#include "fuzz.h"
#include "yml.h"

static void
walk(const struct node *n, int depth)
{
	const struct node *c;
	int count = 0;

	fuzz_check(depth <= 17, "deeper than is allowed");
	fuzz_check(n->line > 0 && n->column > 0, "nowhere");
	fuzz_check((n->shape == SCALAR) == (n->text != NULL), "no text");
	for (c = n->child; c; c = c->next) {
		fuzz_check((n->shape == MAP) == (c->key != NULL), "no key");
		walk(c, depth + 1);
		count++;
	}
	fuzz_check(count == n->count, "a wrong number of children");
}

static void
run(const char *text, size_t size)
{
	const struct node *n = yml_parse(text, size, "fuzz");

	if (n)
		walk(n, 0);
}

const struct target target = { NULL, run, NULL, { CONFIG }, 0 };
