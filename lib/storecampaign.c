/* What no single field of a campaign can tell. */
#include <string.h>

#include "arms.h"
#include "storecore.h"

bool
check_campaign(struct store *s, int64_t key, struct fault *f)
{
	static struct buf since, until, why;
	static struct arms arms;
	const char *text = store_text(s, "arms"), *first, *last;

	if (text && !arms_read(&arms, text, &why))
		return fault_say(f, "arms", "%s", why.text);
	first = row_text(s, key, "since", &since);
	last = row_text(s, key, "until", &until);
	if (first && last && strcmp(last, first) < 0)
		return fault_say(f, "until", "before it begins, on %s",
		    first);
	return true;
}
