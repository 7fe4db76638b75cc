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
--   period by one purchase or more.  Cohorts begin with the period that from=
--   is in.  Every period up to the one of to= has a row, and the last may not
--   be over.  Amounts play no part.
WITH RECURSIVE m AS (
	SELECT CASE :per WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
	       ELSE 12 END AS months, min(:to, today()) AS last
), p AS (
	SELECT {unit c} AS contact,
	       (substr(s.day, 1, 4) * 12 + substr(s.day, 6, 2) - 1) / m.months
	           AS at, min(s.day) AS day
	  FROM m JOIN sale s JOIN contact c ON c.contact = s.contact
	 WHERE NOT {whole} AND s.refunds IS NULL AND s.day <= m.last
	       {only s.contact}
	 GROUP BY {unit c}, at
), f AS (
	SELECT {by p.contact} p.contact, min(at) AS at,
	       period(min(day), :per) AS cohort
	  FROM p
	 GROUP BY p.contact
), a AS MATERIALIZED (
	SELECT {groups f} f.cohort, f.at, p.at - f.at AS since,
	       count(*) AS active {contacts p.contact}
	  FROM p JOIN f ON f.contact = p.contact
	 GROUP BY {groups f} f.at, since
	 UNION ALL
	SELECT {none} cohort, CASE :per
	       WHEN 'month' THEN substr(cohort, 1, 4) * 12
	           + substr(cohort, 6) - 1
	       WHEN 'quarter' THEN substr(cohort, 1, 4) * 4
	           + substr(cohort, 7) - 1
	       ELSE cohort + 0 END, age, max(buyers) {contacts NULL}
	  FROM cohorted(NULL, :to, :per)
	 WHERE {whole} AND buyers > 0
	 GROUP BY cohort, age
), z AS (
	SELECT *
	  FROM a
	 WHERE since = 0 AND (:from IS NULL OR at >= (SELECT
	       (substr(:from, 1, 4) * 12 + substr(:from, 6, 2) - 1) / months
	  FROM m))
), n AS (
	SELECT (substr(last, 1, 4) * 12 + substr(last, 6, 2) - 1) / months
	           AS at
	  FROM m
	 UNION ALL
	SELECT at - 1 FROM n WHERE at > (SELECT min(at) FROM z)
), t AS (
	SELECT {groups z} z.cohort, n.at - z.at AS since,
	       z.active AS customers, ifnull(a.active, 0) AS active
	       {contacts a.contacts_}
	  FROM z JOIN n ON n.at >= z.at
	  LEFT JOIN a ON a.at = z.at AND a.since = n.at - z.at {same a z}
	 GROUP BY {groups z} z.cohort, n.at
)
SELECT {columns} cohort, since, customers, active, {rate active customers}
       {contacts contacts_}
  FROM t
 GROUP BY {groups} cohort, since
 ORDER BY {groups} cohort, since
