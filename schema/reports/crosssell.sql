-- Who has one line or product and lacks another that such customers buy.
-- Group: customers
--
-- Parameters
--   of     line|product  line  what is had and lacked
--   have   text   -  only customers who have this
--   lack   text   -  and lack this
--   least  count  1  only pairs that so many have both of, unless have= and
--                    lack= name both
-- Columns
--   have     text   line, or product
--   lack     text   another one
--   holders  count  customers who have the first
--   both     count  of these, those who have the other too
--   without  count  and those who don't: --keys tells them
--   rate     percent  both of holders: penetration
--   low      percent  its 95 % interval (Wilson), from
--   high     percent  to
--   few      text   few: under ten
-- Definitions
--   Something is held once it was bought and not all given back, as in the
--   columns lines_held and products_held of a contact.  Pairs that nobody has
--   both of are left out, since nothing tells that the one goes with the other,
--   unless both are named or least=0; lacked may be what nobody has yet, but
--   what is had has a holder.  unit=account takes organisations with their
--   people.
WITH item AS MATERIALIZED (
	SELECT product, item, min(product) OVER (PARTITION BY item) AS nr,
	       :have IS NULL OR fold(item) = fold(:have) AS may_have,
	       :lack IS NULL OR fold(item) = fold(:lack) AS may_lack
	  FROM (SELECT product, iif(:of = 'line', line, name) AS item
	          FROM product)
	 WHERE item IS NOT NULL
), bought AS (
	SELECT {unit c} AS contact, g.nr, g.may_have, g.may_lack
	  FROM sale s CROSS JOIN contact c USING (contact)
	  JOIN item g USING (product)
	 WHERE c.role = 'customer' AND s.day <= today()
	   AND s.product IS NOT NULL {only s.contact}
	 GROUP BY 1, 2
	HAVING sum(s.quantity) > 0
	 UNION ALL -- nothing; but many rows, for whoever plans the joins
	SELECT contact, NULL, NULL, NULL FROM sale WHERE sale < 0
), held AS MATERIALIZED (
	SELECT {by b.contact} b.* FROM bought b
), holder AS MATERIALIZED (
	SELECT {groups} nr, may_have, count(*) AS holders
	  FROM held
	 GROUP BY {groups} nr
), half AS MATERIALIZED ( -- of all pairs, unless one is named
	SELECT {groups a} a.nr AS x, b.nr AS y, count(*) AS both
	  FROM held a JOIN held b ON b.contact = a.contact {same a b}
	 WHERE a.may_have AND b.may_lack AND (a.nr < b.nr
	           OR a.nr > b.nr AND ifnull(:have, :lack) IS NOT NULL)
	 GROUP BY {groups a} a.nr, b.nr
), pair AS (
	SELECT {groups} x, y, both FROM half
	 UNION ALL
	SELECT {groups} y, x, both FROM half
	 WHERE ifnull(:have, :lack) IS NULL
	 UNION ALL
	SELECT {groups h} h.nr, i.nr, 0
	  FROM holder h JOIN item i ON i.product = i.nr AND i.nr <> h.nr
	 WHERE h.may_have AND i.may_lack
	   AND (:least < 1 OR (:have IS NOT NULL AND :lack IS NOT NULL))
), counted AS (
	SELECT {groups} x, y, sum(both) AS both
	  FROM pair
	 GROUP BY {groups} x, y
	HAVING sum(both) >= :least
	    OR (:have IS NOT NULL AND :lack IS NOT NULL)
), p AS (
	SELECT {groups p} p.x, p.y, p.both, h.holders, a.item AS have,
	       b.item AS lack, json_array({groups p} NULL) AS split
	  FROM counted p JOIN holder h ON h.nr = p.x {same p h}
	  JOIN item a ON a.product = p.x JOIN item b ON b.product = p.y
), who AS MATERIALIZED (
	SELECT contact, nr, json_array({groups} NULL) AS split FROM held
)
SELECT {columns} have, lack, holders, both, holders - both AS without,
       {rate both holders}
       {contacts (SELECT group_concat(w.contact) FROM who w
        WHERE w.nr = x AND w.split = p.split AND NOT EXISTS (
              SELECT 1 FROM who o
               WHERE o.contact = w.contact AND o.nr = y))}
  FROM p
 GROUP BY {groups} have, lack
 ORDER BY {groups} have, lack
