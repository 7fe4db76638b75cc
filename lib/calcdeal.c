/* Functions about deals: chances and deadlines. */
#include <string.h>

#include "calc.h"
#include "calccore.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "num.h"

/* What crm.yaml says of a pipeline's stage; NULL: nothing. */
static const struct node *
stage(const char *pipeline, const char *name)
{
	static const struct node *all;
	const struct node *stages;
	const char *word;
	int i;

	if (!all)
		all = config_get("pipelines");
	if (!pipeline || !name)
		return NULL;
	stages = node_key(node_key(all, pipeline), "stages");
	for (i = 0; i < node_count(stages); i++)
		if ((word = node_key_text(node_at(stages, i), "name")) &&
		    strcmp(word, name) == 0)
			return node_at(stages, i);
	return NULL;
}

static void
probability(struct call *c)
{
	const struct node *n = stage(call_text(c, 0), call_text(c, 1));
	const char *text = node_key_text(n, "probability");
	double percent;

	if (!text)
		return;
	if (!num_real(text, &percent) || percent < 0 || percent > 100)
		node_reject(node_key(n, "probability"),
		    "probability: not a percentage, 0 to 100: '%s'", text);
	call_give_real(c, percent);
}

static void
rots_on(struct call *c)
{
	const struct node *n = stage(call_text(c, 0), call_text(c, 1));
	const char *step = node_key_text(n, "rots"), *from = call_text(c, 2);
	char text[DAY_SIZE];
	int64_t day;

	if (!step || !from || !date_read_day(from, &day))
		return;
	calc_calendar();
	if (!date_step(day, step, &day))
		node_reject(node_key(n, "rots"),
		    "rots: not a step such as 14d or 10bd: '%s'", step);
	call_give_text(c, date_day_text(text, day), DAY_SIZE - 1);
}

const struct function calc_deals[] = {
	{ "probability", 2, probability },
	{ "rots_on", 3, rots_on },
	{ NULL, 0, NULL },
};
