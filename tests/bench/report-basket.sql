WITH part AS MATERIALIZED (
	SELECT contact, ifnull(order_no, day) AS nr, product AS item
	  FROM sale NOT INDEXED
	 WHERE product IS NOT NULL AND refunds IS NULL AND day <= '2026-11-23'
	 GROUP BY 1, 2, 3
), basket AS MATERIALIZED (
	SELECT count(*) AS orders
	  FROM (SELECT 1 FROM part GROUP BY contact, nr)
), item AS MATERIALIZED (
	SELECT item, count(*) AS n FROM part GROUP BY item
), pair AS MATERIALIZED (
	SELECT a.item AS a, b.item AS b, count(*) AS n
	  FROM part a JOIN part b
	    ON b.contact = a.contact AND b.nr = a.nr AND b.item > a.item
	 GROUP BY 1, 2
	HAVING count(*) >= 2
), both AS (
	SELECT a, b, n AS h FROM pair
	 UNION ALL
	SELECT b, a, n FROM pair
), sums AS (
	SELECT p.name AS product, o.name AS other, orders, x.n AS n,
	       y.n AS second, h, 1.959963984540054 * 1.959963984540054 AS zz
	  FROM both CROSS JOIN basket
	  JOIN item x ON x.item = a JOIN item y ON y.item = b
	  JOIN product p ON p.product = a JOIN product o ON o.product = b
)
SELECT product, other, orders, n, second, h, round(100.0 * h / orders, 6),
       round(1.0 * h * orders / n / second, 6),
       round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM sums
 ORDER BY 1.0 * h * orders / n / second DESC, h DESC, product, other;
