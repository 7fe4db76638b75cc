-- Medians by counting.
WITH stages (stage, rank) AS (
	VALUES ('lead', 1), ('contacted', 2), ('prospect', 3), ('customer', 4),
	    ('client', 5)
), step AS MATERIALIZED (
	SELECT g.contact, c.stage AS now, c.since, g.stage, g.was, g.day,
	       count(*) OVER w AS n,
	       ifnull(max(CASE g.stage WHEN 'lead' THEN 1
	           WHEN 'contacted' THEN 2 WHEN 'prospect' THEN 3
	           WHEN 'customer' THEN 4 WHEN 'client' THEN 5 END) OVER w, 0)
	           AS highest,
	       first_value(g.was) OVER w AS start
	  FROM stage_change g CROSS JOIN contact c USING (contact)
	 WHERE g.contact IS NOT NULL AND g.at <= '2026-11-23T09:00:00Z'
	WINDOW w AS (PARTITION BY g.contact ORDER BY g.at, g.stage_change
	           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), forward AS (
	SELECT contact, now, n + 1 AS n, s.stage, rank, day
	  FROM step s JOIN stages t ON t.stage = s.stage
	 WHERE rank > highest
	   AND rank > ifnull(iif(since <= '2026-11-23', (
	           SELECT r.rank FROM stages r
	            WHERE r.stage = iif(n, start, was)), 0), 0)
	 UNION ALL
	SELECT contact, now, 0, was, rank, min(since, day)
	  FROM step s JOIN stages t ON t.stage = s.was
	 WHERE n = 0 AND since <= '2026-11-23'
), came AS (
	SELECT now, stage, rank, day,
	       lead(day) OVER (PARTITION BY contact ORDER BY n) AS next
	  FROM forward
	 UNION ALL
	SELECT c.stage, c.stage, rank, since, NULL
	  FROM contact c JOIN stages t ON t.stage = c.stage
	 WHERE since <= '2026-11-23'
	   AND NOT EXISTS (SELECT 1 FROM stage_change g
	                    WHERE g.contact = c.contact)
), counted AS MATERIALIZED (
	SELECT stage, rank, day <= date('2026-11-23', '-90 days') AS ripe,
	       iif(day <= date('2026-11-23', '-90 days'),
	           julianday(next) - julianday(day), NULL) AS days,
	       next IS NULL AND ifnull(now, '')
	           NOT IN (SELECT stage FROM stages) AS left,
	       count(*) AS n
	  FROM came
	 WHERE day <= '2026-11-23'
	 GROUP BY 1, 2, 3, 4, 5
), upto AS (
	SELECT *, sum(iif(days IS NULL, 0, n)) OVER
	              (PARTITION BY stage ORDER BY days) AS upto,
	       sum(iif(days IS NULL, 0, n)) OVER (PARTITION BY stage) AS total
	  FROM counted
), sums AS (
	SELECT stage, rank, sum(n) AS entered, sum(n * ripe) AS n,
	       ifnull(sum(n) FILTER (WHERE days IS NOT NULL), 0) AS h,
	       sum(n * (ripe AND left)) AS left,
	       avg(days) FILTER (WHERE 2 * upto >= total
	           AND 2 * (upto - n) <= total) AS days,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM upto
	 GROUP BY stage, rank
)
SELECT stage, entered, n, h, left, days, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM sums
 ORDER BY rank;
