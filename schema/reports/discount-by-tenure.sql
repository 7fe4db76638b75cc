-- Discounts by year of life as a customer: do old customers pay less?
-- Group: customers
--
-- Parameters
--   from  day  -364d  first day of sales
--   to    day  today  last day
-- Columns
--   year       count  of life: 1 up to a year after the first purchase
--   customers  count  who bought in it
--   sales      count  lines of orders
--   revenue    money  what they paid, refunds not taken off
--   discount   money  what was taken off the prices
--   percent    percent  discount of the prices
-- Definitions
--   The year is that of the sale, counted from the first purchase ever; a
--   price is what was paid and the discount on it, as in the column
--   avg_discount of a contact.  by=tenure splits by how long they are
--   customers today.  unit=account takes organisations with their people.
WITH buyer AS (
	SELECT {unit c} AS contact, min(b.first_order) AS first
	  FROM contact c JOIN sold() b USING (contact)
	 WHERE c.role = 'customer' {only c.contact}
	 GROUP BY {unit c}
	HAVING min(b.first_order) IS NOT NULL
), s AS (
	SELECT {by s.sale s.contact} s.contact, b.contact AS buyer,
	       substr(s.day, 1, 4) - substr(b.first, 1, 4)
	       - (substr(b.first, 6) > substr(s.day, 6)) + 1 AS year,
	       {base s.amount s.currency s.day} AS amount,
	       {base s.discount s.currency s.day} AS discount
	  FROM sale s JOIN contact c USING (contact)
	  JOIN buyer b ON b.contact = {unit c}
	 WHERE s.day BETWEEN :from AND :to AND s.day <= today()
	   AND s.refunds IS NULL AND c.role = 'customer' {only s.contact}
)
SELECT {columns} year, count(DISTINCT buyer) AS customers, count(*) AS sales,
       ifnull(sum(amount), 0) AS revenue,
       ifnull(sum(discount), 0) AS discount,
       100.0 * ifnull(sum(discount), 0)
       / nullif(sum(amount) + ifnull(sum(discount), 0), 0) AS percent
       {contacts contact}
  FROM s
 GROUP BY {groups} year
 ORDER BY {groups} year
