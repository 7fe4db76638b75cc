#include "template.h"

#include <string.h>

#include "buf.h"
#include "die.h"
#include "num.h"
#include "text.h"

enum { DEPTH = 16 };

struct filler {
	const char *start, *p, *file;
	struct buf *to;
	enum template_kind kind;
	const struct template_source *from;
	bool (*each)(void *data, const char *name); /* or NULL: fill */
	struct buf value;
	int depth;
};

struct tag {
	char mark; /* '#', '^', '/' or 0 */
	const char *name, *fallback; /* kept in text */
	int64_t width; /* negative: on the left */
	const char *end; /* behind it */
	struct buf text;
};

NORETURN static void
wrong(const struct filler *t, const char *what, const char *name)
{
	const char *p;
	int line = t->from->line + 1;

	for (p = t->start; p < t->p; p++)
		line += *p == '\n';
	die(CONFIG, "%s:%d: %s '{{%s}}'", t->file, line, what, name);
}

/* Take the tag at t->p apart. */
static void
read_tag(struct filler *t, struct tag *tag)
{
	const char *p = t->p + 2, *end = strstr(p, "}}");
	char *colon, *bar;

	if (!end || memchr(p, '\n', (size_t)(end - p)))
		wrong(t, "no end of", "");
	tag->mark = *p == '#' || *p == '^' || *p == '/' ? *p++ : '\0';
	tag->end = end + 2;
	tag->width = 0;
	tag->fallback = NULL;
	buf_clear(&tag->text);
	buf_add(&tag->text, p, (size_t)(end - p));
	tag->name = buf_get(&tag->text);
	if ((bar = strchr(tag->text.text, '|'))) {
		*bar = '\0';
		tag->fallback = bar + 1;
	}
	if ((colon = strchr(tag->text.text, ':'))) {
		*colon = '\0';
		if (!num_int(colon + 1, &tag->width) || tag->width > 999 ||
		    tag->width < -999)
			wrong(t, "no width in", tag->name);
	}
	if (!*tag->name || tag->name[strspn(tag->name,
	    "abcdefghijklmnopqrstuvwxyz0123456789_")] ||
	    (tag->mark && (bar || colon)))
		wrong(t, "not a name in", tag->name);
}

static void
pad(struct buf *b, int64_t n)
{
	for (; n > 0; n--)
		buf_char(b, ' ');
}

static void
put_value(struct filler *t, const struct tag *tag)
{
	const char *value = t->from->text(t->from->data, tag->name);
	struct buf *b = &t->value;
	int64_t width;

	if (!value)
		wrong(t, "unknown name", tag->name);
	if (!*value && !tag->fallback && t->from->missing)
		t->from->missing(t->from->data, tag->name);
	if (*value && !tag->width) {
		template_escape(t->to, value, t->kind);
		return;
	}
	buf_clear(b);
	if (*value)
		template_escape(b, value, t->kind);
	else if (tag->fallback)
		buf_text(b, tag->fallback);
	width = (int64_t)text_width(buf_get(b), b->len);
	if (tag->width < 0)
		pad(t->to, -tag->width - width);
	buf_add(t->to, buf_get(b), b->len);
	pad(t->to, tag->width - width);
}

/* The end of the line that a section's tag stands in alone; else NULL. */
static const char *
alone(const struct filler *t, const char *end)
{
	const char *p = t->p;

	while (p > t->start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	if (p > t->start && p[-1] != '\n')
		return NULL;
	end += strspn(end, " \t");
	return *end == '\n' ? end + 1 : *end ? NULL : end;
}

/* Go behind a section's tag; blanks in front of one that is alone, which
 * were put already if shown, are taken back. */
static void
pass(struct filler *t, const char *end, bool shown)
{
	const char *next = alone(t, end);

	while (next && shown && t->to->len &&
	    (t->to->text[t->to->len - 1] == ' ' ||
		t->to->text[t->to->len - 1] == '\t'))
		t->to->len--;
	t->p = next ? next : end;
}

static void body(struct filler *, const char *close, const char *open,
    bool shown);

/* From behind {{#name}}, which stands at open, to behind its end. */
static void
section(struct filler *t, const struct tag *tag, const char *open, bool shown)
{
	const char *name = tag->name, *from = t->p;
	const char *value = NULL;
	int there = 0, any = 0;

	if (!shown) {
		body(t, name, open, false);
		return;
	}
	while ((there = t->from->row(t->from->data, name, !any)) > 0) {
		any++;
		t->p = from;
		body(t, name, open, tag->mark == '#');
	}
	if (there < 0 && !(value = t->from->text(t->from->data, name)))
		wrong(t, "unknown name", name);
	if (there < 0)
		body(t, name, open,
		    (tag->mark == '#') == (*value != '\0'));
	else if (!any)
		body(t, name, open, tag->mark == '^');
}

static void
body(struct filler *t, const char *close, const char *open, bool shown)
{
	struct tag tag = { 0 };
	const char *at;
	size_t n;

	if (++t->depth > DEPTH)
		wrong(t, "too deep:", close);
	for (;;) {
		n = strcspn(t->p, "{");
		if (t->p[n] == '{' && t->p[n + 1] != '{')
			n++;
		if (shown)
			buf_add(t->to, t->p, n);
		t->p += n;
		if (!*t->p)
			break;
		if (t->p[0] != '{' || t->p[1] != '{')
			continue;
		read_tag(t, &tag);
		if (tag.mark == '/')
			break;
		if (t->each && !t->each(t->from->data, tag.name))
			wrong(t, "unknown field", tag.name);
		if (tag.mark) {
			at = t->p;
			pass(t, tag.end, shown);
			section(t, &tag, at, shown);
			continue;
		}
		if (shown)
			put_value(t, &tag);
		t->p = tag.end;
	}
	if (!*t->p && close) {
		t->p = open;
		wrong(t, "no end of", close);
	}
	if (*t->p && (!close || strcmp(tag.name, close) != 0))
		wrong(t, "the end of another:", tag.name);
	if (*t->p)
		pass(t, tag.end, shown);
	t->depth--;
	buf_free(&tag.text);
}

void
template_fill(struct buf *to, const char *text, const char *file,
    enum template_kind kind, const struct template_source *from)
{
	struct filler t = { text, text, file, to, kind, from, NULL, { 0 },
		0 };

	body(&t, NULL, NULL, true);
	buf_free(&t.value);
}

void
template_each(const char *text, const char *file, int line,
    bool (*f)(void *data, const char *name), void *data)
{
	const struct template_source from = { .data = data, .line = line };
	struct filler t = { text, text, file, NULL, TEMPLATE_TEXT, &from, f,
		{ 0 }, 0 };

	body(&t, NULL, NULL, false);
}
