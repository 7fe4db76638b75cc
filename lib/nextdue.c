/* What is due, and the money in it. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "catalogbase.h"
#include "date.h"
#include "due.h"
#include "nextcore.h"

static const char columns[] =
    "kind,day,contact,owner,what,years,at,channel";
enum { DUE, KIND, DAY, CONTACT, OWNER, WHAT, YEARS, AT, CHANNEL };

/* By the first word of the key; what is not known by name is a step that
 * somebody planned. */
static enum reason
reason_of(const char *due, const char *kind)
{
	size_t size = strcspn(due, ":");
	int r;

	if (strcmp(kind, reason_names[APPOINTMENT]) == 0)
		return APPOINTMENT;
	for (r = 0; r < REASONS; r++)
		if (strlen(reason_names[r]) == size &&
		    memcmp(reason_names[r], due, size) == 0)
			return (enum reason)r;
	return PLAYBOOK;
}

/* The first part of the key that is a number. */
static int64_t
number_of(const char *due)
{
	const char *p = due;
	char *end;
	int64_t n;

	while ((p = strchr(p, ':'))) {
		n = strtoll(++p, &end, 10);
		if (end > p && (*end == ':' || !*end))
			return n;
	}
	return 0;
}

static void
describe(struct buf *b, enum reason r, struct stmt *s)
{
	const char *what = db_text(s, WHAT, NULL);
	const char *years = db_text(s, YEARS, NULL);
	const char *at = db_text(s, AT, NULL);
	char local[LOCAL_SIZE];
	int64_t instant;

	buf_clear(b);
	if (r == CADENCE)
		buf_text(b, "keep in touch: ");
	buf_text(b, what ? what : "");
	if (years && *years)
		buf_printf(b, ": %s", years);
	if (at && date_read_at(at, &instant))
		buf_printf(b, " at %s", date_local_text(local, instant) + 11);
}

static const char sql_staff[] =
    "SELECT staff"
    "  FROM staff"
    " WHERE login = :login";

void
next_due(struct db *db, const struct next *q)
{
	const struct due due = { .standing = true, .owner = q->owner,
		.catch_up = -1, .columns = columns };
	struct buf what = { 0 }, why = { 0 };
	struct stmt *s = due_query(db, &due, &why);
	struct wanted w = { 0 };

	while (db_next(s)) {
		w.due = db_text(s, DUE, NULL);
		w.reason = reason_of(w.due, db_text(s, KIND, NULL));
		w.number = number_of(w.due);
		w.contact = db_int(s, CONTACT);
		w.day = next_day(db_text(s, DAY, NULL));
		w.owner = db_number(db, sql_staff,
		    ARGS(STR(db_text(s, OWNER, NULL))), 0);
		w.channel = db_text(s, CHANNEL, NULL);
		describe(&what, w.reason, s);
		w.what = buf_get(&what);
		next_put(db, &w);
	}
	db_done(s);
	buf_free(&what);
}

/* What is at stake, in the base currency: a deal, a quote, what is owed. */
static const char sql_deals[] =
    "UPDATE temp.wanted"
    "   SET amount = ifnull((SELECT "
    IN_BASE("d.amount", "d.currency", "today()")
    "                          FROM deal d"
    "                         WHERE d.deal = wanted.number), 0)"
    " WHERE reason = :reason";

static const char sql_quotes[] =
    "UPDATE temp.wanted"
    "   SET amount = ifnull((SELECT "
    IN_BASE("q.total_minor", "q.currency", "today()")
    "                          FROM quotes q"
    "                         WHERE q.quote = wanted.number), 0)"
    " WHERE reason = :reason";

static const char sql_invoices[] =
    "UPDATE temp.wanted"
    "   SET amount = ifnull((SELECT "
    IN_BASE("(v.amount - ifnull(v.paid, 0))", "v.currency", "v.issued")
    "                          FROM invoice v"
    "                         WHERE v.invoice = wanted.number), 0)"
    " WHERE reason = :reason";

void
next_stakes(struct db *db, const struct next *q)
{
	(void)q;
	db_run(db, sql_deals, ARGS(INT(DEAL)));
	db_run(db, sql_quotes, ARGS(INT(QUOTE)));
	db_run(db, sql_invoices, ARGS(INT(INVOICE)));
}
