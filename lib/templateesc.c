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

/* Is a quoted string open at its end? */
static bool
in_quotes(const struct buf *b)
{
	bool inside = false;
	size_t i;

	for (i = 0; i < b->len; i++)
		if (b->text[i] == '"')
			inside = !inside;
		else if (b->text[i] == '\\' && inside)
			i++;
	return inside;
}

/* RFC 5322, 3.2.4: in quotes where it holds what is more than text. */
static void
phrase(struct buf *to, const char *value)
{
	bool special = value[strcspn(value, ",;:<>()[]\\\"")] != '\0';
	bool quote = special && !in_quotes(to);

	if (quote)
		buf_char(to, '"');
	for (; *value; value++) {
		if (special && (*value == '"' || *value == '\\'))
			buf_char(to, '\\');
		buf_char(to, *value);
	}
	if (quote)
		buf_char(to, '"');
}

/* RFC 3986, 2.3. */
static void
url(struct buf *to, const char *value)
{
	for (; *value; value++)
		if ((*value >= '0' && *value <= '9') ||
		    (*value >= 'a' && *value <= 'z') ||
		    (*value >= 'A' && *value <= 'Z') ||
		    strchr("-._~", *value))
			buf_char(to, *value);
		else
			buf_printf(to, "%%%02X", (unsigned char)*value);
}

/* One line of text, without what a terminal would obey. */
static void
one_line(struct buf *to, const char *value)
{
	size_t i = to->len;

	template_escape(to, value, TEMPLATE_TEXT);
	for (; i < to->len; i++)
		if (to->text[i] == '\n' || to->text[i] == '\t')
			to->text[i] = ' ';
}

static void
of_a_header(struct buf *to, const char *value, enum template_kind kind)
{
	struct buf b = { 0 };

	if (kind == TEMPLATE_LINE) {
		one_line(to, value);
	} else if (kind == TEMPLATE_URL) {
		url(to, value);
	} else {
		one_line(&b, value);
		phrase(to, buf_get(&b));
		buf_free(&b);
	}
}

void
template_escape(struct buf *to, const char *value, enum template_kind kind)
{
	size_t n = strlen(value), len;
	const char *p, *line = value;
	unsigned code;

	if (kind >= TEMPLATE_LINE) {
		of_a_header(to, value, kind);
		return;
	}
	if (kind == TEMPLATE_TEXT && visible_plain(value, n) == n) {
		buf_add(to, value, n);
		return;
	}
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
