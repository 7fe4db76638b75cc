-- What open deals will bring, by the month in which they should be decided.
-- Group: pipeline
--
-- Parameters
--   to        day     -   only deals expected until then
--   per       month|quarter|year  month  periods
--   commit    number  75  chance in percent from which a deal is counted on
--   pipeline  text    -   only deals of this pipeline
-- Columns
--   late      text   late: the day has passed, and the deal is still open
--   period    text   when it should be decided; empty: it is not said
--   deals     count  open deals
--   best      money  all of them won
--   weighted  money  amounts times the chances of their stages
--   worst     money  only those won that can be counted on
--   unpriced  count  deals left out of the amounts: none, or no rate
-- Definitions
--   A deal is open from the day it began until the day it was won or lost,
--   and expected on its day, today included; later it is late, and stands
--   apart, since nothing may come of it.  Chances are those of crm.yaml; a
--   stage without one weighs nothing and cannot be counted on.  Amounts in
--   another currency count at today's rate.
WITH d AS (
	SELECT {by d.deal d.contact} d.contact,
	       CASE WHEN d.expected < today() THEN 'late' END AS late,
	       period(d.expected, :per) AS period,
	       {base d.amount d.currency today()} AS amount,
	       probability(d.pipeline, d.stage) AS chance
	  FROM deal d
	 WHERE d.since <= today() AND (d.closed IS NULL OR d.closed > today())
	   AND (:to IS NULL OR d.expected <= :to)
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline) {only d.contact}
)
SELECT {columns} late, period, count(*) AS deals,
       ifnull(sum(amount), 0) AS best,
       ifnull(sum(amount * chance / 100), 0) AS weighted,
       ifnull(sum(CASE WHEN chance >= :commit THEN amount END), 0) AS worst,
       count(*) - count(amount) AS unpriced {contacts contact}
  FROM d
 GROUP BY {groups} late, period
 ORDER BY {groups} late NULLS LAST, period NULLS LAST
