#include "till.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "buyer.h"
#include "calc.h"
#include "db.h"
#include "goods.h"
#include "money.h"
#include "num.h"
#include "value.h"

enum field { CONTACT, PRODUCT, QUANTITY, AMOUNT, COST, DISCOUNT, CURRENCY,
	FIELDS };

struct till {
	struct db *db;
	struct store *sales;
	struct buyers *buyers;
	struct goods *goods;
	bool make;
	int slots[FIELDS];
	char texts[FIELDS][MONEY_SIZE]; /* of what was filled in, */
	const char *before[FIELDS];     /* what stood there, */
	bool filled[FIELDS];            /* and where */
	struct buf name;                /* of what is given back */
};

static const char *const names[FIELDS] = { "contact", "product", "quantity",
	"amount", "cost", "discount", "currency" };

struct till *
till_open(struct db *db, struct store *sales, bool make)
{
	struct till *t = arena_get(sizeof(*t));
	int i;

	t->db = db;
	t->sales = sales;
	t->buyers = buyers_open(db);
	t->goods = goods_open(db);
	t->make = make;
	for (i = 0; i < FIELDS; i++)
		t->slots[i] = store_want(sales, names[i]);
	return t;
}

static const char *
given(const struct till *t, enum field field)
{
	return store_text(t->sales, names[field]);
}

/* The row gets a text that it did not give; unfill puts back what it gave,
 * for the next product with the same fields. */
static void
fill(struct till *t, enum field field)
{
	if (!t->filled[field])
		t->before[field] = given(t, field);
	store_value(t->sales, t->slots[field], t->texts[field]);
	t->filled[field] = true;
}

static void
unfill(struct till *t)
{
	int i;

	for (i = 0; i < FIELDS; i++)
		if (t->filled[i])
			store_value(t->sales, t->slots[i], t->before[i]);
	memset(t->filled, 0, sizeof(t->filled));
}

static void
fill_money(struct till *t, enum field field, int64_t minor,
    const char *currency)
{
	money_text(t->texts[field], minor, money_digits(currency));
	fill(t, field);
}

/* total * part / whole to the minor unit, half to even; false: too much. */
static bool
share(int64_t total, int64_t part, int64_t whole, int64_t *to)
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
	const char *text = given(t, DISCOUNT);
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
		    share(price, percent, 10000, minor);
	} else
		fine = money_parse(text, money_digits(currency), minor);
	if (!fine)
		return fault_say(f, "discount", "neither an amount nor a "
		    "percentage: '%s'", text);
	if (*minor > price || *minor < 0)
		return fault_say(f, "discount", "not between nothing and the "
		    "price: '%s'", text);
	fill_money(t, DISCOUNT, *minor, currency);
	return true;
}

static void
fill_currency(struct till *t, const char *currency)
{
	memcpy(t->texts[CURRENCY], currency, strlen(currency) + 1);
	fill(t, CURRENCY);
}

/* How many: 1 where it is not said; false: let the store say what is wrong
 * with it. */
static bool
quantity_of(const struct till *t, int64_t *n)
{
	const char *text = given(t, QUANTITY);

	*n = 1;
	return (!text || num_int(text, n)) && *n >= 0;
}

/* Price times quantity, less discount. */
static bool
fill_amount(struct till *t, const struct good *g, int64_t n, struct fault *f)
{
	const char *currency = given(t, CURRENCY);
	int64_t price, discount;

	if (!g->priced)
		return fault_say(f, "amount", "is needed: %s has no price",
		    g->name);
	if (currency && strcmp(currency, g->currency) != 0)
		return fault_say(f, "amount", "is needed: the price of %s is "
		    "in %s", g->name, g->currency);
	if (!share(g->price, n, 1, &price))
		return fault_say(f, "quantity", "too many: %lld",
		    (long long)n);
	if (!read_discount(t, price, g->currency, &discount, f))
		return false;
	fill_currency(t, g->currency);
	fill_money(t, AMOUNT, price - discount, g->currency);
	return true;
}

/* What the row leaves to the product. */
static bool
price(struct till *t, const struct good *g, struct fault *f)
{
	const char *currency;
	int64_t n, cost;

	if (!quantity_of(t, &n))
		return true;
	if (!given(t, AMOUNT) && !fill_amount(t, g, n, f))
		return false;
	currency = given(t, CURRENCY);
	if (!given(t, COST) && g->costed && share(g->cost, n, 1, &cost) &&
	    strcmp(currency ? currency : calc_base(), g->currency) == 0)
		fill_money(t, COST, cost, g->currency);
	return true;
}

static const char sql_refunded[] =
    "SELECT s.contact, s.product, s.currency, s.quantity,"
    "       s.quantity + ifnull(sum(r.quantity), 0),"
    "       s.amount, s.amount + ifnull(sum(r.amount), 0),"
    "       s.cost, s.cost + ifnull(sum(r.cost), 0),"
    "       s.discount, s.discount + ifnull(sum(r.discount), 0),"
    "       (SELECT p.name FROM product p WHERE p.product = s.product)"
    "  FROM sale s"
    "  LEFT JOIN sale r ON r.refunds = s.sale"
    " WHERE s.sale = :sale"
    " GROUP BY s.sale";

/* A field of the refund of n pieces: its part of the sale's, col of the
 * query; where it is the last part, what is left of it, the next col. */
static void
refund_money(struct till *t, enum field field, struct stmt *q, int col,
    int64_t n)
{
	int64_t minor = db_int(q, col + 1);

	if (given(t, field) || !db_text(q, col, NULL))
		return;
	if (n == db_int(q, 4) ||
	    share(db_int(q, col), n, db_int(q, 3), &minor))
		fill_money(t, field, -minor, db_text(q, 2, NULL));
}

/* Whatever is wrong with it, the store finds out. */
static void
refund(struct till *t, struct stmt *q)
{
	int64_t n = -db_int(q, 4);

	if (!given(t, CONTACT))
		store_key(t->sales, t->slots[CONTACT], db_int(q, 0));
	if (!given(t, PRODUCT) && db_text(q, 1, NULL)) {
		store_key(t->sales, t->slots[PRODUCT], db_int(q, 1));
		buf_text(&t->name, db_text(q, 11, NULL));
	}
	if (!given(t, CURRENCY))
		fill_currency(t, db_text(q, 2, NULL));
	if (!given(t, QUANTITY)) {
		num_text(t->texts[QUANTITY], n < 0 ? n : -1);
		fill(t, QUANTITY);
	} else if (!num_int(given(t, QUANTITY), &n))
		return;
	if (n >= 0 || db_int(q, 3) <= 0 ||
	    strcmp(given(t, CURRENCY), db_text(q, 2, NULL)) != 0)
		return;
	refund_money(t, AMOUNT, q, 5, -n);
	refund_money(t, COST, q, 7, -n);
	refund_money(t, DISCOUNT, q, 9, -n);
}

static enum done
give_back(struct till *t, const char *sale, struct sold *sold,
    struct fault *f)
{
	struct stmt *q;
	enum done done;
	int64_t key;

	buf_clear(&t->name);
	if (num_int(sale, &key)) {
		q = db_query(t->db, sql_refunded, ARGS(INT(key)));
		if (db_next(q))
			refund(t, q);
		db_done(q);
	}
	done = store_add(t->sales, &sold->sale, f);
	if (done == CREATED)
		sold->contact = store_contact(t->sales, sold->sale);
	sold->product = buf_get(&t->name);
	return done;
}

static bool
find_product(struct till *t, struct sold *sold, struct fault *f)
{
	const char *text = given(t, PRODUCT);
	struct good g;

	if (!text)
		return true;
	if (goods_find(t->goods, text, &g)) {
		sold->product = g.name;
		store_key(t->sales, t->slots[PRODUCT], g.product);
		return price(t, &g, f);
	}
	if (t->make) {
		sold->new_product = true;
		store_key(t->sales, t->slots[PRODUCT], 0);
		return true;
	}
	fault_say(f, "product", "unknown product '%s'", text);
	f->unknown = true;
	return false;
}

/* Whoever and whatever the row names first is made once the rest of the row
 * was found to be right. */
static bool
settle(struct till *t, const struct buyer *who, struct sold *sold,
    struct fault *f)
{
	struct good g;

	store_key(t->sales, t->slots[CONTACT], sold->contact);
	if (!store_check(t->sales, f))
		return false;
	if (!sold->contact && !(sold->contact = buyers_find(t->buyers, who,
	    store_text(t->sales, "day"), &sold->new_contact, f)))
		return false;
	if (!sold->new_product)
		return true;
	if (!goods_make(t->goods, given(t, PRODUCT), &g, f))
		return false;
	sold->product = g.name;
	store_key(t->sales, t->slots[PRODUCT], g.product);
	return true;
}

static enum done
sell(struct till *t, const struct customer *of, struct sold *sold,
    struct fault *f)
{
	struct buyer who = { given(t, CONTACT), of->name, of->email,
		of->phone };

	if (!find_product(t, sold, f))
		return FAULT;
	sold->contact = buyers_known(t->buyers, &who);
	if ((!sold->contact || sold->new_product) &&
	    !settle(t, &who, sold, f))
		return FAULT;
	store_key(t->sales, t->slots[CONTACT], sold->contact);
	return store_add(t->sales, &sold->sale, f);
}

enum done
till_sell(struct till *t, const struct customer *of, struct sold *sold,
    struct fault *f)
{
	const char *refunds = store_text(t->sales, "refunds");
	enum done done;

	*sold = (struct sold){ .product = "" };
	done = refunds ? give_back(t, refunds, sold, f) :
	    sell(t, of, sold, f);
	unfill(t);
	return done;
}
