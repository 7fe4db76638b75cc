#include "calc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calccore.h"
#include "config.h"
#include "date.h"
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
now(struct call *c)
{
	char at[AT_SIZE];

	call_give_text(c, date_at_text(at, date_now()), AT_SIZE - 1);
}

static void
give_day(struct call *c, int64_t day)
{
	char text[DAY_SIZE];

	call_give_text(c, date_day_text(text, day), DAY_SIZE - 1);
}

static int64_t
today_of_zone(void)
{
	calc_calendar();
	return date_today();
}

static void
today(struct call *c)
{
	give_day(c, today_of_zone());
}

static void
days_before(struct call *c)
{
	give_day(c, today_of_zone() - call_int(c, 0));
}

static void
day(struct call *c)
{
	const char *s = call_text(c, 0);
	int64_t n;

	calc_calendar();
	if (s && date_read_day(s, &n))
		give_day(c, n);
	else if (s)
		call_fail(c, "day(): not a day");
}

/* The local day of a stored day or instant. */
static bool
day_of(const char *s, int64_t *n)
{
	int64_t at;

	if (!s)
		return false;
	if (strlen(s) == DAY_SIZE - 1)
		return date_read_day(s, n);
	calc_calendar();
	if (!date_read_at(s, &at))
		return false;
	*n = date_day_of(at);
	return true;
}

static void
days_since(struct call *c)
{
	int64_t n;

	if (day_of(call_text(c, 0), &n))
		call_give_int(c, today_of_zone() - n);
}

static void
years_since(struct call *c)
{
	const char *s = call_text(c, 0);
	int year, month, mday, y, m, d;

	if (!s || !date_read_occasion(s, &year, &month, &mday) || year == 0)
		return;
	date_split(today_of_zone(), &y, &m, &d);
	call_give_int(c, y - year -
	    (date_today() < date_occasion_in(y, month, mday)));
}

static void
days_to(struct call *c)
{
	const char *s = call_text(c, 0);
	int year, month, mday, y, m, d;
	int64_t day;

	if (!s || !date_read_occasion(s, &year, &month, &mday))
		return;
	date_split(today_of_zone(), &y, &m, &d);
	day = date_occasion_in(y, month, mday);
	if (day < date_today())
		day = date_occasion_in(y + 1, month, mday);
	call_give_int(c, day - date_today());
}

static void
within(struct call *c)
{
	const char *range = call_text(c, 1);
	int64_t n, first, last;

	calc_calendar();
	if (!range || !date_read_range(range, &first, &last))
		call_fail(c, "within(): not a range of days");
	else if (day_of(call_text(c, 0), &n))
		call_give_int(c, first <= n && n <= last);
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
	int n;
	double unit = 1;

	if (call_null(c, 0))
		return;
	for (n = digits_of(c); n > 0; n--)
		unit *= 10;
	call_give_real(c, (double)call_int(c, 0) / unit);
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
	{ "now", 0, now },
	{ "today", 0, today },
	{ "day", 1, day },
	{ "within", 2, within },
	{ "days_since", 1, days_since },
	{ "days_before", 1, days_before },
	{ "years_since", 1, years_since },
	{ "days_to", 1, days_to },
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
	db_define(db, calc_deals);
	db_define(db, calc_sales);
	db_define(db, calc_rewards);
	defined = db;
}

static int
weekday(const struct node *n, const char *name)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	int i;

	for (i = 0; i < 7; i++)
		if (strcmp(days[i], name) == 0)
			return i;
	node_reject(n, "not a day of the week: '%s'", name);
}

/* Holidays that come every year, --12-25, stand for 1970 to 2069. */
static void
add_holiday(struct calendar *c, const struct node *n, int64_t *days)
{
	int year, month, mday, y;

	if (!date_read_occasion(node_text(n), &year, &month, &mday))
		node_reject(n, "not a day: '%s'", node_text(n));
	for (y = year ? year : 1970; y <= (year ? year : 2069); y++)
		days[c->noff++] = date_occasion_in(y, month, mday);
}

static int
earlier(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
read_week(struct calendar *c)
{
	const struct node *works = config_get("week.works"),
			  *off = config_get("week.holidays");
	const char *starts = config_text("week.starts");
	int64_t *days;
	int i;

	if (starts)
		c->starts = weekday(config_get("week.starts"), starts);
	if (works)
		c->works = 0;
	for (i = 0; i < node_count(works); i++)
		c->works |= 1u << weekday(node_at(works, i),
		    node_text(node_at(works, i)));
	days = arena_get(sizeof(*days) * 100 * (size_t)(node_count(off) + 1));
	for (i = 0; i < node_count(off); i++)
		add_holiday(c, node_at(off, i), days);
	qsort(days, (size_t)c->noff, sizeof(*days), earlier);
	c->off = days;
}

void
calc_calendar(void)
{
	static struct calendar *c;
	const char *zone, *leap;

	if (c)
		return;
	c = arena_get(sizeof(*c));
	c->works = 0x1f;
	zone = config_text("zone");
	if (zone && !date_zone(zone))
		node_reject(config_get("zone"), "no such zone: '%s'", zone);
	leap = config_text("leap_day");
	c->leap = leap && strcmp(leap, "mar1") == 0 ? LEAP_MAR1 : LEAP_FEB28;
	read_week(c);
	date_calendar(c);
}
