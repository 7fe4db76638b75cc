#include "percent.h"

#include "money.h"

bool
percent_parse(const char *s, int64_t *hundredths)
{
	return money_parse(s, 2, hundredths) && *hundredths >= 0 &&
	    *hundredths <= PERCENT_ALL;
}

int64_t
percent_of(int64_t amount, int64_t hundredths)
{
	int64_t n = amount * hundredths, whole = n / PERCENT_ALL;
	int64_t rest = n % PERCENT_ALL;

	if (rest == PERCENT_ALL / 2)
		return whole + whole % 2;
	return whole + (rest > PERCENT_ALL / 2);
}
