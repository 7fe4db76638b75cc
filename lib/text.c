#include "text.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "arena.h"
#include "visible.h"

/* Is the character at s one that text may hold?  Its length in any case. */
static bool
allowed(const char *s, size_t n, size_t *len)
{
	unsigned code;

	*len = visible_char(s, n, &code);
	if (*len == 0) {
		*len = 1;
		return false;
	}
	return code == '\t' || code == '\n' || code == '\r' ||
	       !(code < 0x20 || (code >= 0x7f && code < 0xa0));
}

bool
text_check(const char *s, size_t n, size_t *at)
{
	size_t i, len;

	for (i = 0; (i += visible_plain(s + i, n - i)) < n; i += len)
		if (!allowed(s + i, n - i, &len)) {
			*at = i;
			return false;
		}
	return true;
}

void
text_clean(struct buf *to, const char *s, size_t n)
{
	size_t i, run, len;

	for (i = 0; i < n; i += len) {
		run = visible_plain(s + i, n - i);
		buf_add(to, s + i, run);
		if ((i += run) == n)
			break;
		if (allowed(s + i, n - i, &len))
			buf_add(to, s + i, len);
	}
}

/* Letters that decomposition leaves whole, but that people type without
 * the stroke; NULL for all others. */
static const char *
unstroke(int32_t c)
{
	switch (c) {
	case 0xe6:
		return "ae";
	case 0xf0:
	case 0x111:
		return "d";
	case 0xf8:
		return "o";
	case 0xfe:
		return "th";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x142:
		return "l";
	case 0x153:
		return "oe";
	case 0x167:
		return "t";
	}
	return NULL;
}

static void
fold_char(struct buf *to, int32_t code, size_t start)
{
	int32_t parts[32];
	utf8proc_ssize_t n, i;
	const char *word;
	int class = UTF8PROC_BOUNDCLASS_START;
	const int how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
	    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;

	n = utf8proc_decompose_char(code, parts, 32,
	    (utf8proc_option_t)how, &class);
	for (i = 0; i < n && i < 32; i++) {
		if (parts[i] <= 0x20 || utf8proc_category(parts[i]) ==
					    UTF8PROC_CATEGORY_ZS) {
			if (to->len > start && to->text[to->len - 1] != ' ')
				buf_char(to, ' ');
		} else if ((word = unstroke(parts[i])))
			buf_text(to, word);
		else {
			unsigned char *room =
			    (unsigned char *)buf_room(to, 4);
			to->len += (size_t)utf8proc_encode_char(parts[i],
			    room);
		}
	}
}

const char *
text_fold(struct buf *to, const char *s, size_t n)
{
	size_t start = to->len, i, len;
	char *p = buf_room(to, n);
	unsigned code;

	for (i = 0; i < n && (unsigned char)s[i] < 0x80; i++) {
		char c = s[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((unsigned char)c > ' ')
			*p++ = c;
		else if (p > to->text + start && p[-1] != ' ')
			*p++ = ' ';
	}
	to->len = (size_t)(p - to->text);
	for (; i < n; i += len) {
		if (!(len = visible_char(s + i, n - i, &code)))
			break;
		fold_char(to, (int32_t)code, start);
	}
	if (to->len > start && to->text[to->len - 1] == ' ')
		to->len--;
	*buf_room(to, 1) = '\0';
	return to->text + start;
}

bool
text_of_word(unsigned code)
{
	utf8proc_category_t c = utf8proc_category((int32_t)code);

	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO) ||
	       c == UTF8PROC_CATEGORY_CO;
}

size_t
text_fit(const char *s, size_t n, size_t width, size_t *used)
{
	size_t i, len, w;
	unsigned code;

	*used = 0;
	for (i = 0; i < n; i += len) {
		len = visible_char(s + i, n - i, &code);
		w = 1;
		if (len > 1)
			w = (size_t)utf8proc_charwidth((int32_t)code);
		else
			len = 1;
		if (*used + w > width)
			break;
		*used += w;
	}
	return i;
}

size_t
text_width(const char *s, size_t n)
{
	size_t used;

	text_fit(s, n, SIZE_MAX, &used);
	return used;
}

/* Optimal string alignment distance of a and b, by bytes: insertions,
 * deletions, substitutions and swaps of neighbours. */
static size_t
distance(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), i, j, best;
	size_t *rows = arena_get(3 * (lb + 1) * sizeof(*rows));
	size_t *before = rows, *last = before + lb + 1, *now = last + lb + 1;

	for (j = 0; j <= lb; j++)
		last[j] = j;
	for (i = 1; i <= la; i++) {
		now[0] = i;
		for (j = 1; j <= lb; j++) {
			best = last[j - 1] + (a[i - 1] != b[j - 1]);
			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		rows = before;
		before = last;
		last = now;
		now = rows;
	}
	return last[lb];
}

const char *
text_nearest(const char *word, const char *const names[])
{
	size_t most = strlen(word) / 3, d;
	const char *nearest = NULL;

	if (strlen(word) > 64)
		return NULL;
	most = most ? most + 1 : 2;
	for (; *names; names++)
		if ((d = distance(word, *names)) < most) {
			most = d;
			nearest = *names;
		}
	return nearest;
}
