/* Lines of quotes, made of products and of those of other versions. */
#include "quote.h"

#include <string.h>

#include "arena.h"
#include "catalog.h"
#include "db.h"
#include "num.h"
#include "percent.h"
#include "who.h"

/* "WIDGET=3" is so many of one, unless a product is called that. */
static bool
find_item(struct db *db, struct quote_item *i, struct fault *f)
{
	const struct entity *product = entity_find("product");
	const char *equals = strrchr(i->word, '=');

	f->column = NULL;
	f->unknown = true;
	i->name = i->word;
	if (who_row(db, product, i->name, &i->product, &f->why))
		return true;
	if (!equals)
		return false;
	i->quantity = equals + 1;
	i->name = arena_slice(i->word, (size_t)(equals - i->word));
	return who_row(db, product, i->name, &i->product, &f->why);
}

bool
quote_items(struct db *db, struct quote_item *items, int n, struct fault *f)
{
	int i;

	for (i = 0; i < n; i++)
		if (!find_item(db, &items[i], f))
			return false;
	return true;
}

static const char sql_lines[] =
    "SELECT ifnull(p.name, ''), l.text, l.quantity,"
    "       money(l.price, l.currency), percent(l.discount),"
    "       percent(l.tax), l.product"
    "  FROM quote_line l"
    "  LEFT JOIN product p ON p.product = l.product"
    " WHERE l.quote = :quote"
    " ORDER BY l.quote_line";

/* How many of a line to copy; NULL: none of it. */
static const char *
wanted(struct stmt *s, struct quote_item *items, int n)
{
	struct quote_item *i;

	for (i = items; i < items + n; i++) {
		if (i->product != db_int(s, 6) || i->used)
			continue;
		i->used = true;
		if (!i->quantity)
			return "1";
		return strcmp(i->quantity, "0") == 0 ? NULL : i->quantity;
	}
	return db_text(s, 2, NULL);
}

/* Where a line's fields go, and the quote that it is for. */
struct lines {
	struct store *store;
	int quote, slots[6];
	char key[NUM_SIZE];
};
enum { PRODUCT, WORDS, QUANTITY, PRICE, DISCOUNT, RATE };

/* One store for all quotes of the command. */
static struct lines *
lines_of(struct db *db, int64_t quote)
{
	static const char *const names[] = { "product", "text", "quantity",
		"price", "discount", "tax" };
	static struct lines to;
	int i;

	num_text(to.key, quote);
	if (to.store)
		return &to;
	to.store = store_open(db, entity_find("quote_line"));
	to.quote = store_want(to.store, "quote");
	for (i = PRODUCT; i <= RATE; i++)
		to.slots[i] = store_want(to.store, names[i]);
	return &to;
}

static void
put(struct lines *to, int at, const char *text)
{
	if (text)
		store_value(to->store, to->slots[at], text);
}

static bool
copy_lines(struct db *db, struct lines *to, int64_t from,
    struct quote_item *items, int n, struct fault *f)
{
	struct stmt *s = db_query(db, sql_lines, ARGS(INT(from)));
	const char *many;
	bool fine = true;
	int64_t line;
	int i;

	while (fine && db_next(s)) {
		if (!(many = wanted(s, items, n)))
			continue;
		store_clear(to->store);
		store_value(to->store, to->quote, to->key);
		for (i = PRODUCT; i <= RATE; i++)
			put(to, i, i == QUANTITY ? many : db_text(s, i, NULL));
		fine = store_add(to->store, &line, f) == CREATED;
	}
	db_done(s);
	return fine;
}

bool
quote_fill(struct db *db, int64_t quote, int64_t from,
    struct quote_item *items, int n, struct fault *f)
{
	struct lines *to = lines_of(db, quote);
	struct quote_item *i;
	bool fine = copy_lines(db, to, from, items, n, f);
	int64_t line;

	for (i = items; fine && i < items + n; i++) {
		if (i->used)
			continue;
		store_clear(to->store);
		store_value(to->store, to->quote, to->key);
		put(to, PRODUCT, i->name);
		put(to, QUANTITY, i->quantity);
		put(to, RATE, i->tax);
		fine = store_add(to->store, &line, f) == CREATED;
	}
	return fine;
}

static const char sql_sum[] =
    "SELECT ifnull(total(amount), 0.0) <= :most"
    "  FROM quote_line"
    " WHERE quote = :quote"
    " HAVING count(*) > 0";

bool
quote_check(struct db *db, int64_t quote, struct fault *f)
{
	switch (db_number(db, sql_sum, ARGS(INT(PERCENT_MOST), INT(quote)),
	    -1)) {
	case -1:
		return fault_say(f, NULL, "quote %lld has no lines",
		    (long long)quote);
	case 0:
		return fault_say(f, NULL, "quote %lld: too much money",
		    (long long)quote);
	default:
		return true;
	}
}

static const char sql_answer[] =
    "SELECT v.contact, v.deal, v.version, v.state,"
    "       money(v.total_minor, v.currency), v.currency"
    "  FROM quotes v"
    " WHERE v.quote = :quote";

struct stmt *
quote_answer(struct db *db, int64_t quote)
{
	return db_query(db, sql_answer, ARGS(INT(quote)));
}
