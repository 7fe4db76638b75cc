-- Medians by counting.  Fourteen days and ten working ones that end before a
-- Monday are the same.
WITH g AS MATERIALIZED (
	SELECT contact, was, stage,
	       iif(at <= '2026-11-23T09:00:00Z', day, NULL) AS day,
	       row_number() OVER w AS n,
	       lead(iif(at <= '2026-11-23T09:00:00Z', day, NULL)) OVER w AS next
	  FROM stage_change
	 WHERE contact IS NOT NULL
	WINDOW w AS (PARTITION BY contact ORDER BY at, stage_change)
), h AS MATERIALIZED (
	SELECT deal, was, stage,
	       iif(at <= '2026-11-23T09:00:00Z', day, NULL) AS day,
	       row_number() OVER w AS n,
	       lead(iif(at <= '2026-11-23T09:00:00Z', day, NULL)) OVER w AS next
	  FROM stage_change
	 WHERE deal IS NOT NULL
	WINDOW w AS (PARTITION BY deal ORDER BY at, stage_change)
), stay AS (
	SELECT 'contact' AS of, NULL AS pipeline, stage, day AS first,
	       next AS last
	  FROM g
	 WHERE day IS NOT NULL
	 UNION ALL
	SELECT 'contact', NULL, g.was,
	       min(c.since, ifnull(g.day, '2026-11-23')), g.day
	  FROM g JOIN contact c USING (contact)
	 WHERE g.n = 1 AND g.was IS NOT NULL AND c.since <= '2026-11-23'
	 UNION ALL
	SELECT 'contact', NULL, stage, since, NULL
	  FROM contact c
	 WHERE stage IS NOT NULL
	   AND NOT EXISTS (SELECT 1 FROM stage_change h
	                    WHERE h.contact = c.contact)
	 UNION ALL
	SELECT 'deal', pipeline, h.stage, day,
	       ifnull(next, iif(closed <= '2026-11-23', closed, NULL))
	  FROM h JOIN deal d USING (deal)
	 WHERE day IS NOT NULL
	 UNION ALL
	SELECT 'deal', pipeline, h.was, min(since, ifnull(day, '2026-11-23')),
	       ifnull(day, iif(closed <= '2026-11-23', closed, NULL))
	  FROM h JOIN deal d USING (deal)
	 WHERE h.n = 1 AND h.was IS NOT NULL AND since <= '2026-11-23'
	 UNION ALL
	SELECT 'deal', pipeline, stage, since,
	       iif(closed <= '2026-11-23', closed, NULL)
	  FROM deal d
	 WHERE NOT EXISTS (SELECT 1 FROM stage_change h WHERE h.deal = d.deal)
), counted AS MATERIALIZED (
	SELECT of, pipeline, stage, last IS NULL AS open,
	       max(0, julianday(ifnull(last, '2026-11-23'))
	           - julianday(first)) AS days, count(*) AS n
	  FROM stay
	 WHERE first <= '2026-11-23'
	   AND (last IS NULL OR last <= '2026-11-23')
	   AND (of = 'contact' OR stage <> 'won' AND stage <> 'lost')
	 GROUP BY 1, 2, 3, 4, 5
), upto AS (
	SELECT *, sum(n) OVER (PARTITION BY of, pipeline, stage, open
	              ORDER BY days) AS upto,
	       sum(n) OVER (PARTITION BY of, pipeline, stage, open) AS total
	  FROM counted
)
SELECT of, pipeline, stage, ifnull(sum(n) FILTER (WHERE open = 0), 0),
       round(1.0 * sum(days * n) FILTER (WHERE open = 0)
           / sum(n) FILTER (WHERE open = 0), 6),
       avg(days) FILTER (WHERE open = 0 AND 2 * upto >= total
           AND 2 * (upto - n) <= total),
       ifnull(sum(n) FILTER (WHERE open), 0),
       avg(days) FILTER (WHERE open AND 2 * upto >= total
           AND 2 * (upto - n) <= total),
       iif(of = 'deal', ifnull(sum(n) FILTER (WHERE open AND days > 14), 0),
           NULL)
  FROM upto
 GROUP BY of, pipeline, stage
 ORDER BY of DESC, pipeline,
       CASE stage WHEN 'qualified' THEN 1 WHEN 'proposal' THEN 2
       WHEN 'negotiation' THEN 3 WHEN 'lead' THEN 1 WHEN 'contacted' THEN 2
       WHEN 'prospect' THEN 3 WHEN 'customer' THEN 4 WHEN 'client' THEN 5 END
       NULLS LAST, stage;
