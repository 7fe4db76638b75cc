-- Only sales and expenses have currencies without a rate here.
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
	               ORDER BY r.day DESC LIMIT 1)) END, 0) AS cost
	  FROM interaction i LEFT JOIN staff f ON f.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0)
	   AND i.at <= '2026-11-23T09:00:00Z' AND i.day <= '2026-11-23'
	 UNION ALL
	SELECT i.contact, i.minutes *
	       CASE f.currency WHEN 'EUR' THEN f.hour_cost
	           ELSE round(f.hour_cost * (SELECT r.value FROM rate r
	               WHERE r.currency = f.currency AND r.day <= i.day
	               ORDER BY r.day DESC LIMIT 1)) END
	       / 60.0
	  FROM participant p CROSS JOIN interaction i USING (interaction)
	  JOIN staff f ON f.staff = p.staff
	 WHERE p.staff IS NOT NULL AND f.staff IS NOT i.by AND i.minutes > 0
	   AND i.at <= '2026-11-23T09:00:00Z' AND i.day <= '2026-11-23'
	 UNION ALL
	SELECT x.contact,
	       CASE x.currency WHEN 'EUR' THEN x.amount
	           ELSE round(x.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = x.currency AND r.day <= x.day
	               ORDER BY r.day DESC LIMIT 1)) END
	  FROM expense x
	 WHERE x.contact IS NOT NULL AND x.day <= '2026-11-23'
	 UNION ALL
	SELECT g.contact,
	       CASE g.currency WHEN 'EUR' THEN g.cost
	           ELSE round(g.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = g.currency AND r.day <= g.day
	               ORDER BY r.day DESC LIMIT 1)) END
	  FROM reward g
	 WHERE g.cost <> 0 AND g.day <= '2026-11-23'
), s AS (
	SELECT contact, round(total(cost)) AS spent,
	       count(*) - count(cost) AS unpriced
	  FROM w
	 GROUP BY contact
), v AS (
	SELECT contact, ifnull(revenue, 0) - ifnull(cost, 0)
	           - ifnull(spent, 0) AS profit,
	       b.unpriced + ifnull(s.unpriced, 0) AS unpriced
	  FROM b LEFT JOIN s USING (contact)
), parted AS (
	SELECT profit, unpriced,
	       ntile(100) OVER (ORDER BY profit DESC, contact) AS part
	  FROM v
), sums AS (
	SELECT part, count(*) AS n, min(profit) AS least, sum(profit) AS profit,
	       sum(profit < 0) AS losing, sum(unpriced) AS unpriced
	  FROM parted
	 GROUP BY part
)
SELECT part, n, printf('%.2f', least / 100.0), printf('%.2f', profit / 100.0),
       losing, sum(n) OVER w, printf('%.2f', sum(profit) OVER w / 100.0),
       round(100.0 * sum(profit) OVER w
           / nullif(max(sum(profit) OVER (), 0), 0), 6), unpriced
  FROM sums
WINDOW w AS (ORDER BY part)
 ORDER BY part;
