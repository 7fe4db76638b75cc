-- What is said, asked and sold by each channel, and where it is answered.
-- Group: marketing
--
-- Parameters
--   from    day   soy    first day
--   to      day   today  last day
--   within  days  14d    so soon an answer comes
-- Columns
--   channel   text     how
--   inbound   count    interactions that they began
--   outbound  count    interactions that we began
--   answered  count    of these, those that were answered in time
--   rate      percent  that in percent
--   low       percent  that is at least so much, with 95 %
--   high      percent  and at most
--   few       text     few: of less than ten
--   leads     count    contacts with whom it began by it
--   sales     count    lines sold by it
--   revenue   money    what for, less refunds
--   unpriced  count    sales left out of revenue, for want of a rate
-- Definitions
--   Notes, plans and lessons are no interactions.  One that we began is
--   answered if the next with the same contact, by whatever channel, was begun
--   by them, within= days after it or sooner; those that have no answer yet
--   count as not answered.  A lead is a contact of role customer, by the day
--   of the first contact; the channel is that of its first interaction.
WITH talk AS (
	SELECT i.interaction, i.contact, i.day, i.channel, i.direction,
	       lead(i.direction) OVER next = 'in' AND lead(i.at) OVER next <=
	           strftime('%Y-%m-%dT%H:%M:%SZ', i.at, :within || ' days')
	       AS answered, row_number() OVER next = 1 AS first
	  FROM interaction i
	 WHERE i.at <= now() AND i.channel <> 'note' AND i.channel <> 'plan'
	   AND i.channel <> 'lesson' {only i.contact}
	WINDOW next AS (PARTITION BY i.contact ORDER BY i.at)
), fact AS (
	SELECT {by i.interaction i.contact} i.contact, i.channel,
	       i.direction = 'in' AS inbound, i.direction = 'out' AS outbound,
	       i.direction = 'out' AND i.answered AS answered, 0 AS lead,
	       0 AS sale, 0 AS revenue
	  FROM talk i
	 WHERE i.day >= :from AND i.day <= :to
	 UNION ALL
	SELECT {by i.interaction i.contact} i.contact, i.channel, 0, 0, 0, 1, 0, 0
	  FROM talk i
	  JOIN contact c ON c.contact = i.contact
	 WHERE i.first AND c.role = 'customer' AND c.since >= :from
	   AND c.since <= min(:to, today())
	 UNION ALL
	SELECT {by s.sale s.contact} s.contact, s.channel, 0, 0, 0, 0,
	       s.refunds IS NULL, {base s.amount s.currency s.day}
	  FROM sale s
	 WHERE s.day >= :from AND s.day <= min(:to, today()) {only s.contact}
)
SELECT {columns} channel, ifnull(sum(inbound), 0) AS inbound,
       ifnull(sum(outbound), 0) AS outbound,
       ifnull(sum(answered), 0) AS answered,
       {rate sum(answered) sum(outbound)}, sum(lead) AS leads,
       sum(sale) AS sales, ifnull(sum(revenue), 0) AS revenue,
       count(*) - count(revenue) AS unpriced {contacts contact}
  FROM fact
 GROUP BY {groups} channel
 ORDER BY {groups} channel
