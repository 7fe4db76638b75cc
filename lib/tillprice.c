/* What a sale costs where the row does not say it. */
#include <string.h>

#include "calc.h"
#include "goods.h"
#include "num.h"
#include "tillcore.h"
#include "value.h"

bool
till_share(int64_t total, int64_t part, int64_t whole, int64_t *to)
{
	int64_t n, rest;

	if (__builtin_mul_overflow(total, part, &n))
		return false;
	*to = n / whole;
	rest = n % whole;
	rest = rest < 0 ? -rest : rest;
	if (rest > whole - rest || (rest == whole - rest && *to % 2 != 0))
		*to += n < 0 ? -1 : 1;
	return true;
}

/* An amount, or a percentage of the price. */
static bool
read_discount(struct till *t, int64_t price, const char *currency,
    int64_t *minor, struct fault *f)
{
	const char *text = till_given(t, DISCOUNT);
	size_t n = text ? strlen(text) : 0;
	char number[NUM_SIZE];
	int64_t percent;
	bool fine;

	*minor = 0;
	if (!text)
		return true;
	if (text[n - 1] == '%' && n <= sizeof(number)) {
		memcpy(number, text, n - 1);
		number[n - 1] = '\0';
		fine = money_parse(number, 2, &percent) &&
		    till_share(price, percent, 10000, minor);
	} else
		fine = money_parse(text, money_digits(currency), minor);
	if (!fine)
		return fault_say(f, "discount", "neither an amount nor a "
		    "percentage: '%s'", text);
	if (*minor > price || *minor < 0)
		return fault_say(f, "discount", "not between nothing and the "
		    "price: '%s'", text);
	till_money(t, DISCOUNT, *minor, currency);
	return true;
}

/* How many: 1 where it is not said; false: let the store say what is wrong
 * with it. */
static bool
quantity_of(const struct till *t, int64_t *n)
{
	const char *text = till_given(t, QUANTITY);

	*n = 1;
	return (!text || num_int(text, n)) && *n >= 0;
}

/* Price times quantity, less discount. */
static bool
fill_amount(struct till *t, const struct good *g, int64_t n, struct fault *f)
{
	const char *currency = till_given(t, CURRENCY);
	int64_t price, discount;

	if (!g->priced)
		return fault_say(f, "amount", "is needed: %s has no price",
		    g->name);
	if (currency && money_digits(currency) < 0)
		return true; /* the store says so */
	if (currency && strcmp(currency, g->currency) != 0)
		return fault_say(f, "amount", "is needed: the price of %s is "
		    "in %s", g->name, g->currency);
	if (!till_share(g->price, n, 1, &price))
		return fault_say(f, "quantity", "too many: %lld",
		    (long long)n);
	if (!read_discount(t, price, g->currency, &discount, f))
		return false;
	till_currency(t, g->currency);
	till_money(t, AMOUNT, price - discount, g->currency);
	return true;
}

bool
till_price(struct till *t, const struct good *g, struct fault *f)
{
	const char *currency;
	int64_t n, cost;

	if (!quantity_of(t, &n))
		return true;
	if (!till_given(t, AMOUNT) && !fill_amount(t, g, n, f))
		return false;
	currency = till_given(t, CURRENCY);
	if (!till_given(t, COST) && g->costed &&
	    till_share(g->cost, n, 1, &cost) &&
	    strcmp(currency ? currency : calc_base(), g->currency) == 0)
		till_money(t, COST, cost, g->currency);
	return true;
}
