#include "visible.h"

#include <stdint.h>
#include <string.h>

#define ONES (~(uint64_t)0 / 255)
#define HIGH (ONES * 128)

size_t
visible_char(const char *s, size_t n, unsigned *code)
{
	const unsigned char *u = (const unsigned char *)s;
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = u[0] < 0x80 ? 1 : u[0] < 0xc2 ? 0 :
				   u[0] < 0xe0     ? 2 :
				   u[0] < 0xf0     ? 3 :
				   u[0] < 0xf5     ? 4 :
						     0;
	unsigned c = u[0];
	size_t i;

	if (len == 0 || len > n)
		return 0;
	if (len > 1)
		c &= 0x7fu >> len;
	for (i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*code = c;
	return len;
}

/* C0, DEL, C1; the bidirectional controls of Unicode TR 9, section 2. */
bool
visible_hides(unsigned c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	       (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

size_t
visible_plain(const char *s, size_t n)
{
	uint64_t w;
	size_t i;

	for (i = 0; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, 8);
		/* a byte over 0x7e, or one below a blank */
		if ((w | (w + ONES) | (w - ONES * 0x20)) & HIGH)
			break;
	}
	while (i < n && s[i] >= 0x20 && s[i] < 0x7f)
		i++;
	return i;
}

bool
visible_clean(const char *s, size_t n)
{
	unsigned code;
	size_t i, len;

	for (i = visible_plain(s, n); i < n; i += len)
		if (!(len = visible_char(s + i, n - i, &code)) ||
		    visible_hides(code))
			return false;
	return true;
}

static size_t
hex(char *to, unsigned v)
{
	static const char digit[] = "0123456789abcdef";
	size_t n = 1, i;

	while (n < 6 && v >> (4 * n))
		n++;
	n = n < 2 ? 2 : n;
	for (i = 0; i < n; i++)
		to[i] = digit[v >> (4 * (n - 1 - i)) & 15];
	return n;
}

size_t
visible_read(char to[4], size_t *size, const char *s, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit;
	unsigned code = 0;
	size_t i;

	if (n < 2 || s[0] != 'u' || s[1] != '{')
		return 0;
	for (i = 2; i < n && s[i] && code < 0x1000 &&
	     (digit = strchr(digits, s[i])); i++)
		code = code << 4 | (unsigned)(digit - digits);
	if (i == n || s[i] != '}' || code < 0xa0 || !visible_hides(code))
		return 0;
	*size = code < 0x800 ? 2 : 3;
	if (*size == 3)
		*to++ = (char)(0xe0 | code >> 12);
	*to++ = (char)(*size == 3 ? 0x80 | (code >> 6 & 0x3f) :
	    0xc0 | code >> 6);
	*to = (char)(0x80 | (code & 0x3f));
	return i + 1;
}

size_t
visible_copy(char *to, const char *s, size_t n)
{
	char *start = to;
	unsigned code;
	size_t i, len;

	for (i = 0; i < n; i += len ? len : 1) {
		len = visible_char(s + i, n - i, &code);
		if (len && !visible_hides(code)) {
			memcpy(to, s + i, len);
			to += len;
			continue;
		}
		*to++ = '\\';
		if (!len || code < 0x80) {
			*to++ = 'x';
			to += hex(to, len ? code : (unsigned char)s[i]);
		} else {
			*to++ = 'u';
			*to++ = '{';
			to += hex(to, code);
			*to++ = '}';
		}
	}
	return (size_t)(to - start);
}
