#include "print.h"

#include "cmd.h"
#include "db.h"
#include "num.h"
#include "out.h"

void
print_row(struct out *out, struct stmt *s, int first)
{
	int n = db_columns(s), i;
	const char *text;
	size_t size;

	for (i = first; i < n; i++) {
		text = db_text(s, i, &size);
		out_text(out, text, text ? size : 0);
	}
	out_row(out);
}

void
print_rows(struct out *out, struct stmt *s, int64_t limit)
{
	for (; limit != 0 && db_next(s); limit--)
		print_row(out, s, 0);
	db_done(s);
}

int64_t
print_limit(const char *text)
{
	int64_t n = -1;

	if (text && (!num_int(text, &n) || n < 0))
		cmd_usage("-l: not a number of rows: '%s'", text);
	return n;
}
