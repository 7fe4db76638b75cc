-- Of the deals that were closed, how many were won.
-- Group: pipeline
--
-- Parameters
--   from      day   -      first day on which a deal was closed
--   to        day   today  last such day
--   per       all|month|quarter|year  all  a row for each of these
--   pipeline  text  -      only deals of this pipeline
--   type      text  -      only deals of this type: new, renewal, ...
-- Columns
--   period    text   when they were closed
--   won       count  deals won
--   lost      count  deals lost
--   closed    count  both
--   revenue   money  amounts of those won
--   unpriced  count  won, but left out of it: no amount, or no rate
--   rate      percent  won, of those closed
--   low       percent  lower end of its 95 % interval
--   high      percent  upper end
--   few       text   few: under 10 were closed
-- Definitions
--   The win rate is won / (won + lost), of deals closed in the period; those
--   still open are in neither.  A deal that was lost for want of a decision
--   is lost; by=reason sets it apart.  Amounts in another currency count at
--   the rate of the day on which the deal was closed.
WITH d AS (
	SELECT {by d.deal d.contact} d.contact, d.status = 'won' AS won,
	       CASE :per WHEN 'all' THEN 'all'
	            ELSE period(d.closed, :per) END AS period,
	       CASE d.status WHEN 'won' THEN
	            {base d.amount d.currency d.closed} END AS amount
	  FROM deal d
	 WHERE d.status <> 'open' AND d.closed <= min(:to, today())
	   AND (:from IS NULL OR d.closed >= :from)
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline)
	   AND (:type IS NULL OR d.type = :type) {only d.contact}
)
SELECT {columns} period, sum(won) AS won, sum(NOT won) AS lost,
       count(*) AS closed, ifnull(sum(amount), 0) AS revenue,
       sum(won) - count(amount) AS unpriced,
       {rate sum(won) count(*)} {contacts contact}
  FROM d
 GROUP BY {groups} period
 ORDER BY {groups} period
