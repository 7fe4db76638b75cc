/* Expressions taken apart into tokens. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "exprcore.h"

static bool
name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* A string ends at a quote that is not doubled. */
static size_t
string_size(const char *p)
{
	size_t n = 1;

	for (; p[n]; n++)
		if (p[n] == '\'' && p[n + 1] == '\'')
			n++;
		else if (p[n] == '\'')
			return n + 1;
	return 0;
}

static size_t
number_size(const char *p)
{
	size_t n = strspn(p, "0123456789.");

	if ((p[n] == 'e' || p[n] == 'E') && n > 0) {
		size_t sign = p[n + 1] == '-' || p[n + 1] == '+';

		if (isdigit((unsigned char)p[n + 1 + sign]))
			n += 1 + sign +
			    strspn(p + n + 1 + sign, "0123456789");
	}
	return name_char(p[n]) ? 0 : n;
}

/* Operators of two characters, else one. */
static size_t
mark_size(const char *p)
{
	static const char *const two[] = { "<=", ">=", "<>", "!=", "==", "||",
		"<<", ">>", NULL };
	int i;

	if (strncmp(p, "--", 2) == 0 || strncmp(p, "/*", 2) == 0)
		return 0;
	for (i = 0; two[i]; i++)
		if (strncmp(p, two[i], 2) == 0)
			return 2;
	return strchr("<>=+-*/%(),&|~", *p) ? 1 : 0;
}

struct token
token_next(const char **p)
{
	struct token t = { K_END, NULL, 0 };

	*p += strspn(*p, " \t\r\n");
	t.at = *p;
	if (!**p)
		return t;
	if (**p == '\'') {
		t.kind = K_STRING;
		t.size = string_size(*p);
	} else if (isdigit((unsigned char)**p) ||
	    (**p == '.' && isdigit((unsigned char)(*p)[1]))) {
		t.kind = K_NUMBER;
		t.size = number_size(*p);
	} else if (name_char(**p)) {
		t.kind = K_NAME;
		while (name_char((*p)[t.size]))
			t.size++;
	} else {
		t.kind = K_MARK;
		t.size = mark_size(*p);
	}
	if (t.size == 0)
		t.kind = K_BAD;
	*p += t.size;
	return t;
}

bool
token_listed(const char *const list[], const struct token *t)
{
	int i;

	for (i = 0; list[i]; i++)
		if (strlen(list[i]) == t->size &&
		    strncasecmp(list[i], t->at, t->size) == 0)
			return true;
	return false;
}

bool
token_mark(const struct token *t, const char *mark)
{
	return t->kind == K_MARK && strlen(mark) == t->size &&
	    strncmp(t->at, mark, t->size) == 0;
}

bool
token_word(const struct token *t, const char *word)
{
	const char *const list[] = { word, NULL };

	return t->kind == K_NAME && token_listed(list, t);
}
