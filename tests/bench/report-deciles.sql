WITH line AS (
	SELECT s.contact, s.refunds,
	       CASE s.currency WHEN 'EUR' THEN s.amount
	           ELSE round(s.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS amount
	  FROM sale s
	 WHERE s.day <= '2026-11-23'
), buyer AS (
	SELECT contact, total(amount) AS x, count(*) - count(amount) AS unpriced
	  FROM line
	 GROUP BY contact
	HAVING sum(refunds IS NULL) > 0
), parted AS (
	SELECT x, unpriced, ntile(10) OVER (ORDER BY x DESC, contact) AS part
	  FROM buyer
), sums AS (
	SELECT part, count(*) AS n, min(x) / 100 AS least, max(x) / 100 AS most,
	       sum(x) / 100 AS x, sum(unpriced) AS unpriced
	  FROM parted
	 GROUP BY part
)
SELECT part, n, round(least, 6), round(most, 6), round(x, 6),
       round(100.0 * x / sum(x) OVER (), 6),
       round(100.0 * sum(x) OVER (ORDER BY part) / sum(x) OVER (), 6),
       unpriced
  FROM sums
 ORDER BY part;
