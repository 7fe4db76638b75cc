/* Who came by it. */
#include "buyer.h"
#include "campaigncore.h"
#include "catalog.h"

static struct {
	struct store *people;
	struct buyers *known;
	int campaign, source; /* slots */
} l;

void
campaign_lead_open(struct store *people)
{
	l.people = people;
	l.known = buyers_open(campaign_db);
	l.campaign = store_want(people, "campaign");
	l.source = store_want(people, "source");
}

enum done
campaign_lead(const struct buyer *who, int64_t *contact,
    struct addressed *to, struct fault *f)
{
	enum done done = CREATED;
	bool made;

	*contact = buyers_find(l.known, who, store_text(l.people, "since"),
	    &made, f);
	if (!*contact)
		return FAULT;
	if (made) {
		store_key(l.people, l.campaign, campaign.key);
		if (!store_text(l.people, "source"))
			store_value(l.people, l.source, campaign.name);
		done = store_set(l.people, *contact, f);
	} else
		done = buyers_completed(l.known) ? UPDATED : UNCHANGED;
	campaign_look(*contact, 0, to);
	if (done == REFUSED || done == FAULT)
		return FAULT;
	return made ? CREATED : done;
}
