/*
 * campaign -- who is addressed by a campaign, in which arm, when it was sent
 * to them, what they did, and who came by it.
 *
 * One campaign is open at a time.  What is wrong with a row is a fault; a
 * true no is REFUSED, and why is in said.
 */
#ifndef CRM_CAMPAIGN_H
#define CRM_CAMPAIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "arms.h"
#include "date.h"
#include "store.h"

struct buyer;

struct campaign {
	int64_t key, seed;
	const char *name, *status, *currency;
	const char *channel; /* NULL: none */
	char since[DAY_SIZE];
	char until[DAY_SIZE]; /* "": it has no end */
	const char *split;   /* its arms as text; NULL: it is not split */
	struct arms arms;
};

/* The campaign, in the arena, inside an operation. */
const struct campaign *campaign_open(struct db *, int64_t key);

/* What became of a contact, whose number is not looked up before; texts until
 * the next. */
struct addressed {
	const char *name, *arm; /* the contact's; "" for none */
	int64_t wave;           /* 0: it is not in the audience */
	struct buf said;
};

/* When they are put in: at an instant, as users write it; NULL: now, or, of
 * a campaign that is over already, its first day.  False: it is none, or
 * not yet. */
bool campaign_when(const char *at, struct fault *);

/* Put one in; arm NULL: the one that is drawn.  Who is in stays as it is. */
enum done campaign_add(int64_t contact, const char *arm, const char *offer,
    struct addressed *, struct fault *);

/* The wave that campaign_again makes: 0 for one more than there are. */
void campaign_wave(int64_t number);
enum done campaign_again(int64_t contact, const char *offer,
    struct addressed *, struct fault *);

/* It went out to them: of the wave, or of their last one for 0. */
bool campaign_sent_at(const char *at, struct fault *);
enum done campaign_sent(int64_t contact, int64_t wave, struct addressed *,
    struct fault *);

/* What they did, of the row in a store of responses, whose contact it is.
 * Whoever unsubscribes withdraws consent to the campaign's channel for the
 * purpose; the address from which a message bounced is no longer valid. */
void campaign_respond_open(struct store *, const char *purpose);
enum done campaign_respond(int64_t contact, int64_t *response,
    struct addressed *, struct fault *);

/* Whoever is not found by e-mail, phone or name is made, of the row in a
 * store of contacts, and has come by the campaign.  False: fault. */
void campaign_lead_open(struct store *);
enum done campaign_lead(const struct buyer *, int64_t *contact,
    struct addressed *, struct fault *);

/* It is over: on the day, as users write it; NULL: today, or when it was to
 * end if that was before. */
enum done campaign_close(const char *until, struct fault *);

#endif
