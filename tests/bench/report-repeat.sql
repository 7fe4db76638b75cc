WITH b AS MATERIALIZED (
	SELECT contact, count(DISTINCT ifnull(order_no, day)) AS orders,
	       min(day) AS first, max(day) AS last
	  FROM sale
	 WHERE refunds IS NULL AND day <= '2026-11-23'
	 GROUP BY contact
	HAVING orders >= 2
), gap AS (
	SELECT contact, julianday(day) - julianday(lag(day) OVER
	           (PARTITION BY contact ORDER BY day)) AS gap
	  FROM (SELECT DISTINCT contact, day
	          FROM sale
	         WHERE refunds IS NULL AND day <= '2026-11-23')
), placed AS (
	SELECT contact, gap, count(*) OVER (PARTITION BY contact) AS n,
	       row_number() OVER (PARTITION BY contact ORDER BY gap) AS k
	  FROM gap
	 WHERE gap
), usual AS (
	SELECT contact, avg(gap) AS gap
	  FROM placed
	 WHERE 2 * k BETWEEN n AND n + 2
	 GROUP BY contact
)
SELECT contact, name, orders, first, last, gap,
       date(last, CAST(gap AS INTEGER) || ' days'),
       CAST(max(0, julianday('2026-11-23') - julianday(last)
           - ifnull(gap, 999999)) AS INTEGER)
  FROM b LEFT JOIN usual USING (contact) JOIN contact USING (contact)
 ORDER BY max(0, julianday('2026-11-23') - julianday(last) - gap) / gap DESC,
       contact;
