-- Customers by years since their first purchase: how many, kept, worth what.
-- Group: customers
--
-- Parameters
--   from  day  -364d  first day of the period
--   to    day  today  last day
-- Columns
--   years      count  years since the first purchase, complete on that day
--   customers  count  who had bought by then
--   before     count  of these, those who had bought before the period
--   kept       count  and of these, those who bought in it again
--   revenue    money  what the customers paid in the period, less refunds
--   profit     money  and less cost
--   rate       percent  kept of before: retention
--   low        percent  its 95 % interval (Wilson), from
--   high       percent  to
--   few        text   few: under ten
-- Definitions
--   Retention is the share of those who were customers when the period began
--   that bought in it; who came in the period can't be kept yet.  A refund is
--   no purchase.  unit=account takes organisations with their people.
WITH buyer AS (
	SELECT {unit c} AS contact, min(b.first_order) AS first,
	       max(ifnull(p.orders, 0)) > 0 AS again,
	       sum(p.revenue_minor) AS revenue, sum(p.profit_minor) AS profit
	  FROM contact c JOIN sold(NULL, :to) b USING (contact)
	  LEFT JOIN sold(:from, :to) p ON p.contact = c.contact
	 WHERE c.role = 'customer' {only c.contact}
	 GROUP BY {unit c}
	HAVING min(b.first_order) IS NOT NULL
), b AS (
	SELECT {by b.contact} b.contact, b.revenue, b.profit,
	       substr(:to, 1, 4) - substr(b.first, 1, 4)
	       - (substr(b.first, 6) > substr(:to, 6)) AS years,
	       b.first < :from AS before, b.first < :from AND b.again AS kept
	  FROM buyer b
)
SELECT {columns} years, count(*) AS customers, sum(before) AS before,
       sum(kept) AS kept, ifnull(sum(revenue), 0) AS revenue,
       ifnull(sum(profit), 0) AS profit,
       {rate sum(kept) sum(before)} {contacts contact}
  FROM b
 GROUP BY {groups} years
 ORDER BY {groups} years
