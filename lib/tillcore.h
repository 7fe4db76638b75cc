/* tillcore -- what the till*.c share; nobody else's. */
#ifndef CRM_TILLCORE_H
#define CRM_TILLCORE_H

#include "buf.h"
#include "money.h"
#include "till.h"

struct buyers;
struct db;
struct good;
struct goods;

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

/* The text that the row gives, or was filled in; NULL: none. */
const char *till_given(const struct till *, enum field);

/* The row gets the field's text in texts, which it did not give. */
void till_fill(struct till *, enum field);
void till_money(struct till *, enum field, int64_t minor,
    const char *currency);
void till_currency(struct till *, const char *);

/* total * part / whole to the minor unit, half to even; false: too much. */
bool till_share(int64_t total, int64_t part, int64_t whole, int64_t *to);

/* What the row leaves to the product: amount, currency, cost. */
bool till_price(struct till *, const struct good *, struct fault *);

/* A row that gives a sale back. */
enum done till_back(struct till *, const char *sale, struct sold *,
    struct fault *);

#endif
