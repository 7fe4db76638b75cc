-- Customers who hold a lower tier of a line than there is, and what is next.
-- Group: customers
--
-- Parameters
--   line  text  -  only this line
-- Columns
--   line       text   product line
--   tier       count  the highest that they hold
--   customers  count  how many
--   next       count  the tier above that is sold
--   offer      text   its product with the lowest price
--   price      money  that price
--   top        count  the highest tier of the line that is sold
-- Definitions
--   A product is held once it was bought and not all given back, as in the
--   column products_held of a contact.  Only active products are offered;
--   those without a tier or a line are neither held nor offered here.  Without
--   a price or a rate a product is offered last.  unit=account takes
--   organisations with their people.
WITH bought AS (
	SELECT {unit c} AS contact, s.product, g.line, g.tier
	  FROM sale s JOIN product g USING (product)
	  JOIN contact c USING (contact)
	 WHERE c.role = 'customer' AND s.day <= today()
	   AND s.product IS NOT NULL AND g.tier IS NOT NULL
	   AND g.line IS NOT NULL
	   AND (:line IS NULL OR fold(g.line) = fold(:line)) {only s.contact}
	 GROUP BY 1, 2
	HAVING sum(s.quantity) > 0
), holder AS (
	SELECT contact, line, max(tier) AS tier
	  FROM bought
	 GROUP BY contact, line
), offer AS MATERIALIZED (
	SELECT g.line, g.tier, g.name,
	       {base g.price g.currency today()} AS price
	  FROM product g
	 WHERE g.active = 1 AND g.line IS NOT NULL AND g.tier IS NOT NULL
), step AS MATERIALIZED (
	SELECT h.line, h.tier, min(o.tier) AS next, max(o.tier) AS top
	  FROM (SELECT DISTINCT line, tier FROM holder) h
	  JOIN offer o ON o.line = h.line AND o.tier > h.tier
	 GROUP BY h.line, h.tier
), h AS (
	SELECT {by h.contact} h.contact, h.line, h.tier, s.next, s.top
	  FROM holder h JOIN step s USING (line, tier)
), chosen AS MATERIALIZED (
	SELECT *, row_number() OVER (PARTITION BY line, tier
	          ORDER BY price IS NULL, price, name) AS nth
	  FROM offer
)
SELECT {columns} h.line, h.tier, count(*) AS customers, h.next,
       o.name AS offer, o.price, h.top {contacts contact}
  FROM h JOIN chosen o ON o.line = h.line AND o.tier = h.next AND o.nth = 1
 GROUP BY {groups} h.line, h.tier
 ORDER BY {groups} h.line, h.tier
