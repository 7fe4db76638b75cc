-- Of n customers in order, the one after p others is above so many of the 99
-- percentiles as are at less than p.
WITH buyer AS (
	SELECT contact, min(day) FILTER (WHERE refunds IS NULL) AS first,
	       total(amount - ifnull(cost, 0)) AS profit
	  FROM (SELECT s.contact, s.day, s.refunds,
	               CASE s.currency WHEN 'EUR' THEN s.amount
	                   ELSE round(s.amount * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS amount,
	               CASE s.currency WHEN 'EUR' THEN s.cost
	                   ELSE round(s.cost * (SELECT r.value FROM rate r
	                       WHERE r.currency = s.currency AND r.day <= s.day
	                       ORDER BY r.day DESC LIMIT 1)) END AS cost
	          FROM sale s
	         WHERE s.day <= '2026-11-23')
	 GROUP BY contact
	HAVING first IS NOT NULL
), held AS (
	SELECT contact, count(*) AS lines
	  FROM (SELECT contact, line
	          FROM sale NOT INDEXED JOIN product USING (product)
	         WHERE day <= '2026-11-23' AND line IS NOT NULL
	         GROUP BY 1, 2
	        HAVING sum(sale.quantity) > 0)
	 GROUP BY contact
), talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at BETWEEN '2025-11-23' AND '2026-11-23T09:00:00Z'
	   AND day >= '2025-11-24'
	   AND channel <> 'note'
	   AND channel <> 'plan' AND channel <> 'lesson'
), b AS MATERIALIZED (
	SELECT c.contact, c.name,
	       (SELECT count(*) FROM talk i WHERE i.contact = c.contact)
	           + (SELECT count(*)
	                FROM participant x CROSS JOIN talk i USING (interaction)
	               WHERE x.contact = c.contact
	                 AND i.contact <> c.contact) AS touches,
	       (julianday('2026-11-23') - julianday(first)) / 365.25 AS years,
	       ifnull(lines, 0) AS lines, profit
	  FROM buyer JOIN contact c USING (contact)
	  LEFT JOIN held USING (contact)
	 WHERE c.role = 'customer'
), at AS (
	SELECT *, rank() OVER (ORDER BY touches) - 1 AS t,
	       rank() OVER (ORDER BY years) - 1 AS y,
	       rank() OVER (ORDER BY lines) - 1 AS l,
	       rank() OVER (ORDER BY profit) - 1 AS p,
	       (SELECT count(*) - 1 FROM b) AS n
	  FROM b
), ranked AS (
	SELECT contact, name, touches, years, lines, profit,
	       max(0, (100 * t + n - 1) / n - 1) AS t,
	       max(0, (100 * y + n - 1) / n - 1) AS y,
	       max(0, (100 * l + n - 1) / n - 1) AS l,
	       max(0, (100 * p + n - 1) / n - 1) AS p
	  FROM at
)
SELECT contact, name, touches, round(years, 6), lines,
       printf('%.2f', profit / 100), (t + y + l + p) / 4.0 AS bond, t, y, l, p
  FROM ranked
 ORDER BY bond DESC, contact;
