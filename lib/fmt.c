/* The forms that go row by row: table, csv, jsonl, md. */
#include "fmt.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "cmd.h"
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
	{ "ics", 0, "events of a calendar (RFC 5545)", fmt_ics },
	{ "remind", 0, "lines for remind(1)", fmt_remind },
	{ "pivot", 3, "ROW COL VALUE: a matrix of long rows", fmt_pivot },
	{ "diff", 2, "OLD NEW: two files compared by key", fmt_diff },
	{ NULL, 0, NULL, NULL },
};

/* The columns of a stream; a bare list has the one that is called key. */
static struct outcol *
columns(const struct tsv *in)
{
	int n = tsv_columns(in), i;
	struct outcol *cols = arena_get(((size_t)n + 1) * sizeof(*cols));

	for (i = 0; i < n; i++)
		cols[i].name = tsv_bare(in) ? "key" : tsv_name(in, i);
	return cols;
}

static enum status
pass_rows(struct tsv *in, struct out *out)
{
	int i;

	while (tsv_next(in)) {
		for (i = 0; i < tsv_columns(in); i++)
			out_text(out, tsv_field(in, i), tsv_size(in, i));
		out_row(out);
	}
	out_close(out);
	return OK;
}

enum status
fmt_table(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct outform form = common.form;
	struct out *out;

	(void)operands, (void)opts;
	form.table = !form.json && !form.tsv;
	out = out_open(&form, columns(in));
	return pass_rows(in, out);
}

/* A cell that a spreadsheet would compute is no number: it gets a quote in
 * front.  Source: OWASP, CSV Injection. */
static bool
is_formula(const char *s, size_t n)
{
	return n > 0 && strchr("=+-@\t\r", s[0]) && !json_number(s, n) &&
	    !(s[0] == '+' && json_number(s + 1, n - 1));
}

static void
csv_field_to(struct buf *b, const char *s, size_t n,
    const struct fmtopts *opts)
{
	bool guard = !opts->raw && is_formula(s, n);
	size_t i;

	if (!guard && n > 0 && s[0] != ' ' && s[n - 1] != ' ' &&
	    !memchr(s, '"', n) && !memchr(s, ',', n) &&
	    !memchr(s, '\n', n) && !memchr(s, '\r', n)) {
		buf_add(b, s, n);
		return;
	}
	if (n == 0)
		return;
	buf_char(b, '"');
	if (guard)
		buf_char(b, '\'');
	for (i = 0; i < n; i++) {
		if (s[i] == '"')
			buf_char(b, '"');
		buf_char(b, s[i]);
	}
	buf_char(b, '"');
}

enum status
fmt_csv(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	const char *end = opts->crlf ? "\r\n" : "\n";
	struct buf *b = put_buffer();
	int n = tsv_columns(in), i;

	(void)operands;
	for (i = 0; !common.form.bare && i < n; i++)
		buf_printf(b, "%s%s", i ? "," : "",
		    tsv_bare(in) ? "key" : tsv_name(in, i));
	if (n && !common.form.bare)
		buf_text(b, end);
	while (tsv_next(in)) {
		for (i = 0; i < n; i++) {
			if (i)
				buf_char(b, ',');
			csv_field_to(b, tsv_field(in, i), tsv_size(in, i),
			    opts);
		}
		buf_text(b, end);
		put_some();
	}
	return OK;
}

/* Digits that are no quantity. */
static bool
is_code(const char *column)
{
	static const char *const codes[] = { "phone", "postcode", "order_no",
		"ref", "number", "sku", "norm", NULL };
	int i;

	for (i = 0; codes[i]; i++)
		if (strncmp(column, codes[i], strlen(codes[i])) == 0)
			return true;
	return false;
}

enum status
fmt_jsonl(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct outform form = { .json = true };
	struct outcol *cols = columns(in);
	struct out *out;
	int i;

	(void)operands, (void)opts;
	for (i = 0; i < tsv_columns(in); i++)
		cols[i].type = is_code(cols[i].name) ? OUT_TEXT : OUT_NUMBER;
	out = out_open(&form, cols);
	return pass_rows(in, out);
}

/* Nothing in a cell is markup: not a bar, a tag, a link or emphasis. */
static void
md_cell(struct buf *b, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == '\n')
			buf_text(b, "<br>");
		else if (s[i] == '<')
			buf_text(b, "&lt;");
		else if (s[i] == '&')
			buf_text(b, "&amp;");
		else if (s[i] == '\t' || s[i] == '\r')
			buf_char(b, ' ');
		else {
			if (strchr("|\\`*_[]", s[i]))
				buf_char(b, '\\');
			buf_char(b, s[i]);
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
		md_cell(b, tsv_bare(in) ? "key" : tsv_name(in, i),
		    strlen(tsv_bare(in) ? "key" : tsv_name(in, i)));
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
