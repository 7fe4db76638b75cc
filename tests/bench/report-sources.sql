WITH lead AS (
	SELECT c.contact, c.source, c.campaign,
	       c.since <= '2026-08-25' AS mature,
	       max(CASE c.stage WHEN 'lead' THEN 1 WHEN 'contacted' THEN 2
	           WHEN 'prospect' THEN 3 WHEN 'customer' THEN 4
	           WHEN 'client' THEN 5 ELSE 0 END, ifnull((
	           SELECT max(CASE g.stage WHEN 'lead' THEN 1
	                      WHEN 'contacted' THEN 2 WHEN 'prospect' THEN 3
	                      WHEN 'customer' THEN 4 WHEN 'client' THEN 5 END)
	             FROM stage_change g
	            WHERE g.contact = c.contact
	              AND g.at <= '2026-11-23T09:00:00Z'), 0)) AS rank,
	       EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = c.contact AND s.refunds IS NULL
	                  AND s.day <= '2026-11-23') AS bought
	  FROM contact c
	 WHERE c.role = 'customer'
	   AND c.since BETWEEN '2025-11-23' AND '2026-11-23'
), spent AS MATERIALIZED (
	SELECT x.contact, x.campaign, x.about,
	       CASE x.currency WHEN 'EUR' THEN x.amount
	           ELSE round(x.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = x.currency AND r.day <= x.day
	               ORDER BY r.day DESC LIMIT 1)) END AS amount
	  FROM expense x
	 WHERE x.kind = 'acquisition'
	   AND x.day BETWEEN '2025-11-23' AND '2026-11-23'
), came AS MATERIALIZED (
	SELECT source, campaign, count(*) AS leads, sum(mature) AS n,
	       sum(mature AND (bought OR rank >= 3)) AS prospects,
	       sum(mature AND (bought OR rank >= 4)) AS h
	  FROM lead
	 GROUP BY source, campaign
), cost AS (
	SELECT c.source, x.amount,
	       iif(c.since <= '2026-08-25', x.amount, 0) AS due
	  FROM spent x JOIN contact c USING (contact)
	 WHERE c.role = 'customer'
	   AND c.since BETWEEN '2025-11-23' AND '2026-11-23'
	 UNION ALL
	SELECT c.source, x.amount * c.leads / t.leads, x.amount * c.n / t.leads
	  FROM (SELECT campaign, total(amount) AS amount
	          FROM spent
	         WHERE contact IS NULL AND campaign IS NOT NULL
	         GROUP BY campaign) x
	  JOIN (SELECT campaign, sum(leads) AS leads
	          FROM came
	         GROUP BY campaign) t ON t.campaign = x.campaign
	  JOIN came c ON c.campaign = x.campaign
	 UNION ALL
	SELECT x.about, x.amount, x.amount * t.n / t.leads
	  FROM (SELECT about, total(amount) AS amount
	          FROM spent
	         WHERE contact IS NULL AND campaign IS NULL
	         GROUP BY about) x
	  JOIN (SELECT source, sum(leads) AS leads, sum(n) AS n
	          FROM came
	         GROUP BY source) t ON t.source = x.about
), sums AS (
	SELECT source, sum(leads) AS leads, sum(n) AS n,
	       sum(prospects) AS prospects, sum(h) AS h,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM came
	 GROUP BY source
), costs AS (
	SELECT source, sum(amount) AS cost, sum(due) AS due
	  FROM cost
	 GROUP BY source
)
SELECT s.source, leads, n, prospects, h, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL),
       printf('%.2f', ifnull(cost, 0) / 100.0),
       round(cost / 100.0 / leads, 6), round(due / 100.0 / h, 6)
  FROM sums s LEFT JOIN costs c ON c.source IS s.source
 ORDER BY s.source;
