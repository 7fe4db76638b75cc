#include "queuecolumn.h"

#include <string.h>

#include "out.h"

const struct queuecolumn *
queuecolumn_find(const struct queuecolumn *c, const char *name, size_t size)
{
	while (c->name && (strlen(c->name) != size ||
	    memcmp(c->name, name, size) != 0))
		c++;
	return c->name ? c : NULL;
}

void
queuecolumn_help(const struct queuecolumn *c, const struct outform *form)
{
	static const struct outcol cols[] = {
		{ "name", OUT_TEXT },
		{ "meaning", OUT_TEXT },
		{ NULL, OUT_TEXT },
	};
	struct out *out = out_open(form, cols);

	for (; c->name; c++) {
		out_word(out, c->name);
		out_word(out, c->about);
		out_row(out);
	}
	out_close(out);
}
