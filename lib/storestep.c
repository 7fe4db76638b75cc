/* Steps from stage to stage, recorded as they are stored. */
#include <string.h>

#include "catalog.h"
#include "date.h"
#include "calc.h"
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
		{ "handoff", "crm-assign" },
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].entity, e->name) == 0)
			return table[i].command;
	die(BUG, "nothing guards %s", e->plural);
}

void
step_see(struct store *s, const struct slot *slot, const struct arg *now)
{
	if (slot->column->flags & GUARD)
		s->guarded = slot->column;
	if (strcmp(slot->column->name, "stage") != 0)
		return;
	s->steps = true;
	buf_clear(&s->was);
	if (now->type == ARG_TEXT)
		buf_add(&s->was, now->t, now->size);
}

static const char sql_step[] =
    "INSERT INTO stage_change (stage_change, contact, deal, was, stage, at,"
    "                          day, by, rule, evidence, reason)"
    " VALUES (:stage_change, :contact, :deal, :was, :stage, :at, :day, :by,"
    "         :rule, :evidence, :reason)";

void
step_put(struct store *s, int64_t key)
{
	bool deal = strcmp(s->e->name, "deal") == 0;
	struct arg none = { .type = ARG_NULL }, row = INT(key), by = none;
	const struct arg *stage = &store_slot(s, "stage")->cell.arg;
	char now[AT_SIZE], day[DAY_SIZE];
	const char *at = s->step.at;
	int64_t instant, me = who_me(s->db);

	if (stage->type != ARG_TEXT)
		return;
	calc_calendar();
	if (!at || !date_read_at(at, &instant))
		instant = date_now();
	if (me)
		by = (struct arg)INT(me);
	db_run(s->db, sql_step, ARGS(INT(op_key(s->db, "stage_change")),
	    deal ? none : row, deal ? row : none,
	    STR(s->was.len ? s->was.text : NULL), *stage,
	    STR(date_at_text(now, instant)),
	    STR(date_day_text(day, date_day_of(instant))), by,
	    STR(s->step.rule), STR(s->step.evidence), STR(s->step.reason)));
	s->step = (struct step){ NULL, NULL, NULL, NULL };
}
