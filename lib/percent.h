/*
 * percent -- shares of amounts, exact to the minor unit.
 *
 * A percentage is a whole number of hundredths of a percent: 1900 is 19 %.
 * A share that ends in a half of a minor unit is rounded to the even one
 * (IEEE 754, roundTiesToEven), so that sums of many do not drift.
 */
#ifndef CRM_PERCENT_H
#define CRM_PERCENT_H

#include <stdbool.h>
#include <stdint.h>

enum { PERCENT_ALL = 10000 }; /* 100 % */

/* Amounts up to this, in minor units, can be shared without overflow. */
#define PERCENT_MOST INT64_C(900000000000000)

/* "19", "7.5", "0.25": from 0 to 100, with at most two decimals. */
bool percent_parse(const char *, int64_t *hundredths);

/* That much of an amount from 0 to PERCENT_MOST. */
int64_t percent_of(int64_t amount, int64_t hundredths);

#endif
