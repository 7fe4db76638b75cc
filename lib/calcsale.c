/* Amounts in the base currency, what an order is, days between purchases. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "calc.h"
#include "calccore.h"
#include "config.h"
#include "date.h"
#include "db.h"
#include "money.h"

static struct buf unpriced; /* currencies, by comma */

const char *
calc_unpriced(void)
{
	return unpriced.len ? unpriced.text : NULL;
}

static void
note_unpriced(const char *currency)
{
	if (unpriced.len && strstr(unpriced.text, currency))
		return;
	buf_printf(&unpriced, "%s%s", unpriced.len ? ", " : "", currency);
}

/* Ten to the difference of their decimals. */
static double
unit(const char *currency)
{
	return pow(10, money_digits(calc_base()) - money_digits(currency));
}

static void
in_base(struct call *c)
{
	const char *currency = call_text(c, 1);

	if (call_null(c, 0))
		return;
	if (!currency || strcmp(currency, calc_base()) == 0)
		call_give_int(c, call_int(c, 0));
	else if (call_null(c, 2))
		note_unpriced(currency);
	else
		call_give_int(c, (int64_t)rint((double)call_int(c, 0) *
		    call_real(c, 2) * unit(currency)));
}

static void
order_by_day(struct call *c)
{
	const char *distinct = config_text("order.distinct");
	bool day = distinct && strcmp(distinct, "day") == 0;

	if (distinct && !day && strcmp(distinct, "order_no") != 0)
		node_reject(config_get("order.distinct"),
		    "distinct: neither order_no nor day: '%s'", distinct);
	call_give_int(c, day);
}

static int
shorter(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Days between the days of a list, into gaps, in order; how many. */
static size_t
read_gaps(const char *days, struct buf *gaps)
{
	char text[DAY_SIZE] = "";
	int64_t day, before = 0, gap;
	const char *p;

	buf_clear(gaps);
	for (p = days; strlen(p) >= DAY_SIZE - 1; p += DAY_SIZE - 1) {
		p += *p == ',';
		memcpy(text, p, DAY_SIZE - 1);
		if (!date_read_day(text, &day))
			return 0;
		gap = day - before;
		if (before)
			buf_add(gaps, (char *)&gap, sizeof(gap));
		before = day;
	}
	return gaps->len / sizeof(gap);
}

static void
median_gap(struct call *c)
{
	static struct buf gaps;
	const char *days = call_text(c, 0);
	size_t n = days ? read_gaps(days, &gaps) : 0;
	int64_t *gap = (int64_t *)(void *)gaps.text, both;

	if (n == 0)
		return;
	qsort(gap, n, sizeof(*gap), shorter);
	both = gap[(n - 1) / 2] + gap[n / 2];
	if (both % 2)
		call_give_real(c, (double)both / 2);
	else
		call_give_int(c, both / 2);
}

const struct function calc_sales[] = {
	{ "in_base", 3, in_base },
	{ "order_by_day", 0, order_by_day },
	{ "median_gap", 1, median_gap },
	{ NULL, 0, NULL },
};
