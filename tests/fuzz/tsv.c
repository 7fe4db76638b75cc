/*
 * TSV.  The same bytes make the same rows, read at once or in small pieces;
 * what a row holds is text, and is itself when written and read again.
 */
#include <string.h>

#include "buf.h"
#include "fuzz.h"
#include "spool.h"
#include "text.h"
#include "tsv.h"

static struct buf rows[2], *to;

static void
bad(const struct tsv *t, const char *why)
{
	size_t size;

	tsv_raw(t, &size);
	buf_printf(to, "%ld: %s, %zu bytes\n", tsv_line(t), why, size);
}

static void
write_field(const char *s, size_t size)
{
	size_t at, i;

	fuzz_check(s[size] == '\0', "a field without a NUL");
	fuzz_check(text_check(s, size, &at), "a field that is not text");
	for (i = 0; i < size; i++)
		if (strchr("\t\n\r\\", s[i]))
			buf_printf(to, "\\%c", s[i] == '\t' ? 't' :
			    s[i] == '\n' ? 'n' : s[i] == '\r' ? 'r' : '\\');
		else
			buf_char(to, s[i]);
}

static void
read_all(struct spool *from, bool clean)
{
	struct tsv *t = tsv_open(from, "fuzz");
	size_t size;
	int i;

	tsv_keep(t, bad);
	if (clean)
		tsv_clean(t);
	for (i = 0; !tsv_bare(t) && i < tsv_columns(t); i++)
		fuzz_check(tsv_find(t, tsv_name(t, i)) == i, "a lost column");
	while (tsv_next(t)) {
		for (i = 0; i < tsv_columns(t); i++) {
			buf_text(to, i ? "\t" : "");
			write_field(tsv_field(t, i), tsv_size(t, i));
		}
		buf_printf(to, " in line %ld\n", tsv_line(t));
		fuzz_check(!memchr(tsv_raw(t, &size), '\n', size),
		    "a line of two");
	}
	spool_free(from);
}

static void
run(const char *text, size_t size)
{
	bool clean = size && text[0] & 1;
	size_t step = size ? 1 + (unsigned char)text[0] / 2 : 1;

	if (size < 1)
		return;
	memset(rows, 0, sizeof(rows));
	to = &rows[0];
	read_all(fuzz_spool(text + 1, size - 1, 0), clean);
	to = &rows[1];
	read_all(fuzz_spool(text + 1, size - 1, step), clean);
	fuzz_check(strcmp(buf_get(&rows[0]), buf_get(&rows[1])) == 0,
	    "pieces make other rows");
	buf_free(&rows[0]);
	buf_free(&rows[1]);
}

/* Of each reader: its line, its parts, its plain fields, the cleaned line. */
const struct target target = { NULL, run, NULL, { DATA }, 8 };
