/*
 * arms -- the parts that an audience is split into, by weight.
 *
 * Written NAME:WEIGHT by comma: "mail:45,post:45,control:10".  A weight is a
 * whole number above 0; where they are percentages, "mail:90%,control:10%",
 * they must add up to 100.  The arm called control is held out.
 *
 * Whose arm is which depends on the seed, the campaign's number and the
 * contact's alone: a hash of the three is spread over the sum of the weights.
 * It is splitmix64, taken once for each: G. L. Steele, D. Lea, C. H. Flood,
 * Fast splittable pseudorandom number generators, OOPSLA 2014, 453-472, with
 * S. Vigna's constants.
 */
#ifndef CRM_ARMS_H
#define CRM_ARMS_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

#define ARMS_CONTROL "control"

/* Begin with { 0 }; its memory is used again, and given back by freeing
 * text. */
enum { ARMS_MOST = 64 };
struct arms {
	struct buf text; /* the names, taken apart */
	struct arm {
		const char *name;
		int64_t upto; /* the weights so far, this one's included */
	} arm[ARMS_MOST + 1];
	int n;
};

/* False and why where it is wrong. */
bool arms_read(struct arms *, const char *, struct buf *why);

/* The nth, from 0; NULL behind the last. */
const char *arms_at(const struct arms *, int);
bool arms_have(const struct arms *, const char *name);

/* The one that a contact is in. */
const char *arms_draw(const struct arms *, int64_t seed, int64_t campaign,
    int64_t contact);

#endif
