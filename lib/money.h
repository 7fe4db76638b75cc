/*
 * money -- exact amounts: an integer of minor units and a currency.
 *
 * How many decimals a currency has is from ISO 4217 (a table here); an
 * amount with more of them than that is refused, never rounded.
 */
#ifndef CRM_MONEY_H
#define CRM_MONEY_H

#include <stdbool.h>
#include <stdint.h>

/* Decimals of an ISO 4217 code in capitals, or -1: no such currency. */
int money_digits(const char *currency);

/* Minor units in a major one of so many decimals. */
double money_unit(int digits);

/* "1234.5", "-0.05", "1234" to minor units; no thousands separators. */
bool money_parse(const char *, int digits, int64_t *minor);

/* Minor units to "1234.50", all decimals; returns to. */
enum { MONEY_SIZE = 32 };
char *money_text(char to[MONEY_SIZE], int64_t minor, int digits);

#endif
