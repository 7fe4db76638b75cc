-- Customers whom we may lose, and why: one row for each reason.
-- Group: customers
--
-- Parameters
--   factor  number   1.5  overdue: so many times the usual interval
--   least   count    3    after so many orders an interval is usual
--   fall    number   50   quiet: fewer talks by so many percent
-- Columns
--   contact   contact  who
--   name      text     name
--   owner     text     who is responsible
--   reason    text     overdue, quiet or competitor
--   evidence  text     what tells it
--   days      count    days since the last order
--   profit    money    revenue less cost, last 365 days
-- Definitions
--   overdue: the last order is longer ago than factor= times the median of the
--   days between days of purchase (median_interval of a contact).
--   quiet: of the last 90 days and the 90 before, the last had fewer talks, by
--   fall= percent at least, and the first had two at least.
--   competitor: an open deal names one.
--   Customers are active, have bought, and are in no exit of the lifecycle.
WITH customer AS MATERIALIZED (
	SELECT c.contact, b.orders, days_since(b.last_order) AS days,
	       b.profit_365d_minor AS profit
	  FROM contact c JOIN sold() b USING (contact)
	 WHERE c.role = 'customer' AND c.active = 1
	   AND stage_rank(c.stage) IS NOT NULL
	   AND b.first_order IS NOT NULL {only c.contact}
), usual AS (
	SELECT c.contact, c.days, c.profit,
	       median_gap((SELECT group_concat(day)
	                     FROM (SELECT DISTINCT s.day FROM sale s
	                            WHERE s.contact = c.contact
	                              AND s.day <= today()
	                              AND s.refunds IS NULL
	                            ORDER BY s.day))) AS gap
	  FROM customer c
	 WHERE c.orders >= :least
), talk AS (
	SELECT c.contact, c.days, c.profit, t.touches_90d AS now,
	       p.touches_90d AS past
	  FROM customer c
	 CROSS JOIN talked(NULL, days_before(90)) p ON p.contact = c.contact
	  LEFT JOIN talked() t ON t.contact = c.contact
	 WHERE p.touches_90d >= 2
), reason AS (
	SELECT contact, days, profit, 'overdue' AS reason,
	       days || ' days, usually ' || plain(gap) AS evidence
	  FROM usual
	 WHERE days > :factor * gap
	 UNION ALL
	SELECT contact, days, profit, 'quiet',
	       ifnull(now, 0) || ' talks in 90 days, ' || past || ' before'
	  FROM talk
	 WHERE ifnull(now, 0) <= past * (1 - :fall / 100.0)
	 UNION ALL
	SELECT c.contact, c.days, c.profit, 'competitor',
	       group_concat(DISTINCT d.competitor)
	  FROM deal d JOIN customer c USING (contact)
	 WHERE d.competitor <> '' AND d.since <= today()
	   AND (d.closed IS NULL OR d.closed > today())
	 GROUP BY c.contact
), r AS (
	SELECT {by r.contact} r.* FROM reason r
)
SELECT {columns} r.contact, c.name,
       (SELECT f.login FROM staff f WHERE f.staff = c.owner) AS owner,
       r.reason, r.evidence, r.days, r.profit
  FROM r CROSS JOIN contact c ON c.contact = r.contact
 ORDER BY {groups} r.profit DESC, r.contact, r.reason
