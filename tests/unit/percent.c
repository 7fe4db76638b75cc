/* Percentages, and shares of amounts rounded half to even. */
#undef NDEBUG
#include <assert.h>

#include "percent.h"

static void
read(void)
{
	static const struct {
		const char *text;
		int64_t is; /* -1: refused */
	} table[] = {
		{ "0", 0 }, { "19", 1900 }, { "7.5", 750 }, { "0.25", 25 },
		{ "100", 10000 }, { "100.00", 10000 }, { "100.01", -1 },
		{ "-1", -1 }, { "2.505", -1 }, { "", -1 }, { "5%", -1 },
		{ ".5", 50 }, { "5.", -1 }, { "1e1", -1 },
	};
	int64_t n;
	int i;

	for (i = 0; i < (int)(sizeof(table) / sizeof(*table)); i++) {
		n = -1;
		if (!percent_parse(table[i].text, &n))
			n = -1;
		assert(n == table[i].is);
	}
}

static void
halves(void)
{
	assert(percent_of(1, 5000) == 0);  /* 0.5 */
	assert(percent_of(3, 5000) == 2);  /* 1.5 */
	assert(percent_of(5, 5000) == 2);  /* 2.5 */
	assert(percent_of(7, 5000) == 4);  /* 3.5 */
	assert(percent_of(10, 250) == 0);  /* 0.25 */
	assert(percent_of(30, 250) == 1);  /* 0.75 */
	assert(percent_of(0, PERCENT_ALL) == 0);
	assert(percent_of(PERCENT_MOST, PERCENT_ALL) == PERCENT_MOST);
	assert(percent_of(PERCENT_MOST, 1900) == 171000000000000);
}

/* The nearest whole number, by another way: in 20000ths, a tie to even. */
static void
nearest(void)
{
	int64_t amount, rate, got, twice;

	for (amount = 0; amount < 1200; amount += 7)
		for (rate = 0; rate <= PERCENT_ALL; rate += 25) {
			got = percent_of(amount, rate);
			twice = 2 * (got * PERCENT_ALL - amount * rate);
			assert(twice <= PERCENT_ALL && twice >= -PERCENT_ALL);
			if (twice == PERCENT_ALL || twice == -PERCENT_ALL)
				assert(got % 2 == 0);
		}
}

int
main(void)
{
	read();
	halves();
	nearest();
	return 0;
}
