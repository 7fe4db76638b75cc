/* Arms read, and drawn in proportion to their weights, always alike. */
#undef NDEBUG
#include <assert.h>
#include <math.h>
#include <string.h>

#include "arms.h"

static void
wrong(void)
{
	static const struct {
		const char *text, *why;
	} table[] = {
		{ "", "not NAME:WEIGHT: ''" },
		{ "a", "not NAME:WEIGHT: 'a'" },
		{ ":1", "not NAME:WEIGHT: ':1'" },
		{ "a:1,", "not NAME:WEIGHT: ''" },
		{ "a:0", "a: not a whole number from 1 to 1000000: '0'" },
		{ "a:1,b:-2", "b: not a whole number from 1 to 1000000: "
		    "'-2'" },
		{ "a:1.5", "a: not a whole number from 1 to 1000000: '1.5'" },
		{ "a:%", "a: not a whole number from 1 to 1000000: ''" },
		{ "a:1,b:2,a:3", "'a' is there twice" },
		{ "a:50%,b:40%", "they add up to 90 %, not 100" },
		{ "a:50%,b:50", "either all or none in percent" },
		{ "control:1", "nothing but control" },
	};
	struct arms a = { 0 };
	struct buf why = { 0 };
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		assert(!arms_read(&a, table[i].text, &why));
		assert(strcmp(why.text, table[i].why) == 0);
	}
	buf_free(&a.text);
	buf_free(&why);
}

/* Of 100,000 contacts each arm has its share, within 3 standard errors. */
static void
draw(const char *text, int64_t seed, int n, const double share[])
{
	struct buf why = { 0 };
	struct arms a = { 0 }, b = { 0 };
	const double all = 100000;
	int count[64] = { 0 }, i;
	int64_t contact;
	const char *got;

	assert(arms_read(&a, text, &why) && arms_read(&b, text, &why));
	for (contact = 1; contact <= 100000; contact++) {
		got = arms_draw(&a, seed, 7, contact);
		assert(strcmp(got, arms_draw(&b, seed, 7, contact)) == 0);
		for (i = 0; arms_at(&a, i) != got; i++)
			;
		count[i]++;
	}
	for (i = 0; i < n; i++)
		assert(fabs(count[i] - all * share[i]) <=
		    3 * sqrt(all * share[i] * (1 - share[i])));
	assert(!arms_at(&a, n));
	buf_free(&a.text);
	buf_free(&b.text);
	buf_free(&why);
}

/* Another seed, another campaign: nothing is known of the arm. */
static void
independent(void)
{
	struct buf why = { 0 };
	struct arms a = { 0 };
	int seeds = 0, campaigns = 0;
	int64_t i;

	assert(arms_read(&a, "a:1,b:1", &why));
	for (i = 1; i <= 100000; i++) {
		seeds += arms_draw(&a, 1, 1, i) == arms_draw(&a, 2, 1, i);
		campaigns += arms_draw(&a, 1, 1, i) == arms_draw(&a, 1, 2, i);
	}
	assert(fabs(seeds - 50000.0) < 3 * 159);
	buf_free(&a.text);
	assert(fabs(campaigns - 50000.0) < 3 * 159);
	buf_free(&why);
}

int
main(void)
{
	wrong();
	draw("mens:1,womens:1,control:1", 1, 3,
	    (const double[]){ 1 / 3.0, 1 / 3.0, 1 / 3.0 });
	draw("mail:45%,post:45%,control:10%", 1, 3,
	    (const double[]){ .45, .45, .1 });
	draw("a:1,b:999", 42, 2, (const double[]){ .001, .999 });
	draw("all:1", -5, 1, (const double[]){ 1 });
	independent();
	return 0;
}
