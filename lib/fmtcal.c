/* Rows that happen on a day: iCalendar and remind. */
#include <string.h>

#include "buf.h"
#include "date.h"
#include "fmt.h"
#include "fmtcore.h"
#include "num.h"
#include "put.h"
#include "tsv.h"
#include "visible.h"

/* What of a row a calendar shows; columns by the first name there is. */
struct event {
	bool clock;          /* at is an instant; else day is the day */
	int64_t at, day;
	int64_t minutes;     /* 0: not said */
	const char *what, *who, *where, *note;
};

static const char *
field(const struct tsv *in, const char *const *names)
{
	int col;

	for (; *names; names++)
		if ((col = tsv_find(in, *names)) >= 0 && tsv_size(in, col) > 0)
			return tsv_field(in, col);
	return NULL;
}

/* Without a date a row is no event. */
static void
read_event(const struct tsv *in, struct event *e)
{
	static const char *const at[] = { "at", NULL }, *const day[] = {
		"day", "due", "since", NULL }, *const minutes[] = { "minutes",
		NULL }, *const what[] = { "what", "title", "subject", "kind",
		"name", NULL }, *const who[] = { "contact_name", NULL },
		*const where[] = { "place", NULL }, *const note[] = { "note",
		"body", NULL };
	const char *text;

	memset(e, 0, sizeof(*e));
	if ((text = field(in, at))) {
		if (!date_read_at(text, &e->at))
			tsv_reject(in, "at", "not an instant: '%s'", text);
		e->clock = true;
	} else if (!(text = field(in, day)))
		tsv_reject(in, NULL, "no at, day or due");
	else if (!date_read_day(text, &e->day)) {
		if (!date_read_at(text, &e->at))
			tsv_reject(in, NULL, "not a day or an instant: '%s'",
			    text);
		e->clock = true;
	}
	if ((text = field(in, minutes)) &&
	    (!num_int(text, &e->minutes) || e->minutes < 0))
		tsv_reject(in, "minutes", "not a number: '%s'", text);
	e->what = field(in, what);
	e->who = field(in, who);
	e->where = field(in, where);
	e->note = field(in, note);
	if (!e->what)
		e->what = e->who ? e->who : "crm";
}

/* RFC 5545, 3.1: lines of at most 75 octets, no character torn apart. */
static void
fold(struct buf *b, const char *s, size_t n)
{
	size_t width = 0, len, i;
	unsigned code;

	for (i = 0; i < n; i += len) {
		len = visible_char(s + i, n - i, &code);
		len = len ? len : 1;
		if (width + len > 75) {
			buf_text(b, "\r\n ");
			width = 1;
		}
		buf_add(b, s + i, len);
		width += len;
	}
	buf_text(b, "\r\n");
}

/* RFC 5545, 3.3.11: text with its escapes. */
static void
escape(struct buf *b, const char *s)
{
	size_t n = strlen(s), i, len;

	for (i = 0; i < n; i += len) {
		len = 1;
		if (s[i] == '\n')
			buf_text(b, "\\n");
		else if (strchr(",;\\", s[i]))
			buf_printf(b, "\\%c", s[i]);
		else if (s[i] == '\t')
			buf_char(b, ' ');
		else if (s[i] != '\r')
			len = fmt_char(b, s + i, n - i);
	}
}

static void
property(const char *name, const char *a, const char *b)
{
	struct buf line = { 0 };

	if (!a)
		return;
	buf_printf(&line, "%s:", name);
	escape(&line, a);
	if (b && strcmp(a, b) != 0) {
		buf_text(&line, " - ");
		escape(&line, b);
	}
	fold(put_buffer(), line.text, line.len);
	buf_free(&line);
}

/* 20261122 or 20261122T083000Z */
static void
stamp(struct buf *b, const char *name, bool clock, int64_t when)
{
	char text[AT_SIZE], *p;

	if (clock)
		date_at_text(text, when);
	else
		date_day_text(text, when);
	buf_text(b, name);
	for (p = text; *p; p++)
		if (*p != '-' && *p != ':')
			buf_char(b, *p);
	buf_text(b, "\r\n");
}

/* The same row has the same identity each time. */
static void
identity(const struct tsv *in)
{
	int col = tsv_find(in, "due");
	struct buf line = { 0 };

	col = col < 0 ? 0 : col;
	buf_text(&line, "UID:");
	if (tsv_bare(in) || strcmp(tsv_name(in, col), "due") != 0 ||
	    !strchr(tsv_field(in, col), ':'))
		buf_printf(&line, "%s:", tsv_bare(in) ? "key" :
		    tsv_name(in, col));
	escape(&line, tsv_field(in, col));
	buf_text(&line, "@crm");
	fold(put_buffer(), line.text, line.len);
	buf_free(&line);
}

static void
put_event(const struct tsv *in, const struct event *e)
{
	struct buf *b = put_buffer();

	buf_text(b, "BEGIN:VEVENT\r\n");
	identity(in);
	stamp(b, "DTSTAMP:", true, date_now());
	if (e->clock)
		stamp(b, "DTSTART:", true, e->at);
	else
		stamp(b, "DTSTART;VALUE=DATE:", false, e->day);
	if (e->clock && e->minutes)
		buf_printf(b, "DURATION:PT%lldM\r\n", (long long)e->minutes);
	property("SUMMARY", e->what, e->who);
	property("LOCATION", e->where, NULL);
	property("DESCRIPTION", e->note, NULL);
	buf_text(b, "END:VEVENT\r\n");
	put_some();
}

enum status
fmt_ics(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	bool begun = false;
	struct event e;

	(void)operands, (void)opts;
	while (tsv_next(in)) {
		read_event(in, &e);
		if (!begun)
			put_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
			    "PRODID:-//crm//crm-fmt//EN\r\n");
		begun = true;
		put_event(in, &e);
	}
	if (begun)
		put_text("END:VCALENDAR\r\n");
	return OK;
}

/* remind(1): [ begins an expression, % a substitution; a line is a line, but
 * with a backslash at its end the next one too. */
static void
message(struct buf *b, const char *s)
{
	size_t n = strlen(s), i, len;

	for (i = 0; i < n; i += len) {
		len = 1;
		if (s[i] == '[')
			buf_text(b, "[\"[\"]");
		else if (s[i] == '%')
			buf_text(b, "%%");
		else if (s[i] == '\\')
			buf_text(b, "[char(92)]");
		else if (strchr("\t\n\r", s[i]))
			buf_char(b, ' ');
		else
			len = fmt_char(b, s + i, n - i);
	}
}

enum status
fmt_remind(struct tsv *in, const char *const *operands,
    const struct fmtopts *opts)
{
	struct buf *b = put_buffer();
	char text[LOCAL_SIZE];
	struct event e;

	(void)operands, (void)opts;
	while (tsv_next(in)) {
		read_event(in, &e);
		if (e.clock)
			date_local_text(text, e.at);
		else
			date_day_text(text, e.day);
		buf_printf(b, "REM %.10s", text);
		if (e.clock)
			buf_printf(b, " AT %s", text + 11);
		if (e.clock && e.minutes)
			buf_printf(b, " DURATION %lld:%02lld",
			    (long long)e.minutes / 60,
			    (long long)e.minutes % 60);
		buf_text(b, " MSG ");
		message(b, e.what);
		if (e.who && e.who != e.what) {
			buf_text(b, " - ");
			message(b, e.who);
		}
		buf_char(b, '\n');
		put_some();
	}
	return OK;
}
