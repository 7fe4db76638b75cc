-- Customers in tenths by revenue, profit or orders, the best first.
-- Group: customers
--
-- Parameters
--   measure  revenue|profit|orders  revenue  what they are ranked by
--   from     day    -      first day that counts
--   to       day    today  last day that counts
--   parts    count  10     rows
-- Columns
--   decile      count    1 for the best
--   customers   count    how many it has
--   least       number   the least that one of them has; amounts in major units
--   most        number   the most
--   sum         number   what all of them have
--   share       percent  that in percent of all
--   cumulative  percent  share up to here
--   unpriced    count    sales and costs left out for want of a rate
-- Definitions
--   Customers are those who bought something in the period; by profit those of
--   the report value, whose profit it is.  The parts are of equal size, but
--   for one; between equals the lower number of the contact decides.
WITH a AS (
	SELECT o.contact, o.orders AS x, 0 AS unpriced
	  FROM sold(:from, :to) o
	 WHERE :measure = 'orders' AND o.orders > 0
	 UNION ALL
	SELECT o.contact, o.revenue_minor, o.unpriced
	  FROM sold(:from, :to) o
	 WHERE :measure = 'revenue' AND o.orders > 0
	 UNION ALL
	SELECT o.contact, o.profit_minor, o.unpriced
	  FROM sold(:from, :to) o
	 WHERE :measure = 'profit'
	 UNION ALL
	SELECT p.contact, -p.staff_minor - p.channel_minor - p.service_minor
	       - p.retention_minor - p.acquisition_minor, p.unpriced
	  FROM spent(:from, :to) p
	 WHERE :measure = 'profit'
	   AND EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = p.contact AND s.refunds IS NULL
	                  AND s.day <= min(:to, today()))
), b AS (
	SELECT a.*, (SELECT c.org FROM contact c
	              WHERE c.contact = a.contact) AS org
	  FROM a
), v AS (
	SELECT {unit b} AS contact, sum(b.x) AS x, sum(b.unpriced) AS unpriced
	  FROM b
	 WHERE 1 {only b.contact}
	 GROUP BY {unit b}
), n AS (
	SELECT {by v.contact} v.* FROM v
), r AS (
	SELECT n.*, ntile(max(:parts, 1)) OVER
	           (PARTITION BY {groups} NULL ORDER BY x DESC, contact) AS part
	  FROM n
), g AS (
	SELECT {groups} part, count(*) AS customers,
	       min(x) * u.unit AS least, max(x) * u.unit AS most,
	       sum(x) * u.unit AS sum, sum(unpriced) AS unpriced
	       {contacts contact}
	  FROM r JOIN (SELECT iif(:measure = 'orders', 1, major(1, NULL))
	                      AS unit) u
	 GROUP BY {groups} part
)
SELECT {columns} part AS decile, customers, least, most, sum,
       rate(sum, sum(sum) OVER (PARTITION BY {groups} NULL)) AS share,
       rate(sum(sum) OVER (PARTITION BY {groups} NULL ORDER BY part),
           sum(sum) OVER (PARTITION BY {groups} NULL)) AS cumulative,
       unpriced {contacts contacts_}
  FROM g
 GROUP BY {groups} part
 ORDER BY {groups} part
