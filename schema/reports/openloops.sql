-- What was begun and not brought to an end: leads, meetings, quotes, tasks.
-- Group: open loops
--
-- Parameters
--   kind     lead|meeting|quote|promise  -  only these
--   lead     days  1d   a lead may wait so long for a first word
--   meeting  days  2d   and a meeting so long for what follows
--   quote    days  7d   and a quote for its answer
--   from     day   -1y  what is older is let be, but promises
-- Columns
--   contact  contact  with whom
--   name     text   name of the contact
--   kind     text   lead, meeting, quote or promise
--   day      day    since when it is open
--   days     days   days since then
--   owner    text   whose it is
--   about    text   source, subject, title of it
-- Definitions
--   lead: a contact at the first stage of the lifecycle with whom nobody has
--   spoken, since its first day.  meeting: a meeting or visit after which no
--   more was said, and for which no task is open or was done since.  quote:
--   the newest version sent of an open deal that is neither accepted nor
--   rejected, since the day it was sent.  promise: a task whose day has
--   passed.  The first three are open once more than lead=, meeting= or
--   quote= days have passed.  Contacts that are not active have no loops.
WITH l AS (
	SELECT c.contact, 'lead' AS kind, c.since AS day, c.owner,
	       c.source AS about
	  FROM contact c
	  LEFT JOIN talked t ON t.contact = c.contact
	 WHERE (:kind IS NULL OR :kind = 'lead')
	   AND t.contact IS NULL AND c.active = 1 AND stage_rank(c.stage) = 1
	   AND c.since >= :from AND c.since < days_before(:lead)
	 UNION ALL
	SELECT t.contact, 'meeting', i.day, i.by, i.subject
	  FROM talked t
	 CROSS JOIN interaction i ON i.interaction = t.last_interaction
	 WHERE (:kind IS NULL OR :kind = 'meeting')
	   AND (t.last_channel = 'meeting' OR t.last_channel = 'visit')
	   AND i.contact = t.contact
	   AND i.day >= :from AND i.day < days_before(:meeting)
	   AND NOT EXISTS (SELECT 1
	                     FROM task k
	                    WHERE k.contact = t.contact
	                      AND (k.done_at IS NULL OR k.done_at >= i.at))
	 UNION ALL
	SELECT q.contact, 'quote', days_before(days_since(q.sent_at)), q.owner,
	       ifnull(q.title, d.title)
	  FROM quote q
	  JOIN deal d ON d.deal = q.deal
	 WHERE (:kind IS NULL OR :kind = 'quote')
	   AND q.sent_at <= now()
	   AND (q.decided_at IS NULL OR q.decided_at > now())
	   AND (d.closed IS NULL OR d.closed > today())
	   AND days_before(days_since(q.sent_at)) >= :from
	   AND days_since(q.sent_at) > :quote
	   AND NOT EXISTS (SELECT 1
	                     FROM quote n
	                    WHERE n.deal = q.deal AND n.version > q.version
	                      AND n.sent_at <= now())
	 UNION ALL
	SELECT k.contact, 'promise', k.due, k.owner, k.title
	  FROM task k
	 WHERE (:kind IS NULL OR :kind = 'promise')
	   AND k.due < today() AND (k.done_at IS NULL OR k.done_at > now())
)
SELECT l.contact, c.name, l.kind, l.day, days_since(l.day) AS days,
       (SELECT s.login
          FROM staff s
         WHERE s.staff = ifnull(l.owner, c.owner)) AS owner, l.about
  FROM l
  LEFT JOIN contact c ON c.contact = l.contact
 WHERE ifnull(c.active, 1) = 1 {only l.contact}
 ORDER BY CASE l.kind WHEN 'promise' THEN 1 WHEN 'quote' THEN 2
          WHEN 'meeting' THEN 3 ELSE 4 END, l.day, l.contact
