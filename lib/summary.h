/*
 * summary -- what was bought, said and spent, one row a contact, by one scan.
 *
 * sold, talked and staffed are table-valued functions (dbtable.h) for lists,
 * rules and reports; crm-schema(5) has their columns.  sold and talked take
 * a first and a last day, sold('2026-01-01', '2026-06-30'): without them
 * everything up to now counts, and nothing later ever does.  The columns of
 * the last 90 and 365 days end with that last day.  What counts is what the
 * catalogue's columns of the same names count (catalogpeople.c), except that
 * an organisation's people have rows of their own.
 *
 * cohorted(first day, last day, per) has a row for each cohort, the buyers
 * whose first purchase fell into the same month (quarter, year), and each such
 * period in which they bought, from the first day's on: age, the periods in
 * between; buyers, how many did; kept, those of them who had bought in the
 * period before as well; revenue_minor, what all of it brought, less refunds;
 * buyers_minor, what the buyers did; kept_minor, what those brought who had
 * bought in the period before; least_minor, the same, of each at least 0 and
 * no more than before; buyers_unpriced and kept_unpriced, their sales without
 * a rate.  What was given back in a period without a purchase is a row without
 * buyers.
 *
 * scored(last day, parts) has a row for each buyer: recency, the days since
 * the last purchase; frequency, orders; monetary_minor, what was paid, less
 * refunds; and r, f, m, into which of so many parts (5) of all buyers it falls
 * by each, the best the highest: one more than the number of thresholds that
 * it reaches, which are the quantiles (quantile.h) and one day, order or major
 * unit.
 *
 * spent(first day, last day) has a row for each contact on whom time or money
 * was spent, in order: minutes of interactions with it; staff_minor, what the
 * time of all of us who took part cost; channel_minor, what they cost besides;
 * service_minor, retention_minor (with rewards) and acquisition_minor, expenses
 * of that kind; unpriced, how much of it all has no rate; service_unpriced,
 * without retention and acquisition.  It holds about a hundred bytes a contact.
 */
#ifndef CRM_SUMMARY_H
#define CRM_SUMMARY_H

struct db;

/* Make them known, once, however often called; calc_define must have been
 * called. */
void summary_define(struct db *);

#endif
