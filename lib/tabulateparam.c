/* Parameters of a report: what was given, or else what it says. */
#include <string.h>

#include "arena.h"
#include "calc.h"
#include "cmd.h"
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
static const char *
read_day(const struct reportparam *p, const char *text)
{
	char day[DAY_SIZE];
	int64_t first, last;

	calc_calendar();
	if (date_read_day(text, &first))
		last = first;
	else if (!date_read_range(text, &first, &last))
		cmd_usage("%s: not a day: '%s'", p->name, text);
	return arena_copy(date_day_text(day, strcmp(p->name, "to") == 0 ?
	    last : first));
}

/* A parameter's value, as its type has it. */
static struct arg
read_value(const struct reportparam *p, const char *text)
{
	struct arg value = STR(text);

	if (strcmp(p->type, "day") == 0) {
		value.t = read_day(p, text);
	} else if (strcmp(p->type, "count") == 0) {
		value.type = ARG_INT;
		if (!num_int(text, &value.i) || value.i < 0)
			cmd_usage("%s: not a whole number: '%s'", p->name,
			    text);
	} else if (strcmp(p->type, "number") == 0) {
		value.type = ARG_REAL;
		if (!num_real(text, &value.r))
			cmd_usage("%s: not a number: '%s'", p->name, text);
	} else if (strcmp(p->type, "days") == 0) {
		value.type = ARG_INT;
		if (!num_int(text, &value.i) && !date_span(text, &value.i))
			cmd_usage("%s: not a number of days or a step such as"
			    " 90d: '%s'", p->name, text);
	} else if (strchr(p->type, '|') && !is_listed(p->type, text))
		cmd_usage("%s: expected %s: '%s'", p->name, p->type, text);
	return value;
}

static const char *
given(const struct tabulation *t, const char *name)
{
	int i;

	for (i = 0; i < t->given->nfields; i++)
		if (strcmp(t->given->fields[i].name, name) == 0)
			return t->given->fields[i].value;
	return NULL;
}

void
fill_params(const struct tabulation *t, struct stmt *s)
{
	const struct report *r = t->report;
	const char *name, *text;
	struct arg value;
	int i, j;

	for (i = 1; i <= db_parameters(s); i++) {
		name = db_parameter(s, i);
		for (j = 0; name && j < r->nparams; j++)
			if (strcmp(r->params[j].name, name + 1) == 0)
				break;
		if (!name || j == r->nparams)
			die(DATA, "%s: no such parameter: '%s'", r->name,
			    name ? name : "?");
		text = given(t, name + 1);
		if (!text)
			text = r->params[j].fallback;
		value = text ? read_value(&r->params[j], text) :
		    (struct arg) { .type = ARG_NULL };
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
