WITH buyer AS (
	SELECT contact, min(day) FILTER (WHERE bought) AS first,
	       total(amount) FILTER (WHERE day >= '2025-11-24') AS revenue,
	       max(bought AND day >= '2025-11-24') AS again,
	       max(bought AND day BETWEEN '2024-11-24' AND '2025-11-23')
	           AS before,
	       total(amount - ifnull(cost, 0))
	           FILTER (WHERE day >= '2025-11-24') AS profit
	  FROM (SELECT s.contact, s.day, s.refunds IS NULL AS bought,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount,
	               CASE s.currency WHEN 'EUR' THEN s.cost
	                   ELSE round(s.cost * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS cost
	          FROM sale s
	         WHERE s.day <= '2026-11-23')
	 GROUP BY contact
	HAVING first IS NOT NULL
), aged AS MATERIALIZED (
	SELECT b.*, min(max(substr('2026-11-23', 1, 4) - substr(first, 1, 4)
	                        - (substr(first, 6) > '11-23'), 0), 5) AS years
	  FROM buyer b CROSS JOIN contact c USING (contact)
	 WHERE c.role = 'customer'
), half AS MATERIALIZED (
	SELECT avg(profit) AS profit
	  FROM (SELECT profit
	          FROM aged
	         ORDER BY profit
	         LIMIT 2 - (SELECT count(*) FROM aged) % 2
	        OFFSET (SELECT count(*) - 1 FROM aged) / 2)
), cell AS (
	SELECT CASE WHEN years < 1 THEN 1 WHEN years < 2 THEN 2
	            WHEN years < 5 THEN 3 ELSE 4 END AS tenure,
	       CASE WHEN a.profit < 0 THEN 1 WHEN a.profit < h.profit THEN 2
	            ELSE 3 END AS profits,
	       count(*) AS n, sum(revenue) AS revenue, sum(a.profit) AS profit,
	       sum(before) AS before, sum(before AND again) AS kept
	  FROM aged a CROSS JOIN half h
	 GROUP BY 1, 2
), told AS (
	SELECT *, 1.959963984540054 * 1.959963984540054 AS zz,
	       sum(n) OVER w AS everyone, sum(before) OVER w AS b,
	       sum(kept) OVER w AS h
	  FROM cell
	WINDOW w AS (PARTITION BY tenure)
)
SELECT CASE tenure WHEN 1 THEN 'under 1 year' WHEN 2 THEN '1 to 2 years'
           WHEN 3 THEN '2 to 5 years' ELSE 'over 5 years' END,
       CASE profits WHEN 1 THEN 'loss' WHEN 2 THEN 'lower half'
           ELSE 'upper half' END, n, round(100.0 * n / everyone, 6),
       printf('%.2f', revenue / 100), printf('%.2f', profit / 100),
       round(profit / n / 100, 6), b, h, round(100.0 * h / nullif(b, 0), 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (b - h) / b + zz * zz / 4))
           / (b + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (b - h) / b + zz * zz / 4))
           / (b + zz), 6), iif(b < 10, 'few', NULL)
  FROM told
 ORDER BY tenure, profits;
