-- Sales velocity: the money a day that deals, their worth and pace bring.
-- Group: pipeline
--
-- Parameters
--   from      day   -1y    first day of the period
--   to        day   today  last day of it
--   count     closed|open|worked  closed  which deals are counted
--   pipeline  text  -      only deals of this pipeline
--   type      text  -      only deals of this type: new, renewal, ...
-- Columns
--   deals     count  deals that are counted
--   won       count  deals won in the period
--   closed    count  deals won or lost in it
--   average   price  amount of a deal won, on average
--   days      days   from the beginning of a deal to winning it, on average
--   velocity  price  money a day
--   unpriced  count  won, but left out of the average: no amount or no rate
--   rate      percent  win rate: won, of those closed
--   low       percent  lower end of its 95 % interval
--   high      percent  upper end
--   few       text   few: under 10 were closed
-- Definitions
--   velocity = deals x win rate x average / days, the usual formula of sales
--   pipelines.  With count=closed the deals are those closed in the period:
--   times the win rate they are those won, so that velocity is the revenue
--   won over the length of a won deal's cycle.  With count=open they are
--   those open at the end of the period, which tells what the pipeline of
--   that day brings a day at the rate, worth and pace of the period; with
--   count=worked both.  A deal whose beginning is after its end counts for
--   all but the days.  Amounts in another currency count at the rate of the
--   day on which the deal was closed.
WITH d AS (
	SELECT {by d.deal d.contact} d.*,
	       ifnull(d.closed <= min(:to, today()), 0) AS over
	  FROM deal d
	 WHERE (:pipeline IS NULL OR d.pipeline = :pipeline)
	   AND (:type IS NULL OR d.type = :type) {only d.contact}
),
w AS (
	SELECT {groups d} d.contact, d.over,
	       CASE :count WHEN 'closed' THEN d.over WHEN 'open' THEN NOT d.over
	            ELSE 1 END AS counted,
	       d.over AND d.status = 'won' AS won,
	       CASE WHEN d.over AND d.status = 'won' THEN
	            {base d.amount d.currency d.closed} END AS amount,
	       CASE WHEN d.over AND d.status = 'won' AND d.closed >= d.since
	            THEN days_since(d.since) - days_since(d.closed) END AS days
	  FROM d
	 WHERE CASE WHEN d.over THEN d.closed >= :from
	            ELSE :count <> 'closed' AND d.since <= min(:to, today()) END
)
SELECT {columns} sum(counted) AS deals, sum(won) AS won, sum(over) AS closed,
       avg(amount) AS average, avg(days) AS days,
       sum(counted) * avg(amount) * sum(won) / sum(over) / avg(days)
       AS velocity, sum(won) - count(amount) AS unpriced,
       {rate sum(won) sum(over)} {contacts contact}
  FROM w
 GROUP BY {groups} NULL
 ORDER BY {groups} NULL
