/*
 * What the reasons to act are worth, in points that add up to the rank.
 *
 *   urgency     W * (1 - 7 / (14 + 2d)), d days late; W * 7 / (14 + 2d),
 *               d days ahead: half of W on the day, three quarters a week
 *               later.  A lead and who stays away fade instead:
 *               W * 7 / (7 + d) after d days
 *   importance  next.weights has a number for each kind of reason
 *   value       W * v / (v + typical)
 *   several     W * (1 - 1/n) for n reasons
 *
 * with W the weight of that name; v is what is at stake and what the contact
 * paid in the last 365 days.  Urgency and importance are those of the reason
 * in which their sum is greatest.  Each is rounded to a tenth.
 */
#include <math.h>

#include "buf.h"
#include "calc.h"
#include "config.h"
#include "money.h"
#include "nextcore.h"
#include "num.h"

const char *const reason_names[REASONS] = {
	[APPOINTMENT] = "appointment",
	[TASK] = "task",
	[CADENCE] = "cadence",
	[OCCASION] = "occasion",
	[PLAYBOOK] = "playbook",
	[DEAL] = "deal",
	[QUOTE] = "quote",
	[INVOICE] = "invoice",
	[HANDOFF] = "handoff",
	[LEAD] = "lead",
	[REORDER] = "reorder",
	[WIN_BACK] = "win_back",
};

static struct {
	double urgency, value, several, typical;
	double importance[REASONS];
} weights;

static double
number_at(const char *path)
{
	const char *text = config_text(path);
	double x = 0;

	if (!text || !num_real(text, &x))
		node_reject(config_get(path), "%s: not a number: '%s'", path,
		    text ? text : "");
	return x;
}

static double
weight(const char *name)
{
	struct buf path = { 0 };
	double x;

	buf_printf(&path, "next.weights.%s", name);
	x = number_at(path.text);
	buf_free(&path);
	return x;
}

static double
tenth(double x)
{
	return round(x * 10) / 10;
}

double
rank_urgency(enum reason r, int64_t days)
{
	double d = (double)(days < 0 ? -days : days), part = 7 / (14 + 2 * d);

	if (r == LEAD || r == WIN_BACK)
		part = 7 / (7 + d);
	else if (days >= 0)
		part = 1 - part;
	return tenth(weights.urgency * part);
}

double
rank_importance(enum reason r)
{
	return weights.importance[r];
}

/* next_value(amount), in minor units of the base currency. */
static void
next_value(struct call *c)
{
	double v = (double)call_int(c, 0);

	call_give_real(c, v <= 0 ? 0 :
	    tenth(weights.value * v / (v + weights.typical)));
}

static void
next_several(struct call *c)
{
	double n = (double)call_int(c, 0);

	call_give_real(c, tenth(weights.several * (1 - 1 / n)));
}

void
rank_define(struct db *db)
{
	static const struct function functions[] = {
		{ "next_value", 1, next_value },
		{ "next_several", 1, next_several },
		{ NULL, 0, NULL },
	};
	int i;

	weights.urgency = weight("urgency");
	weights.value = weight("value");
	weights.several = weight("several");
	weights.typical = number_at("next.typical");
	if (weights.typical <= 0)
		node_reject(config_get("next.typical"), "next.typical: not "
		    "above 0: '%s'", config_text("next.typical"));
	for (i = money_digits(calc_base()); i > 0; i--)
		weights.typical *= 10;
	for (i = 0; i < REASONS; i++)
		weights.importance[i] = tenth(weight(reason_names[i]));
	db_define(db, functions);
}
