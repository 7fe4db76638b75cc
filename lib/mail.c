#include "mail.h"

#include "calc.h"
#include "db.h"
#include "mailcore.h"
#include "op.h"
#include "put.h"
#include "spool.h"

struct db *
mail_open(const struct mailplan *plan, const struct mailinput *input,
    bool write)
{
	const struct mailform *form = mailform_read(plan);
	struct mailinput rows = *input;
	struct db *db;

	mailreject_open(plan, input->name);
	if (plan->group)
		rows.rows = mailgroup_sort(plan, input);
	db = db_open(db_path(NULL), write ? DB_WRITE : DB_READ);
	calc_calendar();
	mailrow_open(db, plan, &rows, form);
	mailtext_open(plan, form);
	return db;
}

static enum status
finish(void)
{
	mailreject_close();
	return mailreject_count() ? NO : OK;
}

/* As they come. */
static enum status
write_all(const struct mailplan *plan, const struct mailinput *input)
{
	struct mailtext x = { .name = NULL };
	struct db *db = mail_open(plan, input, false);
	struct buf b = { 0 };

	mailbox_open(plan);
	while (mailrow_next()) {
		if (!mailtext_make(&x)) {
			mailrow_refuse(x.why.text);
			continue;
		}
		buf_clear(&b);
		mailbox_form(&x, &b);
		mailbox_put(buf_get(&b), b.len);
		if (plan->form == MAIL_PREVIEW)
			break;
	}
	buf_free(&b);
	db_close(db);
	return finish();
}

/* Record one as gone, and keep it until all are; false: it is refused. */
static bool
keep(const struct mailtext *x, struct spool *to)
{
	static struct mailentry e;
	static struct buf b, why;
	bool refused;

	if (!maillog_may(x, &e, &refused, &why)) {
		if (refused)
			mailrow_refuse(why.text);
		else
			warn("%s%s", mailrow_place(), why.text);
		return !refused;
	}
	maillog_begin(x, &e, MAIL_SENT);
	maillog_end(x, &e, MAIL_SENT, NULL);
	buf_clear(&b);
	mailbox_form(x, &b);
	spool_add(to, &b.len, sizeof(b.len));
	spool_add(to, buf_get(&b), b.len);
	return true;
}

static void
write_kept(struct spool *from)
{
	struct buf b = { 0 };
	size_t n;

	spool_rewind(from);
	while (spool_read(from, &n, sizeof(n)) == sizeof(n)) {
		buf_clear(&b);
		b.len = spool_read(from, buf_room(&b, n), n);
		mailbox_put(buf_get(&b), b.len);
	}
	buf_free(&b);
}

/* Recorded as gone, all in one operation, before one of them is written. */
static enum status
log_all(const struct mailplan *plan, const struct mailinput *input)
{
	struct mailtext x = { .name = NULL };
	struct db *db = mail_open(plan, input, true);
	struct spool *kept = spool_new();

	mailbox_open(plan);
	op_begin(db, plan->command, plan->words);
	maillog_open(db, plan);
	while (mailrow_next())
		if (!mailtext_make(&x))
			mailrow_refuse(x.why.text);
		else
			keep(&x, kept);
	mailrow_rest();
	op_end(db, !plan->dry_run);
	db_close(db);
	write_kept(kept);
	return finish();
}

enum status
mail_write(const struct mailplan *plan, const struct mailinput *input)
{
	return plan->log ? log_all(plan, input) : write_all(plan, input);
}
