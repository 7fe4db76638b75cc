WITH line AS (
	SELECT s.contact, s.day, s.refunds IS NULL AS bought,
	       CASE s.currency WHEN 'EUR' THEN s.amount
	           ELSE round(s.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS amount,
	       CASE s.currency WHEN 'EUR' THEN s.cost
	           ELSE round(s.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS cost
	  FROM sale s
	 WHERE s.day <= '2026-11-23'
), buyer AS (
	SELECT contact, min(day) FILTER (WHERE bought) AS first,
	       max(bought AND day >= '2025-11-24') AS kept,
	       sum(amount) FILTER (WHERE day >= '2025-11-24') AS revenue,
	       sum(amount - ifnull(cost, 0)) FILTER (WHERE day >= '2025-11-24')
	           AS profit
	  FROM line
	 GROUP BY contact
	HAVING first < '2025-11-24'
), held AS (
	SELECT contact, count(*) AS lines
	  FROM (SELECT contact, line
	          FROM sale s NOT INDEXED JOIN product USING (product)
	         WHERE day < '2025-11-24' AND line IS NOT NULL
	         GROUP BY 1, 2
	        HAVING sum(s.quantity) > 0)
	 GROUP BY contact
), sums AS (
	SELECT ifnull(lines, 0) AS lines, count(*) AS n, sum(kept) AS h,
	       ifnull(sum(revenue), 0) AS revenue,
	       ifnull(sum(profit), 0) AS profit,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM buyer CROSS JOIN contact c USING (contact)
	  LEFT JOIN held USING (contact)
	 WHERE c.role = 'customer'
	 GROUP BY 1
)
SELECT lines, n, h, printf('%.2f', revenue / 100.0),
       printf('%.2f', profit / 100.0), round(revenue / 100.0 / n, 6),
       round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM sums
 ORDER BY lines;
