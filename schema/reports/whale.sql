-- The whale curve: profit added up from the best customer to the worst.
-- Group: customers
--
-- Parameters
--   from   day    -      first day that counts
--   to     day    today  last day that counts
--   parts  count  100    rows: percentiles
-- Columns
--   part        count    1 for the most profitable customers
--   customers   count    how many it has
--   least       money    the least profit of one of them
--   profit      money    profit of all of them
--   losing      count    those of them whose profit is below nothing
--   ranked      count    customers up to here
--   cumulative  money    profit up to here
--   share       percent  that in percent of the whole profit
--   unpriced    count    sales and costs left out for want of a rate
-- Definitions
--   Profit is that of the report value, customers are those.  A share above
--   100 is what the customers that follow take away again (R. Kaplan and
--   V. Narayanan, Measuring and Managing Customer Profitability, Journal of
--   Cost Management, 2001).  With fewer customers than parts each is a part.
--   Without any profit there is no share.
WITH z AS (
	SELECT o.contact, o.profit_minor AS profit, o.unpriced
	  FROM sold(:from, :to) o
	 UNION ALL
	SELECT p.contact, -p.staff_minor - p.channel_minor - p.service_minor
	       - p.retention_minor - p.acquisition_minor, p.unpriced
	  FROM spent(:from, :to) p
	 WHERE EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = p.contact AND s.refunds IS NULL
	                  AND s.day <= min(:to, today()))
), a AS (
	SELECT z.*, (SELECT c.org FROM contact c
	              WHERE c.contact = z.contact) AS org
	  FROM z
), v AS (
	SELECT {unit a} AS contact, sum(a.profit) AS profit,
	       sum(a.unpriced) AS unpriced
	  FROM a
	 WHERE 1 {only a.contact}
	 GROUP BY {unit a}
), n AS (
	SELECT {by v.contact} v.* FROM v
), r AS (
	SELECT n.*, ntile(max(:parts, 1)) OVER
	           (PARTITION BY {groups} NULL ORDER BY profit DESC, contact)
	           AS part
	  FROM n
), g AS (
	SELECT {groups} part, count(*) AS customers, min(profit) AS least,
	       sum(profit) AS profit, sum(profit < 0) AS losing,
	       sum(unpriced) AS unpriced
	       {contacts contact}
	  FROM r
	 GROUP BY {groups} part
)
SELECT {columns} part, customers, least, profit, losing,
       sum(customers) OVER w AS ranked, sum(profit) OVER w AS cumulative,
       rate(sum(profit) OVER w, sum(profit) OVER
           (PARTITION BY {groups} NULL)) AS share, unpriced
       {contacts contacts_}
  FROM g
 GROUP BY {groups} part
WINDOW w AS (PARTITION BY {groups} NULL ORDER BY part)
 ORDER BY {groups} part
