WITH talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), never AS (
	SELECT c.contact, c.stage, c.source, c.since, max(
	       ifnull((SELECT i.day FROM talk i
	                WHERE i.contact = c.contact
	                ORDER BY i.at DESC LIMIT 1), ''),
	       ifnull((SELECT max(i.day)
	                 FROM participant x
	                CROSS JOIN talk i USING (interaction)
	                WHERE x.contact = c.contact), ''),
	       iif(c.kind = 'org', ifnull((SELECT max(i.day)
	             FROM contact n CROSS JOIN talk i ON i.contact = n.contact
	            WHERE n.org = c.contact), ''), ''),
	       iif(c.kind = 'org', ifnull((SELECT max(i.day)
	             FROM contact n
	            CROSS JOIN participant x ON x.contact = n.contact
	            CROSS JOIN talk i USING (interaction)
	            WHERE n.org = c.contact), ''), '')) AS last
	  FROM contact c
	 WHERE c.role = 'customer' AND c.since <= '2026-11-23'
	   AND NOT EXISTS (SELECT 1 FROM sale s
	                    WHERE s.contact = c.contact AND s.refunds IS NULL
	                      AND s.day <= '2026-11-23')
	   AND NOT EXISTS (SELECT 1
	                     FROM contact n CROSS JOIN sale s
	                       ON s.contact = n.contact
	                    WHERE n.org = c.contact AND s.refunds IS NULL
	                      AND s.day <= '2026-11-23')
	 LIMIT -1
), aged AS (
	SELECT stage, source, nullif(last, '') AS last,
	       max(0, julianday('2026-11-23') - julianday(since)) AS known,
	       max(0, julianday('2026-11-23')
	           - julianday(ifnull(nullif(last, ''), since))) AS quiet
	  FROM never
), ranked AS (
	SELECT *, row_number() OVER (PARTITION BY stage, source ORDER BY known)
	           AS k,
	       row_number() OVER (PARTITION BY stage, source ORDER BY quiet)
	           AS q, count(*) OVER (PARTITION BY stage, source) AS n
	  FROM aged
)
SELECT stage, source, n, avg(known) FILTER (WHERE k * 2 BETWEEN n AND n + 2),
       count(last), avg(quiet) FILTER (WHERE q * 2 BETWEEN n AND n + 2),
       max(last)
  FROM ranked
 GROUP BY stage, source
 ORDER BY CASE stage WHEN 'lead' THEN 1 WHEN 'contacted' THEN 2
          WHEN 'prospect' THEN 3 WHEN 'customer' THEN 4 WHEN 'client' THEN 5
          END, stage, source;
