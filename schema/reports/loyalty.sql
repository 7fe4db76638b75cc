-- Do customers of long standing pay?  Tenure against profit.
-- Group: customers
--
-- Parameters
--   from  day  -364d  first day of the profit
--   to    day  today  last day
-- Columns
--   tenure     text   years since the first purchase
--   profits    text   loss, or the lower or upper half of all profits
--   customers  count  who had bought by then
--   share      percent  of all customers of the tenure
--   revenue    money  what they paid in the period, less refunds
--   profit     money  and less cost
--   per_customer  price  profit for each customer
--   before     count   of all of the tenure, who bought in the period before
--   kept       count   of these, who bought again in this one
--   rate       percent  kept of before: retention
--   low        percent  its 95 % interval (Wilson), from
--   high       percent  to
--   few        text    few: under ten
-- Definitions
--   Loyalty pays if the upper half grows with tenure and profit for each
--   customer does: Reinartz and Kumar, The Mismanagement of Customer Loyalty,
--   Harvard Business Review 80 (2002), found that it need not.  The halves are
--   divided at the median profit of all customers there are, but who bought
--   nothing in the period has 0; what is at the median is in the upper half,
--   what is below 0 a loss.  Of a year at least is 1 to 2 years, and so on.
--   Retention is that of the report retention: of those who bought in the
--   period before, as many days, the share that bought again; a refund is no
--   purchase.  It is told of the tenure: who bought nothing has no profit.
--   unit=account takes organisations with their people.
WITH buyer AS (
	SELECT {unit c} AS contact, min(b.first_order) AS first,
	       ifnull(sum(p.revenue_minor), 0) AS revenue,
	       ifnull(sum(p.profit_minor), 0) AS profit,
	       max(ifnull(p.orders, 0)) > 0 AS again,
	       max(ifnull(q.orders, 0)) > 0 AS before
	  FROM contact c JOIN sold(NULL, :to) b USING (contact)
	  LEFT JOIN sold(:from, :to) p ON p.contact = c.contact
	  LEFT JOIN sold(date(:from, '-1 day', (julianday(:from) -
	                      julianday(:to)) || ' days'),
	                 date(:from, '-1 day')) q ON q.contact = c.contact
	 WHERE c.role = 'customer' {only c.contact}
	 GROUP BY {unit c}
	HAVING min(b.first_order) IS NOT NULL
), aged AS MATERIALIZED (
	SELECT *, substr(:to, 1, 4) - substr(first, 1, 4)
	          - (substr(first, 6) > substr(:to, 6)) AS years
	  FROM buyer
), half AS MATERIALIZED (
	SELECT median(profit) AS profit FROM aged
), b AS (
	SELECT {by a.contact} a.contact, a.revenue, a.profit, a.before,
	       a.before AND a.again AS kept,
	       CASE WHEN a.years < 1 THEN 1 WHEN a.years < 2 THEN 2
	       WHEN a.years < 5 THEN 3 ELSE 4 END AS tenure,
	       CASE WHEN a.profit < 0 THEN 1 WHEN a.profit < half.profit THEN 2
	       ELSE 3 END AS profits
	  FROM aged a CROSS JOIN half
), g AS (
	SELECT {groups} tenure, profits, count(*) AS customers,
	       sum(revenue) AS revenue, sum(profit) AS profit,
	       sum(before) AS some, sum(kept) AS again {contacts contact}
	  FROM b
	 GROUP BY {groups} tenure, profits
), t AS (
	SELECT *, sum(customers) OVER w AS everyone,
	       sum(some) OVER w AS before, sum(again) OVER w AS kept
	  FROM g
	WINDOW w AS (PARTITION BY {groups} tenure)
)
SELECT {columns}
       CASE tenure WHEN 1 THEN 'under 1 year' WHEN 2 THEN '1 to 2 years'
       WHEN 3 THEN '2 to 5 years' ELSE 'over 5 years' END AS tenure,
       CASE profits WHEN 1 THEN 'loss' WHEN 2 THEN 'lower half'
       ELSE 'upper half' END AS profits, customers,
       100.0 * customers / everyone AS share, revenue, profit,
       profit * 1.0 / customers AS per_customer, before, kept,
       {rate kept before} {contacts contacts_}
  FROM t
 GROUP BY {groups} t.tenure, t.profits
 ORDER BY {groups} t.tenure, t.profits
