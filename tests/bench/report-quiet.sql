-- The newest talk of each by the end of its piece of the index.
WITH talk AS NOT MATERIALIZED (
	SELECT *, at || day || channel AS what
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), newest AS (
	SELECT c.contact, c.name, c.owner, c.stage, c.since, max(
	       ifnull((SELECT i.what FROM talk i
	                WHERE i.contact = c.contact
	                ORDER BY i.at DESC LIMIT 1), ''),
	       ifnull((SELECT max(i.what)
	                 FROM participant x
	                CROSS JOIN talk i USING (interaction)
	                WHERE x.contact = c.contact), ''),
	       iif(c.kind = 'org', ifnull((SELECT max(i.what)
	             FROM contact n CROSS JOIN talk i ON i.contact = n.contact
	            WHERE n.org = c.contact), ''), ''),
	       iif(c.kind = 'org', ifnull((SELECT max(i.what)
	             FROM contact n
	            CROSS JOIN participant x ON x.contact = n.contact
	            CROSS JOIN talk i USING (interaction)
	            WHERE n.org = c.contact), ''), '')) AS what
	  FROM contact c
	 WHERE c.active = 1 AND c.role = 'customer'
	 LIMIT -1
), quiet AS (
	SELECT *, ifnull(nullif(substr(what, 21, 10), ''), since) AS day
	  FROM newest
)
SELECT contact, q.name, login, stage, substr(what, 21, 10),
       substr(what, 31), julianday('2026-11-23') - julianday(day)
  FROM quiet q LEFT JOIN staff s ON s.staff = q.owner
 WHERE day <= date('2026-11-23', '-90 days')
 ORDER BY day, contact;
