-- Quarters by strftime.
WITH p AS (
	SELECT contact, strftime('%Y', day) * 4 + (strftime('%m', day) - 1) / 3
	           AS at, max(refunds IS NULL) AS bought,
	       sum(CASE currency WHEN 'EUR' THEN amount
	           ELSE round(amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END) AS revenue,
	       sum(currency <> 'EUR' AND NOT EXISTS (SELECT 1 FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day))
	           AS unpriced
	  FROM sale s
	 WHERE day <= '2026-11-23'
	 GROUP BY 1, 2
), pair AS (
	SELECT b.at + 1 AS at, ifnull(a.bought, 0) AS kept,
	       ifnull(b.revenue, 0) AS before, ifnull(a.revenue, 0) AS after,
	       b.unpriced + ifnull(a.unpriced, 0) AS unpriced
	  FROM p b LEFT JOIN p a ON a.contact = b.contact AND a.at = b.at + 1
	 WHERE b.bought AND b.at + 1 BETWEEN 2025 * 4 + 3 AND 2026 * 4 + 3
), sums AS (
	SELECT at, count(*) AS n, sum(kept) AS h, sum(before) AS before,
	       sum(after) AS after, sum(max(min(before, after), 0)) AS held,
	       sum(unpriced) AS unpriced,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM pair
	 GROUP BY at
)
SELECT (at / 4) || '-Q' || (at % 4 + 1), n, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL),
       printf('%.2f', before / 100), printf('%.2f', after / 100),
       printf('%.2f', held / 100), round(100.0 * after / before, 6),
       round(100.0 * held / before, 6), unpriced
  FROM sums
 ORDER BY at;
