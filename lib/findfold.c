/* What is searched, and how its text is folded. */
#include <string.h>

#include "findcore.h"
#include "phone.h"
#include "text.h"
#include "visible.h"

#define ITSELF(e) "'" e "'", "t." e, NULL
#define OF_CONTACT "1", "t.contact"
#define LAST { NULL, 0 }

const struct findable findables[] = {
	{ "contact", { { "name", FIND_NAME }, { "given", FIND_NAME },
	    { "family", FIND_NAME }, { "nick", FIND_NAME },
	    { "note", FIND_TEXT }, { "title", FIND_TEXT },
	    { "street", FIND_TEXT }, { "postcode", FIND_TEXT },
	    { "city", FIND_TEXT }, { "industry", FIND_TEXT }, LAST },
	    OF_CONTACT, "t.since", ITSELF("contact") },
	{ "contact_point", { { "value", FIND_HANDLE },
	    { "norm", FIND_NUMBER }, { "label", FIND_TEXT }, LAST },
	    OF_CONTACT, "NULL", ITSELF("contact_point") },
	{ "interaction", { { "subject", FIND_TEXT }, { "body", FIND_TEXT },
	    { "place", FIND_TEXT }, LAST },
	    OF_CONTACT, "t.at", ITSELF("interaction") },
	{ "task", { { "title", FIND_TEXT }, { "note", FIND_TEXT },
	    { "place", FIND_TEXT }, LAST },
	    OF_CONTACT, "t.due", ITSELF("task") },
	{ "need", { { "about", FIND_TEXT }, { "met_by", FIND_TEXT }, LAST },
	    OF_CONTACT, "t.day", ITSELF("need") },
	{ "field_value", { { "value", FIND_TEXT }, { "field", FIND_GUARD },
	    LAST }, "(SELECT f.latest FROM field f WHERE f.field = t.field)"
	    " = 0", "t.contact", "NULL", "'contact'", "t.contact",
	    "(SELECT 'x_' || f.name FROM field f WHERE f.field = t.field)" },
	{ NULL, { LAST }, NULL, NULL, NULL, NULL, NULL, NULL },
};

static bool
within(unsigned c, unsigned first, unsigned last)
{
	return c >= first && c <= last;
}

/* Han, kana, Hangul: written without blanks between words. */
static bool
unspaced(unsigned c)
{
	return within(c, 0x1100, 0x11ff) || within(c, 0x3040, 0x30ff) ||
	       within(c, 0x31f0, 0x31ff) || within(c, 0x3400, 0x4dbf) ||
	       within(c, 0x4e00, 0x9fff) || within(c, 0xac00, 0xd7ff) ||
	       within(c, 0xf900, 0xfaff) || within(c, 0xff66, 0xff9f) ||
	       within(c, 0x20000, 0x3ffff);
}

/* Blanks beyond ASCII, of which folding leaves nothing. */
static bool
blank(unsigned c)
{
	return c == 0xa0 || c == 0x1680 || within(c, 0x2000, 0x200a) ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool
plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* The text that grows, and whether the next letter begins a word. */
struct folding {
	struct buf *to, *places;
	size_t from; /* of the character at hand */
	bool gap;
	struct buf folded; /* that character */
};

static void
place(struct folding *f, size_t at)
{
	if (f->places)
		buf_add(f->places, (const char *)&at, sizeof(at));
}

static void
begin(struct folding *f)
{
	if (!f->gap)
		return;
	buf_char(f->to, ' ');
	place(f, f->from);
	f->gap = false;
}

/* Letters and digits of ASCII, as many as there are: how many? */
static size_t
add_plain(struct folding *f, const char *s, size_t most)
{
	char *to;
	size_t n;

	begin(f);
	to = buf_room(f->to, most + 1);
	for (n = 0; n < most && plain(s[n]); n++) {
		to[n] = (char)(s[n] >= 'A' && s[n] <= 'Z' ? s[n] + 32 : s[n]);
		place(f, f->from + n);
	}
	to[n] = '\0';
	f->to->len += n;
	return n;
}

static void
add(struct folding *f, const char *s, size_t n)
{
	begin(f);
	buf_add(f->to, s, n);
	while (n--)
		place(f, f->from);
}

/* One character beyond ASCII: what it folds to may be several. */
static void
add_char(struct folding *f, const char *s, size_t len, unsigned code)
{
	struct buf *folded = &f->folded;
	bool apart = unspaced(code);
	size_t i, n;

	buf_clear(folded);
	text_fold(folded, s, len);
	f->gap |= apart || (!folded->len && blank(code));
	for (i = 0; i < folded->len; i += n) {
		n = visible_char(folded->text + i, folded->len - i, &code);
		if (n && text_of_word(code))
			add(f, folded->text + i, n);
		else
			f->gap = true;
		n = n ? n : 1;
	}
	f->gap |= apart;
}

void
find_fold(struct buf *to, const char *s, size_t n, struct buf *places)
{
	struct folding f = { .to = to, .places = places, .gap = true };
	unsigned code = 0;
	size_t len;

	for (; f.from < n; f.from += len) {
		if (plain(s[f.from])) {
			len = add_plain(&f, s + f.from, n - f.from);
			continue;
		}
		len = visible_char(s + f.from, n - f.from, &code);
		if (len > 1) {
			add_char(&f, s + f.from, len, code);
		} else {
			f.gap = true;
			len = 1;
		}
	}
	buf_free(&f.folded);
}

void
find_fold_number(struct buf *to, const char *norm)
{
	const char *national = phone_national(norm);

	if (!*national || national[strspn(national, "0123456789")])
		return;
	if (national > norm)
		find_fold(to, norm, strlen(norm), NULL);
	find_fold(to, national, strlen(national), NULL);
}
