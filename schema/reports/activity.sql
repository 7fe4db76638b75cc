-- What we did: talks by week, person and channel, with how many, how long.
-- Group: people
--
-- Parameters
--   from  day  sow-11w  first day
--   to    day  today    last day
--   per   day|week|month|quarter|year  week  how long a period is
-- Columns
--   period        text   week, or as per= says
--   person        text   who of us; empty if it is not said
--   channel       text   how
--   interactions  count  talks, either way, reached or not
--   inbound       count  of these, those that they began
--   outbound      count  and those that we began
--   contacts      count  different contacts that they were with
--   minutes       count  how long they took, where that was said
-- Definitions
--   A talk counts on its local day, for the person that it is by and the
--   contact that it was with; others who were there are not counted.  Notes,
--   plans and lessons are none, as in the column touches of a contact.
--   Those of a day, a week (ISO 8601) or a longer period are only counted as
--   far as they lie between from= and to=.
WITH i AS (
	SELECT {by i.interaction i.by:staff i.contact} i.contact,
	       period(i.day, :per) AS period, i.by AS person, i.channel,
	       i.direction, i.minutes
	  FROM interaction i
	 WHERE i.day BETWEEN :from AND :to AND i.at <= now()
	   AND i.channel <> 'note' AND i.channel <> 'plan'
	   AND i.channel <> 'lesson' {only i.contact}
)
SELECT {columns} period,
       (SELECT f.login FROM staff f WHERE f.staff = person) AS person,
       channel, count(*) AS interactions,
       count(CASE direction WHEN 'in' THEN 1 END) AS inbound,
       count(CASE direction WHEN 'out' THEN 1 END) AS outbound,
       count(DISTINCT contact) AS contacts,
       ifnull(sum(minutes), 0) AS minutes {contacts contact}
  FROM i
 GROUP BY {groups} period, i.person, channel
 ORDER BY {groups} period, person, channel
