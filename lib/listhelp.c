/* The columns of an entity, explained. */
#include "catalog.h"
#include "list.h"
#include "out.h"

static void
help_row(void *data, const struct column *c)
{
	struct out *out = data;
	const char *type = column_type(c);

	out_word(out, c->name);
	out_word(out, type);
	out_word(out, c->unit);
	out_word(out, c->about);
	out_text(out, column_writable(c) ? "1" : "0", 1);
	out_row(out);
}

void
list_help(struct db *db, const struct entity *e, const struct outform *form)
{
	static const struct outcol cols[] = {
		{ "name", OUT_TEXT },
		{ "type", OUT_TEXT },
		{ "unit", OUT_TEXT },
		{ "meaning", OUT_TEXT },
		{ "writable", OUT_NUMBER },
		{ NULL, OUT_TEXT },
	};
	struct out *out = out_open(form, cols);

	column_each(db, e, help_row, out);
	out_close(out);
}
