-- Repeat purchases, recency, age and value: what models of purchases take.
-- Group: customers
--
-- Parameters
--   to    day   today  last day that counts
--   step  days  7d     of time: a week
-- Columns
--   contact  contact  the customer
--   name     text     its name
--   first    day      day of the first purchase
--   last     day      day of the last one
--   repeats  count    days of purchase after the first: x
--   recency  number   steps from the first to the last: t_x
--   age      number   steps from the first to the day of to=: T
--   value    price    revenue of a repeat purchase, less refunds, on average
-- Definitions
--   Purchases of one day are one.  These are the figures of P. Fader, B. Hardie
--   and K. L. Lee, Counting Your Customers the Easy Way, Marketing Science 24
--   (2005).  The value leaves out what was sold and given back on the first
--   day, and is 0 without repeats.
WITH b AS (
	SELECT {by o.contact} o.contact, o.first_order AS first,
	       o.last_order AS last, o.days - 1 AS repeats,
	       julianday(o.first_order) AS began,
	       julianday(o.last_order) AS ended,
	       julianday(min(:to, today())) AS now,
	       o.revenue_minor AS revenue
	  FROM sold(NULL, :to) o
	 WHERE o.orders > 0 {only o.contact}
), f AS MATERIALIZED (
	SELECT b.*, ifnull((SELECT sum({base s.amount s.currency s.day})
	                      FROM sale s
	                     WHERE s.contact = b.contact
	                       AND s.day <= b.first), 0) AS before
	  FROM b
)
SELECT {columns} f.contact, c.name, f.first, f.last, f.repeats,
       (f.ended - f.began) / :step AS recency, (f.now - f.began) / :step AS age,
       iif(f.repeats, 1.0 * (f.revenue - f.before) / f.repeats, 0) AS value
  FROM f CROSS JOIN contact c ON c.contact = f.contact
