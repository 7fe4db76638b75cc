#include "email.h"

#include <string.h>

enum { LOCAL_MOST = 64, ALL_MOST = 254, LABEL_MOST = 63 };

static bool
alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* RFC 5322, 3.2.3, and RFC 6531, 3.3: atext. */
static bool
atext(char c)
{
	return alphanumeric(c) || (unsigned char)c >= 0x80 ||
	    (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Atoms with single dots between them. */
static bool
local_part(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || n > LOCAL_MOST || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (i = 0; i < n; i++)
		if (s[i] == '.' ? s[i + 1] == '.' : !atext(s[i]))
			return false;
	return true;
}

static bool
label(const char *s, size_t n)
{
	size_t i;

	if (n == 0 || n > LABEL_MOST || s[0] == '-' || s[n - 1] == '-')
		return false;
	for (i = 0; i < n; i++)
		if (!alphanumeric(s[i]) && s[i] != '-' &&
		    (unsigned char)s[i] < 0x80)
			return false;
	return true;
}

/* Two labels at least. */
static bool
domain(const char *s)
{
	int labels = 0;
	size_t n;

	for (;; s += n + 1) {
		n = strcspn(s, ".");
		if (!label(s, n))
			return false;
		labels++;
		if (!s[n])
			return labels > 1;
	}
}

bool
email_norm(struct buf *to, const char *s)
{
	const char *at = strrchr(s, '@');
	size_t n = strlen(s), i;
	char *p;

	if (!at || n > ALL_MOST || !local_part(s, (size_t)(at - s)) ||
	    !domain(at + 1))
		return false;
	p = buf_room(to, n);
	for (i = 0; i < n; i++)
		p[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i];
	p[n] = '\0';
	to->len += n;
	return true;
}
