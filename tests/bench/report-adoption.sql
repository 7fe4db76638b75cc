WITH written AS (
	SELECT ifnull(who, login) AS login, count(*) AS operations,
	       count(DISTINCT substr(at, 1, 10)) AS days,
	       substr(max(at), 1, 10) AS last
	  FROM op
	 WHERE at <= '2026-11-23T09:00:00Z' AND command <> 'crm-init'
	   AND undone_by IS NULL AND undoes IS NULL
	   AND at >= '2026-08-25' AND at < '2026-11-24'
	 GROUP BY 1
), logged AS (
	SELECT login, talks
	  FROM (SELECT by, count(*) AS talks
	          FROM interaction
	         WHERE day BETWEEN '2026-08-25' AND '2026-11-23'
	           AND at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	           AND channel <> 'plan' AND channel <> 'lesson'
	           AND by IS NOT NULL
	         GROUP BY by)
	  JOIN staff ON staff = by
), talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), theirs AS (
	SELECT owner, max(
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
	            WHERE n.org = c.contact), ''), '')) AS last, since
	  FROM contact c NOT INDEXED
	 WHERE owner IS NOT NULL AND role = 'customer' AND active = 1
	   AND (stage = 'lead' OR stage = 'contacted' OR stage = 'prospect'
	        OR stage = 'customer' OR stage = 'client')
), kept AS (
	SELECT login, n, stale
	  FROM (SELECT owner, count(*) AS n,
	               sum(ifnull(nullif(last, ''), since)
	                   < date('2026-11-23', '-180 days')) AS stale
	          FROM theirs
	         GROUP BY owner)
	  JOIN staff ON staff = owner
), people AS (
	SELECT login, operations, days, operations * 7.0 / 91 AS per_week, last,
	       0 AS talks, 0 AS n, 0 AS h
	  FROM written
	 UNION ALL
	SELECT login, 0, 0, 0, NULL, talks, 0, 0 FROM logged
	 UNION ALL
	SELECT login, 0, 0, 0, NULL, 0, n, stale FROM kept
), sums AS (
	SELECT login, sum(operations) AS operations, sum(days) AS days,
	       sum(per_week) AS per_week, max(last) AS last,
	       sum(talks) AS talks, sum(n) AS n, sum(h) AS h,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM people
	 GROUP BY login
)
SELECT login, operations, days, round(per_week, 6), last, talks, n, h,
       round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM sums
 ORDER BY login;
