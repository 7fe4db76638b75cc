-- What each campaign did, cost and brought.
-- Group: marketing
--
-- Parameters
--   window  days        @campaigns.window  a response counts for so long
--   touch   last|first  @campaigns.touch   which of several counts
-- Columns
--   campaign     text    which
--   status       text    planned, running or closed
--   audience     count   contacts it is aimed at
--   sent         count   of these, those to whom a message went
--   responses    count   of these, those who answered
--   conversions  count   of these, those who converted
--   leads        count   contacts whose campaign it is
--   customers    count   of these and the audience, who became customers since
--   revenue      money   what was sold by it
--   cost         money   expenses for it
--   roi          number  profit of what was sold, less cost, in units of cost
--   unpriced     count   sales left out of the amounts, for want of a rate
-- Definitions
--   These are the figures of crm-campaign(1), result --all, which tells what
--   counts for which campaign, unless window= or touch= says otherwise.  They
--   are of all contacts; with segment=, of its contacts, and cost is what was
--   spent on them.  To click, reply, visit or convert is to answer; of who was
--   held out no customers are counted.
WITH person AS (
	SELECT a.campaign, a.contact, min(a.added_at) AS at,
	       max(a.sent_at <= now()) AS sent, max(a.arm) AS arm
	  FROM audience a
	 WHERE a.added_at <= now() {only a.contact}
	 GROUP BY a.campaign, a.contact
), answer AS (
	SELECT r.campaign, r.contact, max(r.kind = 'converted') AS converted
	  FROM response r
	 WHERE r.day <= today() AND (r.kind = 'clicked' OR r.kind = 'replied'
	       OR r.kind = 'visited' OR r.kind = 'converted') {only r.contact}
	 GROUP BY r.campaign, r.contact
), lead AS (
	SELECT c.campaign, c.contact, c.since
	  FROM contact c
	 WHERE c.campaign IS NOT NULL AND c.since <= today() {only c.contact}
), won AS (
	SELECT p.campaign, p.contact, p.at, c.until
	  FROM person p
	  JOIN campaign c USING (campaign)
	 WHERE ifnull(p.arm, '') <> 'control'
	 UNION ALL
	SELECT l.campaign, l.contact, l.since, NULL
	  FROM lead l
	 WHERE NOT EXISTS (SELECT 1 FROM person p
	                    WHERE p.campaign = l.campaign
	                      AND p.contact = l.contact)
), step AS (
	SELECT w.campaign, w.contact, stage_rank(g.stage) AS rank,
	       first_value(stage_rank(g.was)) OVER (
	           PARTITION BY w.campaign, w.contact
	           ORDER BY g.at, g.stage_change) AS before
	  FROM won w
	 CROSS JOIN stage_change g ON g.contact = w.contact
	   AND g.at >= w.at AND g.at <= now()
	   AND (w.until IS NULL OR g.day <= date(w.until, :window || ' days'))
), sold_by AS (
	SELECT s.campaign, s.sale
	  FROM sale s
	 WHERE s.campaign IS NOT NULL
	 UNION ALL
	SELECT n.campaign, b.sale
	  FROM sale n
	  JOIN sale b ON b.refunds = n.sale
	 WHERE n.campaign IS NOT NULL AND b.campaign IS NULL
	 UNION ALL
	SELECT (SELECT r.campaign FROM response r
	         WHERE r.contact = s.contact AND r.day <= ifnull(o.day, s.day)
	           AND r.day >= date(ifnull(o.day, s.day), -:window || ' days')
	           AND (r.kind = 'clicked' OR r.kind = 'replied'
	               OR r.kind = 'visited' OR r.kind = 'converted')
	         ORDER BY iif(:touch = 'last', r.at, NULL) DESC,
	               iif(:touch = 'last', r.response, NULL) DESC,
	               r.at, r.response LIMIT 1), s.sale
	  FROM (SELECT DISTINCT contact FROM response) p
	 CROSS JOIN sale s ON s.contact = p.contact
	  LEFT JOIN sale o ON o.sale = s.refunds
	 WHERE s.campaign IS NULL AND o.campaign IS NULL
), fact (campaign, contact, audience, sent, response, conversion, lead,
       customer, sale, revenue, goods, cost) AS (
	SELECT campaign, contact, 1, sent, 0, 0, 0, 0, 0, 0, 0, 0 FROM person
	 UNION ALL
	SELECT p.campaign, p.contact, 0, 0, 1, a.converted, 0, 0, 0, 0, 0, 0
	  FROM answer a
	  JOIN person p USING (campaign, contact)
	 UNION ALL
	SELECT campaign, contact, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0 FROM lead
	 UNION ALL
	SELECT campaign, contact, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
	  FROM step
	 GROUP BY campaign, contact
	HAVING max(rank) >= stage_rank('customer')
	   AND ifnull(before, 1) < stage_rank('customer')
	 UNION ALL
	SELECT y.campaign, s.contact, 0, 0, 0, 0, 0, 0, 1,
	       {base s.amount s.currency s.day},
	       {base s.cost s.currency s.day}, 0
	  FROM sold_by y
	  JOIN sale s USING (sale)
	 WHERE s.day <= today() {only s.contact}
	 UNION ALL
	SELECT x.campaign, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	       {base x.amount x.currency x.day}
	  FROM expense x
	 WHERE x.campaign IS NOT NULL AND x.day <= today() {only x.contact}
), total AS (
	SELECT {by c.campaign} c.campaign, c.name, c.status, c.since,
	       ifnull(sum(f.audience), 0) AS audience,
	       ifnull(sum(f.sent), 0) AS sent,
	       ifnull(sum(f.response), 0) AS responses,
	       ifnull(sum(f.conversion), 0) AS conversions,
	       ifnull(sum(f.lead), 0) AS leads,
	       ifnull(sum(f.customer), 0) AS customers,
	       ifnull(sum(f.revenue), 0) AS revenue,
	       ifnull(sum(f.goods), 0) AS goods, ifnull(sum(f.cost), 0) AS cost,
	       ifnull(sum(f.sale), 0) - count(f.revenue) FILTER (WHERE f.sale)
	       AS unpriced {contacts f.contact}
	  FROM campaign c
	  LEFT JOIN fact f ON f.campaign = c.campaign
	 GROUP BY c.campaign
)
SELECT {columns} name AS campaign, status, audience, sent, responses,
       conversions, leads, customers, revenue, cost,
       1.0 * (revenue - goods - cost) / nullif(cost, 0) AS roi, unpriced
       {contacts contacts_}
  FROM total
 GROUP BY campaign
 ORDER BY {groups} since, campaign
