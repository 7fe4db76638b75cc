/* Whom a row or a group is for, and what is settled by it. */
#include <string.h>

#include "ack.h"
#include "db.h"
#include "email.h"
#include "mailrowcore.h"

/* A contact has this name, a member of staff that one. */
static const char *
name_of_contact(void)
{
	const char *name = mailrow_text(NULL, "contact_name");

	if (!name)
		name = mailrow_text(NULL, "name");
	return name ? name : "";
}

static const char sql_staff[] =
    "SELECT staff, ifnull(name, login), email"
    "  FROM staff"
    " WHERE login = :login";

/* Into to_name and to_address. */
static bool
find_staff(struct buf *why)
{
	const char *column = mailrows.plan->to;
	const char *login = mailrow_text(NULL, column);
	struct stmt *s;
	bool there;

	mailrows.staff = 0;
	if (!*login) {
		buf_printf(why, "no %s", column);
		return false;
	}
	s = db_query(mailrows.db, sql_staff, ARGS(STR(login)));
	if ((there = db_next(s))) {
		mailrows.staff = db_int(s, 0);
		buf_text(&mailrows.to_name, db_text(s, 1, NULL));
		if (db_text(s, 2, NULL))
			buf_text(&mailrows.to_address, db_text(s, 2, NULL));
	} else {
		buf_printf(why, "unknown staff '%s'", login);
	}
	db_done(s);
	return there;
}

static bool
one_contact(struct buf *why)
{
	int i;

	for (i = 1; i < mailrows.rows; i++)
		if (*mailrow_contact_at(i) != *mailrow_contact_at(0)) {
			buf_text(why, "rows of several contacts: --to says "
			    "whom of us they are for");
			return false;
		}
	return true;
}

bool
mailrow_recipient(const char **name, const char **address, struct buf *why)
{
	struct buf norm = { 0 };
	const char *to;
	bool good = true;

	buf_clear(&mailrows.to_name);
	buf_clear(&mailrows.to_address);
	if (mailrows.plan->to ? !find_staff(why) : !one_contact(why))
		return false;
	if (!mailrows.plan->to) {
		buf_text(&mailrows.to_name, name_of_contact());
		to = mailrow_text(NULL, "email");
		buf_text(&mailrows.to_address, to ? to : "");
	}
	*name = buf_get(&mailrows.to_name);
	*address = to = buf_get(&mailrows.to_address);
	if (mailrows.plan->form == MAIL_LETTER)
		return true;
	if (!*to)
		buf_text(why, "no e-mail address");
	else if (!(good = email_norm(&norm, to)))
		buf_printf(why, "not an e-mail address: '%s'", to);
	buf_free(&norm);
	return good && *to;
}

const char *
mailrow_due(void)
{
	struct duekey key;
	const char *due;
	int i;

	buf_clear(&mailrows.dues);
	for (i = 0; mailrows.due >= 0 && i < mailrows.rows; i++) {
		due = mailrow_cell(i, mailrows.due);
		if (!ack_parse(due, &key))
			continue;
		if (mailrows.dues.len)
			buf_char(&mailrows.dues, '\n');
		buf_text(&mailrows.dues, due);
	}
	return buf_get(&mailrows.dues);
}
