#include "duerule.h"

#include <string.h>

#include "ack.h"
#include "config.h"
#include "date.h"
#include "num.h"

/* The rule of a kind, else of occasions; asked for row after row. */
static const struct node *
rule(const char *kind)
{
	static const struct node *all;
	const struct node *found;

	if (!all)
		all = config_get("due");
	if ((found = node_key(all, kind)))
		return found;
	if (strcmp(kind, "playbook") == 0)
		return node_key(all, "task");
	return node_key(all, "occasion");
}

static int64_t
ahead_at(const struct node *list, int i)
{
	const struct node *item = node_at(list, i);
	int64_t n;

	if (!node_text(item) || !num_int(node_text(item), &n) || n < 0 ||
	    n > 366)
		node_reject(item, "ahead: not a number of days from 0 to "
				  "366: '%s'",
		    node_text(item) ? node_text(item) : "");
	return n;
}

static int64_t
most(const struct node *list)
{
	int64_t max = 0, n;
	int i;

	for (i = 0; i < node_count(list); i++)
		if ((n = ahead_at(list, i)) > max)
			max = n;
	return max;
}

int64_t
duerule_ahead(const char *kind)
{
	const struct node *r = rule(kind);

	return r ? most(node_key(r, "ahead")) : 0;
}

/* The last multiple of step after day that is not after today. */
static int64_t
last_again(const struct node *r, int64_t day, int64_t today)
{
	const char *step = node_key_text(r, "again");
	int64_t span;

	if (!step || strcmp(step, "never") == 0 || today <= day)
		return ACK_NEVER;
	if (!date_span(step, &span) || span <= 0)
		node_reject(node_key(r, "again"), "again: not a step such as "
						  "1d or 1w, nor never: '%s'",
		    step);
	return today - (today - day) % span;
}

int64_t
duerule_last(const char *kind, int64_t day, int64_t today)
{
	const struct node *r = rule(kind), *ahead;
	int64_t last = ACK_NEVER, n;
	int i;

	if (!r)
		return day <= today ? day : ACK_NEVER;
	ahead = node_key(r, "ahead");
	for (i = 0; i < node_count(ahead); i++) {
		n = day - ahead_at(ahead, i);
		if (n <= today && n > last)
			last = n;
	}
	n = last_again(r, day, today);
	return n > last ? n : last;
}

void
duerule_each(void (*f)(void *data, int64_t ahead), void *data)
{
	const struct node *all = config_get("due"), *list;
	int i, j;

	for (i = 0; i < node_count(all); i++) {
		list = node_key(node_at(all, i), "ahead");
		for (j = 0; j < node_count(list); j++)
			f(data, ahead_at(list, j));
	}
}

static void
note_most(void *data, int64_t ahead)
{
	int64_t *max = data;

	if (ahead > *max)
		*max = ahead;
}

int64_t
duerule_horizon(void)
{
	int64_t max = 0;

	duerule_each(note_most, &max);
	return max;
}
