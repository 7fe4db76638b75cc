-- The lifecycle as a funnel: who came to each stage, and who went on.
-- Group: pipeline
--
-- Parameters
--   from     day   -      first day on which a contact came to the stage
--   to       day   today  last such day
--   mature   days  90d    only who came so long ago counts in the rate
-- Columns
--   stage    text   stage, in the order of the lifecycle
--   entered  count  contacts that came to it
--   ripe     count  of those, who came at least mature= ago
--   went_on  count  of these, who came to a further stage since
--   left     count  of these, who did not and are at an exit now
--   days     days   median days until they went on
--   rate     percent  went_on, of those ripe
--   low      percent  lower end of its 95 % interval
--   high     percent  upper end
--   few      text   few: under 10 are ripe
-- Definitions
--   Only moves forward count: to a stage further than any the contact was at
--   before, so that each counts once a stage, and who fell back and rose
--   again has gone on once.  Stages that were jumped over were not entered,
--   and jumping is going on.  A contact is at its first stage from the day of
--   the first contact; one whose steps are not recorded has come to its
--   present stage then, and not gone on.  Exits are no steps: who returns
--   from one has gone on if it is further than ever.
WITH step AS (
	SELECT contact, at, stage_change AS n, stage, day,
	       stage_rank(stage) AS rank
	  FROM stage_change
	 WHERE contact IS NOT NULL AND at <= now()
	 UNION ALL
	SELECT g.contact, '', 0, g.was, min(c.since, g.day), stage_rank(g.was)
	  FROM stage_change g
	  JOIN contact c ON c.contact = g.contact
	 WHERE g.was IS NOT NULL AND c.since <= today()
	   AND NOT EXISTS (SELECT 1
	                     FROM stage_change f
	                    WHERE f.contact = g.contact AND f.at <= g.at
	                      AND (f.at, f.stage_change) <
	                          (g.at, g.stage_change))
),
high AS (
	SELECT *, max(rank) OVER (PARTITION BY contact ORDER BY at, n
	              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
	              AS highest
	  FROM step
),
came AS (
	SELECT contact, stage, day,
	       lead(day) OVER (PARTITION BY contact ORDER BY at, n) AS next
	  FROM high
	 WHERE rank > ifnull(highest, 0)
	 UNION ALL
	SELECT c.contact, c.stage, c.since, NULL
	  FROM contact c
	 WHERE stage_rank(c.stage) > 0 AND c.since <= today()
	   AND NOT EXISTS (SELECT 1
	                     FROM stage_change g
	                    WHERE g.contact = c.contact)
),
e AS (
	SELECT {by e.contact} e.contact, e.stage,
	       e.day <= days_before(:mature) AS ripe,
	       CASE WHEN e.next IS NOT NULL AND e.day <= days_before(:mature)
	            THEN days_since(e.day) - days_since(e.next) END AS days,
	       e.day <= days_before(:mature) AND e.next IS NULL AND
	       stage_rank(c.stage) IS NULL AS left
	  FROM came e
	  JOIN contact c ON c.contact = e.contact
	 WHERE (:from IS NULL OR e.day >= :from) AND e.day <= :to
	       {only e.contact}
)
SELECT {columns} stage, count(*) AS entered, sum(ripe) AS ripe,
       count(days) AS went_on, sum(left) AS left, median(days) AS days,
       {rate count(days) sum(ripe)} {contacts contact}
  FROM e
 GROUP BY {groups} stage
 ORDER BY {groups} stage_rank(stage)
