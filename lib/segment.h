/*
 * segment -- named sets of contacts, as segments: of crm.yaml declares them.
 *
 * A segment is the contacts for which an expression holds (where), or the
 * customers divided into tiers by what an expression comes to (tiers), or
 * whoever was put into it by hand (static).  One that is declared wrongly
 * dies with CONFIG, naming its place, as soon as any is asked for.
 */
#ifndef CRM_SEGMENT_H
#define CRM_SEGMENT_H

#include <stdbool.h>

struct node;

enum segment_kind { SEGMENT_RULE, SEGMENT_TIERS, SEGMENT_STATIC };
extern const char *const segment_kinds[]; /* "rule", "tiers", "static" */

struct segment {
	const char *name;
	enum segment_kind kind;
	int number;             /* from 0, in the order of the file */
	const struct node *node, *rule; /* rule: the expression, or NULL */
	const char *about, *proposition; /* or NULL */

	/* The best first.  With share by[] is how many of a hundred customers
	 * are in each; else the least value of each but the last. */
	int ntiers;
	const char **tiers;
	double *by;
	bool share;
};

/* In the order of the file; they live in the arena. */
int segment_count(void);
const struct segment *segment_at(int);

/* By name, or NULL; then the nearest name, or NULL. */
const struct segment *segment_find(const char *name);
const char *segment_nearest(const char *name);

/* May a segment be called that?  A word of a-z, 0-9, _ and -. */
bool segment_named(const char *);

/* "segments.NAME", for messages. */
const char *segment_path(const struct segment *);

/* Declare a new one in crm.yaml; about and proposition may be NULL.  Unless
 * keep it is only tried.  For a writer, since writers queue. */
void segment_new(const char *name, const char *where, const char *about,
    const char *proposition, bool keep);

#endif
