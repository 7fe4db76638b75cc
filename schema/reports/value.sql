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
--   unpriced     count    sales and costs left out of the amounts: no rate
-- Definitions
--   A customer is who bought something ever, up to the day of to=.  The cost to
--   serve is the minutes of all interactions with a customer, each times the
--   hour cost of everyone of us who took part, what they cost besides, and
--   service expenses (R. Kaplan and V. Narayanan, Measuring and Managing
--   Customer Profitability, Journal of Cost Management, 2001).  Retention is
--   such expenses and the cost of rewards.  An expense that names no contact
--   is nobody's.  Rows come with the greatest profit first.
WITH z AS (
	SELECT o.contact, o.revenue_minor AS revenue, o.cost_minor AS cost,
	       o.unpriced, 0 AS service, 0 AS retention, 0 AS acquisition
	  FROM sold(:from, :to) o
	 UNION ALL
	SELECT p.contact, 0, 0, p.unpriced,
	       p.staff_minor + p.channel_minor + p.service_minor,
	       p.retention_minor, p.acquisition_minor
	  FROM spent(:from, :to) p
	 WHERE EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = p.contact AND s.refunds IS NULL
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
