-- Customers and revenue kept from each period to the next.
-- Group: customers
--
-- Parameters
--   from  day  -1y    first day of the periods
--   to    day  today  last day that counts
--   per   month|quarter|year  quarter  how long a period is
-- Columns
--   period     text     into which they were kept, or not
--   customers  count    those who bought in the period before
--   kept       count    those of them who bought again in this one
--   rate       percent  kept of customers
--   low        percent  that rate is between this
--   high       percent  and this, 95 times of 100
--   few        text     few: fewer than ten customers
--   before     money    their revenue in the period before
--   after      money    their revenue in this one
--   held       money    the same, of each no more than before
--   net        percent  after of before: net revenue retention
--   gross      percent  held of before: gross revenue retention
--   unpriced   count    their sales left out of the amounts: no rate
-- Definitions
--   A purchase is a sale that gives nothing back; revenue is less refunds.
--   Net counts what customers spend more, gross only what they spend less;
--   new customers and those who come back after a pause are in neither.  The
--   periods that from= and to= are in have rows; the last may not be over.
WITH m AS (
	SELECT CASE :per WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
	       ELSE 12 END AS months, min(:to, today()) AS last
), p AS (
	SELECT {unit c} AS contact,
	       (substr(s.day, 1, 4) * 12 + substr(s.day, 6, 2) - 1) / m.months
	           AS at, max(s.refunds IS NULL) AS bought,
	       sum({base s.amount s.currency s.day}) AS revenue,
	       sum({base s.amount s.currency s.day} IS NULL) AS unpriced
	  FROM m JOIN sale s JOIN contact c ON c.contact = s.contact
	 WHERE NOT {whole} AND s.day <= m.last
	   AND s.day >= date(:from, 'start of month', '-' || (
	           (substr(:from, 6, 2) - 1) % m.months + m.months)
	           || ' months') {only s.contact}
	 GROUP BY {unit c}, at
), r AS (
	SELECT contact, at + 1 AS at, bought, ifnull(revenue, 0) AS before,
	       unpriced,
	       lead(at) OVER w = at + 1 AS followed,
	       lead(bought) OVER w AS again,
	       lead(ifnull(revenue, 0)) OVER w AS after,
	       lead(unpriced) OVER w AS unpriced_after
	  FROM p
	WINDOW w AS (PARTITION BY contact ORDER BY at)
), c AS (
	SELECT CASE :per
	       WHEN 'month' THEN substr(period, 1, 4) * 12
	           + substr(period, 6) - 1
	       WHEN 'quarter' THEN substr(period, 1, 4) * 4
	           + substr(period, 7) - 1
	       ELSE period + 0 END AS at, c.*
	  FROM cohorted(NULL, :to, :per) c
	 WHERE {whole}
), k AS (
	SELECT {by r.contact} r.contact, r.at, 1 AS customers, r.before,
	       iif(r.followed, r.again, 0) AS kept,
	       iif(r.followed, r.after, 0) AS after,
	       iif(r.followed, min(r.before, max(r.after, 0)), 0) AS held,
	       r.unpriced + iif(r.followed, r.unpriced_after, 0) AS unpriced
	  FROM r
	 WHERE r.bought
	 UNION ALL
	SELECT {none} NULL, at + 1, buyers, buyers_minor, 0, 0, 0,
	       buyers_unpriced
	  FROM c
	 UNION ALL
	SELECT {none} NULL, at, 0, 0, kept, kept_minor, least_minor,
	       kept_unpriced
	  FROM c
)
SELECT {columns}
       period(format('%04d-%02d-01', at * m.months / 12,
           at * m.months % 12 + 1), :per) AS period,
       sum(customers) AS customers, sum(kept) AS kept,
       {rate sum(kept) sum(customers)}, sum(before) AS before,
       sum(after) AS after, sum(held) AS held,
       rate(sum(after), sum(before)) AS net,
       rate(sum(held), sum(before)) AS gross,
       sum(unpriced) AS unpriced {contacts contact}
  FROM m JOIN k
 WHERE at >= (substr(:from, 1, 4) * 12 + substr(:from, 6, 2) - 1) / m.months
   AND at <= (substr(m.last, 1, 4) * 12 + substr(m.last, 6, 2) - 1)
           / m.months
 GROUP BY {groups} at
HAVING sum(customers) > 0
 ORDER BY {groups} at
