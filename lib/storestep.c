/* Steps from stage to stage, recorded as they are stored. */
#include <string.h>

#include "catalog.h"
#include "calc.h"
#include "date.h"
#include "storecore.h"
#include "who.h"

void
store_step(struct store *s, const struct step *step)
{
	s->step = *step;
}

void
store_guard(struct store *s)
{
	s->guard = true;
}

const char *
guard_of(const struct entity *e)
{
	static const struct {
		const char *entity, *command;
	} table[] = {
		{ "contact", "crm-promote" },
		{ "deal", "crm-deal" },
		{ "quote", "crm-quote" },
		{ "quote_line", "crm-quote" },
		{ "handoff", "crm-assign" },
		{ "consent", "crm-consent" },
		{ "membership", "crm-segment" },
		{ "audience", "crm-campaign" },
		{ "response", "crm-campaign" },
		{ "reward", "crm-reward" },
		{ "message", "crm-mail" },
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].entity, e->name) == 0)
			return table[i].command;
	die(BUG, "nothing guards %s", e->plural);
}

static bool
is_deal(const struct store *s)
{
	return strcmp(s->e->name, "deal") == 0;
}

static void
keep(struct buf *b, const struct arg *a)
{
	buf_clear(b);
	if (a->type == ARG_TEXT)
		buf_add(b, a->t, arg_size(a));
}

void
step_see(struct store *s, const struct slot *slot, const struct arg *now,
    const struct arg *want)
{
	if (!arg_same(now, want))
		s->guarded = slot->column;
	if (strcmp(slot->column->name, "stage") == 0) {
		keep(&s->was.stage, now);
		keep(&s->is.stage, want);
	} else if (is_deal(s) && strcmp(slot->column->name, "status") == 0) {
		keep(&s->was.status, now);
		keep(&s->is.status, want);
	}
}

static const char *
stage_of(const struct standing *s)
{
	const char *status = buf_get(&s->status);

	return *status && strcmp(status, "open") != 0 ? status :
	    buf_get(&s->stage);
}

/* When it happened: as it was said, else on the day a deal was closed. */
static int64_t
instant_of(struct store *s)
{
	struct slot *closed = is_deal(s) ? store_slot(s, "closed") : NULL;
	int64_t at;

	calc_calendar();
	if (s->step.at && date_read_at(s->step.at, &at))
		return at;
	if (closed && closed->given && closed->cell.arg.type == ARG_TEXT &&
	    date_read_at(closed->cell.arg.t, &at) &&
	    date_day_of(at) != date_today())
		return at;
	return date_now();
}

static const char sql_step[] =
    "INSERT INTO stage_change (stage_change, contact, deal, was, stage, at,"
    "                          day, by, rule, evidence, reason)"
    " VALUES (:stage_change, :contact, :deal, :was, :stage, :at, :day, :by,"
    "         :rule, :evidence, :reason)";

void
step_put(struct store *s, int64_t key)
{
	struct arg none = { .type = ARG_NULL }, row = INT(key), by = none;
	const char *was = stage_of(&s->was), *is = stage_of(&s->is);
	char at[AT_SIZE], day[DAY_SIZE];
	int64_t instant, me;

	if (!*is || strcmp(was, is) == 0)
		return;
	instant = instant_of(s);
	if ((me = who_me(s->db)))
		by = (struct arg)INT(me);
	db_run(s->db, sql_step, ARGS(INT(op_key(s->db, "stage_change")),
	    is_deal(s) ? none : row, is_deal(s) ? row : none,
	    STR(*was ? was : NULL), STR(is),
	    STR(date_at_text(at, instant)),
	    STR(date_day_text(day, date_day_of(instant))), by,
	    STR(s->step.rule), STR(s->step.evidence), STR(s->step.reason)));
	s->step = (struct step){ NULL, NULL, NULL, NULL };
}

void
step_put_end(struct store *s, int64_t key)
{
	const struct arg *stage, open = STR("open");

	if (!is_deal(s))
		return;
	stage = &store_slot(s, "stage")->cell.arg;
	keep(&s->was.stage, stage);
	keep(&s->is.stage, stage);
	keep(&s->was.status, &open);
	keep(&s->is.status, &store_slot(s, "status")->cell.arg);
	step_put(s, key);
}
