/* One flat object, read: RFC 8259 without arrays, objects, true and false. */
#include <string.h>

#include "json.h"
#include "num.h"
#include "visible.h"

static bool
wrong(struct jsonread *r, const char *why)
{
	if (!r->why)
		r->why = why;
	return false;
}

static void
skip_blanks(struct jsonread *r)
{
	while (r->at < r->end && memchr(" \t\r\n", *r->at, 4))
		r->at++;
}

/* The character that must come next. */
static bool
take(struct jsonread *r, char c)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX. */
static bool
take_unit(struct jsonread *r, unsigned *unit)
{
	int i, digit;

	for (*unit = 0, i = 0; i < 4; i++) {
		if (r->at == r->end || (digit = hex_digit(*r->at)) < 0)
			return wrong(r, "\\u needs four hexadecimal digits");
		*unit = *unit << 4 | (unsigned)digit;
		r->at++;
	}
	return true;
}

/* RFC 3629, section 3. */
static void
put_utf8(struct buf *b, unsigned c)
{
	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_char(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_char(b, (char)(0xe0 | c >> 12));
		} else {
			buf_char(b, (char)(0xf0 | c >> 18));
			buf_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_char(b, (char)(0x80 | (c & 0x3f)));
}

/* What is over U+FFFF stands as a pair of surrogates. */
static bool
take_code(struct jsonread *r, struct buf *to)
{
	unsigned code, low;

	if (!take_unit(r, &code))
		return false;
	if (code == 0)
		return wrong(r, "a text with NUL");
	if (code >= 0xd800 && code < 0xdc00) {
		if (r->end - r->at < 2 || memcmp(r->at, "\\u", 2) != 0)
			return wrong(r, "half a character");
		r->at += 2;
		if (!take_unit(r, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return wrong(r, "half a character");
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	} else if (code >= 0xdc00 && code < 0xe000) {
		return wrong(r, "half a character");
	}
	put_utf8(to, code);
	return true;
}

static bool
take_escape(struct jsonread *r, struct buf *to)
{
	static const char names[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
	const char *name;

	if (r->at == r->end)
		return wrong(r, "a text without an end");
	if (*r->at == 'u') {
		r->at++;
		return take_code(r, to);
	}
	if (!*r->at || !(name = strchr(names, *r->at)))
		return wrong(r, "an unknown escape");
	buf_char(to, codes[name - names]);
	r->at++;
	return true;
}

static bool
take_text(struct jsonread *r, struct buf *to)
{
	size_t n;
	unsigned code;

	buf_clear(to);
	while (r->at < r->end && *r->at != '"') {
		n = visible_char(r->at, (size_t)(r->end - r->at), &code);
		if (!n)
			return wrong(r, "not UTF-8");
		if (code < 0x20)
			return wrong(r, "a control character in a text");
		if (code == '\\') {
			r->at++;
			if (!take_escape(r, to))
				return false;
			continue;
		}
		buf_add(to, r->at, n);
		r->at += n;
	}
	return take(r, '"') || wrong(r, "a text without an end");
}

static bool
take_number(struct jsonread *r)
{
	const char *from = r->at;
	bool fits;

	while (r->at < r->end && strchr("+-.0123456789eE", *r->at) && *r->at)
		r->at++;
	if (!json_number(from, (size_t)(r->at - from)))
		return wrong(r, "a text, a number or null is expected");
	buf_clear(&r->text);
	buf_add(&r->text, from, (size_t)(r->at - from));
	r->type = strpbrk(r->text.text, ".eE") ? JSON_REAL : JSON_INT;
	fits = r->type == JSON_INT ? num_int(r->text.text, &r->i) :
	    num_real(r->text.text, &r->r);
	return fits || wrong(r, "a number out of range");
}

static bool
take_value(struct jsonread *r)
{
	skip_blanks(r);
	if (take(r, '"')) {
		r->type = JSON_TEXT;
		return take_text(r, &r->text);
	}
	if (r->end - r->at >= 4 && memcmp(r->at, "null", 4) == 0) {
		r->type = JSON_NULL;
		r->at += 4;
		return true;
	}
	return take_number(r);
}

bool
json_next(struct jsonread *r)
{
	bool first = !r->begun;

	r->begun = true;
	if (first && !take(r, '{'))
		return wrong(r, "not a JSON object");
	if (take(r, '}')) {
		skip_blanks(r);
		return r->at != r->end && wrong(r, "more behind the object");
	}
	if (!first && !take(r, ','))
		return wrong(r, "a comma or } is expected");
	if (!take(r, '"'))
		return wrong(r, "a name in quotes is expected");
	if (!take_text(r, &r->name))
		return false;
	if (!take(r, ':'))
		return wrong(r, "a colon is expected");
	return take_value(r);
}

void
json_done(struct jsonread *r)
{
	buf_free(&r->name);
	buf_free(&r->text);
}
