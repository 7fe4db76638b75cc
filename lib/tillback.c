/* What is given back, taken from the sale it was. */
#include <string.h>

#include "db.h"
#include "num.h"
#include "tillcore.h"

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

	if (till_given(t, field) || !db_text(q, col, NULL))
		return;
	if (n == db_int(q, 4) ||
	    till_share(db_int(q, col), n, db_int(q, 3), &minor))
		till_money(t, field, -minor, db_text(q, 2, NULL));
}

/* Whatever is wrong with it, the store finds out. */
static void
refund(struct till *t, struct stmt *q)
{
	int64_t n = -db_int(q, 4);

	if (!till_given(t, CONTACT))
		store_key(t->sales, t->slots[CONTACT], db_int(q, 0));
	if (!till_given(t, PRODUCT) && db_text(q, 1, NULL)) {
		store_key(t->sales, t->slots[PRODUCT], db_int(q, 1));
		buf_text(&t->name, db_text(q, 11, NULL));
	}
	if (!till_given(t, CURRENCY))
		till_currency(t, db_text(q, 2, NULL));
	if (!till_given(t, QUANTITY)) {
		num_text(t->texts[QUANTITY], n < 0 ? n : -1);
		till_fill(t, QUANTITY);
	} else if (!num_int(till_given(t, QUANTITY), &n))
		return;
	if (n >= 0 || db_int(q, 3) <= 0 ||
	    strcmp(till_given(t, CURRENCY), db_text(q, 2, NULL)) != 0)
		return;
	refund_money(t, AMOUNT, q, 5, -n);
	refund_money(t, COST, q, 7, -n);
	refund_money(t, DISCOUNT, q, 9, -n);
}

enum done
till_back(struct till *t, const char *sale, struct sold *sold,
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
