/* effectcore -- what the effect*.c share; nobody else's. */
#ifndef CRM_EFFECTCORE_H
#define CRM_EFFECTCORE_H

#include <stdbool.h>

#include "buf.h"
#include "date.h"
#include "db.h"
#include "effect.h"
#include "stats.h"

enum { OPENED, CLICKED, REPLIED, VISITED, CONVERTED, UNSUBSCRIBED, BOUNCED,
	KINDS };
extern const char *const effect_kinds[];

/* Those that say that somebody answered. */
#define ANSWERED \
	"(r.kind = 'clicked' OR r.kind = 'replied' OR r.kind = 'visited'" \
	" OR r.kind = 'converted')"

/* What an arm's contacts did; amounts in minor units. */
struct armsum {
	const char *name;
	int64_t contacts, sent, messages;
	int64_t did[KINDS], answered; /* how many contacts */
	int64_t buyers, lines, revenue, cost;
	struct moments each; /* revenue of a contact, in major units */
	struct armsum *next;
};

enum { STAGES = 32 };

struct effect {
	struct db *db;
	int64_t key;
	const char *name, *status;
	char since[DAY_SIZE], until[DAY_SIZE], last[DAY_SIZE];
	struct armsum *arms;  /* in order of the campaign's, then as met */
	struct armsum all;    /* without revenue */
	int64_t budget, target_leads, target_responses, target_revenue;
	int64_t leads, cost;
	int64_t reached[STAGES]; /* of the lifecycle's, from the second on */
	int64_t people;          /* of whom it is known: not held out */
	int64_t lines, revenue, goods; /* attributed */
};

/* All of it; sales of the arms only if they are asked for. */
void effect_gather(struct db *, int64_t campaign, bool sales,
    struct effect *);

/* The parts that are about the whole, after the arms are there. */
void effect_gather_whole(struct effect *);

/* Days of campaigns.window, the name of its touch, and both in words. */
int64_t effect_window(void);
bool effect_first_touch(void);
const char *effect_rule(void);

#endif
