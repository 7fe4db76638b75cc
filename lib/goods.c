#include "goods.h"

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "calc.h"
#include "catalog.h"
#include "db.h"
#include "index.h"
#include "memo.h"
#include "store.h"
#include "who.h"

struct goods {
	struct db *db;
	struct store *products;
	struct memo *memo; /* struct kept, by what rows say */
	struct index *names;
	int name;          /* slot of a new product's name */
};

struct kept {
	struct good good;
	size_t name; /* its number among the names */
};

/* There are no more of them than three a product: nothing is forgotten. */
struct goods *
goods_open(struct db *db)
{
	struct goods *g = arena_get(sizeof(*g));

	g->db = db;
	g->products = store_open(db, entity_find("product"));
	g->name = store_want(g->products, "name");
	g->memo = memo_new(sizeof(struct kept), SIZE_MAX);
	g->names = index_new();
	return g;
}

static const char sql_product[] =
    "SELECT name, price, cost, currency"
    "  FROM product"
    " WHERE product = :product";

static void
read_product(struct goods *g, int64_t key, struct kept *k)
{
	struct stmt *q = db_query(g->db, sql_product, ARGS(INT(key)));
	const char *currency = NULL;
	bool new;

	memset(k, 0, sizeof(*k));
	k->good.product = key;
	if (!db_next(q))
		die(BUG, "no product %lld", (long long)key);
	k->name = index_add(g->names, db_text(q, 0, NULL),
	    strlen(db_text(q, 0, NULL)), &new);
	k->good.priced = db_text(q, 1, NULL) != NULL;
	k->good.price = db_int(q, 1);
	k->good.costed = db_text(q, 2, NULL) != NULL;
	k->good.cost = db_int(q, 2);
	currency = db_text(q, 3, NULL);
	memcpy(k->good.currency, currency ? currency : calc_base(), 4);
	db_done(q);
}

static void
give(const struct goods *g, const struct kept *k, struct good *to)
{
	*to = k->good;
	to->name = index_text(g->names, k->name, NULL);
}

static void
keep(struct goods *g, const char *text, int64_t key, struct good *to)
{
	struct kept k;

	read_product(g, key, &k);
	memo_put(g->memo, text, strlen(text), &k);
	give(g, &k, to);
}

bool
goods_find(struct goods *g, const char *text, struct good *to)
{
	const struct kept *k = memo_get(g->memo, text, strlen(text));
	struct buf why = { 0 };
	int64_t key;
	bool found;

	if (k) {
		give(g, k, to);
		return true;
	}
	found = who_row(g->db, entity_find("product"), text, &key, &why);
	if (found)
		keep(g, text, key, to);
	buf_free(&why);
	return found;
}

bool
goods_make(struct goods *g, const char *name, struct good *to,
    struct fault *f)
{
	int64_t key;

	store_clear(g->products);
	store_value(g->products, g->name, name);
	if (store_add(g->products, &key, f) != CREATED)
		return false;
	keep(g, name, key, to);
	return true;
}
