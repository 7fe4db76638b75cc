/*
 * Comma-separated values: RFC 4180, and what spreadsheets make of it.
 *
 * A cell that begins as a formula does is computed by a spreadsheet, which
 * can start programs and fetch pages: it gets a quote in front.  Source:
 * OWASP, CSV Injection.
 */
#include <string.h>

#include "cmd.h"
#include "fmt.h"
#include "fmtcore.h"
#include "json.h"
#include "put.h"
#include "tsv.h"
#include "visible.h"

/* Does a formula begin here?  The wide forms are those of East Asia. */
static bool
begins_formula(const char *s, size_t n)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b",
		"\xef\xbc\x8d", "\xef\xbc\xa0", NULL };
	int i;

	if (n > 0 && strchr("=+-@", s[0]))
		return true;
	for (i = 0; wide[i]; i++)
		if (n >= 3 && memcmp(s, wide[i], 3) == 0)
			return true;
	return false;
}

/* A sign and no letter: a number or a phone, at worst a subtraction. */
static bool
is_harmless(const char *s, size_t n, const struct fmtopts *opts)
{
	if (opts->excel || json_number(s, n))
		return json_number(s, n);
	return (s[0] == '+' || s[0] == '-') &&
	    strspn(s + 1, "0123456789 ()./,-") == n - 1;
}

static bool
must_guard(const char *s, size_t n, const struct fmtopts *opts)
{
	if (n == 0 || opts->raw)
		return false;
	if (s[0] == '\t' || s[0] == '\r')
		return true;
	return begins_formula(s, n) && !is_harmless(s, n, opts);
}

/* Where commas are decimal points, a semicolon separates cells, and the
 * quotes around this one are not seen. */
static bool
guard_inside(const char *s, size_t n, const struct fmtopts *opts)
{
	size_t i = 1;

	if (!opts->excel || !strchr(";\t\r\n", s[0]))
		return false;
	while (i < n && s[i] == ' ')
		i++;
	return begins_formula(s + i, n - i);
}

static void
quote_to(struct buf *b, const char *s, size_t n, const struct fmtopts *opts)
{
	size_t i, len;

	buf_char(b, '"');
	if (must_guard(s, n, opts))
		buf_char(b, '\'');
	for (i = 0; i < n; i += len) {
		len = 1;
		if (s[i] == '"')
			buf_text(b, "\"\"");
		else if (opts->raw || strchr("\t\r\n", s[i]))
			buf_char(b, s[i]);
		else
			len = fmt_char(b, s + i, n - i);
		if (guard_inside(s + i, n - i, opts))
			buf_char(b, '\'');
	}
	buf_char(b, '"');
}

static void
cell_to(struct buf *b, const char *s, size_t n, const struct fmtopts *opts)
{
	if (n == 0)
		return;
	if (s[0] == ' ' || s[n - 1] == ' ' || strpbrk(s, "\",;\t\r\n") ||
	    must_guard(s, n, opts) || (!opts->raw && !visible_clean(s, n)))
		quote_to(b, s, n, opts);
	else
		buf_add(b, s, n);
}

enum status
fmt_csv(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	const char *end = opts->crlf || opts->excel ? "\r\n" : "\n";
	struct buf *b = put_buffer();
	int n = tsv_columns(in), i;

	(void)operands;
	if (n && opts->excel)
		buf_text(b, "\xef\xbb\xbf");
	for (i = 0; !common.form.bare && i < n; i++)
		buf_printf(b, "%s%s", i ? "," : "", fmt_name(in, i));
	if (n && !common.form.bare)
		buf_text(b, end);
	while (tsv_next(in)) {
		for (i = 0; i < n; i++) {
			if (i)
				buf_char(b, ',');
			cell_to(b, tsv_field(in, i), tsv_size(in, i), opts);
		}
		buf_text(b, end);
		put_some();
	}
	return OK;
}
