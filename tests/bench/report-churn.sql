WITH RECURSIVE period (at) AS (
	SELECT '2025-11-01'
	 UNION ALL
	SELECT date(at, '1 month') FROM period WHERE at < '2026-11-01'
), b AS (
	SELECT contact, day, lag(day) OVER w AS before, lead(day) OVER w AS next
	  FROM sale
	 WHERE refunds IS NULL AND day <= '2026-11-23'
	WINDOW w AS (PARTITION BY contact ORDER BY day)
), d AS MATERIALIZED (
	SELECT contact, day, before IS NULL OR substr(day, 1, 4)
	           > substr(before, 1, 4) AND day > date(before, '365 days')
	           AS starts,
	       next IS NULL OR substr(next, 1, 4) > substr(day, 1, 4)
	           AND next > date(day, '365 days') AS ends
	  FROM b
	 WHERE starts OR ends
), gone AS MATERIALIZED (
	SELECT contact, day, date(day, '365 days') AS gone
	  FROM d
	 WHERE ends
), step AS MATERIALIZED (
	SELECT substr(day, 1, 7) AS month, count(*) AS n
	  FROM d
	 WHERE starts
	 GROUP BY 1
	 UNION ALL
	SELECT substr(gone, 1, 7), -count(*) FROM gone GROUP BY 1
), lost AS (
	SELECT month, count(DISTINCT contact) AS h, sum(amount) AS lost,
	       count(*) - count(amount) AS unpriced
	  FROM (SELECT g.contact, substr(g.gone, 1, 7) AS month,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount
	          FROM gone g CROSS JOIN sale s ON s.contact = g.contact
	         WHERE g.gone BETWEEN '2025-11-01' AND '2026-11-23'
	           AND s.day > date(g.day, '-365 days') AND s.day <= g.day)
	 GROUP BY month
), sums AS (
	SELECT substr(at, 1, 7) AS month, sum(s.n) AS n, ifnull(h, 0) AS h,
	       ifnull(lost, 0) AS lost, ifnull(unpriced, 0) AS unpriced,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM period p JOIN step s ON s.month < substr(at, 1, 7)
	  LEFT JOIN lost l ON l.month = substr(at, 1, 7)
	 GROUP BY at
	HAVING sum(s.n) > 0
)
SELECT month, n, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL),
       printf('%.2f', lost / 100.0), unpriced
  FROM sums
 ORDER BY month;
