/*
 * till -- rows that become sales: the price from the product, the customer
 * found or made, what is given back taken from the sale it was.
 *
 * Where no amount is given it is the product's price times the quantity,
 * less the discount (an amount, or "10%" of the price); so is the cost.  Of
 * a refund what is not given is the sale's, in proportion to the pieces; the
 * last of them gets what is left, so that all refunds add up to the sale.
 */
#ifndef CRM_TILL_H
#define CRM_TILL_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

struct till;

/* What a row says of its customer beside the sale; NULL: nothing. */
struct customer {
	const char *name, *email, *phone;
};

struct sold {
	int64_t sale, contact;
	const char *product; /* its name, or ""; until the next row */
	bool new_contact, new_product;
};

/* Around a store of sales, which holds the row; make: also products that
 * nobody knows.  Inside an operation. */
struct till *till_open(struct db *, struct store *, bool make);

enum done till_sell(struct till *, const struct customer *, struct sold *,
    struct fault *);

#endif
