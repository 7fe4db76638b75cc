-- Customers who have bought nothing for a year, and what they used to bring.
-- Group: customers
--
-- Parameters
--   to      day    today  as of that day
--   since   days   365d   nothing bought for so long
--   orders  count  1      only customers with so many orders
--   of      line|product  line  what most tells
-- Columns
--   contact   contact  the customer
--   name      text     its name
--   owner     text     who is responsible
--   orders    count    orders
--   last      day      day of the last purchase
--   days      days     days since then
--   revenue   money    revenue, less refunds
--   lost      money    the part of it in as many days as since= up to the last
--                      purchase
--   unpriced  count    sales left out of the amounts: no rate
--   most      text     the line or product that brought most of lost
-- Definitions
--   With since=365d who bought 365 days ago and not since has lapsed.  What
--   was sold after the last purchase and given back counts in revenue only.
--   Most is by amount, less refunds; of equals the first by name.  Rows come
--   with the greatest loss first.
WITH o AS MATERIALIZED (
	SELECT o.contact, o.orders, o.last_order AS last, o.unpriced,
	       o.revenue_minor AS revenue,
	       days_since(o.last_order) - max(0, days_since(:to)) AS days
	  FROM sold(NULL, :to) o
	 WHERE o.orders >= max(:orders, 1)
	   AND o.last_order <= date(min(:to, today()), -:since || ' days')
	       {only o.contact}
), n AS (
	SELECT {by o.contact} o.*,
	       (SELECT sum({base s.amount s.currency s.day})
	          FROM sale s
	         WHERE s.contact = o.contact AND s.day <= o.last
	           AND s.day > date(o.last, -:since || ' days')) AS lost,
	       (SELECT iif(max(x) > 0, item, NULL)
	          FROM (SELECT iif(:of = 'line', g.line, g.name) AS item,
	                       sum({base s.amount s.currency s.day}) AS x
	                  FROM sale s CROSS JOIN product g USING (product)
	                 WHERE s.contact = o.contact AND s.day <= o.last
	                   AND s.day > date(o.last, -:since || ' days')
	                 GROUP BY item
	                HAVING item IS NOT NULL)) AS most
	  FROM o
)
SELECT {columns} n.contact, c.name, f.login AS owner, n.orders, n.last, n.days,
       n.revenue, ifnull(n.lost, 0) AS lost, n.unpriced, n.most
  FROM n JOIN contact c ON c.contact = n.contact
  LEFT JOIN staff f ON f.staff = c.owner
 ORDER BY {groups n} n.lost DESC, n.contact
