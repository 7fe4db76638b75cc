/* The rows in which it is told. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "arms.h"
#include "buf.h"
#include "calc.h"
#include "config.h"
#include "effectcore.h"
#include "money.h"

const struct outcol effect_columns[] = {
	{ "arm", OUT_TEXT }, { "measure", OUT_TEXT },
	{ "n", OUT_NUMBER }, { "of", OUT_NUMBER },
	{ "value", OUT_NUMBER }, { "low", OUT_NUMBER },
	{ "high", OUT_NUMBER }, { "statistic", OUT_NUMBER },
	{ "df", OUT_NUMBER }, { "p", OUT_NUMBER }, { "basis", OUT_TEXT },
	{ NULL, OUT_TEXT },
};

const struct outcol effect_all_columns[] = {
	{ "campaign", OUT_TEXT }, { "status", OUT_TEXT },
	{ "contacts", OUT_NUMBER }, { "sent", OUT_NUMBER },
	{ "responses", OUT_NUMBER }, { "leads", OUT_NUMBER },
	{ "customers", OUT_NUMBER }, { "revenue", OUT_NUMBER },
	{ "cost", OUT_NUMBER }, { "roi", OUT_NUMBER },
	{ "basis", OUT_TEXT }, { NULL, OUT_TEXT },
};

/* A row; what is NULL or "" is empty. */
struct line {
	const char *arm, *measure;
	char n[MONEY_SIZE], of[MONEY_SIZE], value[MONEY_SIZE];
	const struct interval *interval;
	const struct contrast *contrast;
	const char *basis;
};

static struct out *out;

/* With so many decimals, or, for -1, in four digits; empty for NAN. */
static void
number(int decimals, double x)
{
	char text[64] = "";

	if (isfinite(x) && decimals < 0)
		snprintf(text, sizeof(text), "%.4g", x);
	else if (isfinite(x))
		snprintf(text, sizeof(text), "%.*f", decimals, x);
	out_word(out, text);
}

static void
put(const struct line *l)
{
	const struct interval *i = l->interval;
	const struct contrast *c = l->contrast;

	out_word(out, l->arm);
	out_word(out, l->measure);
	out_word(out, l->n);
	out_word(out, l->of);
	out_word(out, l->value);
	number(6, i ? i->low : NAN);
	number(6, i ? i->high : NAN);
	number(4, c ? c->statistic : NAN);
	number(1, c && c->df > 0 ? c->df : NAN);
	number(-1, c ? c->p : NAN);
	out_word(out, l->basis);
	out_row(out);
}

static void
amount(char to[MONEY_SIZE], int64_t minor)
{
	money_text(to, minor, money_digits(calc_base()));
}

static void
count(char to[MONEY_SIZE], int64_t n)
{
	snprintf(to, MONEY_SIZE, "%lld", (long long)n);
}

static void
real(char to[MONEY_SIZE], double x)
{
	snprintf(to, MONEY_SIZE, "%.6f", x);
}

static void
put_count(const char *arm, const char *measure, int64_t n)
{
	struct line l = { .arm = arm, .measure = measure };

	count(l.n, n);
	put(&l);
}

/* n of of: a rate with Wilson's interval, if there is a denominator. */
static void
put_rate(const char *arm, const char *measure, int64_t n, int64_t of)
{
	struct interval i = { 0, 0 };
	struct line l = { .arm = arm, .measure = measure };

	count(l.n, n);
	count(l.of, of);
	if (of > 0) {
		i = stats_wilson((double)n, (double)of);
		l.interval = &i;
		l.basis = "Wilson";
		real(l.value, (double)n / (double)of);
	}
	put(&l);
}

/* An amount, and how many rows or contacts it is of. */
static void
put_amount(const char *arm, const char *measure, int64_t n, int64_t minor,
    const char *basis)
{
	struct line l = { .arm = arm, .measure = measure, .basis = basis };

	count(l.n, n);
	amount(l.value, minor);
	put(&l);
}

static const char *
period(const struct effect *e)
{
	static struct buf b;

	buf_clear(&b);
	buf_printf(&b, "all sales from %s to %s", e->since, e->last);
	return b.text;
}

static void
tell_arm(const struct effect *e, const struct armsum *a)
{
	struct line l = { .arm = a->name, .measure = "revenue_per_contact" };
	struct interval i;
	int k;

	put_count(a->name, "contacts", a->contacts);
	put_rate(a->name, "sent", a->sent, a->contacts);
	for (k = 0; k < KINDS; k++)
		put_rate(a->name, effect_kinds[k], a->did[k], a->contacts);
	put_rate(a->name, "buyers", a->buyers, a->contacts);
	put_amount(a->name, "revenue", a->lines, a->revenue, period(e));
	if (a->contacts > 0) {
		count(l.n, a->contacts);
		real(l.value, a->each.mean);
		if (moments_interval(&a->each, &i)) {
			l.interval = &i;
			l.basis = "Student's t";
		}
		put(&l);
	}
	put_amount(a->name, "cost", a->messages, a->cost, NULL);
}

/* The difference of two rates. */
static void
tell_rates(const struct armsum *a, const struct armsum *control,
    const char *measure, int64_t hits, int64_t others)
{
	const int64_t both[] = { hits, others };
	const int64_t n[] = { a->contacts, control->contacts };
	struct line l = { .arm = a->name, .measure = measure };
	struct contrast c;

	if (stats_rates(both, n, &c)) {
		l.interval = &c.interval;
		l.contrast = &c;
		l.basis = "z of two proportions";
	}
	count(l.n, n[0]);
	count(l.of, n[1]);
	real(l.value, c.difference);
	put(&l);
}

static void
tell_lift(const struct armsum *a, const struct armsum *control)
{
	struct line l = { .arm = a->name, .measure = "revenue_lift" };
	double n = (double)a->contacts;
	struct contrast c;

	if (stats_welch(&a->each, &control->each, &c)) {
		l.interval = &c.interval;
		l.contrast = &c;
		l.basis = "Welch's t";
	}
	count(l.n, a->contacts);
	count(l.of, control->contacts);
	real(l.value, c.difference);
	put(&l);
	l.measure = "revenue_gain";
	l.contrast = NULL;
	l.basis = "revenue_lift times contacts";
	c.interval.low *= n;
	c.interval.high *= n;
	amount(l.value, llround(c.difference * n *
	    pow(10, money_digits(calc_base()))));
	put(&l);
}

static void
tell_arms(const struct effect *e)
{
	const struct armsum *a, *control = e->arms;

	for (a = e->arms; a; a = a->next)
		tell_arm(e, a);
	while (control && strcmp(control->name, ARMS_CONTROL) != 0)
		control = control->next;
	for (a = control && control->contacts ? e->arms : NULL; a;
	    a = a->next) {
		if (a == control || !a->contacts)
			continue;
		tell_rates(a, control, "visited_lift", a->did[VISITED],
		    control->did[VISITED]);
		tell_rates(a, control, "converted_lift", a->did[CONVERTED],
		    control->did[CONVERTED]);
		tell_rates(a, control, "buyers_lift", a->buyers,
		    control->buyers);
		tell_lift(a, control);
	}
}

/* What one of so many cost. */
static void
put_each(const struct effect *e, const char *of, int64_t n)
{
	struct line l = { .basis = "cost / n" };
	struct buf measure = { 0 };

	buf_printf(&measure, "cost_per_%s", of);
	l.measure = measure.text;
	count(l.n, n);
	if (n > 0)
		amount(l.value, llround((double)e->cost / (double)n));
	put(&l);
	buf_free(&measure);
}

static void
tell_stages(const struct effect *e)
{
	const struct node *stages = config_get("lifecycle.stages");
	struct buf measure = { 0 };
	const char *stage;
	int i;

	for (i = 1; i < node_count(stages) && i < STAGES; i++) {
		stage = node_text(node_at(stages, i));
		buf_clear(&measure);
		buf_printf(&measure, "reached_%s", stage);
		put_rate(NULL, measure.text, e->reached[i], e->people);
		put_each(e, stage, e->reached[i]);
	}
	buf_free(&measure);
}

static double
returns(const struct effect *e)
{
	return e->cost ? (double)(e->revenue - e->goods - e->cost) /
	    (double)e->cost : NAN;
}

/* What came of a target, and the share of it; nothing without one. */
static void
put_target(const char *measure, int64_t n, int64_t target, bool money)
{
	struct line l = { .measure = measure };
	void (*text)(char *, int64_t) = money ? amount : count;

	if (!target)
		return;
	text(l.n, n);
	text(l.of, target);
	real(l.value, (double)n / (double)target);
	put(&l);
}

static void
tell_whole(const struct effect *e)
{
	struct line roi = { .measure = "roi",
		.basis = "(attributed_profit - cost) / cost" };

	put_count(NULL, "contacts", e->all.contacts);
	put_count(NULL, "sent", e->all.sent);
	put_rate(NULL, "responses", e->all.answered, e->all.contacts);
	put_amount(NULL, "cost", e->all.messages, e->cost, NULL);
	put_count(NULL, "leads", e->leads);
	put_each(e, "lead", e->leads);
	tell_stages(e);
	put_amount(NULL, "attributed_revenue", e->lines, e->revenue,
	    effect_rule());
	put_amount(NULL, "attributed_profit", e->lines, e->revenue - e->goods,
	    effect_rule());
	if (e->cost) {
		real(roi.value, returns(e));
		put(&roi);
	}
	put_target("target_leads", e->leads, e->target_leads, false);
	put_target("target_responses", e->all.answered, e->target_responses,
	    false);
	put_target("target_revenue", e->revenue, e->target_revenue, true);
	put_target("budget", e->cost, e->budget, true);
}

void
effect_tell(struct db *db, int64_t campaign, struct out *to)
{
	struct effect e;

	out = to;
	effect_gather(db, campaign, true, &e);
	tell_arms(&e);
	tell_whole(&e);
}

static const char sql_campaigns[] =
    "SELECT campaign"
    "  FROM campaign"
    " ORDER BY since, campaign";

/* The stage of whoever has bought. */
static int
customer(void)
{
	const struct node *stages = config_get("lifecycle.stages");
	int i;

	for (i = 1; i < node_count(stages) && i < STAGES; i++)
		if (strcmp(node_text(node_at(stages, i)), "customer") == 0)
			return i;
	return 0;
}

void
effect_tell_all(struct db *db, struct out *to)
{
	struct stmt *s = db_query(db, sql_campaigns, NOARGS);
	char text[MONEY_SIZE];
	struct effect e;

	out = to;
	while (db_next(s)) {
		effect_gather(db, db_int(s, 0), false, &e);
		out_word(out, e.name);
		out_word(out, e.status);
		out_int(out, e.all.contacts);
		out_int(out, e.all.sent);
		out_int(out, e.all.answered);
		out_int(out, e.leads);
		out_int(out, e.reached[customer()]);
		amount(text, e.revenue);
		out_word(out, text);
		amount(text, e.cost);
		out_word(out, text);
		number(4, returns(&e));
		out_word(out, effect_rule());
		out_row(out);
	}
	db_done(s);
}
