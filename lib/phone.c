#include "phone.h"

#include <ctype.h>
#include <string.h>

#include "phonetab.h"

enum { LEAST = 7, MOST = 15 }; /* digits of an E.164 number */

/* A separator at s, or a run of blanks: its length, or 0. */
static size_t
separator(const char *s)
{
	static const char dashes[] = "\xe2\x80";

	if (*s == ' ')
		return strspn(s, " ");
	if (*s && strchr("()-./\t", *s))
		return 1;
	if (memcmp(s, "\xc2\xa0", *s ? 2 : 0) == 0 && *s)
		return 2;
	if (*s && strncmp(s, dashes, 2) == 0 && (unsigned char)s[2] >= 0x90 &&
	    (unsigned char)s[2] <= 0x95)
		return 3;
	return 0;
}

/* Where an extension begins: "x12", "ext. 12", ";ext=12", "#12". */
static bool
extension(const char *s)
{
	s += strspn(s, " ,;");
	if (strncmp(s, "ext", 3) == 0 || strncmp(s, "Ext", 3) == 0)
		s += 3;
	else if (*s == 'x' || *s == 'X' || *s == '#')
		s++;
	else
		return false;
	s += strspn(s, ".=: ");
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* The digits of s, and whether it begins with +; the trunk prefix in
 * "+49 (0)30" is left out. */
static size_t
digits_of(const char *s, char *to, size_t most, bool *plus)
{
	size_t n = 0, len;

	if (strncmp(s, "tel:", 4) == 0)
		s += 4;
	while ((len = separator(s)) && *s != '(')
		s += len;
	*plus = *s == '+';
	s += *plus;
	while (*s && !(strchr(" ,;xXeE#", *s) && extension(s))) {
		if (*s >= '0' && *s <= '9' && n < most) {
			to[n++] = *s++;
			continue;
		}
		if (n > 0 && strncmp(s, "(0)", 3) == 0) {
			s += 3;
			continue;
		}
		if ((len = separator(s))) {
			s += len;
			continue;
		}
		return 0;
	}
	to[n] = '\0';
	return n;
}

bool
phone_like(const char *s)
{
	char digits[33];
	bool plus;

	return digits_of(s, digits, 32, &plus) > 0;
}

static const struct phonerow *
row(const char *country)
{
	size_t low = 0, high = phone_rows, middle;
	int order;

	if (!country || strlen(country) != 2)
		return NULL;
	while (low < high) {
		middle = (low + high) / 2;
		order = strcmp(country, phone_table[middle].country);
		if (order == 0)
			return &phone_table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool
phone_country(const char *country)
{
	return row(country) != NULL;
}

static bool
starts(const char *s, const char *prefix)
{
	return *prefix && strncmp(s, prefix, strlen(prefix)) == 0;
}

static bool codes[1000]; /* country calling codes that are in use */

static void
note_codes(void)
{
	const char *p;
	size_t i;
	int code;

	for (i = 0; i < phone_rows; i++) {
		code = 0;
		for (p = phone_table[i].code; *p; p++)
			code = code * 10 + *p - '0';
		codes[code] = true;
	}
}

/* How many digits the country code has with which it begins, one to three; 0:
 * none that is in use. */
static size_t
code_length(const char *digits)
{
	int code = 0;
	size_t i;

	if (!codes[1])
		note_codes();
	for (i = 0; i < 3 && digits[i] >= '0' && digits[i] <= '9'; i++) {
		code = code * 10 + digits[i] - '0';
		if (codes[code])
			return i + 1;
	}
	return 0;
}

const char *
phone_national(const char *norm)
{
	return *norm == '+' ? norm + 1 + code_length(norm + 1) : norm;
}

static bool
give(struct buf *to, const char *code, const char *rest)
{
	size_t n = strlen(code) + strlen(rest);

	if (n < LEAST || n > MOST)
		return false;
	buf_char(to, '+');
	buf_text(to, code);
	buf_text(to, rest);
	return true;
}

bool
phone_norm(struct buf *to, const char *s, const char *country)
{
	const struct phonerow *home = row(country);
	char digits[33];
	const char *rest = digits;
	bool plus;
	size_t n = digits_of(s, digits, 32, &plus);

	if (n == 0)
		return false;
	if (plus)
		return code_length(digits) && give(to, "", digits);
	if (starts(digits, home ? home->abroad : "00")) {
		rest += strlen(home ? home->abroad : "00");
		return code_length(rest) && give(to, "", rest);
	}
	if (!home)
		return false;
	if (starts(digits, home->trunk) &&
	    n - strlen(home->trunk) >= (size_t)home->least)
		rest += strlen(home->trunk);
	return give(to, home->code, rest);
}
