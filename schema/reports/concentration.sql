-- How much of the revenue hangs on few customers.
-- Group: customers
--
-- Parameters
--   from  day    -1y    first day that counts
--   to    day    today  last day that counts
--   top   count  10     the greatest so many
-- Columns
--   measure    text    top N %, top N customers, herfindahl, gini
--   customers  count   how many these are
--   of         count   of all
--   revenue    money   their revenue, less refunds
--   total      money   of that of all
--   value      number  percent for the tops, else the index
--   unpriced   count   sales of anyone left out of the amounts: no rate
-- Definitions
--   Only customers whose revenue is above nothing in the period count.  Top N %
--   is rounded up to whole customers.  The index of Herfindahl is the sum of
--   the squared shares in percent: 10000 for a single customer, 10000 / n for
--   n equal ones (S. Rhoades, The Herfindahl-Hirschman Index, Federal Reserve
--   Bulletin 79, 1993).  The coefficient of Gini is 2 sum(i x_i) / (n sum(x))
--   - (n + 1) / n, x_1 the least: 0 if all are equal, near 1 if one has all
--   (A. Sen, On Economic Inequality, 1973).
WITH v AS (
	SELECT {unit a} AS contact, sum(a.revenue) AS x,
	       sum(a.unpriced) AS unpriced
	  FROM (SELECT o.contact, (SELECT c.org FROM contact c
	                            WHERE c.contact = o.contact) AS org,
	               o.revenue_minor AS revenue, o.unpriced
	          FROM sold(:from, :to) o) a
	 WHERE 1 {only a.contact}
	 GROUP BY {unit a}
), n AS (
	SELECT {by v.contact} v.* FROM v
	 WHERE v.x > 0 OR v.unpriced > 0
), r AS MATERIALIZED ( -- first come those above nothing
	SELECT n.*, row_number() OVER
	           (PARTITION BY {groups} NULL ORDER BY x DESC, contact) AS i
	  FROM n
), t AS (
	SELECT {groups} sum(x > 0) AS n, sum(max(x, 0)) AS total,
	       sum(iif(x > 0, 1.0 * x * x, 0)) AS squares,
	       sum(iif(x > 0, 1.0 * x * i, 0)) AS ranks,
	       sum(unpriced) AS unpriced
	  FROM r
	 GROUP BY {groups} NULL
	HAVING sum(x > 0) > 0
), m AS (
	SELECT {groups t} t.n, t.total, t.unpriced, k.at,
	       'top ' || k.percent || ' %' AS measure,
	       (t.n * k.percent + 99) / 100 AS last, NULL AS value
	  FROM t JOIN (SELECT 1 AS at, 1 AS percent UNION ALL SELECT 2, 5
	               UNION ALL SELECT 3, 10 UNION ALL SELECT 4, 20) k
	 UNION ALL
	SELECT {groups t} n, total, unpriced, 5,
	       'top ' || :top || ' customers', min(:top, n), NULL
	  FROM t
	 UNION ALL
	SELECT {groups t} n, total, unpriced, 6, 'herfindahl', n,
	       10000.0 * squares / total / total
	  FROM t
	 UNION ALL
	SELECT {groups t} n, total, unpriced, 7, 'gini', n,
	       (n + 1.0) / n - 2.0 * ranks / n / total
	  FROM t
), j AS (
	SELECT {groups m} m.measure, m.at, m.n, m.total, m.unpriced, m.value,
	       r.contact, r.x
	  FROM m LEFT JOIN r ON r.i <= m.last {same m r}
)
SELECT {columns} measure, count(x) AS customers, n AS of,
       sum(x) AS revenue, total,
       ifnull(value, rate(sum(x), total)) AS value, unpriced
       {contacts contact}
  FROM j
 GROUP BY {groups} at
 ORDER BY {groups} at
