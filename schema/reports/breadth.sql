-- Customers by how many lines they held: how many stayed, and paid what.
-- Group: customers
--
-- Parameters
--   of    line|product  line  what is counted
--   from  day  -364d  first day of the period
--   to    day  today  last day
-- Columns
--   lines      count  lines, or products, held when the period began
--   customers  count  who had bought by then
--   kept       count  of these, those who bought in the period
--   revenue    money  what they paid in the period, less refunds
--   profit     money  and less cost
--   per_customer  price  revenue for each customer
--   rate       percent  kept of customers: retention
--   low        percent  its 95 % interval (Wilson), from
--   high       percent  to
--   few        text   few: under ten
-- Definitions
--   A line is held once something of it was bought and not all given back, as
--   in the columns lines_held and products_held of a contact.  Lines are
--   counted on the day before the period, so that those bought in it by who
--   stayed don't explain why they stayed.  unit=account takes organisations
--   with their people.
WITH buyer AS (
	SELECT {unit c} AS contact, max(ifnull(p.orders, 0)) > 0 AS kept,
	       sum(p.revenue_minor) AS revenue, sum(p.profit_minor) AS profit
	  FROM contact c JOIN sold(NULL, :to) b USING (contact)
	  LEFT JOIN sold(:from, :to) p ON p.contact = c.contact
	 WHERE c.role = 'customer' {only c.contact}
	 GROUP BY {unit c}
	HAVING min(b.first_order) < :from
), line AS (
	SELECT s.contact, (SELECT c.org FROM contact c
	                    WHERE c.contact = s.contact) AS org,
	       iif(:of = 'line', g.line, g.product) AS item, s.quantity
	  FROM sale s NOT INDEXED JOIN product g USING (product)
	 WHERE s.day < :from AND s.day <= today() AND s.product IS NOT NULL
), held AS (
	SELECT {unit l} AS contact, l.item
	  FROM line l
	 GROUP BY 1, 2
	HAVING l.item IS NOT NULL AND sum(l.quantity) > 0
), b AS (
	SELECT {by b.contact} b.contact, b.kept, b.revenue, b.profit,
	       ifnull(h.lines, 0) AS lines
	  FROM buyer b
	  LEFT JOIN (SELECT contact, count(*) AS lines FROM held
	              GROUP BY contact) h USING (contact)
)
SELECT {columns} lines, count(*) AS customers, sum(kept) AS kept,
       ifnull(sum(revenue), 0) AS revenue, ifnull(sum(profit), 0) AS profit,
       ifnull(sum(revenue), 0) * 1.0 / count(*) AS per_customer,
       {rate sum(kept) count(*)} {contacts contact}
  FROM b
 GROUP BY {groups} lines
 ORDER BY {groups} lines
