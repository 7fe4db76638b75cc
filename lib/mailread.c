/* The stream: its rows, one at a time or a group of them. */
#include <string.h>

#include "calc.h"
#include "catalog.h"
#include "db.h"
#include "mailrowcore.h"
#include "num.h"
#include "spool.h"
#include "tsv.h"
#include "who.h"

long
mailrow_line(void)
{
	int64_t n = tsv_line(mailrows.in);

	if (mailrows.plan->group)
		num_int(tsv_field(mailrows.in, mailrows.columns - 1), &n);
	return (long)n;
}

static const char *
raw(size_t *size)
{
	const char *text = tsv_raw(mailrows.in, size);

	while (mailrows.plan->group && text[--*size] != '\t')
		;
	return text;
}

/* The stream's row is bad. */
static void
fault(const char *column, const char *why)
{
	struct buf all = { 0 };
	size_t size;
	const char *text;

	buf_printf(&all, "%s%s%s", column ? column : "", column ? ": " : "",
	    why);
	if (mailrows.words)
		die(NO, "%s", why);
	if (!mailrows.plan->keep_going)
		die(DATA, "%s:%ld: %s", mailrows.name, mailrow_line(),
		    all.text);
	text = raw(&size);
	mailreject_row(text, size, mailrow_line(), all.text);
	buf_free(&all);
}

static void
malformed(const struct tsv *in, const char *why)
{
	size_t size;
	const char *text = tsv_raw(in, &size);

	mailreject_row(text, size, tsv_line(in), why);
}

/* Whom the stream's row is about; false: it is bad. */
static bool
find_contact(int64_t *contact)
{
	static struct buf why;
	const char *text = mailrows.contact < 0 ? "" :
	    tsv_field(mailrows.in, mailrows.contact);
	bool digits = *text && !text[strspn(text, "0123456789")];

	*contact = 0;
	buf_clear(&why);
	if (!*text || (!digits && !mailrows.query))
		return true;
	if (!digits && !who_contact(mailrows.db, text, contact, &why)) {
		fault("contact", buf_get(&why));
		return false;
	}
	if ((digits && (!num_int(text, contact) || *contact == 0)) ||
	    (mailrows.query && !mailrow_fetch(*contact))) {
		buf_printf(&why, "unknown contact '%s'", text);
		fault("contact", why.text);
		return false;
	}
	return true;
}

/* The stream's next row that is not bad. */
static bool
next_row(void)
{
	int64_t contact;

	while (tsv_next(mailrows.in))
		if (find_contact(&contact)) {
			buf_add(&mailrows.contacts, (char *)&contact,
			    sizeof(contact));
			return true;
		}
	return false;
}

/* The stream's row becomes one of the group. */
static void
keep_row(void)
{
	size_t at;
	int i;

	for (i = 0; i < mailrows.columns; i++) {
		at = mailrows.cells.len;
		buf_add(&mailrows.at, (char *)&at, sizeof(at));
		buf_add(&mailrows.cells, tsv_field(mailrows.in, i),
		    tsv_size(mailrows.in, i) + 1);
	}
	mailrows.rows++;
}

static bool
next_group(void)
{
	int column = tsv_find(mailrows.in, mailrows.plan->group);
	int64_t ahead = 0;

	if (mailrows.pending)
		ahead = *mailrow_contact_at(mailrows.rows);
	buf_clear(&mailrows.contacts);
	buf_clear(&mailrows.cells);
	buf_clear(&mailrows.at);
	mailrows.rows = 0;
	if (mailrows.pending)
		buf_add(&mailrows.contacts, (char *)&ahead, sizeof(ahead));
	else if (!next_row())
		return false;
	do {
		keep_row();
		mailrows.pending = next_row();
	} while (mailrows.pending && strcmp(tsv_field(mailrows.in, column),
	    mailrow_cell(0, column)) == 0);
	return true;
}

bool
mailrow_next(void)
{
	mailrows.row = 0;
	if (!tsv_columns(mailrows.in))
		return false;
	if (mailrows.plan->group)
		return next_group();
	buf_clear(&mailrows.contacts);
	mailrows.rows = 1;
	return next_row();
}

int64_t
mailrow_contact(void)
{
	return mailrows.plan->to ? 0 : *mailrow_contact_at(0);
}

int64_t
mailrow_staff(void)
{
	return mailrows.staff;
}

/* A field as it stands in TSV. */
static void
put_field(struct buf *to, const char *s)
{
	static const char means[] = "\t\n\r\\", letters[] = "tnr\\";
	const char *p;

	for (; *s; s++)
		if ((p = strchr(means, *s))) {
			buf_char(to, '\\');
			buf_char(to, letters[p - means]);
		} else {
			buf_char(to, *s);
		}
}

/* A group is at its last row's line; those before it are not known. */
void
mailrow_refuse(const char *why)
{
	int columns = mailrows.columns - (mailrows.plan->group != NULL);
	struct buf b = { 0 };
	int64_t line;
	int i, j;

	for (i = 0; i < mailrows.rows; i++) {
		buf_clear(&b);
		for (j = 0; j < columns; j++) {
			if (j)
				buf_char(&b, '\t');
			put_field(&b, mailrow_cell(i, j));
		}
		line = tsv_line(mailrows.in);
		if (mailrows.plan->group)
			num_int(mailrow_cell(i, columns), &line);
		mailreject_row(buf_get(&b), b.len, (long)line, why);
	}
	buf_free(&b);
}

const char *
mailrow_place(void)
{
	static struct buf b;
	int64_t line = tsv_line(mailrows.in);

	buf_clear(&b);
	if (mailrows.plan->group)
		num_int(mailrow_cell(0, mailrows.columns - 1), &line);
	buf_printf(&b, "%s:%lld: ", mailrows.name, (long long)line);
	return b.text;
}

static void
write_header(void)
{
	int n = mailrows.columns - (mailrows.plan->group != NULL), i;
	struct buf b = { 0 };

	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i ? "\t" : "",
		    tsv_bare(mailrows.in) ? "contact" :
		    tsv_name(mailrows.in, i));
	mailreject_header(buf_get(&b));
	buf_free(&b);
}

static void
want_all(const struct mailform *form)
{
	const struct mailplan *plan = mailrows.plan;

	buf_text(&mailrows.sql, "SELECT t.contact");
	mailform_each(form, mailrow_want, NULL);
	if (plan->to && !mailrow_want(NULL, plan->to))
		die(DATA, "%s: no column '%s'", mailrows.name, plan->to);
	if (!plan->to && plan->form != MAIL_LETTER &&
	    !mailrow_want(NULL, "email"))
		die(DATA, "%s: no column 'contact'", mailrows.name);
	if (!plan->to && !mailrow_want(NULL, "contact_name"))
		mailrow_want(NULL, "name");
	if (plan->campaign)
		mailrow_want(NULL, "wave");
	if (!plan->to && plan->log && mailrows.contact < 0)
		die(DATA, "%s: no column 'contact'", mailrows.name);
	if (!mailrows.made && !(plan->log && mailrows.contact >= 0))
		return;
	calc_define(mailrows.db);
	buf_text(&mailrows.sql, " FROM contact t WHERE t.contact = ?1");
	mailrows.query = db_prepare(mailrows.db, mailrows.sql.text);
}

void
mailrow_open(struct db *db, const struct mailplan *plan,
    const struct mailinput *input, const struct mailform *form)
{
	struct tsv *in;

	mailrows.db = db;
	mailrows.plan = plan;
	mailrows.name = input->name;
	mailrows.words = input->words;
	mailrows.in = in = tsv_open(input->rows, input->name);
	mailrows.columns = tsv_columns(in);
	if (!mailrows.columns)
		return;
	if (plan->clean)
		tsv_clean(in);
	if (plan->keep_going)
		tsv_keep(in, malformed);
	mailrows.contact = tsv_bare(in) ? 0 : tsv_find(in, "contact");
	mailrows.due = tsv_find(in, "due");
	want_all(form);
	write_header();
}

/* Nothing of the database is held from now until the next row. */
void
mailrow_rest(void)
{
	if (mailrows.query)
		db_reset(mailrows.query);
	mailrows.fetched = 0;
}
