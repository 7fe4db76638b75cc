-- How many of those who first bought in a month came back in each later one.
-- Group: customers
--
-- Parameters
--   from  day  -      first day of a first purchase
--   to    day  today  last day of a purchase
--   per   month|quarter|year  month  how long a period is
-- Columns
--   cohort     text     period of the first purchase
--   since      count    periods since then; 0 is that one
--   customers  count    those who first bought in it
--   active     count    those of them who bought so much later
--   rate       percent  active of customers
--   low        percent  that rate is between this
--   high       percent  and this, 95 times of 100
--   few        text     few: fewer than ten customers
-- Definitions
--   A purchase is a sale that gives nothing back.  A customer is active in a
--   period by one purchase or more.  Every period up to the one of to= has a
--   row, and the last may not be over.  Amounts play no part.
WITH p AS (
	SELECT {unit c} AS contact,
	       (substr(s.day, 1, 4) * 12 + substr(s.day, 6, 2) - 1) / m.months
	           AS at, min(s.day) AS day
	  FROM (SELECT CASE :per WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
	               ELSE 12 END AS months) m
	  JOIN sale s JOIN contact c ON c.contact = s.contact
	 WHERE s.refunds IS NULL AND s.day <= min(:to, today()) {only s.contact}
	 GROUP BY {unit c}, at
), f AS (
	SELECT {by p.contact} p.contact, min(at) AS at,
	       period(min(day), :per) AS cohort
	  FROM p
	 GROUP BY p.contact
	HAVING :from IS NULL OR min(day) >= :from
), z AS (
	SELECT {groups} at, cohort, count(*) AS customers
	  FROM f
	 GROUP BY {groups} at, cohort
), n AS (
	SELECT (substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1)
	           / CASE :per WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
	             ELSE 12 END AS at
	  FROM (SELECT min(:to, today()) AS day)
	 UNION ALL
	SELECT at - 1 FROM n WHERE at > (SELECT min(at) FROM z)
), u AS (
	SELECT {groups f} f.cohort, p.at - f.at AS since, p.contact,
	       NULL AS customers
	  FROM p JOIN f ON f.contact = p.contact
	 UNION ALL
	SELECT {groups z} z.cohort, n.at - z.at, NULL, z.customers
	  FROM z JOIN n ON n.at >= z.at
)
SELECT {columns} cohort, since, max(customers) AS customers,
       count(contact) AS active, {rate count(contact) max(customers)}
       {contacts contact}
  FROM u
 GROUP BY {groups} cohort, since
 ORDER BY {groups} cohort, since
