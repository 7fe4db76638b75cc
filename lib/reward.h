/*
 * reward -- loyalty: points, vouchers and gifts, earned by hand or by
 * rewards: of crm.yaml, and redeemed.
 *
 * A row of the ledger is points earned (above 0), redeemed or taken back
 * (below); a voucher given (1) or redeemed (-1), by its code; or a gift.
 * What has expired stays in the ledger and counts no more.  Points are used
 * in the order in which they were earned.
 *
 * A rule is about sales (it has per or sale) or about contacts.  It gives
 * once for each sale, or to each contact once, or once in so long a time.
 */
#ifndef CRM_REWARD_H
#define CRM_REWARD_H

#include <stdbool.h>
#include <stdint.h>

#include "out.h"
#include "store.h"

struct buf;
struct db;

/* Read and check the rules; dies with CONFIG. */
void reward_open(struct db *);

/* A rule by its name; RULE_NONE, and in why that there is none. */
enum { RULE_NONE = -1, RULE_ALL = -2 };
int reward_rule(const char *name, struct buf *why);

/* What was given, taken or redeemed; texts are valid until the next. */
struct award {
	int64_t reward, contact;
	const char *name, *rule, *kind, *code; /* name: of the contact */
	const char *what; /* a voucher or gift is; else NULL */
	int64_t points;
};

/*
 * Inside an operation: give what the rules give and have not given yet, and
 * take back points for sales that were given back; tell of each.  To every
 * contact, each rule by one statement; or to one contact, by one rule or
 * RULE_ALL: then it returns how many there were.
 */
void reward_run(void (*tell)(const struct award *));
int64_t reward_run_one(int rule, int64_t contact,
    void (*tell)(const struct award *));

/* By hand, with the fields that the store of rewards was given.  Earned are
 * so many points; given are gifts, or vouchers, whose code is made where
 * there is none. */
void reward_hand(struct db *, struct store *);
enum done reward_earn(int64_t contact, const char *points, struct award *,
    struct fault *);
enum done reward_give(int64_t contact, struct award *, struct fault *);

/* Use points of a contact, or (unless NULL) the voucher of this code: of this
 * contact, or (0) of the one who has it.  Refused where there are not enough,
 * or the code is unknown, used or expired.  why is the reason, or the balance
 * after it. */
enum done reward_redeem(int64_t contact, const char *points,
    const char *code, struct award *, struct fault *, struct buf *why);

/* Who qualifies by a rule and has not got it yet: every contact, or those of
 * temp.picked. */
extern const struct outcol reward_due_columns[];
void reward_due(struct db *, struct out *, bool picked);

/* What contacts have: those that ever got something, or temp.picked. */
extern const struct outcol reward_balance_columns[];
void reward_balance(struct db *, struct out *, bool picked);

#endif
