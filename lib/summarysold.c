/* What a contact bought. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "catalogbase.h"
#include "date.h"
#include "db.h"
#include "summarycore.h"

enum { REVENUE, COST, AMOUNTS };

/* Columns 0 to 6; orders, revenue, cost and profit follow, three each. */
enum { FIRST_ORDER = 1, LAST_ORDER, DAYS, UNPRICED, QUANTITY, DISCOUNT,
	THREES };

/* The index sale_by_contact has all of these; amounts in the base currency,
 * NULL for want of a rate. */
#define ORDER_LINES \
	"s.contact, s.day, iif(order_by_day(), NULL, s.order_no), s.refunds"
#define LINES ORDER_LINES ", " IN_BASE("s.amount", "s.currency", "s.day") ", " \
	IN_BASE("s.cost", "s.currency", "s.day")
enum { BARE = 4, NARROW = 6 };

/* A number of an order, else its day, and where it was met. */
struct order {
	size_t at; /* in names */
	const char *name; /* once all are there */
	int window;
};

struct sales {
	struct period period;
	int64_t days, unpriced, quantity, discount;
	int64_t orders[WINDOWS], amounts[AMOUNTS][WINDOWS]; /* by narrowest */
	char first[DAY_SIZE], last[DAY_SIZE];
	struct buf names, numbers; /* of orders */
	size_t norders;
	bool overflow;
};

static const char *
begin(void *row, const char *const args[])
{
	struct sales *s = row;

	return period_begin(&s->period, args);
}

static void
clear(void *row)
{
	struct sales *s = row;

	s->days = s->unpriced = s->quantity = s->discount = 0;
	memset(s->orders, 0, sizeof(s->orders));
	memset(s->amounts, 0, sizeof(s->amounts));
	*s->first = *s->last = '\0';
	buf_clear(&s->names);
	buf_clear(&s->numbers);
	s->norders = 0;
	s->overflow = false;
}

static struct order *
orders(const struct sales *s)
{
	return (struct order *)(void *)s->numbers.text;
}

/* Rows come by day and number: lines of one order stand together. */
static void
add_order(struct sales *s, const char *name, int window)
{
	struct order new = { .at = s->names.len, .window = window };
	const struct order *last = s->norders ?
	    &orders(s)[s->norders - 1] : NULL;

	if (last && last->window == window &&
	    strcmp(s->names.text + last->at, name) == 0)
		return;
	buf_add(&s->names, name, strlen(name) + 1);
	buf_add(&s->numbers, (char *)&new, sizeof(new));
	s->norders++;
}

static void
bought(struct sales *s, const char *day, const char *order, int window)
{
	if (strcmp(day, s->last) != 0)
		s->days++;
	if (!*s->first)
		summary_copy(s->first, DAY_SIZE, day);
	summary_copy(s->last, DAY_SIZE, day);
	add_order(s, order ? order : day, window);
}

static void
drop(void *row)
{
	struct sales *s = row;

	buf_free(&s->names);
	buf_free(&s->numbers);
}

static bool
add(void *row, struct stmt *st)
{
	struct sales *s = row;
	const char *day = db_text(st, 1, NULL);
	int window;

	if (strcmp(day, s->period.last) > 0 ||
	    strcmp(day, s->period.first) < 0)
		return false;
	window = period_window(&s->period, day);
	if (db_arg(st, 3).type == ARG_NULL)
		bought(s, day, db_text(st, 2, NULL), window);
	if (db_columns(st) > BARE) {
		s->unpriced += db_arg(st, 4).type == ARG_NULL;
		summary_add(&s->overflow, &s->amounts[REVENUE][window],
		    db_int(st, 4));
		summary_add(&s->overflow, &s->amounts[COST][window],
		    db_int(st, 5));
	}
	if (db_columns(st) > NARROW) {
		summary_add(&s->overflow, &s->quantity, db_int(st, 6));
		summary_add(&s->overflow, &s->discount, db_int(st, 7));
	}
	return true;
}

/* By name, the narrowest window first. */
static int
compare(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int n = strcmp(x->name, y->name);

	return n ? n : y->window - x->window;
}

static void
finish(void *row)
{
	struct sales *s = row;
	struct order *all = orders(s);
	size_t i;

	for (i = 0; i < s->norders; i++)
		all[i].name = s->names.text + all[i].at;
	if (s->norders > 1)
		qsort(all, s->norders, sizeof(*all), compare);
	for (i = 0; i < s->norders; i++)
		if (i == 0 || strcmp(all[i - 1].name, all[i].name) != 0)
			s->orders[all[i].window]++;
}

/* The sum of windows, from the nth's of three columns on. */
static int64_t
sum(struct sales *s, const int64_t windows[], int nth)
{
	int64_t n = 0;
	int i;

	for (i = period_narrowest(nth); i < WINDOWS; i++)
		summary_add(&s->overflow, &n, windows[i]);
	return n;
}

static int64_t
in_threes(struct sales *s, int measure, int nth)
{
	int64_t cost;

	if (measure == 0)
		return sum(s, s->orders, nth);
	if (measure <= AMOUNTS)
		return sum(s, s->amounts[measure - 1], nth);
	cost = sum(s, s->amounts[COST], nth);
	s->overflow |= cost == INT64_MIN;
	return sum(s, s->amounts[REVENUE], nth) - cost;
}

static void
give(void *row, int column, struct call *c)
{
	struct sales *s = row;
	int64_t n;

	switch (column) {
	case FIRST_ORDER:
	case LAST_ORDER:
		if (*s->first)
			call_give_text(c, column == LAST_ORDER ? s->last :
			    s->first, strlen(s->first));
		return;
	case DAYS:
		n = s->days;
		break;
	case UNPRICED:
		n = s->unpriced;
		break;
	case QUANTITY:
		n = s->quantity;
		break;
	case DISCOUNT:
		n = s->discount;
		break;
	default:
		column -= THREES;
		n = in_threes(s, column / WINDOWS, column % WINDOWS);
	}
	if (s->overflow)
		call_fail(c, "integer overflow");
	else
		call_give_int(c, n);
}

/* What takes no amounts, so that none is missed for want of a rate. */
#define ORDERS (1 | 1 << FIRST_ORDER | 1 << LAST_ORDER | 1 << DAYS | \
	1 << THREES | 1 << (THREES + 1) | 1 << (THREES + 2))
#define BOTH_DAYS UINT64_C(3) << (THREES + 4 * WINDOWS)

static const char sql_orders[] =
    "SELECT " ORDER_LINES
    "  FROM sale s"
    " WHERE s.contact >= :first"
    " ORDER BY s.contact, s.day";

static const char sql_sales[] =
    "SELECT " LINES
    "  FROM sale s"
    " WHERE s.contact >= :first"
    " ORDER BY s.contact, s.day";

static const char sql_sales_wide[] =
    "SELECT " LINES ", s.quantity, "
    IN_BASE("s.discount", "s.currency", "s.day")
    "  FROM sale s"
    " WHERE s.contact >= :first"
    " ORDER BY s.contact, s.day";

#define EVER(n) n " INTEGER, " n "_90d INTEGER, " n "_365d INTEGER"
#define MINOR(n) n "_minor INTEGER, " n "_90d_minor INTEGER, " \
	n "_365d_minor INTEGER"

const struct dbtable sold = {
	.name = "sold",
	.columns = "contact INTEGER, first_order TEXT, last_order TEXT,"
	    " days INTEGER, unpriced INTEGER, quantity INTEGER,"
	    " discount_minor INTEGER, " EVER("orders") ", " MINOR("revenue")
	    ", " MINOR("cost") ", " MINOR("profit"),
	.ncolumns = THREES + 4 * WINDOWS,
	.args = "from_day TEXT HIDDEN, to_day TEXT HIDDEN",
	.reads = { { ORDERS | BOTH_DAYS, { sql_orders }, NEAR },
	    { ~(UINT64_C(1) << QUANTITY | 1 << DISCOUNT), { sql_sales }, NEAR },
	    { ~UINT64_C(0), { sql_sales_wide }, NEAR } },
	.size = sizeof(struct sales),
	.begin = begin,
	.clear = clear,
	.add = add,
	.finish = finish,
	.give = give,
	.drop = drop,
};
