WITH line AS (
	SELECT substr(day, 1, 7) AS month,
	       iif(refunds IS NULL, contact || ' ' || ifnull(order_no, day),
	           NULL) AS bought, quantity,
	       CASE currency WHEN 'EUR' THEN amount
	           ELSE round(amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS amount,
	       CASE currency WHEN 'EUR' THEN cost
	           ELSE round(cost * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS cost
	  FROM sale s
	 WHERE day BETWEEN '2026-01-01' AND '2026-11-23'
), month AS (
	SELECT month, count(DISTINCT bought) AS orders,
	       sum(quantity) AS quantity, sum(amount) AS revenue,
	       sum(cost) AS cost,
	       count(*) - count(amount) AS unpriced,
	       julianday(min(date(month || '-01', '1 month'), '2026-11-24'))
	           - julianday(month || '-01') AS days
	  FROM line
	 GROUP BY month
), spent AS (
	SELECT substr(day, 1, 7) AS month,
	       sum(CASE currency WHEN 'EUR' THEN amount
	           ELSE round(amount * (SELECT r.value FROM rate r
	               WHERE r.currency = x.currency AND r.day <= x.day
	               ORDER BY r.day DESC LIMIT 1)) END) AS amount
	  FROM expense x
	 WHERE kind <> 'service' AND day BETWEEN '2026-01-01' AND '2026-11-23'
	 GROUP BY 1
)
SELECT month, orders, quantity, printf('%.2f', revenue / 100),
       printf('%.2f', revenue / days / 100), printf('%.2f', cost / 100),
       printf('%.2f', (revenue - cost) / 100),
       round(100.0 * (revenue - cost) / revenue, 6),
       printf('%.2f', amount / 100), round(100.0 * amount / revenue, 6),
       NULL, NULL, unpriced
  FROM month LEFT JOIN spent USING (month)
 ORDER BY month;
