/* A template of mail: headers, text, HTML. */
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "config.h"
#include "mailcore.h"
#include "slurp.h"

#define SEPARATOR "--html--"

/* These are ours to write. */
static const char *const own[] = { "To", "Date", "Message-ID",
	"MIME-Version", "Content-Type", "Content-Transfer-Encoding",
	"Content-Disposition", "Received", "Return-Path", NULL };

/* These hold addresses. */
static const char *const addressed[] = { "From", "Cc", "Bcc", "Reply-To",
	"Sender", NULL };

static bool
among(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcasecmp(*list, name) == 0)
			return true;
	return false;
}

/* The length of a header's name, its colon not counted; 0: it is none. */
static size_t
name_of(const char *line)
{
	size_t n = strspn(line, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return line[n] == ':' ? n : 0;
}

static char *
without_returns(char *text)
{
	char *from, *to;

	for (from = to = text; *from; from++)
		if (*from != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
	return text;
}

/* Behind a header and the lines that go on with it; its value is appended. */
static char *
take_value(char *p, struct buf *value, int *line)
{
	size_t n;

	do {
		p += strspn(p, " \t");
		n = strcspn(p, "\n");
		if (value->len)
			buf_char(value, ' ');
		buf_add(value, p, n);
		p += n + (p[n] == '\n');
		++*line;
	} while (*p == ' ' || *p == '\t');
	while (value->len && value->text[value->len - 1] == ' ')
		value->text[--value->len] = '\0';
	return p;
}

static void
add_header(struct mailform *f, struct mailheader *h)
{
	if (among(own, h->name))
		die(CONFIG, "%s:%d: '%s' can't be given: it is written by "
		    "crm-mail", f->file, h->line + 1, h->name);
	if (mailform_header(f, h->name))
		die(CONFIG, "%s:%d: a second '%s'", f->file, h->line + 1,
		    h->name);
	h->kind = among(addressed, h->name) ? TEMPLATE_NAME :
	    strcasecmp(h->name, "List-Unsubscribe") == 0 ? TEMPLATE_URL :
	    TEMPLATE_LINE;
}

/* Behind the headers and the empty line. */
static char *
read_headers(struct mailform *f, char *p)
{
	struct buf value = { 0 };
	struct mailheader h;
	int n = 0, line = 0;
	size_t size;

	while (*p && *p != '\n') {
		if (!(size = name_of(p)))
			die(CONFIG, "%s:%d: not a header, nor the empty line "
			    "behind them", f->file, line + 1);
		h = (struct mailheader){ .name = arena_slice(p, size),
			.file = f->file, .line = line };
		buf_clear(&value);
		p = take_value(p + size + 1, &value, &line);
		h.value = arena_copy(buf_get(&value));
		add_header(f, &h);
		f->headers[n++] = h;
	}
	buf_free(&value);
	f->text_line = line + (*p == '\n');
	return p + (*p == '\n');
}

/* Cut what is behind the line that separates them off. */
static void
split(struct mailform *f, char *text)
{
	char *p = text, *next;
	int line = f->text_line;

	f->text = text;
	for (; *p; p = next) {
		next = p + strcspn(p, "\n");
		next += *next == '\n';
		line++;
		if (strncmp(p, SEPARATOR, strlen(SEPARATOR)) != 0 ||
		    (p[strlen(SEPARATOR)] && p[strlen(SEPARATOR)] != '\n'))
			continue;
		*p = '\0';
		f->html = next;
		f->html_line = line;
		return;
	}
}

/* One of crm.yaml, unless the template has its own. */
static void
add_config(struct mailform *f, const char *name, const char *key,
    const char *value, enum template_kind kind)
{
	struct mailheader *h = f->headers;

	if (!value || mailform_header(f, name))
		return;
	while (h->name)
		h++;
	*h = (struct mailheader){ .name = name, .value = value, .file = key,
		.kind = kind };
}

/* mail.unsubscribe is an address of the web or of mail; in brackets.  RFC
 * 8058: by a single request, where it is one of the web. */
static void
add_unsubscribe(struct mailform *f)
{
	const char *text = config_text("mail.unsubscribe");
	struct buf b = { 0 };

	if (!text || mailform_header(f, "List-Unsubscribe"))
		return;
	buf_printf(&b, strchr(text, '<') ? "%s" : "<%s>", text);
	add_config(f, "List-Unsubscribe", "mail.unsubscribe",
	    arena_copy(b.text), TEMPLATE_URL);
	if (strstr(b.text, "<https:"))
		add_config(f, "List-Unsubscribe-Post", "mail.unsubscribe",
		    "List-Unsubscribe=One-Click", TEMPLATE_LINE);
	buf_free(&b);
}

const struct mailform *
mailform_read(const struct mailplan *plan)
{
	const char *file = plan->template, *p;
	struct mailform *f = arena_get(sizeof(*f));
	char *text = without_returns(arena_copy(slurp(file, NOINPUT,
	    CONFIG)));
	size_t lines = 5;

	for (p = text; *p; p++)
		lines += *p == '\n';
	f->file = file;
	f->headers = arena_get(sizeof(*f->headers) * lines);
	if (name_of(text))
		text = read_headers(f, text);
	else if (plan->form != MAIL_LETTER)
		die(CONFIG, "%s:1: no header, such as 'Subject: hello'",
		    file);
	split(f, text);
	if (plan->form == MAIL_LETTER)
		return f;
	add_config(f, "From", "mail.from", config_text("mail.from"),
	    TEMPLATE_NAME);
	if (!mailform_header(f, "From"))
		die(CONFIG, "no sender: neither 'From' in '%s' nor mail.from "
		    "in crm.yaml", file);
	if (!plan->to)
		add_unsubscribe(f);
	return f;
}

const struct mailheader *
mailform_header(const struct mailform *f, const char *name)
{
	const struct mailheader *h;

	for (h = f->headers; h->name; h++)
		if (strcasecmp(h->name, name) == 0)
			return h;
	return NULL;
}

void
mailform_each(const struct mailform *f,
    bool (*known)(void *data, const char *name), void *data)
{
	const struct mailheader *h;

	for (h = f->headers; h->name; h++)
		template_each(h->value, h->file, h->line, known, data);
	template_each(f->text, f->file, f->text_line, known, data);
	if (f->html)
		template_each(f->html, f->file, f->html_line, known, data);
}
