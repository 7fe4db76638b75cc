/* Is every value of crm.yaml what its key wants? */
#include <ctype.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "config.h"
#include "date.h"
#include "email.h"
#include "money.h"
#include "num.h"
#include "percent.h"
#include "phone.h"
#include "text.h"

static bool
is_word(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	while (islower((unsigned char)*s) || isdigit((unsigned char)*s) ||
	    *s == '_' || *s == '-')
		s++;
	return !*s;
}

static bool
is_date(const char *s)
{
	int year, month, mday;

	return date_read_occasion(s, &year, &month, &mday);
}

static bool
is_day(const char *s)
{
	int64_t day;

	return strlen(s) == DAY_SIZE - 1 && date_read_day(s, &day);
}

static bool
is_step(const char *s)
{
	int64_t days;

	return date_span(s, &days) && days > 0;
}

static bool
is_span(const char *s)
{
	int64_t days;

	return date_span(s, &days) && days >= 0;
}

static bool
is_step_or_never(const char *s)
{
	return strcmp(s, "never") == 0 || is_step(s);
}

static bool
is_count(const char *s)
{
	int64_t n;

	return num_int(s, &n) && n >= 0 && n <= 366;
}

static bool
is_number(const char *s)
{
	double x;

	return num_real(s, &x);
}

static bool
is_percent(const char *s)
{
	double x;

	return num_real(s, &x) && x >= 0 && x <= 100;
}

static bool
is_rate(const char *s)
{
	int64_t hundredths;

	return percent_parse(s, &hundredths);
}

static bool
is_currency(const char *s)
{
	return money_digits(s) >= 0;
}

static bool
is_text(const char *s)
{
	return *s != '\0';
}

static bool
is_messages(const char *s)
{
	int64_t n;

	return num_int(s, &n) && n >= 1 && n <= 1000;
}

static bool
is_hours(const char *s)
{
	int from, to;

	return date_read_hours(s, &from, &to);
}

static bool
is_domain(const char *s)
{
	struct buf address = { 0 }, norm = { 0 };
	bool is;

	buf_printf(&address, "x@%s", s);
	is = !strchr(s, '@') && email_norm(&norm, address.text);
	buf_free(&address);
	buf_free(&norm);
	return is;
}

static bool
is_listed(const struct node *list, const char *s)
{
	int i;

	for (i = 0; i < node_count(list); i++)
		if (node_text(node_at(list, i)) &&
		    strcmp(node_text(node_at(list, i)), s) == 0)
			return true;
	return false;
}

static bool
is_stage(const char *s)
{
	return is_listed(config_get("lifecycle.stages"), s) ||
	    is_listed(config_get("lifecycle.exits"), s);
}

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun", NULL };
static const char *const leaps[] = { "feb28", "mar1", NULL };
static const char *const flags[] = { "true", "false", NULL };
static const char *const orders[] = { "order_no", "day", NULL };
static const char *const touches[] = { "last", "first", NULL };
static const char *const bases[] = { "opt-in", "opt-out", "none", NULL };
static const char *const kinds[] = { "marketing", "transactional", NULL };
static const char *const brands[] = { "any", "same", NULL };
static const char *const permits[] = { "anyone", "own", "manager", "nobody",
	NULL };

/* What a type accepts, and how that is called in a message. */
static const struct type {
	const char *name, *called;
	bool (*is)(const char *);
	const char *const *words; /* or one of these */
	bool list;
} types[] = {
	{ "zone", "a time zone", date_zone_exists, NULL, false },
	{ "country", "a country code", phone_country, NULL, false },
	{ "currency", "a currency", is_currency, NULL, false },
	{ "text", "a text", is_text, NULL, false },
	{ "word", "a word of a-z, 0-9, _ and -", is_word, NULL, false },
	{ "day", "a day such as 2026-01-31", is_day, NULL, false },
	{ "step", "a step such as 7d or 1mo", is_step, NULL, false },
	{ "span", "a step such as 0d or 2bd", is_span, NULL, false },
	{ "step or never", "a step such as 30d, nor never", is_step_or_never,
	    NULL, false },
	{ "weekday", "a weekday, mon to sun", NULL, weekdays, false },
	{ "leap", "feb28 or mar1", NULL, leaps, false },
	{ "order", "order_no or day", NULL, orders, false },
	{ "touch", "last or first", NULL, touches, false },
	{ "basis", "opt-in, opt-out or none", NULL, bases, false },
	{ "message kind", "marketing or transactional", NULL, kinds, false },
	{ "brand", "any or same", NULL, brands, false },
	{ "messages", "a number of messages, 1 to 1000", is_messages, NULL,
	    false },
	{ "hours", "hours such as 21:00-08:00", is_hours, NULL, false },
	{ "domains", "a domain", is_domain, NULL, true },
	{ "permit", "anyone, own, manager or nobody", NULL, permits, false },
	{ "words", "a word of a-z, 0-9, _ and -", is_word, NULL, true },
	{ "number", "a number", is_number, NULL, false },
	{ "numbers", "a number", is_number, NULL, true },
	{ "flag", "true or false", NULL, flags, false },
	{ "percent", "a percentage, 0 to 100", is_percent, NULL, false },
	{ "stage", "a stage", is_stage, NULL, false },
	{ "rate", "a percentage, 0 to 100 with two decimals", is_rate, NULL,
	    false },
	{ "texts", "a text", is_text, NULL, true },
	{ "stages", "a stage", is_stage, NULL, true },
	{ "weekdays", "a weekday, mon to sun", NULL, weekdays, true },
	{ "dates", "a day", is_date, NULL, true },
	{ "counts", "a number of days, 0 to 366", is_count, NULL, true },
};

static const struct type *
type_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	die(BUG, "no type '%s'", name);
}

static bool
in(const char *const *words, const char *s)
{
	for (; *words; words++)
		if (strcmp(*words, s) == 0)
			return true;
	return false;
}

static void
check_scalar(const struct node *n, const struct configkey *k,
    const struct type *t)
{
	const char *s = node_text(n), *near;

	if (!s)
		node_reject(n, "%s: one value is expected", k->path);
	if (t->words ? in(t->words, s) : t->is(s))
		return;
	near = t->words ? text_nearest(s, t->words) : NULL;
	node_reject(n, "%s: not %s: '%s'%s%s%s", k->path, t->called, s,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
}

static void
check_value(const struct node *n, const struct configkey *k)
{
	const struct type *t = type_of(k->type);
	int i, j;

	if (!t->list) {
		check_scalar(n, k, t);
		return;
	}
	for (i = 0; i < node_count(n); i++) {
		check_scalar(node_at(n, i), k, t);
		for (j = 0; j < i && t->is != is_number; j++)
			if (strcmp(node_text(node_at(n, i)),
			    node_text(node_at(n, j))) == 0)
				node_reject(node_at(n, i),
				    "%s: '%s' is given twice", k->path,
				    node_text(node_at(n, i)));
	}
}

/* Everything that the rest of the path leads to. */
static void
follow(const struct node *n, const char *path, const struct configkey *k)
{
	size_t size = strcspn(path, ".[*");
	const char *rest = path + size;
	int i;

	if (!n)
		return;
	if (!*path) {
		check_value(n, k);
		return;
	}
	if (size) {
		rest += *rest == '.';
		follow(node_key(n, arena_slice(path, size)), rest, k);
		return;
	}
	rest += *path == '[' ? 2 : 1;
	rest += *rest == '.';
	for (i = 0; i < node_count(n); i++)
		follow(node_at(n, i), rest, k);
}

/* The end of a deal is a step too: no stage is called as it is. */
static void
check_stage(const struct node *stages, int at)
{
	const struct node *n = node_at(stages, at);
	const char *name = node_key_text(n, "name"), *other;
	int i;

	if (!name)
		node_reject(n, "pipelines.*.stages[]: a stage has no name");
	if (strcmp(name, "open") == 0 || strcmp(name, "won") == 0 ||
	    strcmp(name, "lost") == 0)
		node_reject(node_key(n, "name"), "pipelines.*.stages[].name: "
		    "'%s' is no stage: crm-deal tells it by itself", name);
	for (i = 0; i < at; i++)
		if ((other = node_key_text(node_at(stages, i), "name")) &&
		    strcmp(other, name) == 0)
			node_reject(node_key(n, "name"),
			    "pipelines.*.stages[].name: '%s' is given twice",
			    name);
}

static void
check_pipelines(void)
{
	const struct node *all = config_get("pipelines"), *stages;
	int i, j;

	for (i = 0; i < node_count(all); i++) {
		stages = node_key(node_at(all, i), "stages");
		if (!node_count(stages))
			node_reject(node_at(all, i),
			    "pipelines.%s: no stages", node_name(all, i));
		for (j = 0; j < node_count(stages); j++)
			check_stage(stages, j);
	}
}

/* What belongs to a stage is kept under its name. */
static void
check_stages(const struct node *n, const char *path)
{
	int i;

	for (i = 0; i < node_count(n); i++)
		if (node_name(n, i) && !is_stage(node_name(n, i)))
			node_reject(node_at(n, i), "%s: no stage '%s'", path,
			    node_name(n, i));
}

void
config_check(void)
{
	const struct configkey *k;
	const char *rest;
	size_t n;

	for (k = configkeys; k->path; k++) {
		n = strcspn(k->path, ".[");
		rest = k->path + n + (k->path[n] == '.');
		follow(config_get(arena_slice(k->path, n)), rest, k);
	}
	check_pipelines();
	check_stages(node_key(config_get("lifecycle"), "phases"), "phases");
	check_stages(config_get("playbooks"), "playbooks");
}
