-- Who has one line or product and lacks another that such customers buy.
-- Group: customers
--
-- Parameters
--   of     line|product  line  what is had and lacked
--   have   text   -  only customers who have this
--   lack   text   -  and lack this
--   least  count  1  only pairs that so many have both of
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
--   both of are left out: nothing tells that the one goes with the other.
--   unit=account takes organisations with their people.
WITH bought AS (
	SELECT {unit c} AS contact, iif(:of = 'line', g.line, g.name) AS item
	  FROM sale s JOIN product g USING (product)
	  JOIN contact c USING (contact)
	 WHERE c.role = 'customer' AND s.day <= today()
	   AND s.product IS NOT NULL {only s.contact}
	 GROUP BY 1, 2
	HAVING item IS NOT NULL AND sum(s.quantity) > 0
	 UNION ALL -- nothing; but many rows, for whoever plans the joins
	SELECT contact, NULL FROM sale WHERE sale < 0
), held AS MATERIALIZED (
	SELECT {by b.contact} b.contact, b.item FROM bought b
), holder AS MATERIALIZED (
	SELECT {groups} item, count(*) AS holders
	  FROM held
	 GROUP BY {groups} item
), pair AS MATERIALIZED (
	SELECT {groups a} a.item AS have, b.item AS lack, count(*) AS both
	  FROM held a JOIN held b
	    ON b.contact = a.contact AND b.item <> a.item {same a b}
	 WHERE (:have IS NULL OR fold(a.item) = fold(:have))
	   AND (:lack IS NULL OR fold(b.item) = fold(:lack))
	 GROUP BY {groups a} a.item, b.item
	HAVING count(*) >= :least
), p AS (
	SELECT {groups p} p.have, p.lack, p.both, h.holders,
	       json_array({groups p} NULL) AS split
	  FROM pair p JOIN holder h ON h.item = p.have {same p h}
), who AS MATERIALIZED (
	SELECT contact, item, json_array({groups} NULL) AS split FROM held
)
SELECT {columns} have, lack, holders, both, holders - both AS without,
       {rate both holders}
       {contacts (SELECT group_concat(w.contact) FROM who w
        WHERE w.item = have AND w.split = p.split AND NOT EXISTS (
              SELECT 1 FROM who o
               WHERE o.contact = w.contact AND o.item = lack))}
  FROM p
 GROUP BY {groups} have, lack
 ORDER BY {groups} have, lack
