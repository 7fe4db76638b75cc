#include "value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "date.h"
#include "money.h"
#include "num.h"
#include "percent.h"
#include "phone.h"
#include "text.h"
#include "who.h"

bool
fault_say(struct fault *f, const char *column, const char *fmt, ...)
{
	struct buf why = { 0 }; /* the old one may be among the arguments */
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&why, fmt, ap);
	va_end(ap);
	f->column = column;
	f->unknown = f->several = false;
	buf_free(&f->why);
	f->why = why;
	return false;
}

static void
add_words(const char **list, int *n, const struct node *from)
{
	const struct node *item;
	int i;

	for (i = 0; i < node_count(from); i++) {
		item = node_at(from, i);
		if (node_name(from, i))
			list[(*n)++] = node_name(from, i);
		else
			list[(*n)++] = node_text(item) ? node_text(item) :
			    node_key_text(item, "name");
	}
}

/* Of all pipelines together: their stages, or their reasons. */
static const char *const *
of_pipelines(const char *what)
{
	const struct node *all = config_get("pipelines");
	const char **list;
	int n = 0, i;

	for (i = 0; i < node_count(all); i++)
		n += node_count(node_key(node_at(all, i), what));
	list = arena_get(sizeof(*list) * ((size_t)n + 1));
	for (n = i = 0; i < node_count(all); i++)
		add_words(list, &n, node_key(node_at(all, i), what));
	return list;
}

static const char *const *
configured(const char *name)
{
	const struct node *more = NULL, *from;
	const char **list;
	int n = 0;

	if (strcmp(name, "deal_stages") == 0)
		return of_pipelines("stages");
	if (strcmp(name, "lost_reasons") == 0)
		return of_pipelines("lost_reasons");
	if (strcmp(name, "stages") == 0) {
		from = config_get("lifecycle.stages");
		more = config_get("lifecycle.exits");
	} else
		from = config_get(name);
	if (!from)
		return NULL;
	list = arena_get(sizeof(*list) *
			 (size_t)(node_count(from) + node_count(more) + 1));
	add_words(list, &n, from);
	add_words(list, &n, more);
	return list;
}

static const char *const *
constant(const char *of)
{
	const char **list, *p;
	size_t n = 2, len;

	for (p = of; *p; p++)
		n += *p == '|';
	list = arena_get(sizeof(*list) * n);
	for (n = 0; *of; of += len + (of[len] == '|')) {
		len = strcspn(of, "|");
		list[n++] = arena_slice(of, len);
	}
	return list;
}

const char *const *
value_words(const char *of)
{
	static struct {
		const char *of;
		const char *const *list;
	} kept[16];
	size_t i;

	for (i = 0; i < 16 && kept[i].of; i++)
		if (kept[i].of == of)
			return kept[i].list;
	if (i == 16)
		i = 0;
	kept[i].of = of;
	kept[i].list = *of == '@' ? configured(of + 1) : constant(of);
	return kept[i].list;
}

static bool
read_word(const struct column *c, const char *text, struct cell *cell,
    struct fault *f)
{
	const char *const *list = value_words(c->of);
	struct buf all = { 0 };
	const char *near;
	int i;

	cell->arg = (struct arg)STR(text);
	for (i = 0; list && list[i]; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	if (!list)
		return true;
	for (i = 0; list[i]; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", list[i]);
	near = text_nearest(text, list);
	fault_say(f, c->name, "not one of %s: '%s'%s%s%s", buf_get(&all),
	    text, near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
	buf_free(&all);
	return false;
}

static bool
keep_text(struct cell *cell, size_t size)
{
	cell->arg.type = ARG_TEXT;
	cell->arg.t = cell->text;
	cell->arg.size = size;
	return true;
}

static bool
read_day(const char *text, struct cell *cell)
{
	int64_t day;

	calc_calendar();
	if (!date_read_day(text, &day))
		return false;
	date_day_text(cell->text, day);
	return keep_text(cell, DAY_SIZE - 1);
}

static bool
read_at(const char *text, struct cell *cell)
{
	int64_t at;

	calc_calendar();
	if (!date_read_at(text, &at))
		return false;
	date_at_text(cell->text, at);
	return keep_text(cell, AT_SIZE - 1);
}

static bool
read_date(const char *text, struct cell *cell)
{
	int year, month, mday;

	if (!date_read_occasion(text, &year, &month, &mday))
		return false;
	if (year)
		date_day_text(cell->text, date_join(year, month, mday));
	else
		snprintf(cell->text, sizeof(cell->text), "--%02d-%02d",
		    month, mday);
	return keep_text(cell, strlen(cell->text));
}

static bool
read_flag(const char *text, struct cell *cell)
{
	static const char *const yes[] = { "1", "yes", "true", NULL };
	static const char *const no[] = { "0", "no", "false", NULL };
	int i;

	for (i = 0; yes[i]; i++)
		if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
			cell->arg = (struct arg)INT(
			    strcmp(text, yes[i]) == 0);
			return true;
		}
	return false;
}

static bool
read_money(const char *text, const char *currency, struct cell *cell)
{
	int digits = money_digits(currency ? currency : calc_base());

	cell->arg.type = ARG_INT;
	return digits >= 0 && money_parse(text, digits, &cell->arg.i);
}

static bool
read_range(const char *text)
{
	int64_t first, last;

	calc_calendar();
	return date_read_fixed(text, &first, &last);
}

static bool
read_step(const char *text)
{
	int64_t day;

	return *text != '-' && date_step(0, text, &day) && day > 0;
}

static bool
read_ref(struct db *db, const struct column *c, const char *text,
    struct cell *cell, struct fault *f)
{
	f->column = c->name;
	f->unknown = true;
	cell->arg.type = ARG_INT;
	return who_row(db, entity_find(c->of), text, &cell->arg.i, &f->why);
}

/* A number, or the name of one in crm.yaml. */
static bool
read_percent(const char *names, const char *text, struct cell *cell)
{
	const char *rate = names ? node_key_text(config_get(names), text) :
	    NULL;

	cell->arg.type = ARG_INT;
	return percent_parse(rate ? rate : text, &cell->arg.i);
}

/* What each type says when the text is none of it. */
static const char *const wants[] = {
	[TYPE_INT] = "not a whole number",
	[TYPE_REAL] = "not a number",
	[TYPE_MONEY] = "not an amount",
	[TYPE_PERCENT] = "not a percentage, 0 to 100 with two decimals",
	[TYPE_FLAG] = "not 1 or 0",
	[TYPE_DAY] = "not a day",
	[TYPE_AT] = "not an instant",
	[TYPE_DUE] = "not a day or an instant",
	[TYPE_DATE] = "not a day, with or without its year",
	[TYPE_BIRTHDAY] = "not a day, with or without its year",
	[TYPE_RANGE] = "not a fixed period such as 2026-Q3",
	[TYPE_STEP] = "not a length of time",
	[TYPE_COUNTRY] = "not a country",
	[TYPE_CURRENCY] = "not a currency",
	[TYPE_ZONE] = "not a time zone",
};

static bool
read_as(enum type type, const char *text, const char *currency,
    struct cell *cell)
{
	cell->arg = (struct arg)STR(text);
	switch (type) {
	case TYPE_INT:
		cell->arg.type = ARG_INT;
		return num_int(text, &cell->arg.i);
	case TYPE_REAL:
		cell->arg.type = ARG_REAL;
		return num_real(text, &cell->arg.r);
	case TYPE_MONEY:
		return read_money(text, currency, cell);
	case TYPE_FLAG:
		return read_flag(text, cell);
	case TYPE_DAY:
		return read_day(text, cell);
	case TYPE_AT:
		return read_at(text, cell);
	case TYPE_DUE:
		return read_day(text, cell) || read_at(text, cell);
	case TYPE_DATE:
	case TYPE_BIRTHDAY:
		return read_date(text, cell);
	case TYPE_RANGE:
		return read_range(text);
	case TYPE_STEP:
		return read_step(text);
	case TYPE_COUNTRY:
		return phone_country(text);
	case TYPE_CURRENCY:
		return money_digits(text) >= 0;
	case TYPE_ZONE:
		return date_zone_exists(text);
	default:
		return true;
	}
}

bool
value_read(struct db *db, const struct column *c, const char *text,
    const char *currency, struct cell *cell, struct fault *f)
{
	enum type type = c->type == TYPE_FIELD ? c->as : c->type;

	if (!*text) {
		cell->arg.type = ARG_NULL;
		return true;
	}
	switch (type) {
	case TYPE_WORD:
		return read_word(c, text, cell, f);
	case TYPE_PERCENT:
		return read_percent(c->of, text, cell) ||
		       fault_say(f, c->name, "%s: '%s'", wants[type], text);
	case TYPE_CONTACT:
	case TYPE_NAMED:
	case TYPE_ROW:
		return read_ref(db, c, text, cell, f);
	default:
		return read_as(type, text, currency, cell) ||
		       fault_say(f, c->name, "%s: '%s'", wants[type], text);
	}
}
