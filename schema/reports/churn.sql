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
	SELECT {unit c} AS contact, s.day, julianday(s.day) AS at,
	       lag(julianday(s.day)) OVER w AS before,
	       lead(julianday(s.day)) OVER w AS next
	  FROM m JOIN contact c JOIN sale s ON s.contact = c.contact
	 WHERE s.refunds IS NULL AND s.day <= m.last {only c.contact}
	WINDOW w AS (PARTITION BY {unit c} ORDER BY s.day)
), d AS (
	SELECT contact, day, at,
	       before IS NULL OR before < at - :lapse AS starts,
	       next IS NULL OR next > at + :lapse AS ends
	  FROM b
), x AS (
	SELECT d.*, iif(starts, day, lag(day) OVER
	           (PARTITION BY contact ORDER BY day, starts DESC)) AS since
	  FROM d
	 WHERE starts OR ends
), y AS MATERIALIZED (
	SELECT {by x.contact} x.contact, x.day AS bought,
	       date(x.at + :lapse) AS gone, m.last,
	       (substr(since, 1, 4) * 12 + substr(since, 6, 2) - 1) / months
	           AS first_at,
	       (substr(date(x.at + :lapse), 1, 4) * 12
	           + substr(date(x.at + :lapse), 6, 2) - 1) / months AS at
	  FROM x JOIN m
	 WHERE x.ends
), l AS MATERIALIZED (
	SELECT {groups} contact, bought, at,
	       date(bought, -:lapse || ' days') AS since
	  FROM y
	 WHERE gone <= last AND first_at < at AND at IN (SELECT p.at FROM p)
), v AS (
	SELECT {groups l} l.contact, l.at,
	       sum({base s.amount s.currency s.day}) AS lost,
	       sum({base s.amount s.currency s.day} IS NULL) AS unpriced
	  FROM (SELECT {unit c} AS contact, s.day, s.amount, s.currency
	          FROM contact c JOIN sale s ON s.contact = c.contact
	         WHERE 1 {only c.contact}) s
	  JOIN l ON l.contact = s.contact
	 WHERE s.day > l.since AND s.day <= l.bought
	 GROUP BY {groups l} l.contact, l.at
), e AS (
	SELECT {groups} first_at AS at, count(*) AS n
	  FROM y
	 GROUP BY {groups} first_at
	 UNION ALL
	SELECT {groups} at, -count(*)
	  FROM y
	 GROUP BY {groups} at
), n AS MATERIALIZED (
	SELECT {groups e} p.at, sum(e.n) AS customers
	  FROM p JOIN e ON e.at < p.at
	 GROUP BY {groups e} p.at
	HAVING sum(e.n) > 0
), r AS (
	SELECT {groups n} n.at, n.customers, v.contact, v.lost, v.unpriced
	  FROM n LEFT JOIN v ON v.at = n.at {same v n}
)
SELECT {columns} period(format('%04d-%02d-01', at * months / 12,
           at * months % 12 + 1), :per) AS period,
       customers, count(contact) AS lapsed, {rate count(contact) customers},
       ifnull(sum(lost), 0) AS lost, ifnull(sum(unpriced), 0) AS unpriced
       {contacts contact}
  FROM r JOIN m
 GROUP BY {groups} at
 ORDER BY {groups} at
