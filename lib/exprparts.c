/* The parts of an expression, and the names in it. */
#include <string.h>

#include "buf.h"
#include "expr.h"
#include "exprcore.h"

/* Does this "and" join the whole, rather than the ends of a BETWEEN?  An
 * "or" at the top means that nothing may be taken apart. */
static const char *
part_end(const char *p, bool *whole)
{
	int depth = 0, between = 0;
	struct token t;

	for (t = token_next(&p); t.kind != K_END && t.kind != K_BAD;
	    t = token_next(&p)) {
		if (token_mark(&t, "(") || token_word(&t, "case"))
			depth++;
		else if (token_mark(&t, ")") || token_word(&t, "end"))
			depth--;
		else if (depth == 0 && token_word(&t, "or"))
			*whole = true;
		else if (depth == 0 && token_word(&t, "between"))
			between++;
		else if (depth == 0 && token_word(&t, "and") && between-- == 0)
			return t.at;
		if (between < 0)
			between = 0;
	}
	return NULL;
}

void
expr_parts(const char *text,
    void (*f)(void *data, const char *part, size_t size), void *data)
{
	bool whole = false;
	const char *p, *end;

	for (p = text; (end = part_end(p, &whole)); p = end + 3)
		;
	if (whole) {
		f(data, text, strlen(text));
		return;
	}
	for (p = text; (end = part_end(p, &whole)); p = end + 3)
		f(data, p, (size_t)(end - p));
	f(data, p, strlen(p));
}

int
expr_mentions(const char *text, const char *name)
{
	struct token t;
	int n = 0;

	if (!text)
		return 0;
	for (t = token_next(&text); t.kind != K_END && t.kind != K_BAD;
	    t = token_next(&text))
		n += token_word(&t, name);
	return n;
}

void
expr_quote(struct buf *sql, const char *text)
{
	buf_char(sql, '\'');
	for (; *text; text++)
		buf_printf(sql, *text == '\'' ? "\'\'" : "%c", *text);
	buf_char(sql, '\'');
}
