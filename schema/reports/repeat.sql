-- How often every customer buys, and who should have bought again by now.
-- Group: customers
--
-- Parameters
--   to      day    today  last day that counts
--   orders  count  2      only customers with so many orders
-- Columns
--   contact   contact  the customer
--   name      text     its name
--   orders    count    orders
--   first     day      day of the first purchase
--   last      day      day of the last one
--   interval  days     median of the days between days of purchase
--   expected  day      day on which the next one would be
--   overdue   days     days since then, and not before it
-- Definitions
--   A purchase is a sale that gives nothing back.  Who bought on one day only
--   has no interval and is not expected.  Rows come with the longest overdue
--   first, measured by their own interval.
WITH b AS (
	SELECT s.contact,
	       count(DISTINCT iif(order_by_day(), s.day,
	           ifnull(s.order_no, s.day))) AS orders,
	       min(s.day) AS first, max(s.day) AS last,
	       median_gap(group_concat(DISTINCT s.day)) AS interval
	  FROM sale s
	 WHERE s.refunds IS NULL AND s.day <= min(:to, today()) {only s.contact}
	 GROUP BY s.contact
), n AS (
	SELECT {by b.contact} b.*,
	       date(last, CAST(interval AS INTEGER) || ' days') AS expected,
	       CAST(max(0, days_since(last) - max(0, days_since(:to))
	           - interval) AS INTEGER) AS overdue
	  FROM b
	 WHERE b.orders >= :orders
)
SELECT {columns} n.contact, c.name, n.orders, n.first, n.last, n.interval,
       n.expected, ifnull(n.overdue, 0) AS overdue
  FROM n JOIN contact c ON c.contact = n.contact
 ORDER BY {groups n} 1.0 * n.overdue / n.interval DESC, n.contact
