/* Numbers and amounts: what is read is itself when written and read. */
#include <string.h>

#include "fuzz.h"
#include "money.h"
#include "num.h"

static void
run(const char *text, size_t size)
{
	char number[NUM_SIZE], amount[MONEY_SIZE];
	int64_t n, again;
	double real;
	int digits;

	(void)size;
	if (num_int(text, &n)) {
		num_text(number, n);
		fuzz_check(num_int(number, &again) && again == n,
		    "a number that is not itself");
		fuzz_check(num_real(text, &real), "whole, but not real");
	}
	num_real(text, &real);
	for (digits = 0; digits <= 4; digits++)
		if (money_parse(text, digits, &n)) {
			money_text(amount, n, digits);
			fuzz_check(money_parse(amount, digits, &again) &&
			    again == n, "an amount that is not itself");
		}
	money_digits(text);
}

const struct target target = { NULL, run, NULL, { 0 }, 0 };
