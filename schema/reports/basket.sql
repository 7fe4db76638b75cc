-- What is bought together: pairs in one order, with support and lift.
-- Group: customers
--
-- Parameters
--   of       product|line  product  what is paired
--   from     day     -      first day of orders
--   to       day     today  last day
--   least    count   2      only pairs in so many orders
--   support  number  0      and in so many percent of them
-- Columns
--   product  text    what is bought
--   other    text    and what is bought with it
--   orders   count   orders with any product
--   first    count   those with the first
--   second   count   those with the other
--   both     count   those with both
--   support  percent  both of orders
--   lift     number  how many times as often as by chance
--   rate     percent  both of first: confidence
--   low      percent  its 95 % interval (Wilson), from
--   high     percent  to
--   few      text    few: under ten
-- Definitions
--   Support and confidence as in Agrawal, Imielinski and Swami, Mining
--   Association Rules between Sets of Items in Large Databases (SIGMOD 1993);
--   lift is the confidence over the share of orders with the other, which
--   Brin, Motwani, Ullman and Tsur, Dynamic Itemset Counting (SIGMOD 1997),
--   call interest: above 1 they go together.  An order is a number of the
--   contact, else a day of purchase (crm-config(5), order.distinct); lines
--   without a product are left out, as are refunds.
WITH sold_line AS (
	SELECT s.contact, iif(:of = 'line', g.line, s.product) AS item,
	       iif(order_by_day(), s.day, ifnull(s.order_no, s.day)) AS nr
	  FROM sale s NOT INDEXED
	  LEFT JOIN product g ON g.product = s.product AND :of = 'line'
	 WHERE s.product IS NOT NULL AND s.refunds IS NULL
	   AND (:from IS NULL OR s.day >= :from) AND s.day <= :to
	   AND s.day <= today() {only s.contact}
	 GROUP BY s.contact, nr, item
	HAVING item IS NOT NULL
), part AS MATERIALIZED (
	SELECT {by s.contact} s.contact, s.nr, s.item FROM sold_line s
), basket AS MATERIALIZED (
	SELECT {groups} count(*) AS orders
	  FROM (SELECT DISTINCT {groups} contact, nr FROM part)
	 GROUP BY {groups} NULL
), item AS MATERIALIZED (
	SELECT {groups} item, count(*) AS n FROM part GROUP BY {groups} item
), pair AS MATERIALIZED (
	SELECT {groups a} a.item AS a, b.item AS b, count(*) AS both
	       {contacts a.contact}
	  FROM part a JOIN part b
	    ON b.contact = a.contact AND b.nr = a.nr AND b.item > a.item
	       {same a b}
	 GROUP BY {groups a} a.item, b.item
	HAVING count(*) >= :least
), p AS (
	SELECT * FROM pair
	 UNION ALL
	SELECT {groups} b, a, both {contacts contacts_}
	  FROM pair
	 GROUP BY {groups} b, a
), n AS (
	SELECT p.*, iif(:of = 'line', a, g.name) AS product,
	       iif(:of = 'line', b, h.name) AS other, t.orders,
	       x.n AS first, y.n AS second
	  FROM p CROSS JOIN basket t ON 1 {same p t}
	 CROSS JOIN item x ON x.item = a {same p x}
	 CROSS JOIN item y ON y.item = b {same p y}
	  LEFT JOIN product g ON g.product = a
	  LEFT JOIN product h ON h.product = b
)
SELECT {columns} product, other, orders, first, second, both,
       100.0 * both / orders AS support,
       1.0 * both * orders / first / second AS lift,
       {rate both first} {contacts contacts_}
  FROM n
 WHERE 100.0 * both / orders >= :support
 GROUP BY {groups} product, other
 ORDER BY {groups} lift DESC, both DESC, product, other
