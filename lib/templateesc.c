/* Values, harmless in the text that they become part of. */
#include <string.h>

#include "buf.h"
#include "template.h"
#include "visible.h"

/* What would mean something to HTML, else NULL. */
static const char *
html(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\n':
		return "<br>\n";
	default:
		return NULL;
	}
}

/* Where a line begins, also a bullet, a number or an underline would; -1.50
 * is none of them. */
static bool
md_begins(const char *line, const char *p)
{
	if (p[1] && p[1] != ' ' && p[1] != '\t' && p[1] != '\n' && p[1] != *p)
		return false;
	if (p == line)
		return *p == '-' || *p == '+' || *p == '=';
	return (*p == '.' || *p == ')') &&
	       strspn(line, "0123456789") == (size_t)(p - line);
}

static void
md(struct buf *to, const char *line, const char *p)
{
	if (*p == '\n') {
		buf_text(to, "<br>"); /* a table's cell is one line */
		return;
	}
	if (strchr("\\`*_[]<>|#&~", *p) || md_begins(line, p))
		buf_char(to, '\\');
	buf_char(to, *p);
}

void
template_escape(struct buf *to, const char *value, enum template_kind kind)
{
	size_t n = strlen(value), len;
	const char *p, *line = value;
	unsigned code;

	for (p = value; *p; p += len ? len : 1) {
		len = visible_char(p, n - (size_t)(p - value), &code);
		if (p > value && p[-1] == '\n')
			line = p;
		if (*p == '\r' && p[1] == '\n')
			continue;
		if (*p != '\n' && *p != '\t' && (!len || visible_hides(code)))
			to->len += visible_copy(buf_room(to, VISIBLE_MAX), p,
			    len ? len : 1);
		else if (kind == TEMPLATE_MD && line == p &&
		    (*p == ' ' || *p == '\t'))
			line++; /* no block of code */
		else if (kind == TEMPLATE_MD && len == 1)
			md(to, line, p);
		else if (kind == TEMPLATE_HTML && len == 1 && html(*p))
			buf_text(to, html(*p));
		else
			buf_add(to, p, len);
	}
}
