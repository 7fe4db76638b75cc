#include "answer.h"

#include <string.h>

#include "catalog.h"
#include "out.h"

static struct {
	struct out *out;
	struct outcol cols[6];
	bool contact, refused;
} a;

void
answer_open(const struct entity *e, const struct outform *form)
{
	a.contact = strcmp(e->name, "contact") != 0 &&
	    column_find(NULL, e, "contact");
	a.cols[0] = (struct outcol){ e->name, OUT_NUMBER };
	a.cols[1] = (struct outcol){ "name", OUT_TEXT };
	a.cols[2] = (struct outcol){ "result", OUT_TEXT };
	a.cols[3] = (struct outcol){ "reason", OUT_TEXT };
	if (a.contact)
		a.cols[4] = (struct outcol){ "contact", OUT_NUMBER };
	a.out = out_open(form, a.cols);
	out_hold(a.out);
}

void
answer_row(int64_t key, const char *name, enum done done, const char *reason,
    int64_t contact)
{
	out_key(a.out, key);
	out_word(a.out, name);
	out_word(a.out, done_words[done]);
	out_word(a.out, reason);
	if (a.contact && contact)
		out_int(a.out, contact);
	out_row(a.out);
	a.refused = a.refused || done == REFUSED;
}

enum status
answer_close(bool kept)
{
	if (kept)
		out_close(a.out);
	return a.refused ? NO : OK;
}
