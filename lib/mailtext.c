/* A message, composed: headers, text, HTML. */
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "config.h"
#include "date.h"
#include "email.h"
#include "mailcore.h"
#include "mime.h"

#define BOUNDARY "=_crm"

enum { LONGEST = 900 }; /* below the 998 of RFC 5322, 2.1.1 */

static struct {
	const struct mailplan *plan;
	const struct mailform *form;
	const char *domain, *day;
	struct template_source source;
	struct buf value, core, missing;
	char date[48];
	int64_t at; /* of date, or 0 */
	long count;
} t;

static void
missing(void *data, const char *name)
{
	(void)data;
	if (!t.missing.len)
		buf_printf(&t.missing, "no value of '%s'", name);
}

static void
fill(struct buf *to, const char *text, const char *file, int line,
    enum template_kind kind)
{
	t.source.line = line;
	template_fill(to, text, file, kind, &t.source);
}

static void
fill_header(struct buf *to, const struct mailheader *h)
{
	fill(to, h->value, h->file, h->line, h->kind);
}

static void
fill_text(struct buf *to)
{
	fill(to, t.form->text, t.form->file, t.form->text_line,
	    TEMPLATE_TEXT);
}

static void
fill_html(struct buf *to)
{
	fill(to, t.form->html, t.form->file, t.form->html_line,
	    TEMPLATE_HTML);
}

/* Encoded or folded it would be another address. */
static bool
put_url(struct buf *to, const char *name, const struct buf *url,
    struct buf *why)
{
	const char *p = url->text;

	while (*p >= ' ' && *p <= '~')
		p++;
	if (*p || url->len > LONGEST) {
		buf_printf(why, "%s: %s", name, *p ? "not ASCII" :
		    "too long");
		return false;
	}
	buf_printf(to, "%s: %s\n", name, url->text);
	return true;
}

/* A header as it is written; false and why: it can't be. */
static bool
put_header(struct buf *to, const struct mailheader *h, struct buf *why)
{
	struct buf *v = &t.value;

	if (h->ready) {
		buf_text(to, h->ready);
		return true;
	}
	buf_clear(v);
	fill_header(v, h);
	if (!v->len)
		return true; /* it is left out */
	if (h->kind == TEMPLATE_NAME)
		return mime_addresses(to, h->name, buf_get(v), why);
	if (h->kind == TEMPLATE_URL)
		return put_url(to, h->name, v, why);
	mime_header(to, h->name, buf_get(v));
	return true;
}

/* A header without names in it is the same in all messages. */
static void
make_ready(struct mailheader *h)
{
	struct buf b = { 0 }, why = { 0 };

	if (!h->value || strstr(h->value, "{{"))
		return;
	if (!put_header(&b, h, &why))
		die(CONFIG, "%s:%d: %s", h->file, h->line + 1, why.text);
	h->ready = arena_copy(b.text);
	buf_free(&b);
}

/* NULL: the sender's. */
static const char *
read_domain(void)
{
	const char *domain = config_text("mail.domain");
	struct buf address = { 0 }, norm = { 0 };

	if (!domain)
		return NULL;
	buf_printf(&address, "x@%s", domain);
	if (!email_norm(&norm, address.text))
		node_reject(config_get("mail.domain"), "not a domain: '%s'",
		    domain);
	buf_free(&address);
	buf_free(&norm);
	return domain;
}

void
mailtext_open(const struct mailplan *plan, const struct mailform *form)
{
	struct mailheader *h;
	char day[DAY_SIZE];

	t.plan = plan;
	t.form = form;
	t.source = (struct template_source){ .text = mailrow_text,
		.row = mailrow_each, .missing = missing };
	t.domain = read_domain();
	t.day = arena_copy(date_day_text(day, date_today()));
	for (h = form->headers; h->name; h++)
		make_ready(h);
}

/* Eight bytes at a time, mixed as splitmix64 does (Steele and others 2014);
 * for telling messages apart, not against anybody. */
static uint64_t
hash(uint64_t h, const char *s, size_t n)
{
	uint64_t word;
	size_t size;

	for (h ^= n; n > 0; s += size, n -= size) {
		size = n < sizeof(word) ? n : sizeof(word);
		word = 0;
		memcpy(&word, s, size);
		h = (h ^ word) * 0xbf58476d1ce4e5b9U;
		h ^= h >> 29;
	}
	h *= 0x94d049bb133111ebU;
	return h ^ h >> 31;
}

static uint64_t
hash_text(uint64_t h, const char *s)
{
	return hash(h, s ? s : "", s ? strlen(s) : 0);
}

static void
hex(char *to, uint64_t n)
{
	static const char digits[] = "0123456789abcdef";
	int i;

	for (i = 15; i >= 0; i--, n >>= 4)
		to[i] = digits[n & 15];
	to[16] = '\0';
}

/* What makes it another message: all that is read of it, whom it is for, the
 * campaign, and of what is due, on which day. */
static void
put_mark(struct mailtext *x)
{
	const char *due = mailrow_due();
	uint64_t h = hash(1, t.core.text, t.core.len);

	h = hash_text(h, x->address);
	h = hash_text(h, t.plan->campaign);
	h = hash_text(h, due);
	if (t.plan->form == MAIL_LETTER)
		h = hash(h, (const char *)&(int64_t){ mailrow_contact() },
		    sizeof(int64_t));
	if (*due)
		h = hash_text(h, t.day);
	hex(x->mark, h);
}

/* The domain of the sender, unless crm.yaml says another. */
static void
put_id(struct mailtext *x, int64_t at)
{
	const char *domain = t.domain;
	struct buf b = { 0 };

	if (!domain)
		domain = strrchr(x->sender.text, '@') + 1;
	buf_printf(&b, "<%s.%llx.%lx@%.100s>", x->mark, (long long)at,
	    ++t.count, domain);
	memcpy(x->id, b.text, b.len + 1);
	buf_free(&b);
}

static void
put_date(struct buf *to, int64_t at)
{
	struct buf b = { 0 };

	if (at != t.at) {
		mime_date(&b, at);
		memcpy(t.date, b.text, b.len + 1);
		t.at = at;
		buf_free(&b);
	}
	buf_text(to, t.date);
}

/* Text, and what is behind the separator beside it. */
static void
put_body(struct buf *to)
{
	struct buf *v = &t.value;

	buf_clear(v);
	fill_text(v);
	if (!t.form->html) {
		mime_part(to, "text/plain", buf_get(v), v->len);
		return;
	}
	buf_text(to, "Content-Type: multipart/alternative; boundary=\""
	    BOUNDARY "\"\n\n--" BOUNDARY "\n");
	mime_part(to, "text/plain", buf_get(v), v->len);
	buf_clear(v);
	fill_html(v);
	buf_text(to, "\n--" BOUNDARY "\n");
	mime_part(to, "text/html", buf_get(v), v->len);
	buf_text(to, "\n--" BOUNDARY "--\n");
}

/* What all mail has, and what the template has; false and why. */
static bool
put_headers(struct mailtext *x)
{
	const struct mailheader *h;
	struct buf *to = &t.core;

	buf_clear(&x->subject);
	mime_address(to, "To", x->name, x->address);
	for (h = t.form->headers; h->name; h++) {
		if (!put_header(to, h, &x->why))
			return false;
		if (strcasecmp(h->name, "Subject") == 0)
			buf_text(&x->subject, h->ready ? h->value :
			    buf_get(&t.value));
	}
	buf_text(to, "MIME-Version: 1.0\n");
	return true;
}

static void
find_sender(struct mailtext *x)
{
	const struct mailheader *h = mailform_header(t.form, "From");

	if (h->ready && x->sender.len)
		return;
	buf_clear(&x->sender);
	buf_clear(&t.value);
	fill_header(&t.value, h);
	mime_bare(&x->sender, t.value.text);
}

static void
make_letter(struct mailtext *x)
{
	const struct mailheader *h = mailform_header(t.form, "Subject");

	buf_clear(&x->subject);
	if (h)
		fill_header(&x->subject, h);
	fill_text(&t.core);
	put_mark(x);
	buf_add(&x->all, buf_get(&t.core), t.core.len);
	x->id[0] = '\0';
}

static void
show_header(struct buf *to, const struct mailheader *h)
{
	buf_printf(to, "%s: ", h->name);
	fill_header(to, h);
	buf_char(to, '\n');
}

void
mailtext_show(const struct mailtext *x, struct buf *to)
{
	const struct mailheader *h;

	buf_text(to, "To: ");
	template_escape(to, x->name, TEMPLATE_LINE);
	buf_printf(to, *x->name ? " <%s>\n" : "%s\n", x->address);
	for (h = t.form->headers; h->name; h++)
		show_header(to, h);
	buf_char(to, '\n');
	fill_text(to);
	if (!t.form->html)
		return;
	buf_text(to, "--html--\n");
	fill_html(to);
}

bool
mailtext_make(struct mailtext *x)
{
	bool letter = t.plan->form == MAIL_LETTER;
	int64_t at = date_now();

	buf_clear(&x->all);
	buf_clear(&x->why);
	buf_clear(&t.core);
	buf_clear(&t.missing);
	if (!mailrow_recipient(&x->name, &x->address, &x->why))
		return false;
	if (letter) {
		make_letter(x);
	} else if (put_headers(x)) {
		put_body(&t.core);
		find_sender(x);
	}
	if (!x->why.len && t.missing.len)
		buf_text(&x->why, t.missing.text);
	if (x->why.len || letter)
		return !x->why.len;
	put_mark(x);
	put_id(x, at);
	buf_text(&x->all, "Date: ");
	put_date(&x->all, at);
	buf_printf(&x->all, "\nMessage-ID: %s\n", x->id);
	buf_add(&x->all, t.core.text, t.core.len);
	return true;
}
