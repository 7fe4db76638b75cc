/*
 * purpose -- what people are written to for, as purposes: of crm.yaml
 * declares it: whether they must have consented, or may only object, by
 * country if wanted.  One that is declared wrongly dies with CONFIG, naming
 * its place, as soon as any is asked for.
 */
#ifndef CRM_PURPOSE_H
#define CRM_PURPOSE_H

#include <stdbool.h>

struct buf;
struct node;

enum basis { OPT_IN, OPT_OUT, NO_CONSENT };
extern const char *const basis_words[]; /* "opt-in", "opt-out", "none" */

struct ground {
	const char *country; /* ISO 3166 code; NULL: wherever else */
	enum basis basis;
	const struct node *when; /* for whom it is so, of others it is opt-in;
	                            NULL: for all */
};

struct purpose {
	const char *name;
	const struct node *node;
	bool transactional;
	struct ground ground;
	int ncountries;
	struct ground *countries;
};

/* In the order of the file; they live in the arena. */
int purpose_count(void);
const struct purpose *purpose_at(int);

/* By name; else NULL and why, with the nearest name. */
const struct purpose *purpose_find(const char *name, struct buf *why);

/* What contact with somebody there rests on; NULL or "": where we are. */
const struct ground *purpose_ground(const struct purpose *,
    const char *country);

/* "purposes.NAME", for messages. */
const char *purpose_path(const struct purpose *);

/* What is on record of a channel and a purpose: the newest state, and the
 * newest other than asked. */
enum consent { CONSENT_NONE, CONSENT_ASKED, CONSENT_GIVEN,
	CONSENT_WITHDRAWN };
enum consent consent_read(const char *state);

/* Does that permit contact?  holds: is it so that ground->when holds?  It is
 * not looked at where there is none. */
bool purpose_permits(const struct ground *, enum consent newest,
    enum consent decided, bool holds);

/* Does it depend on ground->when? */
bool purpose_asks(const struct ground *, enum consent newest);

/* Append why it does not, or on what it rests: "marketing is opt-in: no
 * consent to email". */
void purpose_tell(struct buf *, const struct purpose *,
    const struct ground *, const char *channel, enum consent newest,
    enum consent decided, bool holds);

#endif
