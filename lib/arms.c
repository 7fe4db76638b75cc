#include "arms.h"

#include <string.h>

#include "num.h"

enum { HEAVIEST = 1000000 }; /* weight */

const char *
arms_at(const struct arms *a, int i)
{
	return a->arm[i].name;
}

bool
arms_have(const struct arms *a, const char *name)
{
	int i;

	for (i = 0; i < a->n; i++)
		if (strcmp(a->arm[i].name, name) == 0)
			return true;
	return false;
}

/* "mail:45"; percent is set where it is one. */
static bool
read_arm(struct arms *a, char *part, bool *percent, struct buf *why)
{
	char *colon = strrchr(part, ':');
	int64_t weight, before = a->n ? a->arm[a->n - 1].upto : 0;

	if (!colon || colon == part) {
		buf_printf(why, "not NAME:WEIGHT: '%s'", part);
		return false;
	}
	*colon++ = '\0';
	*percent = *colon && colon[strlen(colon) - 1] == '%';
	if (*percent)
		colon[strlen(colon) - 1] = '\0';
	if (!num_int(colon, &weight) || weight < 1 || weight > HEAVIEST)
		buf_printf(why, "%s: not a whole number from 1 to %d: '%s'",
		    part, HEAVIEST, colon);
	else if (arms_have(a, part))
		buf_printf(why, "'%s' is there twice", part);
	else if (a->n == ARMS_MOST)
		buf_printf(why, "more than %d", ARMS_MOST);
	if (why->len)
		return false;
	a->arm[a->n++] = (struct arm){ part, before + weight };
	return true;
}

static bool
adds_up(const struct arms *a, int percents, struct buf *why)
{
	int64_t all = a->arm[a->n - 1].upto;

	if (percents && percents < a->n)
		buf_text(why, "either all or none in percent");
	else if (percents && all != 100)
		buf_printf(why, "they add up to %lld %%, not 100",
		    (long long)all);
	else if (a->n == 1 && strcmp(a->arm[0].name, ARMS_CONTROL) == 0)
		buf_text(why, "nothing but " ARMS_CONTROL);
	return why->len == 0;
}

bool
arms_read(struct arms *a, const char *text, struct buf *why)
{
	char *part, *comma;
	bool percent = false;
	int percents = 0;

	buf_clear(why);
	buf_clear(&a->text);
	buf_text(&a->text, text);
	a->n = 0;
	for (part = a->text.text; part; part = comma) {
		comma = strchr(part, ',');
		if (comma)
			*comma++ = '\0';
		part += strspn(part, " ");
		if (!read_arm(a, part, &percent, why))
			return false;
		percents += percent;
	}
	a->arm[a->n].name = NULL;
	return adds_up(a, percents, why);
}

static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

const char *
arms_draw(const struct arms *a, int64_t seed, int64_t campaign,
    int64_t contact)
{
	uint64_t hash = mix((uint64_t)contact ^
	    mix((uint64_t)campaign ^ mix((uint64_t)seed)));
	/* its upper half, times the weights: below 2^32 * 64,000,000 */
	uint64_t at = (hash >> 32) * (uint64_t)a->arm[a->n - 1].upto >> 32;
	int i = 0;

	while ((uint64_t)a->arm[i].upto <= at)
		i++;
	return a->arm[i].name;
}
