-- How long deals and contacts stay in each stage, and who is stuck in it.
-- Group: pipeline
--
-- Parameters
--   of        deal|contact  -      only these
--   from      day           -      first day on which a stay ended
--   to        day           today  last such day
--   pipeline  text          -      of deals, only those of this pipeline
-- Columns
--   of        text   deal or contact
--   pipeline  text   pipeline of the deals
--   stage     text   stage, in its order
--   stays     count  stays that ended
--   mean      days   how long they were, on average
--   median    days   and their median
--   there     count  who is in the stage now
--   so_far    days   median of the days they have been
--   rotting   count  deals there longer than crm.yaml allows (rots)
-- Definitions
--   A stay begins with a recorded step to the stage and ends with the next;
--   the first begins with the deal, or the first contact.  Whoever comes back
--   has another stay.  Winning and losing end a stay and begin none.  Days
--   are those between the two days; stays that have not ended are in so_far
--   alone.
WITH g AS MATERIALIZED (
	SELECT deal, contact, was, stage, CASE WHEN at <= now() THEN day END
	       AS day, row_number() OVER w AS n,
	       lead(CASE WHEN at <= now() THEN day END) OVER w AS next
	  FROM stage_change
	 WHERE :of IS NULL OR (:of = 'deal') = (deal IS NOT NULL)
	WINDOW w AS (PARTITION BY deal, contact ORDER BY at, stage_change)
),
stay AS (
	SELECT deal, contact, stage, day AS first, next AS last
	  FROM g
	 WHERE day IS NOT NULL
	 UNION ALL
	SELECT g.deal, g.contact, g.was,
	       min(ifnull(d.since, c.since), ifnull(g.day, today())), g.day
	  FROM g
	  LEFT JOIN deal d ON d.deal = g.deal
	  LEFT JOIN contact c ON c.contact = g.contact
	 WHERE g.n = 1 AND g.was IS NOT NULL
	   AND ifnull(d.since, c.since) <= today()
	 UNION ALL
	SELECT d.deal, NULL, d.stage, d.since, NULL
	  FROM deal d
	 WHERE (:of IS NULL OR :of = 'deal')
	   AND NOT EXISTS (SELECT 1 FROM stage_change g WHERE g.deal = d.deal)
	 UNION ALL
	SELECT NULL, c.contact, c.stage, c.since, NULL
	  FROM contact c
	 WHERE (:of IS NULL OR :of = 'contact') AND c.stage IS NOT NULL
	   AND NOT EXISTS (SELECT 1
	                     FROM stage_change g
	                    WHERE g.contact = c.contact)
),
s AS (
	SELECT {by s.deal d.contact} 'deal' AS of, d.pipeline, s.stage,
	       s.first, ifnull(s.last, CASE WHEN d.closed <= today()
	       THEN d.closed END) AS last, d.contact
	  FROM stay s
	  JOIN deal d ON d.deal = s.deal
	 WHERE s.stage <> 'won' AND s.stage <> 'lost'
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline) {only d.contact}
	 UNION ALL
	SELECT {by s.contact s.deal} 'contact', NULL, s.stage, s.first, s.last,
	       s.contact
	  FROM stay s
	 WHERE s.deal IS NULL {only s.contact}
),
t AS (
	SELECT s.*, CASE WHEN last IS NOT NULL THEN
	       max(0, days_since(first) - days_since(last)) END AS days,
	       CASE WHEN last IS NULL THEN days_since(first) END AS so_far,
	       CASE WHEN last IS NULL THEN
	            rots_on(pipeline, stage, first) < today() END AS rots
	  FROM s
	 WHERE first <= today()
	   AND (last IS NULL OR last <= :to)
	   AND (last IS NULL OR :from IS NULL OR last >= :from)
)
SELECT {columns} of, pipeline, stage, count(days) AS stays, avg(days) AS mean,
       median(days) AS median, count(so_far) AS there,
       median(so_far) AS so_far,
       CASE of WHEN 'deal' THEN ifnull(sum(rots), 0) END AS rotting
       {contacts contact}
  FROM t
 GROUP BY {groups} of, pipeline, stage
 ORDER BY {groups} of DESC, pipeline,
       ifnull(deal_stage_rank(pipeline, stage), stage_rank(stage)) NULLS LAST,
       stage
