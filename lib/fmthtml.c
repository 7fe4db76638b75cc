/* Pages of HTML with tables; they need no other file. */
#include <string.h>

#include "cmd.h"
#include "fmt.h"
#include "fmtcore.h"
#include "put.h"
#include "tsv.h"
#include "visible.h"

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>";
static const char style[] =
    "</title>\n"
    "<style>\n"
    "body { font: 14px/1.4 sans-serif }\n"
    "svg { max-width: 100%; height: auto; display: block }\n"
    "table { border-collapse: collapse; font: 14px/1.4 sans-serif }\n"
    "th, td { padding: .3em .8em; border-bottom: 1px solid #ddd;\n"
    "  text-align: left; vertical-align: top }\n"
    "th { border-bottom: 2px solid #888 }\n"
    ".n { text-align: right; font-variant-numeric: tabular-nums }\n"
    "tbody tr:hover { background: #f4f6f8 }\n"
    "</style>\n";

/* Nothing in a cell is markup, nor what a script's template fills in. */
static void
text_to(struct buf *b, const char *s, size_t n)
{
	static const char special[] = "\t\r\n<>&\"'{}";
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = visible_plain(s + i, strcspn(s + i, special));
		if (len > 0) {
			buf_add(b, s + i, len);
			continue;
		}
		len = 1;
		if (s[i] == '\n')
			buf_text(b, "<br>");
		else if (s[i] == '\t' || s[i] == '\r')
			buf_char(b, ' ');
		else if (strchr(special, s[i]))
			buf_printf(b, "&#%d;", s[i]);
		else
			len = fmt_char(b, s + i, n - i);
	}
}

static void
cell_to(struct buf *b, const char *tag, bool number, const char *s, size_t n)
{
	buf_printf(b, "<%s%s>", tag, number ? " class=\"n\"" : "");
	text_to(b, s, n);
	buf_printf(b, "</%s>", tag);
}

static void
put_row(struct buf *b, const struct tsv *in)
{
	int i;

	buf_text(b, "<tr>");
	for (i = 0; i < tsv_columns(in); i++)
		cell_to(b, "td", fmt_number(in, i), tsv_field(in, i),
		    tsv_size(in, i));
	buf_text(b, "</tr>\n");
	put_some();
}

/* A column's name stands over its numbers if the first row has one. */
static void
put_names(struct buf *b, const struct tsv *in, bool row)
{
	int i;

	buf_text(b, "<thead>\n<tr>");
	for (i = 0; i < tsv_columns(in); i++)
		cell_to(b, "th", row && fmt_number(in, i), fmt_name(in, i),
		    strlen(fmt_name(in, i)));
	buf_text(b, "</tr>\n</thead>\n");
}

void
fmt_html_begin(const char *title)
{
	struct buf *b = put_buffer();

	buf_text(b, head);
	text_to(b, title, strlen(title));
	buf_text(b, style);
}

void
fmt_html_text(const char *tag, const char *text)
{
	struct buf *b = put_buffer();

	cell_to(b, tag, false, text, strlen(text));
	buf_char(b, '\n');
}

void
fmt_html_table(struct tsv *in)
{
	struct buf *b = put_buffer();
	bool row = tsv_next(in);

	buf_text(b, "<table>\n");
	if (!common.form.bare)
		put_names(b, in, row);
	buf_text(b, "<tbody>\n");
	for (; row; row = tsv_next(in))
		put_row(b, in);
	buf_text(b, "</tbody>\n</table>\n");
}

enum status
fmt_html(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	(void)operands, (void)opts;
	if (tsv_columns(in) == 0)
		return OK;
	fmt_html_begin("crm");
	fmt_html_table(in);
	return OK;
}
