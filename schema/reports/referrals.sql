-- Who recommends us: whom they brought, how many bought, and what.
-- Group: marketing
--
-- Parameters
--   from    day   -    only who came from this day on
--   to      day   today  and up to this one
--   mature  days  90d  conversion: only of those who came so long ago
-- Columns
--   contact      contact  who recommends
--   name         text     name
--   referred     count    contacts whom they brought
--   mature       count    those of them who came long enough ago
--   customers    count    of these, those who bought
--   rate         percent  customers of mature
--   low          percent  that is at least so much, with 95 %
--   high         percent  and at most
--   few          text     few: of less than ten
--   revenue      money    what the referred paid, less refunds
--   chain        count    contacts brought by them, by those, and so on
--   generations  count    how long the longest of these chains is
-- Definitions
--   A contact is brought by the other in its first link referred_by, on the
--   day of its first contact.  A chain is followed to its end; it counts
--   everybody once, whenever they came, and never the one who began it.
WITH RECURSIVE first AS (
	SELECT l.contact, min(l.link) AS link
	  FROM link l
	 WHERE l.kind = 'referred_by'
	 GROUP BY l.contact
), brought AS MATERIALIZED (
	SELECT l.other AS referrer, l.contact, c.since
	  FROM first f
	 CROSS JOIN link l ON l.link = f.link
	 CROSS JOIN contact c ON c.contact = l.contact
	 WHERE c.since <= today() AND l.other <> l.contact
), chain (origin, contact, generation) AS (
	SELECT referrer, contact, 1 FROM brought
	 UNION ALL
	SELECT h.origin, b.contact, h.generation + 1
	  FROM chain h
	  JOIN brought b ON b.referrer = h.contact
	 WHERE b.contact <> h.origin
), length AS (
	SELECT origin, count(*) AS chain, max(generation) AS generations
	  FROM chain
	 GROUP BY origin
), made AS (
	SELECT b.referrer, count(*) AS referred,
	       sum(b.since <= min(:to, days_before(:mature))) AS mature,
	       sum(b.since <= min(:to, days_before(:mature))
	           AND ifnull(s.orders, 0) > 0) AS customers,
	       ifnull(sum(s.revenue_minor), 0) AS revenue
	  FROM brought b
	  LEFT JOIN sold() s ON s.contact = b.contact
	 WHERE (:from IS NULL OR b.since >= :from) AND b.since <= :to
	 GROUP BY b.referrer
), whole AS (
	SELECT {by c.contact} c.contact, c.name, m.*, h.chain, h.generations
	  FROM made m
	  JOIN contact c ON c.contact = m.referrer
	  LEFT JOIN length h ON h.origin = m.referrer
	 WHERE 1 {only c.contact}
)
SELECT {columns} contact, name, referred, mature, customers,
       {rate customers mature}, revenue, chain, generations
  FROM whole
 ORDER BY {groups} revenue DESC, referred DESC, contact
