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
), n AS (
	SELECT (substr(:from, 1, 4) * 12 + substr(:from, 6, 2) - 1)
	           / months * months AS at, months, last
	  FROM m
	 UNION ALL
	SELECT at + months, months, last
	  FROM n
	 WHERE format('%04d-%02d-01', (at + months) / 12,
	           (at + months) % 12 + 1) <= last
), p AS (
	SELECT format('%04d-%02d-01', at / 12, at % 12 + 1) AS first,
	       min(last, date(format('%04d-%02d-01', (at + months) / 12,
	           (at + months) % 12 + 1), '-1 day')) AS last
	  FROM n
), b AS (
	SELECT {unit c} AS contact, julianday(s.day) AS at,
	       lead(julianday(s.day)) OVER
	           (PARTITION BY {unit c} ORDER BY s.day) AS next
	  FROM m JOIN contact c JOIN sale s ON s.contact = c.contact
	 WHERE s.refunds IS NULL AND s.day <= m.last {only c.contact}
), y AS MATERIALIZED (
	SELECT {by b.contact} b.contact, date(b.at + :lapse) AS gone,
	       date(b.next) AS back, b.next - b.at AS away
	  FROM b JOIN m
	 WHERE (b.next IS NULL OR b.next > b.at + :lapse)
	   AND b.at + :lapse <= julianday(m.last)
), l AS MATERIALIZED (
	SELECT y.contact, y.back, p.last
	  FROM p JOIN y ON y.gone < p.first AND y.back >= p.first
	                AND y.back <= p.last
), v AS (
	SELECT l.contact, l.back,
	       sum({base s.amount s.currency s.day}) AS revenue,
	       sum({base s.amount s.currency s.day} IS NULL) AS unpriced
	  FROM (SELECT {unit c} AS contact, s.day, s.amount, s.currency
	          FROM contact c JOIN sale s ON s.contact = c.contact) s
	  JOIN l ON l.contact = s.contact
	 WHERE s.day BETWEEN l.back AND l.last
	 GROUP BY l.contact, l.back
)
SELECT {columns} period(p.first, :per) AS period, count(*) AS lapsed,
       count(v.contact) AS back, {rate count(v.contact) count(*)},
       median(iif(v.contact IS NULL, NULL, y.away)) AS away,
       ifnull(sum(v.revenue), 0) AS revenue,
       ifnull(sum(v.unpriced), 0) AS unpriced {contacts v.contact}
  FROM p JOIN y ON y.gone < p.first AND (y.back IS NULL OR y.back >= p.first)
  LEFT JOIN v ON v.contact = y.contact AND v.back = y.back AND y.back <= p.last
 GROUP BY {groups} p.first
 ORDER BY {groups} p.first
