-- Open deals by stage: how many, worth what, and weighted by their chances.
-- Group: pipeline
--
-- Parameters
--   pipeline  text   -      only deals of this pipeline
-- Columns
--   pipeline  text   pipeline
--   stage     text   stage, in the pipeline's order
--   deals     count  open deals in it
--   amount    money  what they would bring
--   chance    percent  how likely a deal of the stage is won, by crm.yaml
--   weighted  money  amount times chance
--   unpriced  count  deals left out of the amounts: none, or no rate
-- Definitions
--   A deal is open from the day it began until the day it was won or lost.
--   One without an amount counts, and brings nothing; amounts in another
--   currency count at today's rate.  The chance is that of the stage in
--   crm.yaml; a stage without one weighs nothing.
WITH d AS (
	SELECT {by d.deal d.contact} d.contact, d.pipeline, d.stage,
	       {base d.amount d.currency today()} AS amount,
	       probability(d.pipeline, d.stage) AS chance
	  FROM deal d
	 WHERE d.since <= today() AND (d.closed IS NULL OR d.closed > today())
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline) {only d.contact}
)
SELECT {columns} pipeline, stage, count(*) AS deals, sum(amount) AS amount,
       chance, sum(amount * chance / 100) AS weighted,
       count(*) - count(amount) AS unpriced {contacts contact}
  FROM d
 GROUP BY {groups} pipeline, stage
 ORDER BY {groups} pipeline, deal_stage_rank(pipeline, stage)
