-- Open deals whose day has passed, or was put off.
-- Group: pipeline
--
-- Parameters
--   late      days  0  only those so many days late, or put off
--   pipeline  text  -  only deals of this pipeline
-- Columns
--   deal      count  its number
--   contact   contact  with whom
--   name      text   name of the contact
--   title     text   what about
--   owner     text   who pursues it
--   amount    money  what it would bring; empty: no amount, or no rate
--   expected  day    day on which it should be decided
--   late      days   days since then, 0 until it has passed
--   moves     count  how often that day was put off
--   moved     days   by how many days in all
-- Definitions
--   A deal is open from the day it began until the day it was won or lost.
--   It is late from the day after the one expected, and is put off whenever
--   that day is changed to a later one; days that were brought forward, and
--   operations that were undone, do not count.  Amounts in another currency
--   count at today's rate.
WITH m AS (
	SELECT h.key AS deal, count(*) AS moves,
	       sum(days_since(h.before) - days_since(h.after)) AS moved
	  FROM change h
	  JOIN op o ON o.op = h.op
	 WHERE h.entity = 'deal' AND h.field = 'expected' AND h.before < h.after
	   AND o.at <= now() AND o.undone_by IS NULL AND o.undoes IS NULL
	 GROUP BY h.key
),
d AS (
	SELECT d.deal, d.contact, c.name, d.title, s.login AS owner,
	       {base d.amount d.currency today()} AS amount, d.expected,
	       max(0, ifnull(days_since(d.expected), 0)) AS late,
	       ifnull(m.moves, 0) AS moves, ifnull(m.moved, 0) AS moved
	  FROM deal d
	  JOIN contact c ON c.contact = d.contact
	  LEFT JOIN staff s ON s.staff = d.owner
	  LEFT JOIN m ON m.deal = d.deal
	 WHERE d.since <= today() AND (d.closed IS NULL OR d.closed > today())
	   AND (:pipeline IS NULL OR d.pipeline = :pipeline) {only d.contact}
)
SELECT *
  FROM d
 WHERE (late > 0 OR moves > 0) AND max(late, moved) >= :late
 ORDER BY late DESC, moved DESC, deal
