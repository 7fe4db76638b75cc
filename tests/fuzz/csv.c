/*
 * CSV.  The same bytes make the same rows, read at once or in small pieces,
 * and what is written as RFC 4180 has it is read again as it was.
 */
#include <string.h>

#include "buf.h"
#include "csv.h"
#include "fuzz.h"
#include "spool.h"
#include "text.h"

static struct buf rows[2], *to;
static bool told;

static void
bad(const struct csv *c, const char *why)
{
	size_t size;

	csv_raw(c, &size);
	told = true;
	(void)why;
}

static void
write_field(const char *s, size_t size)
{
	size_t at, i;

	fuzz_check(s[size] == '\0', "a field without a NUL");
	fuzz_check(text_check(s, size, &at), "a field that is not text");
	buf_char(to, '"');
	for (i = 0; i < size; i++)
		buf_text(to, s[i] == '"' ? "\"\"" : (char[]){ s[i], '\0' });
	buf_char(to, '"');
}

static void
read_all(struct spool *from, char separator, bool clean)
{
	struct csv *c = csv_open(from, "fuzz", separator);
	size_t size;
	int i;

	csv_keep(c, bad);
	if (clean)
		csv_clean(c);
	for (i = 0; i < csv_columns(c); i++) {
		fuzz_check(csv_find(c, csv_name(c, i)) <= i, "lost");
		buf_text(to, i ? "," : "");
		write_field(csv_name(c, i), strlen(csv_name(c, i)));
	}
	buf_char(to, '\n');
	while (csv_next(c)) {
		for (i = 0; i < csv_columns(c); i++) {
			buf_text(to, i ? "," : "");
			write_field(csv_field(c, i), csv_size(c, i));
		}
		buf_char(to, '\n');
		csv_raw(c, &size);
	}
	spool_free(from);
}

static void
run(const char *text, size_t size)
{
	static const char separators[] = { 0, ',', ';', '\t' };
	size_t step = size ? 1 + (unsigned char)text[0] / 8 : 1;
	char separator = size ? separators[text[0] & 3] : 0;
	bool clean = size && text[0] & 4;

	if (size < 1)
		return;
	memset(rows, 0, sizeof(rows));
	to = &rows[0];
	read_all(fuzz_spool(text + 1, size - 1, 0), separator, clean);
	to = &rows[1];
	read_all(fuzz_spool(text + 1, size - 1, step), separator, clean);
	fuzz_check(strcmp(buf_get(&rows[0]), buf_get(&rows[1])) == 0,
	    "pieces make other rows");
	buf_clear(&rows[1]);
	told = false;
	if (rows[0].len > 1)
		read_all(fuzz_spool(buf_get(&rows[0]), rows[0].len, 0), ',',
		    false);
	fuzz_check(!told, "what was written is not read");
	/* of several CR before LF each reading takes one */
	fuzz_check(rows[0].len <= 1 || strstr(rows[0].text, "\r\n") ||
	    strcmp(buf_get(&rows[0]), buf_get(&rows[1])) == 0,
	    "what is written is not what is read");
	buf_free(&rows[0]);
	buf_free(&rows[1]);
}

/* Of each reader: what it read, the row's fields, where they are. */
const struct target target = { NULL, run, NULL, { DATA }, 9 };
