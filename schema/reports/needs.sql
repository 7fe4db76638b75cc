-- What customers wish for: open needs by kind and line, their age, the met.
-- Group: sales
--
-- Parameters
--   from  day  -      only needs from this day on
--   to    day  today  and up to this one
-- Columns
--   kind      text     need, motive, want, change or idea
--   line      text     product line
--   needs     count    how many there are
--   open      count    of these, the open ones
--   contacts  count    who has these
--   age       days     their age, median
--   oldest    day      day of the oldest
--   dropped   count    needs that are dropped
--   met       count    needs that are met
--   rate      percent  met of all that are not open
--   low       percent  that is at least so much, with 95 %
--   high      percent  and at most
--   few       text     few: of less than ten
-- Definitions
--   A need counts by the day on which it was recorded, and as it stands now:
--   whether it is met has no day.  --keys tells the contacts of all of them.
WITH n AS (
	SELECT {by n.need n.contact} n.contact, {unit c} AS who, n.kind, n.line,
	       n.status, n.day
	  FROM need n
	  JOIN contact c ON c.contact = n.contact
	 WHERE (:from IS NULL OR n.day >= :from) AND n.day <= min(:to, today())
	       {only n.contact}
)
SELECT {columns} kind, line, count(*) AS needs, sum(status = 'open') AS open,
       count(DISTINCT iif(status = 'open', who, NULL)) AS contacts,
       median(iif(status = 'open', days_since(day), NULL)) AS age,
       min(iif(status = 'open', day, NULL)) AS oldest,
       sum(status = 'dropped') AS dropped, sum(status = 'met') AS met,
       {rate sum(status='met') sum(status<>'open')} {contacts contact}
  FROM n
 GROUP BY {groups} kind, line
 ORDER BY {groups} kind, line
