-- Fifths by windows; those who tie fall on either side of them.
WITH b AS (
	SELECT contact,
	       julianday('2026-11-23') - julianday(max(day)
	           FILTER (WHERE refunds IS NULL)) AS recency,
	       count(DISTINCT ifnull(order_no, day))
	           FILTER (WHERE refunds IS NULL) AS frequency,
	       sum(CASE currency WHEN 'EUR' THEN amount
	           ELSE round(amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END) AS monetary
	  FROM sale s
	 WHERE day <= '2026-11-23'
	 GROUP BY contact
	HAVING frequency > 0
), n AS (
	SELECT *, ntile(5) OVER (ORDER BY recency DESC) AS r,
	       ntile(5) OVER (ORDER BY frequency) AS f,
	       ntile(5) OVER (ORDER BY monetary) AS m
	  FROM b
)
SELECT contact, name, recency, frequency, printf('%.2f', monetary / 100.0),
       r, f, m, r || f || m,
       CASE WHEN r = 5 AND f = 5 AND m = 5 THEN 'Champions'
            WHEN r >= 3 AND f >= 3 AND m >= 2 THEN 'Potential Loyalist'
            WHEN r BETWEEN 2 AND 4 AND f BETWEEN 2 AND 4
             AND m BETWEEN 2 AND 4 THEN 'Loyal Customers'
            WHEN r BETWEEN 3 AND 4 AND f <= 3 AND m >= 3 THEN 'Promising'
            WHEN r >= 4 AND f <= 3 THEN 'New Customers'
            WHEN r <= 2 AND f BETWEEN 3 AND 4 AND m >= 4
            THEN 'Can''t Lose Them'
            WHEN r <= 2 AND f >= 2 AND m >= 4 THEN 'At Risk'
            WHEN r <= 3 AND f >= 3 AND m >= 3 THEN 'Need Attention'
            WHEN r BETWEEN 2 AND 3 AND f <= 3 AND m <= 4
            THEN 'About To Sleep'
            WHEN r = 1 THEN 'Lost'
            ELSE 'Others' END
  FROM n JOIN contact USING (contact);
