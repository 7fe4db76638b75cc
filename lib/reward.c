#include "reward.h"

#include <math.h>
#include <string.h>
#include <sys/random.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "config.h"
#include "db.h"
#include "money.h"
#include "num.h"
#include "rewardcore.h"
#include "rule.h"
#include "summary.h"
#include "text.h"
#include "who.h"

struct rewards rewards;

static const char *
name_of(const struct node *n)
{
	const char *name = node_key_text(n, "name");
	int i;

	if (!name || !*name)
		node_reject(n, "rewards: a rule without name");
	for (i = 0; i < rewards.n; i++)
		if (strcmp(rewards.rules[i].name, name) == 0)
			node_reject(node_key(n, "name"),
			    "rewards: '%s' is given twice", name);
	return name;
}

/* One of the three kinds, and how much or what it is. */
static void
read_kind(struct rewardrule *r)
{
	static const char *const kinds[] = { "points", "voucher", "gift" };
	const struct node *at = NULL, *k;
	int i;

	for (i = 0; i < 3; i++) {
		if (!(k = node_key(r->node, kinds[i])))
			continue;
		if (at)
			node_reject(k, "rule '%s' has both %s and %s",
			    r->name, r->kind, kinds[i]);
		at = k;
		r->kind = kinds[i];
		r->what = node_text(k);
	}
	if (!at)
		node_reject(r->node, "rule '%s' has neither points, voucher "
		    "nor gift", r->name);
	if (!r->what || !*r->what)
		node_reject(at, "%s: one value is expected", r->kind);
	if (strcmp(r->kind, "points") != 0)
		return;
	if (!num_real(r->what, &r->points) || r->points <= 0)
		node_reject(at, "points: not a number above 0: '%s'",
		    r->what);
	r->what = NULL;
}

static void
read_cost(struct rewardrule *r)
{
	const struct node *at = node_key(r->node, "cost");
	bool each = strcmp(r->kind, "points") == 0;
	int digits = money_digits(calc_base()), i;
	const char *text = node_text(at);

	if (!at)
		return;
	r->costed = true;
	if (!text || !money_parse(text, each ? COST_DIGITS : digits,
	    &r->cost) || r->cost < 0)
		node_reject(at, "cost: not an amount: '%s'",
		    text ? text : "");
	for (i = each ? COST_DIGITS : digits; i < COST_DIGITS; i++)
		if (__builtin_mul_overflow(r->cost, 10, &r->cost))
			node_reject(at, "cost: not an amount: '%s'", text);
}

/* What goes with what. */
static void
check_keys(const struct rewardrule *r)
{
	static const char *const of_sales[] = { "since", NULL };
	const struct node *per = node_key(r->node, "per");
	int i;

	if (per && strcmp(r->kind, "points") != 0)
		node_reject(per, "per: goes with points");
	if (!r->sales && !node_key(r->node, "when"))
		node_reject(r->node, "rule '%s' has neither per, sale nor "
		    "when", r->name);
	for (i = 0; of_sales[i] && !r->sales; i++)
		if (node_key(r->node, of_sales[i]))
			node_reject(node_key(r->node, of_sales[i]),
			    "%s: goes with per or sale", of_sales[i]);
	if (r->sales && node_key(r->node, "every"))
		node_reject(node_key(r->node, "every"), "every: goes with "
		    "when alone; a sale is rewarded once");
}

static void
check_steps(const struct rewardrule *r)
{
	static const char *const steps[] = { "every", "expires" };
	const struct node *at;
	int64_t days;
	int i;

	for (i = 0; i < 2; i++) {
		at = node_key(r->node, steps[i]);
		if (at && (!node_text(at) ||
		    !date_span(node_text(at), &days) || days <= 0))
			node_reject(at, "%s: not a step such as 90d or 1y: "
			    "'%s'", steps[i], node_text(at) ?
			    node_text(at) : "");
	}
	at = node_key(r->node, "since");
	if (at && (!node_text(at) || strlen(node_text(at)) != DAY_SIZE - 1 ||
	    !date_read_day(node_text(at), &days)))
		node_reject(at, "since: not a day such as 2026-01-31: '%s'",
		    node_text(at) ? node_text(at) : "");
}

/* Each by itself, so that the message names the right one. */
static void
check_expressions(const struct rewardrule *r)
{
	static const struct {
		const char *key, *entity;
	} keys[] = { { "per", "sale" }, { "sale", "sale" },
		{ "when", "contact" } };
	const struct node *at;
	int i;

	for (i = 0; i < 3; i++)
		if ((at = node_key(r->node, keys[i].key)))
			rule_check(rewards.db, entity_find(keys[i].entity),
			    at, keys[i].key);
}

static void
read_campaign(struct rewardrule *r)
{
	const struct node *at = node_key(r->node, "campaign");
	struct buf why = { 0 };

	if (at && !who_row(rewards.db, entity_find("campaign"),
	    node_text(at) ? node_text(at) : "", &r->campaign, &why))
		node_reject(at, "campaign: %s", buf_get(&why));
	buf_free(&why);
}

static void
read_rule(struct rewardrule *r)
{
	r->name = name_of(r->node);
	r->sales = node_key(r->node, "per") || node_key(r->node, "sale");
	read_kind(r);
	read_cost(r);
	check_keys(r);
	check_steps(r);
	check_expressions(r);
	read_campaign(r);
}

void
reward_open(struct db *db)
{
	const struct node *list = config_get("rewards");
	int i;

	calc_define(db);
	calc_calendar();
	summary_define(db);
	rewards.db = db;
	rewards.n = 0;
	rewards.rules = arena_get(sizeof(*rewards.rules) *
	    ((size_t)node_count(list) + 1));
	rewards.names = arena_get(sizeof(*rewards.names) *
	    ((size_t)node_count(list) + 1));
	for (i = 0; i < node_count(list); i++, rewards.n++) {
		rewards.rules[i].node = node_at(list, i);
		read_rule(&rewards.rules[i]);
		rewards.names[i] = rewards.rules[i].name;
	}
}

int
reward_rule(const char *name, struct buf *why)
{
	const char *near;
	int i;

	for (i = 0; i < rewards.n; i++)
		if (strcmp(rewards.names[i], name) == 0)
			return i;
	near = text_nearest(name, rewards.names);
	buf_printf(why, "no rule '%s' in crm.yaml%s%s%s", name,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "");
	return RULE_NONE;
}

int64_t
reward_share(int64_t whole, int64_t part, int64_t of)
{
	if (of <= 0 || part >= of)
		return whole;
	if (part <= 0)
		return 0;
	return (int64_t)floorl((long double)whole * (long double)part /
	    (long double)of);
}

int64_t
reward_cost(const struct rewardrule *r, int64_t n)
{
	return (int64_t)rint((double)r->cost * (double)n /
	    pow(10, COST_DIGITS - money_digits(calc_base())));
}

const char *
reward_expires(const struct rewardrule *r, const char *day, char to[DAY_SIZE])
{
	const char *step = node_key_text(r->node, "expires");
	int64_t last;

	if (!step || !date_read_day(day, &last) ||
	    !date_step(last, step, &last))
		return NULL;
	return date_day_text(to, last);
}

static const char sql_code[] =
    "SELECT 1"
    "  FROM reward"
    " WHERE code = :code";

/* Ten characters, five bits each, that nobody takes for one another; nobody
 * can guess them. */
const char *
reward_code(struct db *db, char to[CODE_SIZE])
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char bytes[CODE_SIZE - 1];
	size_t i;

	do {
		if (getrandom(bytes, sizeof(bytes), 0) !=
		    (ssize_t)sizeof(bytes))
			die(TROUBLE, "no random numbers");
		for (i = 0; i < sizeof(bytes); i++)
			to[i] = letters[bytes[i] % 32];
		to[5] = '-';
		to[i] = '\0';
	} while (db_number(db, sql_code, ARGS(STR(to)), 0));
	return to;
}
