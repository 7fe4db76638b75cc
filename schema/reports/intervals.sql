-- How long customers take to buy again: purchases by days since the last one.
-- Group: customers
--
-- Parameters
--   from   day   -      first day of the later purchase
--   to     day   today  last day that counts
--   width  days  30d    of a row
-- Columns
--   days        days     from so many days after the purchase before
--   until       days     to so many
--   purchases   count    purchases that came so long after
--   share       percent  of all that came after another
--   cumulative  percent  of them, up to here
-- Definitions
--   A purchase is a day on which a customer bought something; sales that give
--   something back are none.  Rows without any are left out.
WITH b AS (
	SELECT s.contact, s.day,
	       julianday(s.day) - lag(julianday(s.day)) OVER
	           (PARTITION BY s.contact ORDER BY s.day) AS gap
	  FROM sale s
	 WHERE s.refunds IS NULL AND s.day <= min(:to, today()) {only s.contact}
), n AS (
	SELECT {by b.contact} b.contact,
	       CAST((gap - 1) / max(:width, 1) AS INTEGER) AS at
	  FROM b
	 WHERE b.gap > 0 AND (:from IS NULL OR b.day >= :from)
), g AS (
	SELECT {groups} at, count(*) AS purchases {contacts contact}
	  FROM n
	 GROUP BY {groups} at
)
SELECT {columns} at * max(:width, 1) + 1 AS days,
       (at + 1) * max(:width, 1) AS until, purchases,
       rate(purchases, sum(purchases) OVER (PARTITION BY {groups} NULL))
           AS share,
       rate(sum(purchases) OVER (PARTITION BY {groups} NULL ORDER BY at),
           sum(purchases) OVER (PARTITION BY {groups} NULL)) AS cumulative
       {contacts contacts_}
  FROM g
 GROUP BY {groups} at
 ORDER BY {groups} at
