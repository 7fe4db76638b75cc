/*
 * lifecycle -- contacts from stage to stage, by the rules of crm.yaml
 * (lifecycle: promote:) or by hand.
 *
 * Every step is a row of stage_change with the rule, its evidence (what each
 * column that the rule names was) and who made it.  What is wrong with a rule
 * dies with CONFIG, naming its place.  Inside an operation.
 */
#ifndef CRM_LIFECYCLE_H
#define CRM_LIFECYCLE_H

#include <stdbool.h>
#include <stdint.h>

#include "store.h"

struct buf;
struct db;
struct stmt;

/* Read the rules. */
void lifecycle_open(struct db *);

/*
 * Move whoever a rule moves, of the contacts in temp.picked, else of all
 * customers; rule after rule, until none fires.  A contact enters a stage at
 * most once: rules that would lead one back die with CONFIG, by name.
 * Returns the number of steps.  One statement a rule, whatever the number of
 * contacts.
 */
int64_t lifecycle_run(bool picked);

/* What the last run did: contact, name, was, stage, rule, evidence; by
 * contact, step after step.  picked: in their order, with empty steps for
 * those who stayed. */
struct stmt *lifecycle_steps(bool picked);

/* The last sale there is; and, at the end of an operation that sold, a run
 * for the buyers of those that came after it, and their organisations. */
int64_t lifecycle_last_sale(struct db *);
void lifecycle_sold(struct db *, int64_t last);

/* One contact's step by hand. */
struct move {
	const char *to, *reason; /* reason or NULL */
	bool force;              /* also against the rules */
	struct buf was, rule, evidence, why;
};

/* UPDATED: a rule for that step holds, there is none, or it was forced (then
 * evidence is what stood against it).  REFUSED, why names what does not
 * hold; UNCHANGED, it is there already. */
enum done lifecycle_move(int64_t contact, struct move *);

/* For each condition of each rule (to one stage, or NULL for any): contact,
 * rule, to, condition, evidence, result (pass or fail).  NULL: there is no
 * rule. */
struct stmt *lifecycle_why(int64_t contact, const char *to);

/* Is it a stage or an exit?  If not, the nearest, or NULL. */
bool lifecycle_stage(const char *word, const char **nearest);

#endif
