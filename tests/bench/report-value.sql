WITH b AS (
	SELECT contact, sum(bought) AS bought, sum(amount) AS revenue,
	       sum(iif(amount IS NULL, NULL, ifnull(cost, 0))) AS cost,
	       count(*) - count(amount) AS unpriced
	  FROM (SELECT s.contact, s.refunds IS NULL AS bought,
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
	HAVING sum(bought) > 0
), w AS (
	SELECT i.contact, ifnull(i.minutes *
	       CASE f.currency WHEN 'EUR' THEN f.hour_cost
	           ELSE round(f.hour_cost * (SELECT r.value FROM rate r
	               WHERE r.currency = f.currency AND r.day <= i.day
	               ORDER BY r.day DESC LIMIT 1)) END
	       / 60.0, 0) + ifnull(
	       CASE i.currency WHEN 'EUR' THEN i.cost
	           ELSE round(i.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = i.currency AND r.day <= i.day
	               ORDER BY r.day DESC LIMIT 1)) END, 0) AS service,
	       0 AS retention, 0 AS acquisition
	  FROM interaction i LEFT JOIN staff f ON f.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0)
	   AND i.at <= '2026-11-23T09:00:00Z' AND i.day <= '2026-11-23'
	 UNION ALL
	SELECT i.contact, i.minutes *
	       CASE f.currency WHEN 'EUR' THEN f.hour_cost
	           ELSE round(f.hour_cost * (SELECT r.value FROM rate r
	               WHERE r.currency = f.currency AND r.day <= i.day
	               ORDER BY r.day DESC LIMIT 1)) END
	       / 60.0, 0, 0
	  FROM participant p CROSS JOIN interaction i USING (interaction)
	  JOIN staff f ON f.staff = p.staff
	 WHERE p.staff IS NOT NULL AND f.staff IS NOT i.by AND i.minutes > 0
	   AND i.at <= '2026-11-23T09:00:00Z' AND i.day <= '2026-11-23'
	 UNION ALL
	SELECT contact, iif(kind = 'service', amount, 0),
	       iif(kind = 'retention', amount, 0),
	       iif(kind = 'acquisition', amount, 0)
	  FROM (SELECT x.contact, x.kind,
	               CASE x.currency WHEN 'EUR' THEN x.amount
	                   ELSE round(x.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = x.currency AND r.day <= x.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount
	          FROM expense x
	         WHERE x.contact IS NOT NULL AND x.day <= '2026-11-23')
	 UNION ALL
	SELECT g.contact, 0,
	       CASE g.currency WHEN 'EUR' THEN g.cost
	           ELSE round(g.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = g.currency AND r.day <= g.day
	               ORDER BY r.day DESC LIMIT 1)) END, 0
	  FROM reward g
	 WHERE g.cost <> 0 AND g.day <= '2026-11-23'
), s AS (
	SELECT contact, round(total(service)) AS service,
	       total(retention) AS retention, total(acquisition) AS acquisition
	  FROM w
	 GROUP BY contact
), v AS (
	SELECT b.*, ifnull(service, 0) AS service,
	       ifnull(retention, 0) AS retention,
	       ifnull(acquisition, 0) AS acquisition
	  FROM b LEFT JOIN s USING (contact)
)
SELECT contact, name, printf('%.2f', ifnull(revenue, 0) / 100.0),
       printf('%.2f', ifnull(cost, 0) / 100.0), printf('%.2f', service / 100),
       printf('%.2f', retention / 100.0), printf('%.2f', acquisition / 100),
       printf('%.2f', (ifnull(revenue, 0) - ifnull(cost, 0) - service
           - retention - acquisition) / 100.0), unpriced
  FROM v JOIN contact USING (contact)
 ORDER BY ifnull(revenue, 0) - ifnull(cost, 0) - service - retention
       - acquisition DESC, contact;
