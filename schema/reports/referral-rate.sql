-- Whether the referred buy more often than others, and how far that spreads.
-- Group: marketing
--
-- Parameters
--   from    day   soy    first day on which they came
--   to      day   today  last day
--   mature  days  90d    only those who came so long ago
-- Columns
--   origin     text     referred, or cold: brought by nobody
--   contacts   count    who came
--   customers  count    of these, those who bought
--   rate       percent  that in percent
--   low        percent  that is at least so much, with 95 %
--   high       percent  and at most
--   few        text     few: of less than ten
--   revenue    money    what they paid, less refunds
--   each       price    that for each contact
--   hosts      count    customers who could have recommended us
--   invites    number   referred contacts for each of these
--   k          number   invites times the rate: new customers for each
-- Definitions
--   Contacts of role customer count, by the day of their first contact; they
--   are referred if they have a link referred_by.  Hosts had bought before
--   from=.  k is the viral coefficient, invitations for each customer times
--   their conversion: with more than 1 the number of customers grows by
--   itself.  For the cold there is none.
WITH came AS (
	SELECT {by c.contact} c.contact, iif(EXISTS (SELECT 1 FROM link l
	           WHERE l.contact = c.contact AND l.kind = 'referred_by'),
	           'referred', 'cold') AS origin
	  FROM contact c
	 WHERE c.role = 'customer' AND c.since >= :from
	   AND c.since <= min(:to, days_before(:mature), today())
	       {only c.contact}
), host AS (
	SELECT {by c.contact} c.contact
	  FROM sold() s
	 CROSS JOIN contact c ON c.contact = s.contact
	 WHERE s.first_order < :from {only c.contact}
), hosts AS (
	SELECT {groups} count(*) AS n FROM host GROUP BY {groups} NULL
), total AS (
	SELECT {groups c} c.origin, count(*) AS contacts,
	       ifnull(sum(s.orders > 0), 0) AS customers,
	       ifnull(sum(s.revenue_minor), 0) AS revenue {contacts c.contact}
	  FROM came c
	  LEFT JOIN sold() s ON s.contact = c.contact
	 GROUP BY {groups c} c.origin
), whole AS (
	SELECT t.*, h.n
	  FROM total t
	  LEFT JOIN hosts h ON 1 {same t h}
)
SELECT {columns} origin, contacts, customers, {rate customers contacts},
       revenue, 1.0 * revenue / contacts AS each,
       iif(origin = 'referred', ifnull(n, 0), NULL) AS hosts,
       iif(origin = 'referred', 1.0 * contacts / n, NULL) AS invites,
       iif(origin = 'referred', 1.0 * customers / n, NULL) AS k
       {contacts contacts_}
  FROM whole
 GROUP BY {groups} origin
 ORDER BY {groups} origin DESC
