#include "till.h"

#include <string.h>

#include "arena.h"
#include "buyer.h"
#include "goods.h"
#include "tillcore.h"
#include "value.h"

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

const char *
till_given(const struct till *t, enum field field)
{
	return store_text(t->sales, names[field]);
}

void
till_fill(struct till *t, enum field field)
{
	if (!t->filled[field])
		t->before[field] = till_given(t, field);
	store_value(t->sales, t->slots[field], t->texts[field]);
	t->filled[field] = true;
}

/* What the row gave stands again, for the next product with its fields. */
static void
unfill(struct till *t)
{
	int i;

	for (i = 0; i < FIELDS; i++)
		if (t->filled[i])
			store_value(t->sales, t->slots[i], t->before[i]);
	memset(t->filled, 0, sizeof(t->filled));
}

void
till_money(struct till *t, enum field field, int64_t minor,
    const char *currency)
{
	money_text(t->texts[field], minor, money_digits(currency));
	till_fill(t, field);
}

void
till_currency(struct till *t, const char *currency)
{
	memcpy(t->texts[CURRENCY], currency, strlen(currency) + 1);
	till_fill(t, CURRENCY);
}

static bool
find_product(struct till *t, struct sold *sold, struct fault *f)
{
	const char *text = till_given(t, PRODUCT);
	struct good g;

	if (!text)
		return true;
	if (goods_find(t->goods, text, &g)) {
		sold->product = g.name;
		store_key(t->sales, t->slots[PRODUCT], g.product);
		return till_price(t, &g, f);
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
	if (!goods_make(t->goods, till_given(t, PRODUCT), &g, f))
		return false;
	sold->product = g.name;
	store_key(t->sales, t->slots[PRODUCT], g.product);
	return true;
}

static enum done
sell(struct till *t, const struct customer *of, struct sold *sold,
    struct fault *f)
{
	struct buyer who = { till_given(t, CONTACT), of->name, of->email,
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
	done = refunds ? till_back(t, refunds, sold, f) :
	    sell(t, of, sold, f);
	unfill(t);
	return done;
}
