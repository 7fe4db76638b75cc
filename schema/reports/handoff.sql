-- Contacts offered by one of us to another: accepted, rejected, waiting.
-- Group: people
--
-- Parameters
--   from  day  -90d   first day of offers
--   to    day  today  last day
-- Columns
--   giver     text   who offered
--   taker     text   to whom
--   offered   count  contacts offered, each time they were
--   accepted  count  taken
--   rejected  count  sent back
--   waiting   count  not answered yet
--   decided   count  accepted or rejected
--   hours     number  median of the hours until they were
--   rate      percent  accepted of decided
--   low       percent  its 95 % interval (Wilson), from
--   high      percent  to
--   few       text   few: under ten
-- Definitions
--   An offer counts on the local day on which it was made; what was decided
--   counts up to now.  Offers that were withdrawn, by another one of the same
--   contact for instance, are only in offered.
WITH offer AS (
	SELECT {by h.handoff h.taker:staff h.contact} h.giver, h.taker,
	       h.contact,
	       iif(h.decided_at > now(), 'offered', h.state) AS state,
	       (unixepoch(h.decided_at) - unixepoch(h.at)) / 3600.0 AS hours
	  FROM handoff h
	 WHERE h.at <= now()
	   AND days_since(h.at) BETWEEN days_since(:to) AND days_since(:from)
	       {only h.contact}
), h AS (
	SELECT *, state = 'accepted' AS accepted,
	       state = 'rejected' AS rejected, state = 'offered' AS waiting,
	       state = 'accepted' OR state = 'rejected' AS decided
	  FROM offer
)
SELECT {columns}
       (SELECT f.login FROM staff f WHERE f.staff = giver) AS giver,
       (SELECT f.login FROM staff f WHERE f.staff = taker) AS taker,
       count(*) AS offered, sum(accepted) AS accepted,
       sum(rejected) AS rejected, sum(waiting) AS waiting,
       sum(decided) AS decided, median(iif(decided, hours, NULL)) AS hours,
       {rate sum(accepted) sum(decided)} {contacts contact}
  FROM h
 GROUP BY {groups} h.giver, h.taker
 ORDER BY {groups} giver, taker
