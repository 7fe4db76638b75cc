-- Who speaks well of us: referrals, what came of them, and praise.
-- Group: marketing
--
-- Parameters
--   from     day   -       only what was said and who came from this day on
--   to       day   today   and up to this one
--   outcome  text  praise  outcome of an interaction that is praise
-- Columns
--   contact    contact  who
--   name       text     name
--   referrals  count    contacts whom they brought
--   customers  count    of these, those who bought
--   revenue    money    what these paid, less refunds
--   praise     count    interactions in which they praised us
--   last       day      the last day on which they did either
-- Definitions
--   A contact is brought by the other in its first link referred_by, on the
--   day of its first contact.  The outcome must be one of outcomes in
--   crm.yaml to be recorded.  The first are those who brought most customers,
--   then most contacts, then those who praised most.
WITH first AS (
	SELECT l.contact, min(l.link) AS link
	  FROM link l
	 WHERE l.kind = 'referred_by'
	 GROUP BY l.contact
), brought AS MATERIALIZED (
	SELECT l.other AS contact, l.contact AS guest, c.since AS day
	  FROM first f
	 CROSS JOIN link l ON l.link = f.link
	 CROSS JOIN contact c ON c.contact = l.contact
	 WHERE (:from IS NULL OR c.since >= :from)
	   AND c.since <= min(:to, today()) AND l.other <> l.contact
), fact AS (
	SELECT b.contact, 1 AS referral, ifnull(s.orders > 0, 0) AS customer,
	       ifnull(s.revenue_minor, 0) AS revenue, 0 AS praise, b.day
	  FROM brought b
	  LEFT JOIN sold() s ON s.contact = b.guest
	 UNION ALL
	SELECT i.contact, 0, 0, 0, 1, i.day
	  FROM interaction i
	 WHERE i.outcome = :outcome AND i.at <= now() AND i.day <= :to
	   AND (:from IS NULL OR i.day >= :from)
), whole AS (
	SELECT {by c.contact} c.contact, c.name, sum(f.referral) AS referrals,
	       sum(f.customer) AS customers, sum(f.revenue) AS revenue,
	       sum(f.praise) AS praise, max(f.day) AS last
	  FROM fact f
	  JOIN contact c ON c.contact = f.contact
	 WHERE 1 {only c.contact}
	 GROUP BY c.contact
)
SELECT {columns} contact, name, referrals, customers, revenue, praise, last
  FROM whole
 ORDER BY {groups} customers DESC, referrals DESC, praise DESC, contact
