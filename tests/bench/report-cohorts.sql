-- Months by strftime.
WITH first AS (
	SELECT contact, min(day) AS day
	  FROM sale
	 WHERE refunds IS NULL AND day <= '2026-11-23'
	 GROUP BY contact
), cohort AS (
	SELECT strftime('%Y-%m', day) AS cohort, count(*) AS customers
	  FROM first
	 GROUP BY 1
), active AS (
	SELECT strftime('%Y-%m', f.day) AS cohort,
	       strftime('%Y-%m', s.day) AS month,
	       count(DISTINCT s.contact) AS active
	  FROM sale s JOIN first f USING (contact)
	 WHERE s.refunds IS NULL AND s.day <= '2026-11-23'
	 GROUP BY 1, 2
), cell AS (
	SELECT c.cohort, c.customers AS n, ifnull(a.active, 0) AS h,
	       substr(m.cohort, 1, 4) * 12 + substr(m.cohort, 6)
	           - substr(c.cohort, 1, 4) * 12 - substr(c.cohort, 6) AS since,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM cohort c JOIN cohort m ON m.cohort >= c.cohort
	  LEFT JOIN active a ON a.cohort = c.cohort AND a.month = m.cohort
)
SELECT cohort, since, n, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM cell
 ORDER BY cohort, since;
