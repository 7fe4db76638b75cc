/*
 * What is recorded of messages.  One stands as "sending" before it is handed
 * over, and as what became of it afterwards; so one that still stands so when
 * the next run begins was handed over, or nearly so, by a run that was
 * killed.  It is not sent again.
 */
#include <string.h>

#include "ack.h"
#include "arms.h"
#include "calc.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "email.h"
#include "mailcore.h"
#include "op.h"
#include "who.h"

const char *const mailstates[] = { "sending", "sent", "deferred", "refused",
	"unknown" };

static struct {
	struct db *db;
	const struct mailplan *plan;
	int64_t campaign, me;
	char since[AT_SIZE]; /* what went after that is not sent again */
} l;

static const char sql_campaign[] =
    "SELECT campaign FROM campaign WHERE name = :name";

void
maillog_open(struct db *db, const struct mailplan *plan)
{
	const char *again = config_text("mail.again"), *name = plan->campaign;
	int64_t days = 0;

	l.db = db;
	l.plan = plan;
	l.me = who_me(db);
	if (name && !(l.campaign = db_number(db, sql_campaign,
	    ARGS(STR(name)), 0)))
		die(NO, "unknown campaign '%s'", name);
	if (again && (!date_span(again, &days) || days < 0))
		node_reject(config_get("mail.again"), "not a step: '%s'",
		    again);
	date_at_text(l.since, date_now() - days * 86400);
}

static const char sql_went[] =
    "SELECT state, at"
    "  FROM message"
    " WHERE mark = :mark"
    "   AND at >= :since"
    "   AND (state = 'sent' OR state = 'unknown')"
    " LIMIT 1";

static const char sql_lost[] =
    "SELECT state, at"
    "  FROM message"
    " WHERE contact = :contact"
    "   AND campaign = :campaign"
    "   AND state = 'unknown'"
    " LIMIT 1";

/* Did one go, as the query finds it? */
static bool
went(struct stmt *s, bool *refused, struct buf *why)
{
	bool there = db_next(s);

	if (there) {
		*refused = *db_text(s, 0, NULL) == 'u';
		buf_printf(why, *refused ? "may have been sent on %.10s: "
		    "nobody can tell" : "was sent on %.10s",
		    db_text(s, 1, NULL));
	}
	db_done(s);
	return there;
}

static const char sql_audience[] =
    "SELECT audience, arm, sent_at"
    "  FROM audience"
    " WHERE campaign = :campaign"
    "   AND contact = :contact"
    "   AND (:wave = '' OR wave = :wave)"
    " ORDER BY sent_at IS NOT NULL, wave"
    " LIMIT 1";

/* Its place in the campaign; false and why: it has none, or was served. */
static bool
find_audience(struct mailentry *e, bool *refused, struct buf *why)
{
	const char *wave = mailrow_text(NULL, "wave");
	struct stmt *s = db_query(l.db, sql_audience, ARGS(INT(l.campaign),
	    INT(e->contact), STR(wave ? wave : "")));

	*refused = true;
	if (!db_next(s)) {
		buf_printf(why, "not in the audience of '%s'",
		    l.plan->campaign);
	} else if (db_text(s, 1, NULL) &&
	    strcmp(db_text(s, 1, NULL), ARMS_CONTROL) == 0) {
		buf_text(why, "in the control arm");
	} else if (db_text(s, 2, NULL) && !l.plan->again) {
		*refused = false;
		buf_printf(why, "was sent on %.10s", db_text(s, 2, NULL));
	} else {
		e->audience = db_int(s, 0);
	}
	db_done(s);
	return e->audience != 0;
}

/* What is due: was it done, or is it an occasion that is yet to come? */
static bool
may_settle(const struct mailentry *e, struct buf *why)
{
	const char *due = buf_get(&e->due);
	char day[DAY_SIZE];
	struct duekey key;

	if (!e->contact || !ack_parse(due, &key))
		return true;
	if (key.kind == DUE_OCCASION && key.day > date_today())
		buf_printf(why, "not before %s", date_day_text(day, key.day));
	else if (!l.plan->again && ack_of(l.db, due).done)
		buf_text(why, "was done before");
	return !why->len;
}

bool
maillog_may(const struct mailtext *x, struct mailentry *e, bool *refused,
    struct buf *why)
{
	*refused = false;
	e->contact = mailrow_contact();
	e->staff = mailrow_staff();
	e->audience = 0;
	buf_clear(&e->due);
	buf_text(&e->due, mailrow_due());
	buf_clear(why);
	if (!l.plan->to && !e->contact) {
		*refused = true;
		buf_text(why, "no contact");
		return false;
	}
	if (!may_settle(e, why))
		return false;
	if (l.campaign && !find_audience(e, refused, why))
		return false;
	*refused = false;
	if (l.plan->again)
		return true;
	if (l.campaign && went(db_query(l.db, sql_lost,
	    ARGS(INT(e->contact), INT(l.campaign))), refused, why))
		return false;
	return !went(db_query(l.db, sql_went, ARGS(STR(x->mark),
	    STR(l.since))), refused, why);
}

static struct arg
key_or_null(int64_t key)
{
	return (struct arg){ .type = key ? ARG_INT : ARG_NULL, .i = key };
}

static const char sql_begin[] =
    "INSERT INTO message (message, contact, staff, campaign, address, state,"
    "       at, message_id, mark, due)"
    " VALUES (:message, :contact, :staff, :campaign, :address, :state, :at,"
    "       :message_id, :mark, :due)";

void
maillog_begin(const struct mailtext *x, struct mailentry *e,
    enum mailstate state)
{
	char at[AT_SIZE];

	e->message = op_key(l.db, "message");
	db_run(l.db, sql_begin, ARGS(INT(e->message), key_or_null(e->contact),
	    key_or_null(e->staff), key_or_null(l.campaign),
	    STR(*x->address ? x->address : NULL), STR(mailstates[state]),
	    STR(date_at_text(at, date_now())), STR(*x->id ? x->id : NULL),
	    STR(x->mark), STR(e->due.len ? e->due.text : NULL)));
}

static const char sql_end[] =
    "UPDATE message"
    "   SET state = :state, reason = :reason"
    " WHERE message = :message";

static const char sql_talk[] =
    "INSERT INTO interaction (interaction, contact, at, day, channel,"
    "       direction, by, subject, body)"
    " VALUES (:interaction, :contact, :at, :day, :channel, 'out', :by,"
    "       :subject, :body)";

static const char sql_sent[] =
    "UPDATE audience SET sent_at = :at WHERE audience = :audience";

/* To the contact: said. */
static void
log_talk(const struct mailtext *x, const struct mailentry *e, const char *at)
{
	bool letter = l.plan->form == MAIL_LETTER;
	struct buf body = { 0 };
	char day[DAY_SIZE];

	buf_printf(&body, letter ? "%s" : "Message-ID: %s", x->id);
	db_run(l.db, sql_talk, ARGS(INT(op_key(l.db, "interaction")),
	    INT(e->contact), STR(at),
	    STR(date_day_text(day, date_day_of(date_now()))),
	    STR(letter ? "post" : "email"), key_or_null(l.me),
	    STR(x->subject.len ? x->subject.text : NULL),
	    STR(letter ? NULL : body.text)));
	buf_free(&body);
}

/* A contact's occasion is done with by a message to them; of all else one of
 * us, or they, were told. */
static void
settle(const char *due, int64_t contact)
{
	struct buf key = { 0 }, why = { 0 };
	struct duekey k;
	size_t n;

	for (; due && *due; due += n + (due[n] == '\n')) {
		n = strcspn(due, "\n");
		buf_clear(&key);
		buf_add(&key, due, n);
		if (ack_parse(buf_get(&key), &k) &&
		    ack_exists(l.db, &k, &why))
			ack_put(l.db, key.text, contact &&
			    k.kind == DUE_OCCASION ? "done" : "announced",
			    NULL, NULL);
	}
	buf_free(&key);
	buf_free(&why);
}

void
maillog_end(const struct mailtext *x, const struct mailentry *e,
    enum mailstate state, const char *reason)
{
	char at[AT_SIZE];

	date_at_text(at, date_now());
	db_run(l.db, sql_end, ARGS(STR(mailstates[state]), STR(reason),
	    INT(e->message)));
	if (state == MAIL_SENT && e->contact)
		log_talk(x, e, at);
	if (state == MAIL_SENT && e->audience)
		db_run(l.db, sql_sent, ARGS(STR(at), INT(e->audience)));
	if (state == MAIL_SENT || state == MAIL_UNKNOWN)
		settle(e->due.text, e->contact);
}

static const char sql_bounced[] =
    "UPDATE contact_point"
    "   SET valid = 0"
    " WHERE contact = :contact"
    "   AND kind = 'email'"
    "   AND norm = :norm";

void
maillog_bounced(const struct mailtext *x, const struct mailentry *e)
{
	struct buf norm = { 0 };

	if (e->contact && email_norm(&norm, x->address))
		db_run(l.db, sql_bounced, ARGS(INT(e->contact),
		    STR(norm.text)));
	buf_free(&norm);
}

static const char sql_sending[] =
    "SELECT message, ifnull(contact, 0), ifnull(address, ''), at, due"
    "  FROM message"
    " WHERE state = 'sending'";

void
maillog_recover(const char *command)
{
	struct stmt *s;

	op_begin(l.db, command, "--send");
	s = db_query(l.db, sql_sending, NOARGS);
	while (db_next(s)) {
		warn("message %lld to %s of %s may have been sent or not: it "
		    "is not sent again", (long long)db_int(s, 0),
		    db_text(s, 2, NULL), db_text(s, 3, NULL));
		db_run(l.db, sql_end, ARGS(STR("unknown"),
		    STR("the run was killed"), INT(db_int(s, 0))));
		settle(db_text(s, 4, NULL), db_int(s, 1));
	}
	db_done(s);
	op_end(l.db, true);
}
