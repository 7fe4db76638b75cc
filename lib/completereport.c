/* Reports, what they take and what they print. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "catalog.h"
#include "complete.h"
#include "completecore.h"
#include "report.h"
#include "value.h"

static void
offer_report(void *data, const struct report *r)
{
	(void)data;
	complete_offer(r->name, r->about);
}

void
complete_reports(void)
{
	report_each(offer_report, NULL);
}

static void
words(const char *list)
{
	const char *const *word;

	for (word = value_words(list); *word; word++)
		complete_offer(*word, "");
}

static void
offer_dimension(void *data, const struct column *c)
{
	(void)data;
	if (c->type == TYPE_TEXT || c->type == TYPE_WORD ||
	    c->type == TYPE_NAMED || c->type == TYPE_COUNTRY ||
	    c->type == TYPE_FIELD)
		complete_offer(c->name, c->about);
}

static void
dimensions_of(struct db *db)
{
	const struct dimension *d;

	complete_last();
	for (d = dimensions; d->name; d++)
		complete_offer(d->name, d->about);
	complete_offer("segment", "the first segment that the contact is in");
	column_each(db, entity_find("contact"), offer_dimension, NULL);
}

static void
values(struct db *db, const struct report *r, const char *name)
{
	int i;

	if (strcmp(name, "by") == 0)
		dimensions_of(db);
	else if (strcmp(name, "unit") == 0)
		words("contact|account");
	else if (strcmp(name, "segment") == 0)
		complete_segments();
	for (i = 0; i < r->nparams; i++) {
		if (strcmp(r->params[i].name, name) != 0)
			continue;
		if (strcmp(r->params[i].type, "day") == 0)
			complete_days();
		else if (strchr(r->params[i].type, '|'))
			words(r->params[i].type);
	}
}

static void
names(const struct report *r)
{
	const struct commonparam *p;
	struct buf b = { 0 };
	int j;

	for (j = 0; j < r->nparams; j++) {
		buf_clear(&b);
		buf_printf(&b, "%s=", r->params[j].name);
		complete_offer(b.text, r->params[j].about);
	}
	for (p = report_common; p->name; p++) {
		buf_clear(&b);
		buf_printf(&b, "%s=", p->name);
		if (report_has(r, p->place))
			complete_offer(b.text, p->about);
	}
	buf_free(&b);
}

void
complete_param(struct db *db, const char *report, const char *word,
    const struct candidates *to)
{
	const struct report *r = report_find(report);
	const char *equals = strchr(word, '=');

	completing.to = to;
	completing.prefix = word;
	completing.lead = "";
	if (!equals) {
		names(r);
		return;
	}
	completing.prefix = equals + 1;
	completing.lead = arena_slice(word, (size_t)(equals + 1 - word));
	values(db, r, arena_slice(word, (size_t)(equals - word)));
}

void
complete_result(const char *report, const char *prefix,
    const struct candidates *to)
{
	const struct report *r = report_find(report);
	int i;

	completing.to = to;
	completing.prefix = prefix;
	completing.lead = "";
	complete_last();
	for (i = 0; i < r->ncolumns; i++)
		complete_offer(r->columns[i].name, r->columns[i].about);
}
