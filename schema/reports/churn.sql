-- Customers who lapsed in each period, of those there were when it began.
-- Group: customers
--
-- Parameters
--   from   day   -1y    first day of the periods
--   to     day   today  last day that counts
--   per    month|quarter|year  month  how long a period is
--   lapse  days  365d   who has bought nothing for so long has lapsed
-- Columns
--   period     text     when they lapsed
--   customers  count    customers when it began
--   lapsed     count    those of them who lapsed in it
--   rate       percent  lapsed of customers
--   low        percent  that rate is between this
--   high       percent  and this, 95 times of 100
--   few        text     few: fewer than ten customers
--   lost       money    revenue of the lapsed in as many days as lapse= up to
--                       their last purchase
--   unpriced   count    sales left out of it: no rate
-- Definitions
--   A purchase is a sale that gives nothing back.  With lapse=365d somebody is
--   a customer from the day of a purchase to the 364th day after it, and has
--   lapsed on the 365th unless he or she bought again by then.  Who comes
--   back later lapses again later.  The periods that from= and to= are in
--   have rows; the last may not be over.
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
	SELECT {unit c} AS contact, s.day, julianday(s.day) AS at,
	       lag(julianday(s.day)) OVER w AS before,
	       lead(julianday(s.day)) OVER w AS next
	  FROM m JOIN contact c JOIN sale s ON s.contact = c.contact
	 WHERE s.refunds IS NULL AND s.day <= m.last {only c.contact}
	WINDOW w AS (PARTITION BY {unit c} ORDER BY s.day)
), x AS (
	SELECT b.*, max(iif(before >= at - :lapse, NULL, day)) OVER
	           (PARTITION BY contact ORDER BY day) AS since
	  FROM b
), y AS MATERIALIZED (
	SELECT {by x.contact} x.contact, x.since, x.day AS bought,
	       date(x.at + :lapse) AS gone
	  FROM x
	 WHERE next IS NULL OR next > at + :lapse
), l AS MATERIALIZED (
	SELECT contact, bought, date(bought, -:lapse || ' days') AS since
	  FROM y JOIN m
	 WHERE gone >= (SELECT min(first) FROM p) AND gone <= m.last
), v AS (
	SELECT l.contact, l.bought,
	       sum({base s.amount s.currency s.day}) AS lost,
	       sum({base s.amount s.currency s.day} IS NULL) AS unpriced
	  FROM (SELECT {unit c} AS contact, s.day, s.amount, s.currency
	          FROM contact c JOIN sale s ON s.contact = c.contact) s
	  JOIN l ON l.contact = s.contact
	 WHERE s.day > l.since AND s.day <= l.bought
	 GROUP BY l.contact, l.bought
)
SELECT {columns} period(p.first, :per) AS period, count(*) AS customers,
       count(v.contact) AS lapsed, {rate count(v.contact) count(*)},
       ifnull(sum(v.lost), 0) AS lost, ifnull(sum(v.unpriced), 0) AS unpriced
       {contacts v.contact}
  FROM p JOIN y ON y.since < p.first AND y.gone >= p.first
  LEFT JOIN v ON v.contact = y.contact AND v.bought = y.bought
        AND y.gone <= p.last
 GROUP BY {groups} p.first
 ORDER BY {groups} p.first
