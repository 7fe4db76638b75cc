/* rewardcore -- what the reward*.c share; nobody else's. */
#ifndef CRM_REWARDCORE_H
#define CRM_REWARDCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "reward.h"

struct node;
struct stmt;

struct rewardrule {
	const struct node *node;
	const char *name, *kind;
	const char *what;    /* of a voucher or a gift */
	double points;       /* or these, each time */
	int64_t cost;        /* of one, in COST_UNITS of the base currency */
	bool costed;
	bool sales;          /* about sales, else about contacts */
	int64_t campaign;    /* or 0 */
	struct stmt *one;    /* finds for one contact */
};

/* Costs of a point may be less than the least coin. */
enum { COST_DIGITS = 6 };

extern struct rewards {
	struct db *db;
	struct rewardrule *rules;
	const char **names; /* of them, NULL-ended */
	int n;
} rewards;

/* What a rule found; texts are the statement's. */
struct found {
	int64_t contact, sale;   /* sale: or 0 */
	const char *name;        /* of the contact */
	const char *day;         /* of the sale, or it was given last; NULL */
	int64_t points;          /* what it gives: 0 for other kinds */
	int64_t net;             /* less what was given back since */
	int64_t cost;            /* minor units of the base currency, of net */
};

/* Everybody a rule gives to now, by contact and day, or (unless 0) one
 * contact; row by row; and the end of it. */
struct stmt *reward_find(struct rewardrule *, int64_t contact);
bool reward_next(const struct rewardrule *, struct stmt *, struct found *);
void reward_end(const struct rewardrule *, struct stmt *);

/* The points or the cost that remain where part remains of an amount, rounded
 * down; all of it where the amount was nothing. */
int64_t reward_share(int64_t whole, int64_t part, int64_t of);

/* Minor units that so many cost. */
int64_t reward_cost(const struct rewardrule *, int64_t n);

/* The last day on which what was got on this day is worth anything, by
 * expires: of the rule; NULL without one. */
const char *reward_expires(const struct rewardrule *, const char *day,
    char to[DAY_SIZE]);

/* A code that is in no reward. */
enum { CODE_SIZE = 12 };
const char *reward_code(struct db *, char to[CODE_SIZE]);

#endif
