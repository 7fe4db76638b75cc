-- Why deals were lost: to whom, from which stage, of whom, of what size.
-- Group: pipeline
--
-- Parameters
--   from         day   -1y    first day on which a deal was lost
--   to           day   today  last such day
--   pipeline     text  -      only deals of this pipeline
--   what         reason|competitor|stage|owner|size  -  only this breakdown
-- Columns
--   what         text   reason, competitor, stage, owner or size
--   value        text   which of them; empty: not known
--   deals        count  deals lost
--   no_decision  count  of those, lost because nobody decided
--   repeats      count  of those, lost again for the reason in the quarter
--   amount       money  what all would have brought
--   unpriced     count  left out of that: no amount, or no rate
--   days         days   from their beginning to their loss, on average
-- Definitions
--   Every deal is in each of the five breakdowns once.  Of owner is who
--   pursued it; stage is the one it was lost from; size is what it would have
--   brought, by powers of ten of the base currency.  The reason
--   'no decision' is no loss to anyone: it stands last, and is counted apart
--   everywhere.  A repeat is a loss for a reason for which the same contact
--   (with unit=account: the same organisation) was lost before in the same
--   calendar quarter.  Amounts in another currency count at the rate of the
--   day of the loss.
WITH d AS (
	SELECT {by d.deal d.contact} {unit c} AS contact, d.closed, d.reason,
	       d.competitor, d.stage, d.pipeline, s.login AS owner,
	       ifnull(d.reason = 'no decision', 0) AS undecided,
	       {base d.amount d.currency d.closed} AS amount,
	       CASE WHEN d.closed >= d.since THEN
	            days_since(d.since) - days_since(d.closed) END AS days,
	       d.reason IS NOT NULL AND row_number() OVER (
	            PARTITION BY {unit c}, d.reason, period(d.closed, 'quarter')
	            ORDER BY d.closed, d.deal) > 1 AS again
	  FROM deal d
	  JOIN contact c ON c.contact = d.contact
	  LEFT JOIN staff s ON s.staff = d.owner
	 WHERE d.status = 'lost' AND d.closed <= today()
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline) {only d.contact}
),
z AS (
	SELECT *, CAST(major(amount, base_currency()) AS INTEGER) AS size
	  FROM d
	 WHERE closed <= :to AND (:from IS NULL OR closed >= :from)
),
w AS (
	SELECT 1 AS rank, 'reason' AS what
	 UNION ALL SELECT 2, 'competitor'
	 UNION ALL SELECT 3, 'stage'
	 UNION ALL SELECT 4, 'owner'
	 UNION ALL SELECT 5, 'size'
),
v AS (
	SELECT z.*, w.rank, w.what, CASE w.what
	       WHEN 'reason' THEN reason
	       WHEN 'competitor' THEN competitor
	       WHEN 'stage' THEN stage
	       WHEN 'owner' THEN owner
	       WHEN 'size' THEN CASE WHEN size < 10 THEN 'under 10' ELSE
	            substr('1000000000000000000', 1, length(size)) || ' to ' ||
	            substr('9999999999999999999', 1, length(size)) END
	       END AS value, CASE w.what
	       WHEN 'reason' THEN undecided
	       WHEN 'stage' THEN deal_stage_rank(pipeline, stage)
	       WHEN 'size' THEN length(max(size, 1)) END AS place
	  FROM w
	  JOIN z
	 WHERE :what IS NULL OR w.what = :what
)
SELECT {columns} what, value, count(*) AS deals,
       sum(undecided) AS no_decision, sum(again) AS repeats,
       sum(amount) AS amount, count(*) - count(amount) AS unpriced,
       avg(days) AS days {contacts contact}
  FROM v
 GROUP BY {groups} what, value
 ORDER BY {groups} rank, min(place) NULLS LAST, deals DESC, value NULLS LAST
