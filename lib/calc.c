#include "calc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calccore.h"
#include "config.h"
#include "db.h"
#include "die.h"
#include "login.h"
#include "money.h"
#include "percent.h"
#include "text.h"
#include "visible.h"

const char *
calc_login(void)
{
	return login_name();
}

const char *
calc_me(void)
{
	const char *user = getenv("CRM_USER");

	if (!user || !*user)
		return calc_login();
	if (!visible_clean(user, strlen(user)))
		die(USAGE, "CRM_USER is not a name: '%s'", user);
	return user;
}

static const char *base;

const char *
calc_base(void)
{
	if (!base) {
		base = config_text("currency");
		if (!base)
			base = "EUR";
		if (money_digits(base) < 0)
			node_reject(config_get("currency"),
			    "no such currency: '%s'", base);
	}
	return base;
}

void
calc_count_in(const char *currency)
{
	base = currency;
}

static void
fold(struct call *c)
{
	struct buf b = { 0 };
	const char *s = call_text(c, 0);

	if (!s)
		return;
	text_fold(&b, s, strlen(s));
	call_give_text(c, buf_get(&b), b.len);
	buf_free(&b);
}

static void
me(struct call *c)
{
	call_give_text(c, calc_me(), strlen(calc_me()));
}

static void
base_currency(struct call *c)
{
	call_give_text(c, calc_base(), strlen(calc_base()));
}

static int
digits_of(struct call *c)
{
	const char *currency = call_text(c, 1);
	int n = money_digits(currency ? currency : calc_base());

	return n < 0 ? 2 : n;
}

static void
money(struct call *c)
{
	char text[MONEY_SIZE];

	if (call_null(c, 0))
		return;
	money_text(text, call_int(c, 0), digits_of(c));
	call_give_text(c, text, strlen(text));
}

static void
major(struct call *c)
{
	if (!call_null(c, 0))
		call_give_real(c, (double)call_int(c, 0) /
		    money_unit(digits_of(c)));
}

static void
phase(struct call *c)
{
	const char *stage = call_text(c, 0), *name;

	if (!stage)
		return;
	name = node_key_text(config_get("lifecycle.phases"), stage);
	if (name)
		call_give_text(c, name, strlen(name));
}

static void
points(struct call *c)
{
	double x = call_null(c, 0) ? 0 : call_real(c, 0);

	if (!call_null(c, 1))
		x = fmax(x, call_real(c, 1));
	if (!call_null(c, 2))
		x = fmin(x, call_real(c, 2));
	x = round(x * 100) / 100;
	if (fabs(x) < 1e15 && fabs(x - rint(x)) < 0.001)
		call_give_int(c, (int64_t)rint(x));
	else
		call_give_real(c, x);
}

static void
percent(struct call *c)
{
	char text[MONEY_SIZE];

	if (call_null(c, 0))
		return;
	money_text(text, call_int(c, 0), 2);
	call_give_text(c, text, strlen(text));
}

static void
share(struct call *c)
{
	if (!call_null(c, 0) && !call_null(c, 1))
		call_give_int(c, percent_of(call_int(c, 0), call_int(c, 1)));
}

static const struct function functions[] = {
	{ "fold", 1, fold },
	{ "me", 0, me },
	{ "base_currency", 0, base_currency },
	{ "money", 2, money },
	{ "major", 2, major },
	{ "phase", 1, phase },
	{ "points", 3, points },
	{ "percent", 1, percent },
	{ "share", 2, share },
	{ NULL, 0, NULL },
};

void
calc_define(struct db *db)
{
	static struct db *defined;

	if (db == defined)
		return;
	db_define(db, functions);
	db_define(db, calc_dates);
	db_define(db, calc_deals);
	db_define(db, calc_sales);
	db_define(db, calc_rewards);
	defined = db;
}
