/* Long rows to a matrix: one row a key, one column a value of another. */
#include <ctype.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "cmd.h"
#include "fmt.h"
#include "index.h"
#include "money.h"
#include "out.h"
#include "text.h"
#include "tsv.h"

enum { DIGITS = 6 }; /* decimals that sums are exact to */

struct pivot {
	struct index *rows, *cols, *cells; /* cells: "row:col" */
	struct buf texts;                  /* of the cells, NUL after each */
	struct buf at;                     /* size_t: where each begins */
	const struct fmtopts *opts;
};

static int
column(const struct tsv *in, const char *name)
{
	int col = tsv_find(in, name);

	if (col < 0 && tsv_columns(in) > 0)
		tsv_reject(in, NULL, "no column '%s'", name);
	return col;
}

static size_t
at_of(const struct pivot *p, size_t cell)
{
	return ((const size_t *)(const void *)p->at.text)[cell];
}

static void
set_cell(struct pivot *p, size_t cell, const char *s, size_t n)
{
	size_t at = p->texts.len;

	buf_add(&p->texts, s, n);
	buf_add(&p->texts, "", 1);
	if (cell * sizeof(at) == p->at.len)
		buf_add(&p->at, (char *)&at, sizeof(at));
	else
		memcpy(p->at.text + cell * sizeof(at), &at, sizeof(at));
}

/* a + b as decimals, exactly, without zeros behind. */
static void
add_up(struct pivot *p, const struct tsv *in, size_t cell, const char *b)
{
	const char *a = p->texts.text + at_of(p, cell);
	char sum[MONEY_SIZE];
	int64_t x, y;
	size_t n;

	if (!money_parse(*a ? a : "0", DIGITS, &x) ||
	    !money_parse(*b ? b : "0", DIGITS, &y) ||
	    __builtin_add_overflow(x, y, &x))
		tsv_reject(in, NULL, "not a number that can be added: '%s'",
		    b);
	money_text(sum, x, DIGITS);
	for (n = strlen(sum); sum[n - 1] == '0'; n--)
		;
	set_cell(p, cell, sum, n - (sum[n - 1] == '.'));
}

static void
take(struct pivot *p, const struct tsv *in, int row, int col, int value)
{
	struct buf key = { 0 };
	bool new;
	size_t r = index_add(p->rows, tsv_field(in, row), tsv_size(in, row),
	    &new);
	size_t c = index_add(p->cols, tsv_field(in, col), tsv_size(in, col),
	    &new);
	size_t cell;

	buf_printf(&key, "%zu:%zu", r, c);
	cell = index_add(p->cells, key.text, key.len, &new);
	buf_free(&key);
	if (new)
		set_cell(p, cell, tsv_field(in, value), tsv_size(in, value));
	else if (p->opts->sum)
		add_up(p, in, cell, tsv_field(in, value));
	else
		tsv_reject(in, NULL, "a second value for '%s', '%s'; --sum "
		    "adds them", tsv_field(in, row), tsv_field(in, col));
}

static bool
is_taken(const struct outcol *cols, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(cols[i].name, name) == 0)
			return true;
	return false;
}

/* A text as the name of column n: folded, a-z, 0-9, _; c in front of what
 * is no letter, a number behind what is taken. */
static const char *
legal(const struct outcol *cols, size_t n, const char *text, size_t size)
{
	struct buf folded = { 0 }, b = { 0 };
	const char *p = text_fold(&folded, text, size);
	size_t stem;
	int more;

	if (!islower((unsigned char)*p))
		buf_char(&b, 'c');
	for (; *p; p++)
		if (islower((unsigned char)*p) || isdigit((unsigned char)*p))
			buf_char(&b, *p);
		else if (b.text[b.len - 1] != '_')
			buf_char(&b, '_');
	stem = b.len;
	for (more = 2; is_taken(cols, n, b.text); more++) {
		b.len = stem;
		buf_printf(&b, "_%d", more);
	}
	p = arena_copy(b.text);
	buf_free(&folded);
	buf_free(&b);
	return p;
}

static const struct outcol *
header(const struct pivot *p, const char *row)
{
	size_t n = index_count(p->cols), i, size;
	struct outcol *cols = arena_get((n + 2) * sizeof(*cols));
	const char *text;

	cols[0].name = row;
	for (i = 1; i <= n; i++) {
		text = index_text(p->cols, i - 1, &size);
		cols[i].name = legal(cols, i, text, size);
		cols[i].type = OUT_NUMBER;
	}
	return cols;
}

static void
print(struct pivot *p, const char *row)
{
	struct out *out = out_open(&common.form, header(p, row));
	struct buf key = { 0 };
	const char *text;
	size_t r, c, cell, size;

	for (r = 0; r < index_count(p->rows); r++) {
		text = index_text(p->rows, r, &size);
		out_text(out, text, size);
		for (c = 0; c < index_count(p->cols); c++) {
			buf_clear(&key);
			buf_printf(&key, "%zu:%zu", r, c);
			cell = index_find(p->cells, key.text, key.len);
			text = cell == index_count(p->cells) ? "" :
			    p->texts.text + at_of(p, cell);
			out_word(out, text);
		}
		out_row(out);
	}
	buf_free(&key);
	out_close(out);
}

enum status
fmt_pivot(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct pivot p = { index_new(), index_new(), index_new(), { 0 }, { 0 },
		opts };
	int row = column(in, operands[0]), col = column(in, operands[1]);
	int value = column(in, operands[2]);

	if (row == col || row == value || col == value)
		if (tsv_columns(in) > 0)
			cmd_usage("ROW, COL and VALUE are three columns");
	while (tsv_next(in))
		take(&p, in, row, col, value);
	print(&p, operands[0]);
	index_free(p.rows);
	index_free(p.cols);
	index_free(p.cells);
	buf_free(&p.texts);
	buf_free(&p.at);
	return OK;
}
