/* Every key of crm.yaml; [] goes through a list, * is a name of one's own. */
#include <stddef.h>

#include "config.h"

const struct configkey configkeys[] = {
	{ "zone", "zone", "time zone, IANA name; the machine's if not given" },
	{ "country", "country",
	    "ISO 3166 code: from where numbers are dialled" },
	{ "currency", "currency", "ISO 4217 code of amounts without one" },
	{ "language", "text", "language to write in" },
	{ "leap_day", "leap", "29 February in other years: feb28 or mar1" },
	{ "week.starts", "weekday", "first day of the week" },
	{ "week.works", "weekdays", "days on which we work" },
	{ "week.holidays", "dates", "days off: 2026-12-24, or --12-25 yearly" },
	{ "lifecycle.stages", "words", "stages of a customer, in order" },
	{ "lifecycle.exits", "words", "stages that end it" },
	{ "lifecycle.phases.*", "words", "groups of stages, for reports" },
	{ "channels", "words", "how we speak to people" },
	{ "outcomes", "words", "what comes of it" },
	{ "links[].name", "word", "kind of link between two contacts" },
	{ "links[].inverse", "word", "the same, seen from the other" },
	{ "occasions", "words", "kinds of days to remember" },
	{ "cadences[].name", "word", "name of a keep-in-touch rule" },
	{ "cadences[].every", "step or never", "how often to keep in touch" },
	{ "cadences[].stage", "word", "for contacts in this stage" },
	{ "cadences[].tag", "text", "for contacts with this tag" },
	{ "cadences[].contact", "text", "for this contact" },
	{ "due.*.ahead", "counts", "days ahead of which it is announced" },
	{ "due.*.again", "step or never", "how often while it is overdue" },
	{ "catch_up", "step",
	    "how far back crm-due looks for what was missed" },
	{ "assign[].country", "country", "for contacts of this country" },
	{ "assign[].source", "text", "for contacts from this source" },
	{ "assign[].industry", "text", "for contacts of this branch" },
	{ "assign[].owner", "text", "login of the one who gets them" },
	{ "order.distinct", "order", "an order is an order_no or a day" },
	{ NULL, NULL, NULL },
};
