#include "mime.h"

#include <string.h>

#include "date.h"
#include "mimecore.h"

enum {
	LINE = 78,    /* RFC 5322, 2.1.1, without the line's end */
	WORD = 75,    /* RFC 2047, 2: an encoded word */
	FRAME = 12,   /* of it around what is encoded: =?utf-8?q??= */
};

/* A header that is being written: the length of its last line. */
struct line {
	struct buf *to;
	size_t col;
};

static struct line
begin(struct buf *to, const char *name)
{
	buf_text(to, name);
	buf_char(to, ':');
	return (struct line){ to, strlen(name) + 1 };
}

/* A word behind a blank, on the next line if there is no room for it. */
static void
put_word(struct line *l, const char *s, size_t n)
{
	if (l->col + 1 + n > LINE) {
		buf_char(l->to, '\n');
		l->col = 0;
	}
	buf_char(l->to, ' ');
	buf_add(l->to, s, n);
	l->col += n + 1;
}

/* Words of printable ASCII with one blank between, none of them too long to
 * be folded, none that looks encoded. */
static bool
plain(const char *s)
{
	const char *word = s, *p;

	if (strstr(s, "=?"))
		return false;
	for (p = s;; p++)
		if (*p == ' ' || !*p) {
			if (p == word ? *s != '\0' : p - word > BODY)
				return false;
			if (!*p)
				return true;
			word = p + 1;
		} else if (*p < ' ' || *p > '~') {
			return false;
		}
}

/* RFC 2047, 5 (3): what stands for itself in an encoded word, anywhere. */
static bool
literal(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || (c && strchr("!*+-/", c));
}

/* The character of UTF-8 at s. */
static size_t
char_at(const char *s)
{
	size_t n = 1;

	while (n < 4 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static size_t
cost(const char *s, size_t n)
{
	return n == 1 && (literal(*s) || *s == ' ') ? 1 : 3 * n;
}

static void
put_base64(struct buf *to, const char *text, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)text;
	unsigned long three;
	size_t i, left;

	for (i = 0; i < n; i += 3) {
		left = n - i;
		three = (unsigned long)s[i] << 16;
		if (left > 1)
			three |= (unsigned long)s[i + 1] << 8;
		if (left > 2)
			three |= s[i + 2];
		buf_char(to, digits[three >> 18]);
		buf_char(to, digits[three >> 12 & 63]);
		buf_char(to, left > 1 ? digits[three >> 6 & 63] : '=');
		buf_char(to, left > 2 ? digits[three & 63] : '=');
	}
}

void
mime_hex(struct buf *to, char c)
{
	static const char hex[] = "0123456789ABCDEF";

	buf_char(to, '=');
	buf_char(to, hex[(unsigned char)c >> 4]);
	buf_char(to, hex[(unsigned char)c & 15]);
}

static void
put_q(struct buf *to, const char *s, size_t n)
{
	for (; n > 0; n--, s++)
		if (*s == ' ')
			buf_char(to, '_');
		else if (literal(*s))
			buf_char(to, *s);
		else
			mime_hex(to, *s);
}

/* How much of s goes into an encoded word of so many characters. */
static size_t
chunk(const char *s, bool base64, size_t room)
{
	size_t n = 0, used = 0, size;

	while (s[n]) {
		size = char_at(s + n);
		used += base64 ? size : cost(s + n, size);
		if (n && (base64 ? (used + 2) / 3 * 4 : used) > room)
			break;
		n += size;
	}
	return n;
}

static void
put_encoded(struct line *l, const char *s)
{
	size_t n, room, q = 0, all = strlen(s);
	struct buf word = { 0 };
	bool base64;

	for (n = 0; s[n]; n += char_at(s + n))
		q += cost(s + n, char_at(s + n));
	for (base64 = q > all * 4 / 3; *s; s += n) {
		room = WORD - FRAME;
		if (l->col + 1 + FRAME + 16 < BODY &&
		    BODY - l->col - 1 - FRAME < room)
			room = BODY - l->col - 1 - FRAME;
		n = chunk(s, base64, room);
		buf_clear(&word);
		buf_text(&word, base64 ? "=?utf-8?b?" : "=?utf-8?q?");
		if (base64)
			put_base64(&word, s, n);
		else
			put_q(&word, s, n);
		buf_text(&word, "?=");
		put_word(l, word.text, word.len);
	}
	buf_free(&word);
}

static void
put_words(struct line *l, const char *s)
{
	size_t n;

	for (; *s; s += n + (s[n] == ' ')) {
		n = strcspn(s, " ");
		put_word(l, s, n);
	}
}

void
mime_header(struct buf *to, const char *name, const char *text)
{
	struct line l = begin(to, name);

	if (plain(text))
		put_words(&l, text);
	else
		put_encoded(&l, text);
	buf_char(to, '\n');
}

/* A name in front of an address: atoms, a quoted string or encoded words. */
static void
put_display(struct line *l, const char *s)
{
	struct buf b = { 0 };

	if (!plain(s) || strlen(s) > WORD) {
		put_encoded(l, s);
	} else if (!s[strcspn(s, ",;:<>()[]\\\"@.")]) {
		put_words(l, s);
	} else {
		buf_char(&b, '"');
		for (; *s; s++) {
			if (*s == '"' || *s == '\\')
				buf_char(&b, '\\');
			buf_char(&b, *s);
		}
		buf_char(&b, '"');
		put_word(l, b.text, b.len);
	}
	buf_free(&b);
}

static void
put_mailbox(struct line *l, const char *display, const char *address,
    bool last)
{
	struct buf b = { 0 };

	if (*display)
		put_display(l, display);
	buf_printf(&b, *display ? "<%s>" : "%s", address);
	if (!last)
		buf_char(&b, ',');
	put_word(l, b.text, b.len);
	buf_free(&b);
}

void
mime_address(struct buf *to, const char *name, const char *display,
    const char *address)
{
	struct line l = begin(to, name);

	put_mailbox(&l, display, address, true);
	buf_char(to, '\n');
}

bool
mime_addresses(struct buf *to, const char *name, const char *list,
    struct buf *why)
{
	struct mailbox m = { { 0 }, { 0 } };
	size_t start = to->len;
	struct line l = begin(to, name);
	const char *s = list;

	while ((s = mime_mailbox(&m, s))) {
		put_mailbox(&l, buf_get(&m.name), m.address.text, !*s);
		if (!*s)
			break;
		s++;
	}
	buf_char(to, '\n');
	buf_free(&m.name);
	buf_free(&m.address);
	if (s)
		return true;
	to->len = start;
	buf_clear(why);
	buf_printf(why, "%s: not an address: '%s'", name, list);
	return false;
}

bool
mime_bare(struct buf *to, const char *list)
{
	struct mailbox m = { { 0 }, { 0 } };
	bool good = mime_mailbox(&m, list) != NULL;

	if (good)
		buf_text(to, m.address.text);
	buf_free(&m.name);
	buf_free(&m.address);
	return good;
}

void
mime_date(struct buf *to, int64_t at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t day = date_day_of(at), offset, minutes;
	char local[LOCAL_SIZE];
	int y, m, d;

	date_local_text(local, at);
	minutes = ((local[11] - '0') * 10 + local[12] - '0') * 60 +
	    (local[14] - '0') * 10 + local[15] - '0';
	offset = day * 1440 + minutes - (at - at % 60) / 60;
	date_split(day, &y, &m, &d);
	buf_printf(to, "%s, %d %s %04d %s:%02d %c%02d%02d",
	    days[date_weekday(day)], d, months[m - 1], y, local + 11,
	    (int)(at % 60), offset < 0 ? '-' : '+',
	    (int)(offset < 0 ? -offset : offset) / 60,
	    (int)(offset < 0 ? -offset : offset) % 60);
}
