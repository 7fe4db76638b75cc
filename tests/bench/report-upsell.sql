WITH holder AS (
	SELECT contact, line, max(tier) AS tier
	  FROM (SELECT s.contact, line, tier
	          FROM sale s NOT INDEXED JOIN product USING (product)
	          JOIN contact c ON c.contact = s.contact
	         WHERE day <= '2026-11-23' AND line IS NOT NULL
	           AND tier IS NOT NULL AND c.role = 'customer'
	         GROUP BY s.contact, s.product
	        HAVING sum(s.quantity) > 0)
	 GROUP BY contact, line
), held AS (
	SELECT line, tier, count(*) AS n FROM holder GROUP BY line, tier
), offer AS MATERIALIZED (
	SELECT line, tier, name,
	       CASE g.currency WHEN 'EUR' THEN g.price
	           ELSE round(g.price * (SELECT r.value FROM rate r
	               WHERE r.currency = g.currency AND r.day <= '2026-11-23'
	               ORDER BY r.day DESC LIMIT 1)) END AS price
	  FROM product g
	 WHERE active = 1 AND line IS NOT NULL AND tier IS NOT NULL
), chosen AS MATERIALIZED (
	SELECT *, row_number() OVER (PARTITION BY line, tier
	              ORDER BY price IS NULL, price, name) AS nth
	  FROM offer
), step AS (
	SELECT h.line, h.tier, h.n, min(o.tier) AS next, max(o.tier) AS top
	  FROM held h JOIN offer o ON o.line = h.line AND o.tier > h.tier
	 GROUP BY h.line, h.tier
)
SELECT s.line, s.tier, n, next, name, printf('%.2f', price / 100.0), top
  FROM step s
  JOIN chosen c ON c.line = s.line AND c.tier = s.next AND c.nth = 1
 ORDER BY s.line, s.tier;
