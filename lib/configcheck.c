/* Is every value of crm.yaml what its key wants? */
#include <ctype.h>
#include <string.h>

#include "arena.h"
#include "config.h"
#include "date.h"
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
is_step(const char *s)
{
	int64_t days;

	return date_span(s, &days) && days > 0;
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

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun", NULL };
static const char *const leaps[] = { "feb28", "mar1", NULL };
static const char *const orders[] = { "order_no", "day", NULL };

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
	{ "step", "a step such as 7d or 1mo", is_step, NULL, false },
	{ "step or never", "a step such as 30d, nor never", is_step_or_never,
	    NULL, false },
	{ "weekday", "a weekday, mon to sun", NULL, weekdays, false },
	{ "leap", "feb28 or mar1", NULL, leaps, false },
	{ "order", "order_no or day", NULL, orders, false },
	{ "words", "a word of a-z, 0-9, _ and -", is_word, NULL, true },
	{ "number", "a number", is_number, NULL, false },
	{ "percent", "a percentage, 0 to 100", is_percent, NULL, false },
	{ "rate", "a percentage, 0 to 100 with two decimals", is_rate, NULL,
	    false },
	{ "texts", "a text", is_text, NULL, true },
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
		for (j = 0; j < i; j++)
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
}
