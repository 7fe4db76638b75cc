#include "operands.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "cmd.h"

/* The length of the name in NAME=VALUE, NAME+=VALUE; 0: no field. */
static size_t
field_name(const char *word, char *how)
{
	size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (n == 0 || *word < 'a' || *word > 'z')
		return 0;
	*how = '=';
	if ((word[n] == '+' || word[n] == '-') && word[n + 1] == '=') {
		*how = word[n];
		return n;
	}
	return word[n] == '=' ? n : 0;
}

static void
take(struct operands *o, const char *word, bool literal)
{
	char how = '=';
	size_t n = literal ? 0 : field_name(word, &how);

	if (n > 0) {
		o->fields[o->nfields++] = (struct field){
			.name = arena_slice(word, n),
			.value = strchr(word, '=') + 1,
			.how = how,
		};
	} else if (!literal && strcmp(word, "-") == 0) {
		if (o->input)
			cmd_usage("'-' is given twice");
		o->input = true;
	} else
		o->keys[o->nkeys++] = word;
}

static const char *
join(int argc, char *argv[], int from)
{
	struct buf b = { 0 };
	const char *s;
	int i;

	for (i = from; i < argc; i++)
		buf_printf(&b, "%s%s", i > from ? " " : "", argv[i]);
	s = arena_copy(buf_get(&b));
	buf_free(&b);
	return s;
}

/* For history: options and keys, but no value of a field and no text. */
static const char *
words(int argc, char *argv[], int dashes)
{
	struct buf b = { 0 };
	const char *s;
	char how;
	size_t n;
	int i;

	for (i = 1; i < (dashes < 0 ? argc : dashes); i++) {
		n = field_name(argv[i], &how);
		if (n == 0)
			n = strlen(argv[i]);
		else
			n = strcspn(argv[i], "=") + 1;
		buf_printf(&b, "%s%.*s", i > 1 ? " " : "", (int)n, argv[i]);
	}
	s = b.len ? arena_copy(b.text) : NULL;
	buf_free(&b);
	return s;
}

struct operands
operands_read(int argc, char *argv[], int n, int flags)
{
	struct operands o = { .entity = entity_find("contact") };
	const struct entity *e;
	int dashes = cmd_dashes(), end;

	o.fields = arena_get(sizeof(*o.fields) * (size_t)(argc + 1));
	o.keys = arena_get(sizeof(*o.keys) * (size_t)(argc + 1));
	o.words = words(argc, argv, dashes);
	if (flags & OPERANDS_ENTITY && n < argc && n != dashes &&
	    (e = entity_find(argv[n]))) {
		o.entity = e;
		n++;
	}
	end = dashes >= 0 && flags & OPERANDS_TEXT ? dashes : argc;
	for (; n < end; n++)
		take(&o, argv[n], dashes >= 0 && n >= dashes);
	if (end < argc)
		o.text = join(argc, argv, end);
	return o;
}

bool
operands_have(const struct operands *o, const char *name)
{
	int i;

	for (i = 0; i < o->nfields; i++)
		if (strcmp(o->fields[i].name, name) == 0)
			return true;
	return false;
}

/* There is room for a field from each word of the command line. */
void
operands_add(struct operands *o, const char *name, const char *value)
{
	if (!value)
		return;
	if (operands_have(o, name))
		cmd_usage("'%s' is given twice", name);
	o->fields[o->nfields++] = (struct field){ name, value, '=' };
}
