/* Lists of addresses, taken apart; and the text of a message. */
#include <string.h>

#include "email.h"
#include "mime.h"
#include "mimecore.h"

static void
trim(struct buf *b)
{
	size_t blank = b->len ? strspn(b->text, " ") : 0;

	while (b->len > blank && b->text[b->len - 1] == ' ')
		b->len--;
	b->len -= blank;
	if (!b->text)
		return;
	memmove(b->text, b->text + blank, b->len);
	b->text[b->len] = '\0';
}

/* Behind the quoted string at s, appended without its quotes; NULL where it
 * does not end. */
static const char *
unquote(struct buf *to, const char *s)
{
	for (s++; *s != '"'; s++) {
		if (*s == '\\')
			s++;
		if (!*s)
			return NULL;
		buf_char(to, *s);
	}
	return s + 1;
}

const char *
mime_mailbox(struct mailbox *m, const char *s)
{
	struct buf norm = { 0 };
	size_t n;
	bool good;

	buf_clear(&m->name);
	buf_clear(&m->address);
	while (s && *s && *s != ',' && *s != '<')
		if (*s == '"')
			s = unquote(&m->name, s);
		else if (strchr(">();:[]\\", *s) || (unsigned char)*s < ' ')
			return NULL;
		else
			buf_char(&m->name, *s++);
	if (!s)
		return NULL;
	trim(&m->name);
	if (*s == '<') {
		n = strcspn(++s, ">");
		buf_add(&m->address, s, n);
		s += n;
		if (!*s)
			return NULL;
		s++;
		s += strspn(s, " ");
	} else {
		buf_text(&m->address, buf_get(&m->name));
		buf_clear(&m->name);
	}
	good = email_norm(&norm, buf_get(&m->address));
	buf_free(&norm);
	return good && (!*s || *s == ',') ? s : NULL;
}

/* What a line must not begin with: mailboxes, transports and the parts of a
 * message would take it for theirs. */
static bool
means_more(const char *line, size_t n)
{
	size_t quotes = 0;

	if (n && line[0] == '.')
		return true;
	if (n > 3 && memcmp(line, "--=_", 4) == 0)
		return true;
	while (quotes < n && line[quotes] == '>')
		quotes++;
	return n - quotes > 4 && memcmp(line + quotes, "From ", 5) == 0;
}

/* Lines of ASCII, short, with no blank at the end of any. */
static bool
is_plain(const char *s, size_t size)
{
	const char *end = s + size, *line = s;

	for (; s < end; s++)
		if (*s == '\n') {
			if (s > line && (s[-1] == ' ' || s[-1] == '\t'))
				return false;
			line = s + 1;
		} else if ((*s < ' ' && *s != '\t') || *s > '~' ||
		    s - line >= BODY ||
		    (s == line && means_more(line, (size_t)(end - line)))) {
			return false;
		}
	return size == 0 || (end[-1] != ' ' && end[-1] != '\t');
}

static void
put_line(struct buf *to, const char *s, size_t n)
{
	size_t i, col = 0, cost;
	bool plain;

	for (i = 0; i < n; i++) {
		plain = s[i] == '\t' || (s[i] >= ' ' && s[i] <= '~');
		if (s[i] == '=' || (i == 0 && means_more(s, n)) ||
		    (i == n - 1 && (s[i] == ' ' || s[i] == '\t')))
			plain = false;
		cost = plain ? 1 : 3;
		if (col + cost > BODY - (i < n - 1)) {
			buf_text(to, "=\n");
			col = 0;
			if (plain && means_more(s + i, n - i))
				plain = false;
			cost = plain ? 1 : 3;
		}
		if (plain)
			buf_char(to, s[i]);
		else
			mime_hex(to, s[i]);
		col += cost;
	}
	buf_char(to, '\n');
}

void
mime_part(struct buf *to, const char *type, const char *text, size_t size)
{
	bool plain = is_plain(text, size);
	const char *end;
	size_t n;

	buf_text(to, "Content-Type: ");
	buf_text(to, type);
	buf_text(to, plain ? "; charset=utf-8\n"
	    "Content-Transfer-Encoding: 7bit\n\n" : "; charset=utf-8\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n");
	if (plain) {
		buf_add(to, text, size);
		if (size && text[size - 1] != '\n')
			buf_char(to, '\n');
		return;
	}
	for (; size > 0; text += n, size -= n) {
		end = memchr(text, '\n', size);
		n = end ? (size_t)(end - text) : size;
		put_line(to, text, n);
		n += end != NULL;
	}
}
