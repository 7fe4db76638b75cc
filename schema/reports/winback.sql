-- Lapsed customers who bought again, by period, and what they brought.
-- Group: customers
--
-- Parameters
--   from   day   -1y    first day of the periods
--   to     day   today  last day that counts
--   per    month|quarter|year  month  how long a period is
--   lapse  days  365d   who has bought nothing for so long has lapsed
-- Columns
--   period    text     when they bought again
--   lapsed    count    those who had lapsed when it began
--   back      count    those of them who bought again in it
--   rate      percent  back of lapsed
--   low       percent  that rate is between this
--   high      percent  and this, 95 times of 100
--   few       text     few: fewer than ten lapsed
--   away      days     median of the days between the two purchases
--   revenue   money    of those who came back, from then to the period's end
--   unpriced  count    sales left out of it: no rate
-- Definitions
--   A purchase is a sale that gives nothing back; revenue is less refunds.
--   With lapse=365d somebody has lapsed on the 365th day after a purchase
--   unless he or she bought again by then; see the report churn.  Who lapsed
--   and came back within one period is not in it.  The periods that from= and
--   to= are in have rows; the last may not be over.
WITH RECURSIVE m AS (
	SELECT CASE :per WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
	       ELSE 12 END AS months, min(:to, today()) AS last
), p AS (
	SELECT (substr(:from, 1, 4) * 12 + substr(:from, 6, 2) - 1) / months
	           AS at
	  FROM m
	 WHERE :from <= last
	 UNION ALL
	SELECT at + 1
	  FROM p JOIN m
	 WHERE at < (substr(last, 1, 4) * 12 + substr(last, 6, 2) - 1) / months
), b AS (
	SELECT {unit c} AS contact, julianday(s.day) AS at,
	       lead(julianday(s.day)) OVER
	           (PARTITION BY {unit c} ORDER BY s.day) AS next
	  FROM m JOIN contact c JOIN sale s ON s.contact = c.contact
	 WHERE s.refunds IS NULL AND s.day <= m.last {only c.contact}
), x AS (
	SELECT contact, date(at + :lapse) AS gone, date(next) AS back,
	       next - at AS away
	  FROM b
	 WHERE (next IS NULL OR next > at + :lapse)
	   AND at + :lapse <= (SELECT julianday(last) FROM m)
), y AS MATERIALIZED (
	SELECT {by x.contact} x.contact, x.back, x.away,
	       (substr(gone, 1, 4) * 12 + substr(gone, 6, 2) - 1) / months
	           AS first_at,
	       (substr(back, 1, 4) * 12 + substr(back, 6, 2) - 1) / months
	           AS at
	  FROM x JOIN m
), l AS MATERIALIZED (
	SELECT {groups} contact, back, away, at,
	       min(last, date(format('%04d-%02d-01', (at + 1) * months / 12,
	           (at + 1) * months % 12 + 1), '-1 day')) AS last
	  FROM y JOIN m
	 WHERE first_at < at AND at IN (SELECT p.at FROM p)
), v AS (
	SELECT {groups l} l.contact, l.at, l.away,
	       sum({base s.amount s.currency s.day}) AS revenue,
	       sum({base s.amount s.currency s.day} IS NULL) AS unpriced
	  FROM (SELECT {unit c} AS contact, s.day, s.amount, s.currency
	          FROM contact c JOIN sale s ON s.contact = c.contact
	         WHERE 1 {only c.contact}) s
	  JOIN l ON l.contact = s.contact
	 WHERE s.day >= l.back AND s.day <= l.last
	 GROUP BY {groups l} l.contact, l.at
), e AS (
	SELECT {groups} first_at AS at, count(*) AS n
	  FROM y
	 GROUP BY {groups} first_at
	 UNION ALL
	SELECT {groups} at, -count(*)
	  FROM y
	 WHERE at IS NOT NULL
	 GROUP BY {groups} at
), n AS MATERIALIZED (
	SELECT {groups e} p.at, sum(e.n) AS lapsed
	  FROM p JOIN e ON e.at < p.at
	 GROUP BY {groups e} p.at
	HAVING sum(e.n) > 0
), r AS (
	SELECT {groups n} n.at, n.lapsed, v.contact, v.away, v.revenue,
	       v.unpriced
	  FROM n LEFT JOIN v ON v.at = n.at {same v n}
)
SELECT {columns} period(format('%04d-%02d-01', at * months / 12,
           at * months % 12 + 1), :per) AS period,
       lapsed, count(contact) AS back, {rate count(contact) lapsed},
       median(away) AS away, ifnull(sum(revenue), 0) AS revenue,
       ifnull(sum(unpriced), 0) AS unpriced {contacts contact}
  FROM r JOIN m
 GROUP BY {groups} at
 ORDER BY {groups} at
