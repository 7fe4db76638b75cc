-- How closely customers are bound to us: talks, years, lines and profit.
-- Group: customers
--
-- Parameters
--   least  number  0  only those with a bond of so much
-- Columns
--   contact  contact  the customer
--   name     text   name
--   touches  count  talks in the last 365 days
--   years    number  years since the first purchase
--   lines    count  product lines held
--   profit   money  revenue less cost, ever
--   bond     number  mean of the four ranks, 0 to 99
--   touches_rank  count  percent of the customers that have less, to 99
--   years_rank    count  the same
--   lines_rank    count  the same
--   profit_rank   count  the same
-- Definitions
--   A rank is how many of the 99 percentiles (type 7 of Hyndman and Fan 1996)
--   of all customers asked for are below: who has as little as the least has
--   0.  The bond is the plain mean of the ranks, so it has no unit and is only
--   good for comparing customers of the same list; the ranks tell why.
--   Customers are those who ever bought.
WITH held AS (
	SELECT s.contact, g.line
	  FROM sale s NOT INDEXED JOIN product g USING (product)
	 WHERE s.product IS NOT NULL AND s.day <= today()
	   AND g.line IS NOT NULL
	 GROUP BY 1, 2
	HAVING sum(s.quantity) > 0
), buyer AS MATERIALIZED (
	SELECT c.contact, ifnull(t.touches_365d, 0) AS touches,
	       days_since(b.first_order) / 365.25 AS years,
	       ifnull(h.lines, 0) AS lines, b.profit_minor AS profit
	  FROM contact c JOIN sold() b USING (contact)
	  LEFT JOIN talked() t ON t.contact = c.contact
	  LEFT JOIN (SELECT contact, count(*) AS lines FROM held
	              GROUP BY contact) h ON h.contact = c.contact
	 WHERE c.role = 'customer' AND b.first_order IS NOT NULL
	       {only c.contact}
), q AS MATERIALIZED (
	SELECT quantiles(-touches, 100) AS touches,
	       quantiles(-years, 100) AS years, quantiles(-lines, 100) AS lines,
	       quantiles(-profit, 100) AS profit
	  FROM buyer
), ranked AS (
	SELECT b.*, 100 - bin(-b.touches, q.touches) AS touches_rank,
	       100 - bin(-b.years, q.years) AS years_rank,
	       100 - bin(-b.lines, q.lines) AS lines_rank,
	       100 - bin(-b.profit, q.profit) AS profit_rank
	  FROM buyer b CROSS JOIN q
), b AS (
	SELECT {by r.contact} r.*, (r.touches_rank + r.years_rank
	       + r.lines_rank + r.profit_rank) / 4.0 AS bond
	  FROM ranked r
)
SELECT {columns} b.contact, c.name, b.touches, b.years, b.lines, b.profit,
       b.bond, b.touches_rank, b.years_rank, b.lines_rank, b.profit_rank
  FROM b CROSS JOIN contact c ON c.contact = b.contact
 WHERE b.bond >= :least
 ORDER BY {groups} b.bond DESC, b.contact
