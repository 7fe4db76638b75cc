/* Names filled in, sections, fallbacks, widths; nothing escapes. */
#undef NDEBUG
#include <assert.h>
#include <string.h>

#include "buf.h"
#include "template.h"

struct book {
	const char *const *rows;
	int at; /* -1: outside */
};

static const char *
text(void *data, const char *name)
{
	struct book *b = data;

	if (strcmp(name, "row") == 0 && b->at >= 0)
		return b->rows[b->at];
	if (strcmp(name, "name") == 0)
		return "Ada <ada@example.org>";
	if (strcmp(name, "lines") == 0)
		return "- one\n2. two\n# three\n    four | *five*";
	return strcmp(name, "empty") == 0 ? "" : NULL;
}

static int
row(void *data, const char *name, bool first)
{
	struct book *b = data;

	if (strcmp(name, "rows") != 0)
		return -1;
	b->at = first ? 0 : b->at + 1;
	if (b->rows[b->at])
		return 1;
	b->at = -1;
	return 0;
}

static void
makes(enum template_kind kind, const char *template, const char *wanted)
{
	static const char *const rows[] = { "a", "b", NULL };
	struct book book = { rows, -1 };
	struct template_source from = { .text = text, .row = row,
		.data = &book };
	struct buf b = { 0 };

	template_fill(&b, template, "test", kind, &from);
	assert(strcmp(buf_get(&b), wanted) == 0);
	buf_free(&b);
}

static void
names(void)
{
	makes(TEMPLATE_TEXT, "", "");
	makes(TEMPLATE_TEXT, "{a} { {", "{a} { {");
	makes(TEMPLATE_TEXT, "Hi {{name}}!", "Hi Ada <ada@example.org>!");
	makes(TEMPLATE_TEXT, "[{{empty}}] [{{empty|no <one>}}]",
	    "[] [no <one>]");
	makes(TEMPLATE_TEXT, "[{{empty:3}}] [{{empty:-4|x}}] [{{empty:3|x}}]",
	    "[   ] [   x] [x  ]");
}

static void
sections(void)
{
	makes(TEMPLATE_TEXT, "{{#rows}}{{row}},{{/rows}}", "a,b,");
	makes(TEMPLATE_TEXT, "x\n {{#rows}}\n {{row}}\n{{/rows}}\ny",
	    "x\n a\n b\ny");
	makes(TEMPLATE_TEXT, "{{^rows}}none{{/rows}}.", ".");
	makes(TEMPLATE_TEXT, "{{#name}}is{{/name}}{{^name}}not{{/name}}",
	    "is");
	makes(TEMPLATE_TEXT, "{{#empty}}is{{#rows}}{{row}}{{/rows}}"
	    "{{/empty}}{{^empty}}not{{/empty}}", "not");
	makes(TEMPLATE_TEXT, "{{#rows}}{{#empty}}x{{/empty}}"
	    "{{^empty}}{{row}}{{/empty}}{{/rows}}", "ab");
}

static void
escapes(void)
{
	makes(TEMPLATE_HTML, "<b>{{name}}</b>",
	    "<b>Ada &lt;ada@example.org&gt;</b>");
	makes(TEMPLATE_MD, "*{{name}}*", "*Ada \\<ada@example.org\\>*");
	makes(TEMPLATE_MD, "{{lines}}", "\\- one<br>2\\. two<br>\\# three"
	    "<br>four \\| \\*five\\*");
	makes(TEMPLATE_HTML, "{{lines}}", "- one<br>\n2. two<br>\n# three"
	    "<br>\n    four | *five*");
}

static void
values(void)
{
	struct buf b = { 0 };

	template_escape(&b, "\033[2J\302\233x\r\ny", TEMPLATE_TEXT);
	assert(strcmp(b.text, "\\x1b[2J\\u{9b}x\ny") == 0);
	buf_clear(&b);
	template_escape(&b, "-1.50 1.5 12.", TEMPLATE_MD);
	assert(strcmp(b.text, "-1.50 1.5 12.") == 0);
	buf_clear(&b);
	template_escape(&b, "12.", TEMPLATE_MD);
	assert(strcmp(b.text, "12\\.") == 0);
	buf_clear(&b);
	template_escape(&b, "'\"&", TEMPLATE_HTML);
	assert(strcmp(b.text, "&#39;&quot;&amp;") == 0);
	buf_clear(&b);
	template_escape(&b, "a\r\nBcc: b\tc", TEMPLATE_LINE);
	assert(strcmp(b.text, "a Bcc: b c") == 0);
	buf_clear(&b);
	template_escape(&b, "Doe, \"J\" \\\n<x@y.org>", TEMPLATE_NAME);
	assert(strcmp(b.text, "\"Doe, \\\"J\\\" \\\\ <x@y.org>\"") == 0);
	buf_clear(&b);
	template_escape(&b, "Ada Byron", TEMPLATE_NAME);
	assert(strcmp(b.text, "Ada Byron") == 0);
	buf_clear(&b);
	template_escape(&b, "a b&\303\251~", TEMPLATE_URL);
	assert(strcmp(b.text, "a%20b%26%C3%A9~") == 0);
	buf_free(&b);
}

static int lacking;

static void
missing(void *data, const char *name)
{
	(void)data;
	lacking += strcmp(name, "empty") == 0;
}

static bool
known(void *data, const char *name)
{
	(*(int *)data)++;
	return strcmp(name, "other") != 0;
}

static void
asked(void)
{
	struct book book = { NULL, -1 };
	struct template_source from = { text, row, &book, missing, 0 };
	struct buf b = { 0 };
	int n = 0;

	template_fill(&b, "{{empty}}{{empty|x}}{{#empty}}{{empty}}{{/empty}}",
	    "test", TEMPLATE_TEXT, &from);
	assert(strcmp(b.text, "x") == 0 && lacking == 1);
	buf_free(&b);
	template_each("{{#a}}{{b}}{{^c}}{{d|x}}{{/c}}{{/a}}{{e:3}}", "test",
	    0, known, &n);
	assert(n == 5);
}

int
main(void)
{
	asked();
	names();
	sections();
	escapes();
	values();
	return 0;
}
