WITH person AS MATERIALIZED (
	SELECT a.campaign, a.contact, min(a.added_at) AS at,
	       max(a.sent_at <= '2026-11-23T09:00:00Z') AS sent,
	       max(a.arm) AS arm
	  FROM audience a
	 WHERE a.added_at <= '2026-11-23T09:00:00Z'
	 GROUP BY a.campaign, a.contact
), answered AS (
	SELECT campaign, count(*) AS responses, sum(converted) AS conversions
	  FROM (SELECT campaign, contact, max(kind = 'converted') AS converted
	          FROM response
	         WHERE day <= '2026-11-23' AND (kind = 'clicked'
	               OR kind = 'replied' OR kind = 'visited'
	               OR kind = 'converted')
	         GROUP BY campaign, contact) r
	  JOIN person p USING (campaign, contact)
	 GROUP BY campaign
), aimed AS (
	SELECT campaign, count(*) AS audience, sum(sent) AS sent
	  FROM person
	 GROUP BY campaign
), lead AS (
	SELECT campaign, count(*) AS leads
	  FROM contact
	 WHERE campaign IS NOT NULL AND since <= '2026-11-23'
	 GROUP BY campaign
), won AS (
	SELECT p.campaign, p.contact, p.at, c.until
	  FROM person p JOIN campaign c USING (campaign)
	 WHERE ifnull(p.arm, '') <> 'control'
	 UNION ALL
	SELECT c.campaign, c.contact, c.since, NULL
	  FROM contact c
	 WHERE c.campaign IS NOT NULL AND c.since <= '2026-11-23'
	   AND NOT EXISTS (SELECT 1 FROM audience a
	                    WHERE a.campaign = c.campaign
	                      AND a.contact = c.contact
	                      AND a.added_at <= '2026-11-23T09:00:00Z')
), reached AS (
	SELECT w.campaign, w.at, w.contact, min(g.at) AS first
	  FROM won w CROSS JOIN stage_change g ON g.contact = w.contact
	 WHERE g.at >= w.at AND g.at <= '2026-11-23T09:00:00Z'
	   AND (w.until IS NULL OR g.day <= date(w.until, '30 days'))
	   AND (g.stage = 'customer' OR g.stage = 'client')
	 GROUP BY w.campaign, w.contact
), became AS (
	SELECT campaign, count(*) AS customers
	  FROM reached w
	 WHERE ifnull((SELECT g.was FROM stage_change g
	                WHERE g.contact = w.contact AND g.at >= w.at
	                ORDER BY g.at, g.stage_change LIMIT 1), '')
	       NOT IN ('customer', 'client')
	 GROUP BY campaign
), sold AS (
	SELECT s.campaign, s.sale
	  FROM sale s
	 WHERE s.campaign IS NOT NULL
	 UNION
	SELECT n.campaign, b.sale
	  FROM sale b JOIN sale n ON n.sale = b.refunds
	 WHERE b.refunds IS NOT NULL AND n.campaign IS NOT NULL
	   AND b.campaign IS NULL
	 UNION ALL
	SELECT (SELECT r.campaign FROM response r
	         WHERE r.contact = s.contact AND r.day <= ifnull(o.day, s.day)
	           AND r.day >= date(ifnull(o.day, s.day), '-30 days')
	           AND (r.kind = 'clicked' OR r.kind = 'replied'
	               OR r.kind = 'visited' OR r.kind = 'converted')
	         ORDER BY r.at DESC, r.response DESC LIMIT 1) AS campaign,
	       s.sale
	  FROM (SELECT DISTINCT contact FROM response) p
	 CROSS JOIN sale s ON s.contact = p.contact
	  LEFT JOIN sale o ON o.sale = s.refunds
	 WHERE s.campaign IS NULL AND o.campaign IS NULL
), paid AS (
	SELECT campaign, sum(amount) AS revenue,
	       sum(iif(amount IS NULL, 0, goods)) AS goods,
	       count(*) - count(amount) AS unpriced
	  FROM (SELECT y.campaign,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount,
	               CASE s.currency WHEN 'EUR' THEN s.cost
	                   ELSE round(s.cost * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS goods
	          FROM sold y CROSS JOIN sale s USING (sale)
	         WHERE s.day <= '2026-11-23' AND y.campaign IS NOT NULL)
	 GROUP BY campaign
), spent AS (
	SELECT campaign, sum(amount) AS cost
	  FROM (SELECT x.campaign,
	               CASE x.currency WHEN 'EUR' THEN x.amount
	                   ELSE round(x.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = x.currency AND r.day <= x.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount
	          FROM expense x
	         WHERE x.campaign IS NOT NULL AND x.day <= '2026-11-23')
	 GROUP BY campaign
)
SELECT c.name, c.status, ifnull(audience, 0), ifnull(sent, 0),
       ifnull(responses, 0), ifnull(conversions, 0), ifnull(leads, 0),
       ifnull(customers, 0), printf('%.2f', ifnull(revenue, 0) / 100.0),
       printf('%.2f', ifnull(s.cost, 0) / 100.0),
       round(1.0 * (ifnull(revenue, 0) - ifnull(goods, 0) - ifnull(s.cost, 0))
           / nullif(s.cost, 0), 6), ifnull(unpriced, 0)
  FROM campaign c LEFT JOIN aimed USING (campaign)
  LEFT JOIN answered USING (campaign) LEFT JOIN lead USING (campaign)
  LEFT JOIN became USING (campaign) LEFT JOIN paid USING (campaign)
  LEFT JOIN spent s USING (campaign)
 ORDER BY c.since, c.campaign;
