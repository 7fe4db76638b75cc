-- Whom we have not spoken to for long, the longest first.
-- Group: open loops
--
-- Parameters
--   days          days   90d       days of silence from which a contact counts
--   stage         text   -         only contacts at this stage
--   role          text   customer  only contacts of this role
-- Columns
--   contact       contact  its number
--   name          text   name
--   owner         text   who is responsible
--   stage         text   where in the lifecycle
--   last_day      day    day we last spoke; empty: never
--   last_channel  text   how
--   days_quiet    days   days since then, else since the first contact
-- Definitions
--   days_quiet is the contact's column of that name: notes, plans and lessons
--   are no talks, and with an organisation it is talked when it is with one
--   of its people.  unit=account leaves out the people of organisations.
--   Only contacts that are active count.
WITH people AS MATERIALIZED (
	SELECT p.org, max(t.last_contact) AS at, t.last_day, t.last_channel
	  FROM contact p NOT INDEXED
	 CROSS JOIN talked t ON t.contact = p.contact
	 WHERE p.org IS NOT NULL
	 GROUP BY +p.org
), q AS (
	SELECT c.contact, c.name, c.owner, c.stage, c.since,
	       iif(p.at > ifnull(t.last_contact, ''), p.last_day, t.last_day)
	           AS last_day,
	       iif(p.at > ifnull(t.last_contact, ''), p.last_channel,
	           t.last_channel) AS last_channel
	  FROM contact c
	  LEFT JOIN talked t ON t.contact = c.contact
	  LEFT JOIN people p ON p.org = c.contact
	 WHERE c.active = 1 AND c.role = :role
	   AND (:stage IS NULL OR c.stage = :stage)
	   AND {unit c} = c.contact {only c.contact}
)
SELECT q.contact, q.name, s.login AS owner, q.stage, q.last_day,
       q.last_channel, max(0, days_since(ifnull(q.last_day, q.since)))
       AS days_quiet
  FROM q
  LEFT JOIN staff s ON s.staff = q.owner
 WHERE ifnull(q.last_day, q.since) <= days_before(:days)
 ORDER BY ifnull(q.last_day, q.since), q.contact
