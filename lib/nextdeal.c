/* Deals that stand still, and money that is owed. */
#include <string.h>

#include "buf.h"
#include "config.h"
#include "date.h"
#include "nextcore.h"

/* How long a deal may stay in a stage: a step, or NULL. */
static const char *
rots(const char *pipeline, const char *stage)
{
	const struct node *stages = node_key(node_key(
	    config_get("pipelines"), pipeline), "stages");
	const char *name;
	int i;

	for (i = 0; i < node_count(stages); i++) {
		name = node_key_text(node_at(stages, i), "name");
		if (name && strcmp(name, stage) == 0)
			return node_key_text(node_at(stages, i), "rots");
	}
	return NULL;
}

enum { NUMBER, WHOM, PIPELINE, STAGE, ENTERED, WHOSE, AMOUNT, TITLE, STEP,
	STEP_DAY, EXPECTED };

/* Why a deal wants attention, in a word or two; NULL: it does not.  Its
 * next step comes before the rest. */
static const char *
why_now(struct stmt *s, int64_t *day)
{
	const char *next = db_text(s, STEP_DAY, NULL);
	const char *expected = db_text(s, EXPECTED, NULL);
	const char *step = rots(db_text(s, PIPELINE, NULL),
	    db_text(s, STAGE, NULL));

	if (next && (*day = next_day(next)) <= date_today())
		return db_text(s, STEP, NULL) ? db_text(s, STEP, NULL) :
						"next step";
	if (step && date_step(next_day(db_text(s, ENTERED, NULL)), step,
	    day) && *day <= date_today())
		return "stands still";
	if (expected && (*day = next_day(expected)) < date_today())
		return "to be decided";
	return NULL;
}

static const char sql_deals[] =
    "SELECT d.deal, d.contact, d.pipeline, d.stage,"
    "       ifnull((SELECT max(g.day) FROM stage_change g"
    "                WHERE g.deal = d.deal AND g.at <= now()), d.since),"
    "       ifnull(d.owner, t.owner),"
    "       iif(d.currency = base_currency(), ifnull(d.amount, 0), 0),"
    "       ifnull(d.title, 'deal ' || d.deal) || ' (' || d.stage || ')',"
    "       d.next_step, d.next_day, d.expected"
    "  FROM deal d"
    "  JOIN contact t ON t.contact = d.contact"
    " WHERE d.status = 'open'"
    "   AND (:owner = 0 OR ifnull(d.owner, t.owner) = :owner)";

void
next_deals(struct db *db, const struct next *q)
{
	struct stmt *s = db_query(db, sql_deals, ARGS(INT(q->owner)));
	struct wanted w = { .reason = DEAL };
	struct buf what = { 0 };
	const char *why;

	while (db_next(s)) {
		if (!(why = why_now(s, &w.day)))
			continue;
		buf_clear(&what);
		buf_printf(&what, "%s: %s", db_text(s, TITLE, NULL), why);
		w.what = what.text;
		w.number = db_int(s, NUMBER);
		w.contact = db_int(s, WHOM);
		w.owner = db_int(s, WHOSE);
		w.amount = db_int(s, AMOUNT);
		next_put(db, &w);
	}
	db_done(s);
	buf_free(&what);
}

static const char sql_invoices[] =
    "SELECT v.invoice, v.contact, v.due, t.owner,"
    "       iif(v.currency = base_currency(), v.amount - ifnull(v.paid, 0),"
    "       0),"
    "       'invoice ' || v.number || ': '"
    "       || money(v.amount - ifnull(v.paid, 0), v.currency) || ' '"
    "       || v.currency || ' unpaid'"
    "  FROM invoice v"
    "  JOIN contact t ON t.contact = v.contact"
    " WHERE v.amount > ifnull(v.paid, 0)"
    "   AND v.due < today()"
    "   AND (:owner = 0 OR t.owner = :owner)";

void
next_invoices(struct db *db, const struct next *q)
{
	struct stmt *s = db_query(db, sql_invoices, ARGS(INT(q->owner)));
	struct wanted w = { .reason = INVOICE };

	while (db_next(s)) {
		w.number = db_int(s, 0);
		w.contact = db_int(s, 1);
		w.day = next_day(db_text(s, 2, NULL));
		w.owner = db_int(s, 3);
		w.amount = db_int(s, 4);
		w.what = db_text(s, 5, NULL);
		next_put(db, &w);
	}
	db_done(s);
}
