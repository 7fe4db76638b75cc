WITH talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE channel <> 'note' AND channel <> 'plan' AND channel <> 'lesson'
), buyer AS MATERIALIZED (
	SELECT contact, max(day) FILTER (WHERE bought) AS last,
	       count(DISTINCT ifnull(order_no, day)) FILTER (WHERE bought)
	           AS orders,
	       total(amount - ifnull(cost, 0))
	           FILTER (WHERE day > '2025-11-23') AS profit
	  FROM (SELECT s.contact, s.day, s.order_no,
	               s.refunds IS NULL AS bought,
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
	HAVING last IS NOT NULL
), customer AS MATERIALIZED (
	SELECT c.contact, c.name, c.owner, b.orders, b.profit,
	       CAST(julianday('2026-11-23') - julianday(last) AS INTEGER)
	           AS days
	  FROM buyer b CROSS JOIN contact c USING (contact)
	 WHERE c.role = 'customer' AND c.active = 1
	   AND (c.stage = 'lead' OR c.stage = 'contacted'
	       OR c.stage = 'prospect' OR c.stage = 'customer'
	       OR c.stage = 'client')
), gap AS (
	SELECT contact, gap,
	       row_number() OVER (PARTITION BY contact ORDER BY gap) AS k,
	       count(*) OVER (PARTITION BY contact) AS n
	  FROM (SELECT contact, julianday(day) - julianday(lag(day) OVER
	                   (PARTITION BY contact ORDER BY day)) AS gap
	          FROM (SELECT DISTINCT s.contact, s.day
	                  FROM customer c CROSS JOIN sale s USING (contact)
	                 WHERE c.orders >= 3 AND s.refunds IS NULL
	                   AND s.day <= '2026-11-23'))
	 WHERE gap
), usual AS (
	SELECT contact, avg(gap) AS gap
	  FROM gap
	 WHERE 2 * k BETWEEN n AND n + 2
	 GROUP BY contact
), talked AS (
	SELECT c.*,
	       (SELECT count(*) FROM talk i
	         WHERE i.contact = c.contact AND i.at >= '2026-08-25'
	           AND i.day > '2026-08-25' AND i.at <= '2026-11-23T09:00:00Z')
	       + (SELECT count(*)
	            FROM participant x CROSS JOIN talk i USING (interaction)
	           WHERE x.contact = c.contact AND i.contact <> c.contact
	             AND i.day > '2026-08-25'
	             AND i.at <= '2026-11-23T09:00:00Z') AS now,
	       (SELECT count(*) FROM talk i
	         WHERE i.contact = c.contact AND i.at >= '2026-05-27'
	           AND i.at < '2026-08-27' AND i.day > '2026-05-27'
	           AND i.day <= '2026-08-25')
	       + (SELECT count(*)
	            FROM participant x CROSS JOIN talk i USING (interaction)
	           WHERE x.contact = c.contact AND i.contact <> c.contact
	             AND i.day > '2026-05-27' AND i.day <= '2026-08-25')
	       AS past
	  FROM customer c
	 LIMIT -1
), reason AS (
	SELECT c.*, 'overdue' AS reason, days || ' days, usually '
	           || iif(gap = CAST(gap AS INTEGER), CAST(gap AS INTEGER), gap)
	           AS evidence
	  FROM usual JOIN customer c USING (contact)
	 WHERE days > 1.5 * gap
	 UNION ALL
	SELECT contact, name, owner, orders, profit, days, 'quiet',
	       now || ' talks in 90 days, ' || past || ' before'
	  FROM talked
	 WHERE past >= 2 AND now <= past * 0.5
	 UNION ALL
	SELECT c.*, 'competitor', group_concat(DISTINCT d.competitor)
	  FROM deal d JOIN customer c USING (contact)
	 WHERE d.competitor <> '' AND d.since <= '2026-11-23'
	   AND (d.closed IS NULL OR d.closed > '2026-11-23')
	 GROUP BY c.contact
)
SELECT contact, r.name, login, reason, evidence, days,
       printf('%.2f', profit / 100)
  FROM reason r LEFT JOIN staff ON staff = owner
 ORDER BY profit DESC, contact, reason;
