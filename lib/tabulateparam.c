/* Parameters of a report: what was given, or else what it says. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "cmd.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "num.h"
#include "operands.h"
#include "report.h"
#include "tabulatecore.h"
#include "text.h"
#include "value.h"

/* Is it one of a|b|c? */
static bool
is_listed(const char *list, const char *text)
{
	const char *const *word = value_words(list);

	while (*word && strcmp(*word, text) != 0)
		word++;
	return *word != NULL;
}

/* A range stands for its first day, as to= for its last. */
static bool
read_day(const struct reportparam *p, const char *text, struct arg *value)
{
	char day[DAY_SIZE];
	int64_t first, last;

	calc_calendar();
	if (date_read_day(text, &first))
		last = first;
	else if (!date_read_range(text, &first, &last))
		return false;
	value->t = arena_copy(date_day_text(day, strcmp(p->name, "to") == 0 ?
	    last : first));
	return true;
}

/* A parameter's value, as its type has it.  Returns what is wrong with the
 * text, or NULL. */
static const char *
read_value(const struct reportparam *p, const char *text, struct arg *value)
{
	static struct buf expected;

	*value = (struct arg) STR(text);
	if (strcmp(p->type, "day") == 0)
		return read_day(p, text, value) ? NULL : "not a day";
	if (strcmp(p->type, "count") == 0) {
		value->type = ARG_INT;
		return num_int(text, &value->i) && value->i >= 0 ? NULL :
		    "not a whole number";
	}
	if (strcmp(p->type, "number") == 0) {
		value->type = ARG_REAL;
		return num_real(text, &value->r) ? NULL : "not a number";
	}
	if (strcmp(p->type, "days") == 0) {
		value->type = ARG_INT;
		return num_int(text, &value->i) || date_span(text, &value->i) ?
		    NULL : "not a number of days or a step such as 90d";
	}
	if (!strchr(p->type, '|') || is_listed(p->type, text))
		return NULL;
	buf_clear(&expected);
	buf_printf(&expected, "expected %s", p->type);
	return expected.text;
}

/* What was given; else what the report says, or crm.yaml where it says so. */
static struct arg
value_of(const struct tabulation *t, const struct reportparam *p, bool *given)
{
	const struct field *f = t->given->fields;
	const char *text = p->fallback, *key = NULL, *why;
	struct arg value = { .type = ARG_NULL };

	while (f < t->given->fields + t->given->nfields &&
	    strcmp(f->name, p->name) != 0)
		f++;
	*given = f < t->given->fields + t->given->nfields;
	if (*given)
		text = f->value;
	else if (text && *text == '@')
		text = config_text(key = text + 1);
	why = text ? read_value(p, text, &value) : NULL;
	if (why && key)
		node_reject(config_get(key), "%s: %s: '%s'", key, why,
		    text);
	if (why)
		cmd_usage("%s: %s: '%s'", p->name, why, text);
	return value;
}

/* A day by that name, or NULL. */
static const char *
day_of(const struct tabulation *t, const char *name, bool *given)
{
	const struct reportparam *p = t->report->params;
	int i;

	for (i = 0; i < t->report->nparams; i++, p++)
		if (strcmp(p->name, name) == 0 && strcmp(p->type, "day") == 0)
			return value_of(t, p, given).t;
	return NULL;
}

/* Days written as they are sort as they follow each other. */
static void
check_order(const struct tabulation *t)
{
	bool began, ended;
	const char *from = day_of(t, "from", &began);
	const char *to = day_of(t, "to", &ended);

	if (from && to && strcmp(from, to) > 0)
		cmd_usage("from=%s%s is after to=%s%s", from,
		    began ? "" : ", the default,", to,
		    ended ? "" : ", the default");
}

void
fill_params(const struct tabulation *t, struct stmt *s)
{
	const struct report *r = t->report;
	const char *name;
	struct arg value;
	bool given;
	int i, j;

	check_order(t);
	for (i = 1; i <= db_parameters(s); i++) {
		name = db_parameter(s, i);
		for (j = 0; name && j < r->nparams; j++)
			if (strcmp(r->params[j].name, name + 1) == 0)
				break;
		if (!name || j == r->nparams)
			die(DATA, "%s: no such parameter: '%s'",
			    report_place(r), name ? name : "?");
		value = value_of(t, &r->params[j], &given);
		db_bind(s, i, &value);
	}
}

/* Every word that was given is a parameter. */
void
fill_check(const struct tabulation *t)
{
	const struct commonparam *p;
	const struct report *r = t->report;
	const char **names, *near, *name;
	int i, j, n = r->nparams + 1;

	for (p = report_common; p->name; p++)
		n++;
	names = arena_get(sizeof(*names) * (size_t)n);
	for (i = 0; i < r->nparams; i++)
		names[i] = r->params[i].name;
	for (p = report_common; p->name; p++)
		names[i++] = p->name;
	for (i = 0; i < t->given->nfields; i++) {
		name = t->given->fields[i].name;
		for (j = 0; names[j]; j++)
			if (strcmp(names[j], name) == 0)
				break;
		near = names[j] ? NULL : text_nearest(name, names);
		if (!names[j])
			cmd_usage("%s has no parameter '%s'%s%s%s", r->name,
			    name, near ? "; did you mean '" : "",
			    near ? near : "", near ? "'?" : "");
	}
}
