-- What every customer brought and cost: revenue, costs and profit.
-- Group: customers
--
-- Parameters
--   from  day  -      first day that counts
--   to    day  today  last day that counts
-- Columns
--   contact      contact  the customer
--   name         text     its name
--   revenue      money    revenue, less refunds
--   cost         money    what the goods cost us
--   service      money    cost to serve
--   retention    money    spent on keeping the customer
--   acquisition  money    spent on winning the customer
--   profit       money    revenue less all of these
--   unpriced     count    sales left out of the amounts: no rate
-- Definitions
--   A customer is who bought something ever, up to the day of to=.  The cost to
--   serve is the minutes of all interactions with a customer, each times the
--   hour cost of everyone of us who took part, what they cost besides, and
--   service expenses (R. Kaplan and V. Narayanan, Measuring and Managing
--   Customer Profitability, Journal of Cost Management, 2001).  Retention is
--   such expenses and the cost of rewards.  An expense that names no contact
--   is nobody's.  Rows come with the greatest profit first.
WITH w AS (
	SELECT i.contact, 0 AS acquisition,
	       ifnull(i.minutes * {base f.hour_cost f.currency i.day} / 60.0, 0)
	           + ifnull({base i.cost i.currency i.day}, 0) AS service,
	       0 AS retention
	  FROM interaction i LEFT JOIN staff f ON f.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0) AND i.at <= now()
	   AND i.day <= :to AND (:from IS NULL OR i.day >= :from)
	 UNION ALL
	SELECT i.contact, 0,
	       i.minutes * {base f.hour_cost f.currency i.day} / 60.0, 0
	  FROM participant p JOIN interaction i ON i.interaction = p.interaction
	  JOIN staff f ON f.staff = p.staff
	 WHERE i.minutes > 0 AND i.at <= now() AND f.staff IS NOT i.by
	   AND i.day <= :to AND (:from IS NULL OR i.day >= :from)
	 UNION ALL
	SELECT x.contact,
	       iif(x.kind = 'acquisition', {base x.amount x.currency x.day}, 0),
	       iif(x.kind = 'service', {base x.amount x.currency x.day}, 0),
	       iif(x.kind = 'retention', {base x.amount x.currency x.day}, 0)
	  FROM expense x
	 WHERE x.contact IS NOT NULL AND x.day <= min(:to, today())
	   AND (:from IS NULL OR x.day >= :from)
	 UNION ALL
	SELECT g.contact, 0, 0, {base g.cost g.currency g.day}
	  FROM reward g
	 WHERE g.cost <> 0 AND g.day <= min(:to, today())
	   AND (:from IS NULL OR g.day >= :from)
), z AS (
	SELECT o.contact, o.revenue_minor AS revenue, o.cost_minor AS cost,
	       o.unpriced, 0 AS service, 0 AS retention, 0 AS acquisition
	  FROM sold(:from, :to) o
	 UNION ALL
	SELECT w.contact, 0, 0, 0, CAST(round(total(w.service)) AS INTEGER),
	       CAST(total(w.retention) AS INTEGER),
	       CAST(total(w.acquisition) AS INTEGER)
	  FROM w
	 GROUP BY w.contact
	HAVING EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = w.contact AND s.refunds IS NULL
	                  AND s.day <= min(:to, today()))
), a AS (
	SELECT z.*, (SELECT c.org FROM contact c
	              WHERE c.contact = z.contact) AS org
	  FROM z
), v AS (
	SELECT {unit a} AS contact, sum(a.revenue) AS revenue,
	       sum(a.cost) AS cost, sum(a.service) AS service,
	       sum(a.retention) AS retention, sum(a.acquisition) AS acquisition,
	       sum(a.revenue - a.cost - a.service - a.retention - a.acquisition)
	           AS profit, sum(a.unpriced) AS unpriced
	  FROM a
	 WHERE 1 {only a.contact}
	 GROUP BY {unit a}
)
SELECT {columns} v.contact, c.name, v.revenue, v.cost, v.service, v.retention,
       v.acquisition, v.profit, v.unpriced
  FROM (SELECT {by v.contact} v.* FROM v) v
  JOIN contact c ON c.contact = v.contact
 ORDER BY {groups v} v.profit DESC, v.contact
