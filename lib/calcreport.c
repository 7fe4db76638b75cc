/* Functions of reports: rates, periods, ranks; and over rows, quantiles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "quantile.h"
#include "stats.h"

enum { FEW = 10 };

static void
rate(struct call *c)
{
	if (!call_null(c, 0) && call_real(c, 1) > 0)
		call_give_real(c, 100 * call_real(c, 0) / call_real(c, 1));
}

static void
give_end(struct call *c, bool high)
{
	struct interval i;

	if (call_null(c, 0) || call_real(c, 1) <= 0)
		return;
	i = stats_wilson(call_real(c, 0), call_real(c, 1));
	call_give_real(c, 100 * (high ? i.high : i.low));
}

static void
rate_low(struct call *c)
{
	give_end(c, false);
}

static void
rate_high(struct call *c)
{
	give_end(c, true);
}

static void
few(struct call *c)
{
	if (call_int(c, 0) < FEW)
		call_give_text(c, "few", 3);
}

static void
plain(struct call *c)
{
	char text[400];
	int n;

	if (call_null(c, 0))
		return;
	n = snprintf(text, sizeof(text), "%.6f", call_real(c, 0));
	if (strchr(text, '.')) {
		while (text[n - 1] == '0')
			n--;
		n -= text[n - 1] == '.';
	}
	if (n == 2 && memcmp(text, "-0", 2) == 0)
		call_give_text(c, "0", 1);
	else
		call_give_text(c, text, (size_t)n);
}

/* The week's Thursday tells its year (ISO 8601). */
static int
week_text(char text[16], int64_t day)
{
	int year, month, mday;
	int64_t thursday = day - date_weekday(day) + 3;

	date_split(thursday, &year, &month, &mday);
	return snprintf(text, 16, "%04d-W%02d", year,
	    (int)((thursday - date_join(year, 1, 1)) / 7) + 1);
}

static void
period(struct call *c)
{
	const char *t = call_text(c, 0), *unit = call_text(c, 1);
	char text[16];
	int64_t day;
	int n = 0;

	if (!t || !unit || strlen(t) < DAY_SIZE - 1)
		return;
	memcpy(text, t, DAY_SIZE - 1);
	text[DAY_SIZE - 1] = '\0';
	switch (*unit) {
	case 'd':
		n = DAY_SIZE - 1;
		break;
	case 'm':
		n = 7;
		break;
	case 'y':
		n = 4;
		break;
	case 'q':
		n = snprintf(text + 5, 4, "Q%d",
		    ((t[5] - '0') * 10 + t[6] - '0' + 2) / 3) + 5;
		break;
	case 'w':
		if (date_read_day(text, &day))
			n = week_text(text, day);
		break;
	default:
		call_fail(c, "period(): no day, week, month, quarter or year");
		return;
	}
	call_give_text(c, text, (size_t)n);
}

/* The place of a stage in a list of names, or of maps with a name. */
static void
give_rank(struct call *c, const struct node *stages, const char *stage)
{
	const char *name;
	int i;

	for (i = 0; stage && i < node_count(stages); i++) {
		name = node_text(node_at(stages, i));
		if (!name)
			name = node_key_text(node_at(stages, i), "name");
		if (name && strcmp(name, stage) == 0)
			call_give_int(c, i + 1);
	}
}

static void
stage_rank(struct call *c)
{
	static const struct node *stages;

	if (!stages)
		stages = config_get("lifecycle.stages");
	give_rank(c, stages, call_text(c, 0));
}

static void
deal_stage_rank(struct call *c)
{
	const char *pipeline = call_text(c, 0);

	if (pipeline)
		give_rank(c, node_key(node_key(config_get("pipelines"),
		    pipeline), "stages"), call_text(c, 1));
}

/* Limits that were read before; a query has few lists of them. */
enum { LISTS = 4, LIMITS = 128 };

struct limits {
	struct buf text;
	double at[LIMITS];
	int n;
};

static const struct limits *
read_limits(const char *text)
{
	static struct limits kept[LISTS];
	static int next;
	struct limits *l;
	char *end;
	int i;

	for (i = 0; i < LISTS; i++)
		if (strcmp(buf_get(&kept[i].text), text) == 0)
			return &kept[i];
	l = &kept[next++ % LISTS];
	buf_clear(&l->text);
	buf_text(&l->text, text);
	for (l->n = 0; l->n < LIMITS; l->n++, text = end) {
		l->at[l->n] = strtod(text, &end);
		if (end == text)
			break;
	}
	return l;
}

static void
bin(struct call *c)
{
	const char *text = call_text(c, 1);
	const struct limits *l;
	double x = call_real(c, 0);
	int i;

	if (call_null(c, 0) || !text)
		return;
	l = read_limits(text);
	for (i = 0; i < l->n && x >= l->at[i]; i++)
		;
	call_give_int(c, i + 1);
}

/* The numbers of a group. */
struct numbers {
	struct buf all;
	double p;
};

static void
add_number(void *state, struct call *c)
{
	struct numbers *n = state;
	double x = call_real(c, 0);

	if (!call_null(c, 0))
		buf_add(&n->all, (const char *)&x, sizeof(x));
}

static void
add_with(void *state, struct call *c)
{
	((struct numbers *)state)->p = call_real(c, 1);
	add_number(state, c);
}

static void
give_quantile(void *state, struct call *c)
{
	struct numbers *n = state;
	size_t count = quantile_sort(&n->all);

	if (count)
		call_give_real(c, quantile_of(&n->all, n->p));
	buf_free(&n->all);
}

static void
give_median(void *state, struct call *c)
{
	((struct numbers *)state)->p = 0.5;
	give_quantile(state, c);
}

static void
give_quantiles(void *state, struct call *c)
{
	struct numbers *n = state;
	size_t count = quantile_sort(&n->all);
	struct buf text = { 0 };
	int i;

	for (i = 1; count && i < n->p && i <= LIMITS; i++)
		buf_printf(&text, "%s%.17g", i > 1 ? " " : "",
		    quantile_of(&n->all, i / n->p));
	if (count)
		call_give_text(c, buf_get(&text), text.len);
	buf_free(&text);
	buf_free(&n->all);
}

static const struct aggregate aggregates[] = {
	{ "median", 1, sizeof(struct numbers), add_number, give_median },
	{ "quantile", 2, sizeof(struct numbers), add_with, give_quantile },
	{ "quantiles", 2, sizeof(struct numbers), add_with, give_quantiles },
	{ NULL, 0, 0, NULL, NULL },
};

static const struct function functions[] = {
	{ "rate", 2, rate },
	{ "rate_low", 2, rate_low },
	{ "rate_high", 2, rate_high },
	{ "few", 1, few },
	{ "plain", 1, plain },
	{ "period", 2, period },
	{ "stage_rank", 1, stage_rank },
	{ "deal_stage_rank", 2, deal_stage_rank },
	{ "bin", 2, bin },
	{ NULL, 0, NULL },
};

void
calc_define_reports(struct db *db)
{
	static struct db *defined;

	if (db == defined)
		return;
	db_define(db, functions);
	db_define_aggregates(db, aggregates);
	defined = db;
}
