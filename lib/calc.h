/*
 * calc -- the functions that expressions and fragments may call.
 *
 *   now() today()          the instant and the local day, by the clock
 *   day('som')             any day of crm-date(7)
 *   within(x, '2026-Q3')   is the day or instant x in the range?
 *   days_since(x)          whole days from x to today; NULL if x is
 *   days_before(n)         the day n days before today
 *   years_since(x)         completed years; NULL without a year
 *   days_to(x)             days from today to the next anniversary of the day
 *                          x, a birthday: 0 on it; NULL if x is none
 *   fold(x)                the key that names are compared by
 *   me()                   login of who runs this
 *   money(minor, cur)      exact text in major units
 *   major(minor, cur)      the same as a number
 *   base_currency()        of crm.yaml
 *   in_base(minor, cur, rate)  the amount in minor units of the base currency,
 *                          half to even; NULL where the rate is
 *   probability(p, s)      percent of the deals in stage s of pipeline p that
 *                          are won; NULL if crm.yaml does not say
 *   rots_on(p, s, d)       day until which a deal that came to stage s of
 *                          pipeline p on day d may stay there, or NULL
 *   phase(stage)           the phase that a stage belongs to, by crm.yaml
 *   points(x, least, most) x within these (NULL: no bound), to two decimals;
 *                          0 where x is NULL
 *   order_by_day()         1: an order is a day, by order.distinct
 *   median_gap(days)       median of the days between the days of a list by
 *                          comma, in order; NULL for less than two
 *   points_left(list), points_expired(list), points_next(list),
 *   points_going(list)     of a contact's points, POINTS_OF in catalogbase.h:
 *                          how many are left today, how many have expired,
 *                          the next day on which some do, and how many
 *   percent(h)             hundredths of a percent as exact text, 19.00
 *   share(minor, h)        that much of an amount, half to even
 *   rate(h, n)             100 h / n, percent; NULL where n is 0 or h NULL
 *   rate_low(h, n), rate_high(h, n)
 *                          Wilson's interval of that, 95 % (stats.h)
 *   few(n)                 'few' for n under 10, else NULL
 *   plain(x)               a number as text, to six decimals, none in vain
 *   period(day, p)         the month, quarter, week (ISO 8601), year or day p
 *                          that a day is in: 2026-08, 2026-Q3, 2026-W32
 *   stage_rank(stage)      1 for the first of the lifecycle; NULL: an exit
 *   deal_stage_rank(p, s)  the same of stage s in pipeline p
 *   bin(x, limits)         1 for x below the first of the limits that
 *                          quantiles() told, one more for each it is not
 *                          below; NULL for NULL
 *
 * and these over the rows of a group, NULLs left out, for reports:
 *
 *   median(x), quantile(x, p)  type 7 of Hyndman and Fan, Sample Quantiles
 *                          in Statistical Packages, The American
 *                          Statistician 50 (1996): linear between ranks
 *   quantiles(x, n)        the n - 1 of them that divide into n parts, for bin
 *
 * A NULL currency is the base currency.
 */
#ifndef CRM_CALC_H
#define CRM_CALC_H

struct db;

void calc_define(struct db *); /* once for each, however often called */
void calc_define_reports(struct db *); /* those from rate(h, n) on */

/* The configured currency, EUR by default; dies CONFIG if it is none. */
const char *calc_base(void);

/* Another currency counts as that one from now on. */
void calc_count_in(const char *currency);

/* Set the zone and the calendar of date.h from crm.yaml, once. */
void calc_calendar(void);

/* The currencies for which in_base was given no rate, by comma; NULL: none. */
const char *calc_unpriced(void);

/* $CRM_USER, else the login of the real user. */
const char *calc_me(void);
const char *calc_login(void);

#endif
