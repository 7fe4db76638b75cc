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
-- Definitions
--   Profit is that of the report value, customers are those.  A share above
--   100 is what the customers that follow take away again (R. Kaplan and
--   V. Narayanan, Measuring and Managing Customer Profitability, Journal of
--   Cost Management, 2001).  With fewer customers than parts each is a part.
--   Without any profit there is no share.
WITH w AS (
	SELECT i.contact, ifnull({base i.cost i.currency i.day}, 0) +
	       ifnull(i.minutes * {base f.hour_cost f.currency i.day} / 60.0, 0)
	           AS cost
	  FROM interaction i LEFT JOIN staff f ON f.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0) AND i.at <= now()
	   AND i.day <= :to AND (:from IS NULL OR i.day >= :from)
	 UNION ALL
	SELECT i.contact, i.minutes * {base f.hour_cost f.currency i.day} / 60.0
	  FROM participant p JOIN interaction i ON i.interaction = p.interaction
	  JOIN staff f ON f.staff = p.staff
	 WHERE i.minutes > 0 AND i.at <= now() AND f.staff IS NOT i.by
	   AND i.day <= :to AND (:from IS NULL OR i.day >= :from)
	 UNION ALL
	SELECT x.contact, {base x.amount x.currency x.day}
	  FROM expense x
	 WHERE x.contact IS NOT NULL AND x.day <= min(:to, today())
	   AND (:from IS NULL OR x.day >= :from)
	 UNION ALL
	SELECT g.contact, {base g.cost g.currency g.day}
	  FROM reward g
	 WHERE g.cost <> 0 AND g.day <= min(:to, today())
	   AND (:from IS NULL OR g.day >= :from)
), a AS (
	SELECT o.contact, (SELECT c.org FROM contact c
	                    WHERE c.contact = o.contact) AS org,
	       o.profit_minor AS profit
	  FROM sold(:from, :to) o
	 UNION ALL
	SELECT w.contact, (SELECT c.org FROM contact c
	                    WHERE c.contact = w.contact),
	       -CAST(round(total(w.cost)) AS INTEGER)
	  FROM w
	 GROUP BY w.contact
	HAVING EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = w.contact AND s.refunds IS NULL
	                  AND s.day <= min(:to, today()))
), v AS (
	SELECT {unit a} AS contact, sum(a.profit) AS profit
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
	       sum(profit) AS profit, sum(profit < 0) AS losing
	       {contacts contact}
	  FROM r
	 GROUP BY {groups} part
)
SELECT {columns} part, customers, least, profit, losing,
       sum(customers) OVER w AS ranked, sum(profit) OVER w AS cumulative,
       rate(sum(profit) OVER w, sum(profit) OVER
           (PARTITION BY {groups} NULL)) AS share {contacts contacts_}
  FROM g
 GROUP BY {groups} part
WINDOW w AS (PARTITION BY {groups} NULL ORDER BY part)
 ORDER BY {groups} part
