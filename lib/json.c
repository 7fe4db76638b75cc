#include "json.h"

#include <ctype.h>
#include <string.h>

#include "visible.h"

/* What JSON escapes, and what a terminal would obey. */
static void
escape(struct buf *b, unsigned code)
{
	static const char names[] = "btn?fr"; /* of 8 to 13 */

	if (code == '"' || code == '\\')
		buf_printf(b, "\\%c", (int)code);
	else if (code >= 8 && code <= 13 && code != 11)
		buf_printf(b, "\\%c", names[code - 8]);
	else
		buf_printf(b, "\\u%04x", code);
}

/* A byte that is no UTF-8 is written visibly, "\\xff" in the string. */
void
json_string(struct buf *b, const char *s, size_t n)
{
	size_t i, len;
	unsigned code;

	buf_char(b, '"');
	for (i = 0; i < n; i += len ? len : 1) {
		len = visible_char(s + i, n - i, &code);
		if (!len)
			buf_printf(b, "\\\\x%02x", (unsigned char)s[i]);
		else if (code == '"' || code == '\\' || visible_hides(code))
			escape(b, code);
		else
			buf_add(b, s + i, len);
	}
	buf_char(b, '"');
}

static size_t
digits(const char *s, size_t n, size_t i)
{
	while (i < n && isdigit((unsigned char)s[i]))
		i++;
	return i;
}

bool
json_number(const char *s, size_t n)
{
	size_t i = n > 0 && s[0] == '-', start = i;

	i = digits(s, n, i);
	if (i == start || (s[start] == '0' && i - start > 1))
		return false;
	if (i < n && s[i] == '.') {
		start = ++i;
		if ((i = digits(s, n, i)) == start)
			return false;
	}
	if (i < n && (s[i] == 'e' || s[i] == 'E')) {
		i++;
		i += i < n && (s[i] == '-' || s[i] == '+');
		start = i;
		if ((i = digits(s, n, i)) == start)
			return false;
	}
	return i == n;
}
