/* The forms that there are; those that need little: table, jsonl, md. */
#include "fmt.h"

#include <ctype.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "cmd.h"
#include "fmtcore.h"
#include "json.h"
#include "out.h"
#include "put.h"
#include "tsv.h"
#include "visible.h"

const struct fmt fmts[] = {
	{ "table", 0, "columns aligned, for people", fmt_table },
	{ "csv", 0, "comma-separated values (RFC 4180)", fmt_csv },
	{ "jsonl", 0, "JSON Lines", fmt_jsonl },
	{ "md", 0, "a table in Markdown", fmt_md },
	{ "html", 0, "a page with a table", fmt_html },
	{ "chart", -1, "[[LABELS] VALUE...]: bars", fmt_chart },
	{ "ics", 0, "events of a calendar (RFC 5545)", fmt_ics },
	{ "remind", 0, "lines for remind(1)", fmt_remind },
	{ "pivot", 3, "ROW COL VALUE: a matrix of long rows", fmt_pivot },
	{ "diff", 2, "OLD NEW: two files compared by key", fmt_diff },
	{ NULL, 0, NULL, NULL },
};

size_t
fmt_char(struct buf *b, const char *s, size_t n)
{
	unsigned code;
	size_t len = visible_char(s, n, &code);

	if (len && !visible_hides(code)) {
		buf_add(b, s, len);
		return len;
	}
	len = len ? len : 1;
	b->len += visible_copy(buf_room(b, len * VISIBLE_MAX), s, len);
	b->text[b->len] = '\0';
	return len;
}

const char *
fmt_name(const struct tsv *in, int column)
{
	return tsv_bare(in) ? "key" : tsv_name(in, column);
}

bool
fmt_code(const char *column)
{
	static const char *const codes[] = { "phone", "postcode", "order_no",
		"ref", "number", "sku", "norm", NULL };
	size_t n;
	int i;

	for (i = 0; codes[i]; i++) {
		n = strlen(codes[i]);
		if (strncmp(column, codes[i], n) == 0 &&
		    !islower((unsigned char)column[n]))
			return true;
	}
	return false;
}

bool
fmt_number(const struct tsv *in, int column)
{
	return json_number(tsv_field(in, column), tsv_size(in, column)) &&
	    !fmt_code(fmt_name(in, column));
}

/* The columns of a stream, as text. */
static struct outcol *
columns(const struct tsv *in)
{
	int n = tsv_columns(in), i;
	struct outcol *cols = arena_get(((size_t)n + 1) * sizeof(*cols));

	for (i = 0; i < n; i++)
		cols[i].name = fmt_name(in, i);
	return cols;
}

/* The rows from the present one on; row: there is one. */
static void
pass_rows(struct tsv *in, struct out *out, bool row)
{
	int i;

	for (; row; row = tsv_next(in)) {
		for (i = 0; i < tsv_columns(in); i++)
			out_text(out, tsv_field(in, i), tsv_size(in, i));
		out_row(out);
	}
	out_close(out);
}

static void
pass_json(struct tsv *in)
{
	struct outform form = { .json = true };
	struct outcol *cols = columns(in);
	int i;

	for (i = 0; i < tsv_columns(in); i++)
		cols[i].type = fmt_code(cols[i].name) ? OUT_TEXT : OUT_NUMBER;
	pass_rows(in, out_open(&form, cols), tsv_next(in));
}

/* The first row says which columns are of numbers, to the right. */
enum status
fmt_table(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct outform form = common.form;
	struct outcol *cols = columns(in);
	bool row;
	int i;

	(void)operands, (void)opts;
	if (form.json) {
		pass_json(in);
		return OK;
	}
	form.table = !form.tsv;
	row = tsv_next(in);
	for (i = 0; row && i < tsv_columns(in); i++)
		if (fmt_number(in, i))
			cols[i].type = OUT_NUMBER;
	pass_rows(in, out_open(&form, cols), row);
	return OK;
}

enum status
fmt_jsonl(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	(void)operands, (void)opts;
	pass_json(in);
	return OK;
}

/* Nothing in a cell is markup: not a bar, a tag, a link, emphasis, a
 * formula, or what a page's generator would fill in. */
static void
md_cell(struct buf *b, const char *s, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = 1;
		if (s[i] == '\n')
			buf_text(b, "<br>");
		else if (s[i] == '<')
			buf_text(b, "&lt;");
		else if (s[i] == '&')
			buf_text(b, "&amp;");
		else if (s[i] == '\t' || s[i] == '\r')
			buf_char(b, ' ');
		else {
			if (strchr("|\\`*_[]{}~$", s[i]))
				buf_char(b, '\\');
			len = fmt_char(b, s + i, n - i);
		}
	}
}

enum status
fmt_md(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct buf *b = put_buffer();
	int n = tsv_columns(in), i;

	(void)operands, (void)opts;
	for (i = 0; i < n; i++) {
		buf_text(b, i ? " | " : "| ");
		md_cell(b, fmt_name(in, i), strlen(fmt_name(in, i)));
	}
	if (n)
		buf_text(b, " |\n");
	for (i = 0; i < n; i++)
		buf_text(b, i == n - 1 ? "|---|\n" : "|---");
	while (tsv_next(in)) {
		for (i = 0; i < n; i++) {
			buf_text(b, i ? " | " : "| ");
			md_cell(b, tsv_field(in, i), tsv_size(in, i));
		}
		buf_text(b, " |\n");
		put_some();
	}
	return OK;
}
