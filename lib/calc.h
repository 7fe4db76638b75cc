/*
 * calc -- the functions that expressions and fragments may call.
 *
 *   now() today()          the instant and the local day, by the clock
 *   day('som')             any day of crm-date(7)
 *   within(x, '2026-Q3')   is the day or instant x in the range?
 *   days_since(x)          whole days from x to today; NULL if x is
 *   days_before(n)         the day n days before today
 *   years_since(x)         completed years; NULL without a year
 *   fold(x)                the key that names are compared by
 *   me()                   login of who runs this
 *   money(minor, cur)      exact text in major units
 *   major(minor, cur)      the same as a number
 *   base_currency()        of crm.yaml
 *   percent(h)             hundredths of a percent as exact text, 19.00
 *   share(minor, h)        that much of an amount, half to even
 *
 * A NULL currency is the base currency.
 */
#ifndef CRM_CALC_H
#define CRM_CALC_H

struct db;

void calc_define(struct db *);

/* The configured currency, EUR by default; dies CONFIG if it is none. */
const char *calc_base(void);

/* Set the zone and the calendar of date.h from crm.yaml, once. */
void calc_calendar(void);

/* $CRM_USER, else the login of the real user. */
const char *calc_me(void);
const char *calc_login(void);

#endif
