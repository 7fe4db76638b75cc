/*
 * goods -- products as they are sold: found by name, stock-keeping unit or
 * number, with what a piece costs.
 */
#ifndef CRM_GOODS_H
#define CRM_GOODS_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct fault;
struct goods;

struct good {
	int64_t product;     /* its key */
	int64_t price, cost; /* of a piece, in minor units */
	bool priced, costed; /* are they known? */
	char currency[4];    /* of both */
	const char *name;    /* until the next call */
};

struct goods *goods_open(struct db *); /* lives in the arena */

/* False: there is none. */
bool goods_find(struct goods *, const char *text, struct good *);

/* A new one, of that name and without a price; inside an operation. */
bool goods_make(struct goods *, const char *name, struct good *,
    struct fault *);

#endif
