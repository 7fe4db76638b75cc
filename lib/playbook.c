#include "playbook.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "num.h"

/* The steps of a stage; asked for row after row. */
static const struct node *
steps_of(const char *stage)
{
	static const struct node *all;
	static bool looked;

	if (!looked)
		all = config_get("playbooks");
	looked = true;
	return stage ? node_key(all, stage) : NULL;
}

static const char *
text_of(const struct node *step, const char *key)
{
	const char *text = node_key_text(step, key);

	if (!text || !*text)
		node_reject(step, "playbooks: a step without %s", key);
	return text;
}

static bool
is_due(const struct node *step, const char *entered, char day[DAY_SIZE])
{
	const char *within = text_of(step, "within");
	int64_t from, to, span;

	if (!entered || !date_read_day(entered, &from))
		return false;
	if (!date_span(within, &span) || span < 0 ||
	    !date_step(from, within, &to))
		node_reject(node_key(step, "within"), "within: not a step "
		    "such as 2d or 5bd: '%s'", within);
	date_day_text(day, to);
	return true;
}

bool
playbook_step(const char *stage, int n, int64_t contact, const char *entered,
    struct playstep *step)
{
	const struct node *steps = steps_of(stage), *at;

	if (n > node_count(steps))
		return false;
	at = node_at(steps, n - 1);
	step->what = text_of(at, "do");
	if (!is_due(at, entered, step->day))
		return false;
	if (step->due)
		buf_printf(step->due, "playbook:%s:%d:%lld:%s", stage, n,
		    (long long)contact, entered);
	return true;
}

const char *
playbook_what(const char *due)
{
	const char *stage = strchr(due, ':') + 1, *n = strchr(stage, ':');
	const struct node *steps;
	int64_t at;

	if (!n)
		return NULL;
	steps = steps_of(arena_slice(stage, (size_t)(n - stage)));
	if (!num_int(arena_slice(n + 1, strcspn(n + 1, ":")), &at) ||
	    at < 1 || at > node_count(steps))
		return NULL;
	return text_of(node_at(steps, (int)at - 1), "do");
}

/* playbook_steps(stage): how many */
static void
playbook_steps(struct call *call)
{
	call_give_int(call, node_count(steps_of(call_text(call, 0))));
}

/* playbook_day(stage, n, entered): when the step is due */
static void
playbook_day(struct call *call)
{
	struct playstep step = { .due = NULL };

	if (playbook_step(call_text(call, 0), (int)call_int(call, 1), 0,
	    call_text(call, 2), &step))
		call_give_text(call, step.day, DAY_SIZE - 1);
}

/* playbook_do(stage, n): what it is */
static void
playbook_do(struct call *call)
{
	const struct node *steps = steps_of(call_text(call, 0));
	const char *what = text_of(node_at(steps, (int)call_int(call, 1) - 1),
	    "do");

	call_give_text(call, what, strlen(what));
}

static int
most_steps(const struct node *all)
{
	int most = 0, i;

	for (i = 0; i < node_count(all); i++)
		if (node_count(node_at(all, i)) > most)
			most = node_count(node_at(all, i));
	return most;
}

void
playbook_sql(struct db *db, struct buf *sql)
{
	static const struct function functions[] = {
		{ "playbook_steps", 1, playbook_steps },
		{ "playbook_day", 3, playbook_day },
		{ "playbook_do", 2, playbook_do },
		{ NULL, 0, NULL },
	};
	int n = most_steps(config_get("playbooks")), i;

	if (n == 0)
		return;
	db_define(db, functions);
	buf_text(sql, " UNION ALL SELECT 'playbook:' || stage || ':' || n"
	    " || ':' || contact || ':' || entered, 'playbook', day, NULL,"
	    " contact, owner, playbook_do(stage, n), NULL, NULL, NULL, NULL,"
	    " NULL FROM (SELECT e.contact, e.owner, e.stage, e.entered, s.n,"
	    " playbook_day(e.stage, s.n, e.entered) AS day"
	    " FROM (SELECT t.contact, t.owner, t.stage, ");
	buf_text(sql, column_find(NULL, entity_find("contact"),
	    "stage_since")->sql);
	buf_text(sql, " AS entered FROM contact t WHERE t.active = 1"
	    " AND playbook_steps(t.stage) > 0) e JOIN (");
	for (i = 1; i <= n; i++)
		buf_printf(sql, "%s %d%s", i > 1 ? " UNION ALL SELECT" :
		    "SELECT", i, i > 1 ? "" : " AS n");
	buf_text(sql, ") s ON s.n <= playbook_steps(e.stage))"
	    " WHERE day <= ?2");
}
