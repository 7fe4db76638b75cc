#include "complete.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "completecore.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "fmt.h"
#include "mapping.h"
#include "purpose.h"
#include "segment.h"
#include "value.h"

struct completing completing;

void
complete_offer(const char *word, const char *about)
{
	size_t n = strlen(completing.prefix);
	struct buf b = { 0 };

	if (!word || strncmp(word, completing.prefix, n) != 0)
		return;
	buf_printf(&b, "%s%s", completing.lead, word);
	completing.to->add(b.text, about ? about : "");
	buf_free(&b);
}

static void
offer_words(const char *const *words)
{
	for (; words && *words; words++)
		complete_offer(*words, "");
}

static void
each_entity(void)
{
	int i;

	for (i = 0; entities[i]; i++)
		complete_offer(entities[i]->name, entities[i]->about);
}

static void
offer_column(void *data, const struct column *col)
{
	const bool *fields = data;
	struct buf b = { 0 };

	if (*fields && !column_writable(col))
		return;
	buf_printf(&b, "%s%s", col->name, *fields ? "=" : "");
	complete_offer(b.text, col->about);
	buf_free(&b);
}

/* The last of a list by comma: "-o name,ci" goes on with ci. */
void
complete_last(void)
{
	const char *comma = strrchr(completing.prefix, ',');
	struct buf lead = { 0 };
	size_t before;

	buf_text(&lead, completing.lead);
	before = lead.len;
	if (comma)
		buf_add(&lead, completing.prefix,
		    (size_t)(comma + 1 - completing.prefix));
	else if (*completing.prefix == '+' || *completing.prefix == '-')
		buf_add(&lead, completing.prefix, 1);
	completing.prefix += lead.len - before;
	completing.lead = arena_copy(buf_get(&lead));
	buf_free(&lead);
}

static void
columns(void)
{
	bool fields = false;

	complete_last();
	column_each(completing.db, completing.e, offer_column, &fields);
}

static void
fields(void)
{
	bool yes = true;

	column_each(completing.db, completing.e, offer_column, &yes);
}

/* A row of the entity at hand: KEY is CONTACT, DEAL and so on. */
static void
keys(void)
{
	struct buf type = { 0 };
	const char *s;

	for (s = completing.e->name; *s; s++)
		buf_char(&type, (char)toupper((unsigned char)*s));
	complete_rows(buf_get(&type));
	buf_free(&type);
}

static void
stages(void)
{
	offer_words(value_words(strcmp(completing.e->name, "deal") == 0 ?
	    "@deal_stages" : "@stages"));
}

static void
channels(void)
{
	offer_words(value_words("@channels"));
}

static void
kinds(void)
{
	const struct node *links = config_get("links");
	int i;

	for (i = 0; i < node_count(links); i++) {
		complete_offer(node_key_text(node_at(links, i), "name"), "");
		complete_offer(node_key_text(node_at(links, i), "inverse"), "");
	}
}

void
complete_days(void)
{
	static const char *const words[] = { "today", "tomorrow", "yesterday",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "som", "eom",
		"sow", "eow", "soq", "eoq", "soy", "eoy", "+1d", "+1w", "+1mo",
		NULL };

	offer_words(words);
}

/* This year, quarter and month, and the next ones. */
static void
offer_periods(void)
{
	char text[32];
	int year, month, mday, i;

	calc_calendar();
	date_split(date_today(), &year, &month, &mday);
	for (i = year; i <= year + 1; i++) {
		snprintf(text, sizeof(text), "%04d", i);
		complete_offer(text, "");
	}
	for (i = (month - 1) / 3; i <= (month - 1) / 3 + 1; i++) {
		snprintf(text, sizeof(text), "%04d-Q%d", year + i / 4,
		    i % 4 + 1);
		complete_offer(text, "");
	}
	for (i = month - 1; i <= month; i++) {
		snprintf(text, sizeof(text), "%04d-%02d", year + i / 12,
		    i % 12 + 1);
		complete_offer(text, "");
	}
}

void
complete_segments(void)
{
	int i;

	for (i = 0; i < segment_count(); i++)
		complete_offer(segment_at(i)->name, segment_at(i)->about);
}

static void
purposes(void)
{
	int i;

	for (i = 0; i < purpose_count(); i++)
		complete_offer(purpose_at(i)->name,
		    basis_words[purpose_at(i)->ground.basis]);
}

static void
list_words(const char *names)
{
	size_t n;

	for (; *names; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		complete_offer(arena_slice(names, n), "");
	}
}

static void
mapping_words(void)
{
	struct buf b = { 0 };

	mapping_names(&b);
	list_words(buf_get(&b));
	buf_free(&b);
}

static void
formats(void)
{
	int i;

	for (i = 0; fmts[i].name; i++)
		complete_offer(fmts[i].name, fmts[i].about);
}

static void
templates_words(void)
{
	list_words("b2b retail services");
}

static void
lists(void)
{
	list_words("stage channel outcome link occasion");
}

static void
orders(void)
{
	list_words("dmy mdy");
}

void
complete_type(struct db *db, const struct entity *e, const char *type,
    const char *prefix, const struct candidates *to)
{
	static const struct {
		const char *type;
		void (*offer)(void);
	} types[] = { { "KEY", keys }, { "ENTITY", each_entity },
		{ "STAGE", stages }, { "COLUMN", columns },
		{ "COLUMNS", columns }, { "SORT", columns },
		{ "FIELD=VALUE", fields }, { "CHANNEL", channels },
		{ "KIND", kinds }, { "WHEN", complete_days }, { "MAPPING",
		mapping_words }, { "FORMAT", formats }, { "TEMPLATE",
		templates_words }, { "LIST", lists }, { "ORDER", orders },
		{ "SEGMENT", complete_segments }, { "PURPOSE", purposes },
		{ "REPORT", complete_reports } };
	size_t i;

	completing.db = db;
	completing.e = e;
	completing.prefix = prefix;
	completing.lead = "";
	completing.to = to;
	complete_rows(type);
	for (i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i].type, type) == 0)
			types[i].offer();
}

void
complete_value(struct db *db, const struct entity *e, const char *field,
    const char *prefix, const struct candidates *to)
{
	const struct column *col = column_find(db, e, field);
	struct buf lead = { 0 };

	if (!col)
		return;
	buf_printf(&lead, "%s=", field);
	completing.db = db;
	completing.e = e;
	completing.prefix = prefix;
	completing.lead = arena_copy(lead.text);
	completing.to = to;
	buf_free(&lead);
	if (col->type == TYPE_WORD)
		offer_words(value_words(col->of));
	else if (col->type == TYPE_CONTACT)
		complete_rows("CONTACT");
	else if (col->type == TYPE_NAMED && strcmp(col->of, "staff") == 0)
		complete_rows("STAFF");
	else if (col->type == TYPE_NAMED && strcmp(col->of, "product") == 0)
		complete_rows("PRODUCT");
	else if (col->type == TYPE_TAGS || col->type == TYPE_NAMED)
		complete_rows("TAG");
	else if (col->type == TYPE_DAY || col->type == TYPE_DUE)
		complete_days();
	else if (col->type == TYPE_RANGE)
		offer_periods();
}
