WITH RECURSIVE period (at) AS (
	SELECT '2025-11-01'
	 UNION ALL
	SELECT date(at, '1 month') FROM period WHERE at < '2026-11-01'
), b AS (
	SELECT contact, day, lead(day) OVER
	           (PARTITION BY contact ORDER BY day) AS next
	  FROM sale
	 WHERE refunds IS NULL AND day <= '2026-11-23'
), x AS MATERIALIZED (
	SELECT contact, date(day, '365 days') AS gone, next AS back,
	       julianday(next) - julianday(day) AS away
	  FROM b
	 WHERE day <= date('2026-11-23', '-365 days')
	   AND (next IS NULL OR substr(next, 1, 4) > substr(day, 1, 4)
	           AND next > date(day, '365 days'))
), step AS MATERIALIZED (
	SELECT substr(gone, 1, 7) AS month, count(*) AS n
	  FROM x
	 GROUP BY 1
	 UNION ALL
	SELECT substr(back, 1, 7), -count(*)
	  FROM x
	 WHERE back IS NOT NULL
	 GROUP BY 1
), won AS MATERIALIZED (
	SELECT contact, back, away, substr(back, 1, 7) AS month
	  FROM x
	 WHERE substr(back, 1, 7) BETWEEN '2025-11' AND '2026-11'
	   AND substr(gone, 1, 7) < substr(back, 1, 7)
), ranked AS (
	SELECT month, away, count(*) OVER (PARTITION BY month) AS n,
	       row_number() OVER (PARTITION BY month ORDER BY away) AS k
	  FROM won
), mid AS (
	SELECT month, n AS h, avg(away) AS away
	  FROM ranked
	 WHERE 2 * k BETWEEN n AND n + 2
	 GROUP BY month
), paid AS (
	SELECT month, sum(amount) AS revenue,
	       count(*) - count(amount) AS unpriced
	  FROM (SELECT w.month,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount
	          FROM won w CROSS JOIN sale s ON s.contact = w.contact
	         WHERE s.day >= w.back AND s.day <= '2026-11-23'
	           AND s.day < w.month || '-32')
	 GROUP BY month
), sums AS (
	SELECT substr(at, 1, 7) AS month, sum(s.n) AS n, ifnull(h, 0) AS h,
	       away, ifnull(revenue, 0) AS revenue,
	       ifnull(unpriced, 0) AS unpriced,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM period p JOIN step s ON s.month < substr(at, 1, 7)
	  LEFT JOIN mid m ON m.month = substr(at, 1, 7)
	  LEFT JOIN paid a ON a.month = substr(at, 1, 7)
	 GROUP BY at
	HAVING sum(s.n) > 0
)
SELECT month, n, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL),
       away, printf('%.2f', revenue / 100.0), unpriced
  FROM sums
 ORDER BY month;
