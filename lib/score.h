/*
 * score -- how promising a contact is: score: of crm.yaml, factor by factor.
 *
 * Each factor gives points where its condition (when) holds, or points times
 * a number (per); floor and ceiling bound what it gives.  The score is their
 * sum, the column "score" of contacts.  Nothing is stored.  What is wrong
 * with a factor dies with CONFIG, naming its place.
 */
#ifndef CRM_SCORE_H
#define CRM_SCORE_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct stmt;

/* The factors, in the order of crm.yaml, by name. */
int score_count(struct db *);
const char *score_factor(int);
bool score_is_factor(struct db *, const char *name);

/* Die if the expression of one does not compile. */
void score_check(struct db *);

/* Prepare a query over factors, restricted to reading; die like that. */
struct stmt *score_prepare(struct db *, const char *sql);

/* contact, score, each factor, name; the best first.  Of the contacts in
 * temp.picked, else of all customers. */
struct stmt *score_query(struct db *, bool picked);

/* A row for each factor: its name, the points, what it saw, and the rule. */
struct stmt *score_explain(struct db *, int64_t contact);

/*
 * Scores at the end of the first day, and who had come to a later stage by
 * the end of the last: for each tenth of those customers who could (the best
 * first; equal scores mixed, always alike) decile, n, hits, rate, its 95
 * % interval low and high by stats.h, lift (the rate over that of all), and
 * the least and highest score.  It moves the clock.
 */
struct stmt *score_test(struct db *, int64_t first, int64_t last);

#endif
