/*
 * catalogbase -- amounts in the base currency, for fragments of SQL.
 *
 * An amount in another currency counts at the last rate on or before its day;
 * NULL where there is none, which in_base (calc.h) takes note of.
 */
#ifndef CRM_CATALOGBASE_H
#define CRM_CATALOGBASE_H

#define RATE_ON(currency, day) \
	"(SELECT r.value FROM rate r WHERE r.currency = " currency \
	" AND r.day <= " day " ORDER BY r.day DESC LIMIT 1)"

#define IN_BASE(amount, currency, day) \
	"CASE WHEN " currency " = base_currency() THEN " amount \
	" ELSE in_base(" amount ", " currency ", " RATE_ON(currency, day) \
	") END"

#endif
