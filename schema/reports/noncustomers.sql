-- Who never bought, by stage and source: how many, since when, last spoken to.
-- Group: sales
--
-- Parameters
--   from  day  -      only who came from this day on
--   to    day  today  and up to this one
-- Columns
--   stage      text   where in the lifecycle
--   source     text   where they came from
--   contacts   count  who never bought
--   known      days   days since the first contact, median
--   touched    count  with how many of them we have spoken
--   quiet      days   days since then, else since the first contact, median
--   last       day    the last day on which we spoke with any
-- Definitions
--   Contacts of role customer count; active or not.  An organisation has
--   bought, and was spoken to, if it or any of its people were; with
--   unit=account people of an organisation have no place of their own.
WITH people AS MATERIALIZED (
	SELECT p.org AS contact, max(b.orders > 0) AS bought,
	       max(t.last_day) AS last
	  FROM contact p NOT INDEXED
	  LEFT JOIN sold b ON b.contact = p.contact
	  LEFT JOIN talked t ON t.contact = p.contact
	 WHERE p.org IS NOT NULL
	 GROUP BY +p.org
), never AS (
	SELECT {by c.contact} c.contact, c.stage, c.source, c.since,
	       nullif(max(ifnull(t.last_day, ''), ifnull(p.last, '')), '')
	       AS last
	  FROM contact c
	  LEFT JOIN sold b ON b.contact = c.contact
	  LEFT JOIN talked t ON t.contact = c.contact
	  LEFT JOIN people p ON p.contact = c.contact
	 WHERE c.role = 'customer' AND c.contact = {unit c}
	   AND (:from IS NULL OR c.since >= :from)
	   AND c.since <= min(:to, today()) AND ifnull(b.orders, 0) = 0
	   AND ifnull(p.bought, 0) = 0 {only c.contact}
)
SELECT {columns} stage, source, count(*) AS contacts,
       median(max(0, days_since(since))) AS known, count(last) AS touched,
       median(max(0, days_since(ifnull(last, since)))) AS quiet,
       max(last) AS last {contacts contact}
  FROM never
 GROUP BY {groups} stage, source
 ORDER BY {groups} stage_rank(stage), stage, source
