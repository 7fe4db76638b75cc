WITH talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), newest AS (
	SELECT i.contact, i.interaction, max(i.at) AS at, i.channel
	  FROM talk i
	 GROUP BY i.contact
	HAVING at >= '2025-11-22'
	   AND (i.channel = 'meeting' OR i.channel = 'visit')
), l AS (
	SELECT c.contact, 'lead' AS kind, c.since AS day, c.owner,
	       c.source AS about
	  FROM contact c
	 WHERE c.active = 1 AND c.stage = 'lead'
	   AND c.since >= '2025-11-23' AND c.since < '2026-11-22'
	   AND NOT EXISTS (SELECT 1 FROM talk i WHERE i.contact = c.contact)
	   AND NOT EXISTS (SELECT 1
	                     FROM participant p
	                    CROSS JOIN talk i USING (interaction)
	                    WHERE p.contact = c.contact)
	 UNION ALL
	SELECT n.contact, 'meeting', i.day, i.by, i.subject
	  FROM newest n CROSS JOIN interaction i USING (interaction)
	 WHERE i.day >= '2025-11-23' AND i.day < '2026-11-21'
	   AND NOT EXISTS (SELECT 1
	                     FROM participant p
	                    CROSS JOIN talk x USING (interaction)
	                    WHERE p.contact = n.contact
	                      AND (x.at > i.at OR x.at = i.at
	                          AND x.interaction > i.interaction))
	   AND NOT EXISTS (SELECT 1
	                     FROM task k
	                    WHERE k.contact = n.contact
	                      AND (k.done_at IS NULL OR k.done_at >= i.at))
	 UNION ALL
	SELECT q.contact, 'quote', substr(q.sent_at, 1, 10), q.owner,
	       ifnull(q.title, d.title)
	  FROM quote q JOIN deal d USING (deal)
	 WHERE q.sent_at BETWEEN '2025-11-23' AND '2026-11-16'
	   AND (q.decided_at IS NULL OR q.decided_at > '2026-11-23T09:00:00Z')
	   AND (d.closed IS NULL OR d.closed > '2026-11-23')
	   AND NOT EXISTS (SELECT 1
	                     FROM quote n
	                    WHERE n.deal = q.deal AND n.version > q.version
	                      AND n.sent_at <= '2026-11-23T09:00:00Z')
	 UNION ALL
	SELECT contact, 'promise', due, owner, title
	  FROM task
	 WHERE due < '2026-11-23'
	   AND (done_at IS NULL OR done_at > '2026-11-23T09:00:00Z')
)
SELECT l.contact, c.name, l.kind, l.day,
       julianday('2026-11-23') - julianday(l.day), login, l.about
  FROM l LEFT JOIN contact c ON c.contact = l.contact
  LEFT JOIN staff s ON s.staff = ifnull(l.owner, c.owner)
 WHERE ifnull(c.active, 1) = 1
 ORDER BY CASE l.kind WHEN 'promise' THEN 1 WHEN 'quote' THEN 2
          WHEN 'meeting' THEN 3 ELSE 4 END, l.day, l.contact;
