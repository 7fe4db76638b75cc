WITH talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), next AS (
	SELECT channel, direction, day, at,
	       lead(direction) OVER w AS answer, lead(at) OVER w AS answered
	  FROM talk
	 WHERE day >= '2026-01-01'
	WINDOW w AS (PARTITION BY contact ORDER BY at, interaction)
), fact AS (
	SELECT channel, sum(direction = 'in') AS inbound,
	       sum(direction = 'out') AS outbound,
	       sum(direction = 'out' AND answer = 'in' AND answered <=
	           strftime('%Y-%m-%dT%H:%M:%SZ', at, '14 days')) AS answered,
	       0 AS leads, 0 AS sales, 0.0 AS revenue, 0 AS unpriced
	  FROM next
	 GROUP BY channel
	 UNION ALL
	SELECT (SELECT i.channel FROM talk i
	         WHERE i.contact = c.contact
	         ORDER BY i.at LIMIT 1) AS channel, 0, 0, 0, count(*), 0, 0, 0
	  FROM contact c
	 WHERE role = 'customer' AND since BETWEEN '2026-01-01' AND '2026-11-23'
	 GROUP BY 1
	HAVING channel IS NOT NULL
	 UNION ALL
	SELECT channel, 0, 0, 0, 0, sum(refunds IS NULL),
	       ifnull(sum(amount), 0), count(*) - count(amount)
	  FROM (SELECT s.channel, s.refunds,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount
	          FROM sale s
	         WHERE s.day BETWEEN '2026-01-01' AND '2026-11-23')
	 GROUP BY channel
), sums AS (
	SELECT channel, sum(inbound) AS inbound, sum(outbound) AS n,
	       sum(answered) AS h, sum(leads) AS leads, sum(sales) AS sales,
	       sum(revenue) AS revenue, sum(unpriced) AS unpriced,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM fact
	 GROUP BY channel
)
SELECT channel, inbound, n, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL),
       leads, sales, printf('%.2f', revenue / 100), unpriced
  FROM sums
 ORDER BY channel;
