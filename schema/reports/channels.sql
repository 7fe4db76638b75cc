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
WITH spoken AS (
	SELECT {by i.interaction i.contact} i.contact, i.channel, i.direction
	  FROM interaction i
	 WHERE i.at <= now() AND i.channel <> 'note' AND i.channel <> 'plan'
	   AND i.channel <> 'lesson' AND i.day >= :from AND i.day <= :to
	       {only i.contact}
), answer AS (
	SELECT i.at, (SELECT o.interaction FROM interaction o
	               WHERE o.contact = i.contact AND o.at <= i.at
	                 AND (o.at < i.at OR o.interaction < i.interaction)
	                 AND o.channel <> 'note' AND o.channel <> 'plan'
	                 AND o.channel <> 'lesson'
	               ORDER BY o.at DESC, o.interaction DESC LIMIT 1)
	       AS interaction
	  FROM interaction i
	 WHERE i.direction = 'in' AND i.at <= now() AND i.channel <> 'note'
	   AND i.channel <> 'plan' AND i.channel <> 'lesson'
	   AND i.day >= :from {only i.contact}
), answered AS (
	SELECT {by o.interaction o.contact} o.contact, o.channel
	  FROM answer a
	 CROSS JOIN interaction o ON o.interaction = a.interaction
	 WHERE o.direction = 'out' AND o.day >= :from AND o.day <= :to
	   AND a.at <= strftime('%Y-%m-%dT%H:%M:%SZ', o.at, :within || ' days')
), came AS (
	SELECT c.contact, (SELECT i.interaction FROM interaction i
	                    WHERE i.contact = c.contact AND i.at <= now()
	                      AND i.channel <> 'note' AND i.channel <> 'plan'
	                      AND i.channel <> 'lesson'
	                    ORDER BY i.at LIMIT 1) AS interaction
	  FROM contact c
	 WHERE c.role = 'customer' AND c.since >= :from
	   AND c.since <= min(:to, today()) {only c.contact}
), lead AS (
	SELECT {by i.interaction i.contact} i.contact, i.channel
	  FROM came c
	 CROSS JOIN interaction i ON i.interaction = c.interaction
), line AS (
	SELECT {by s.sale s.contact} s.contact, s.channel, s.refunds,
	       {base s.amount s.currency s.day} AS amount
	  FROM sale s
	 WHERE s.day >= :from AND s.day <= min(:to, today()) {only s.contact}
), fact AS (
	SELECT {groups} channel, sum(direction = 'in') AS inbound,
	       sum(direction = 'out') AS outbound, 0 AS answered, 0 AS leads,
	       0 AS sales, 0 AS revenue, 0 AS unpriced {contacts contact}
	  FROM spoken
	 GROUP BY {groups} channel
	 UNION ALL
	SELECT {groups} channel, 0, 0, count(*), 0, 0, 0, 0 {contacts contact}
	  FROM answered
	 GROUP BY {groups} channel
	 UNION ALL
	SELECT {groups} channel, 0, 0, 0, count(*), 0, 0, 0 {contacts contact}
	  FROM lead
	 GROUP BY {groups} channel
	 UNION ALL
	SELECT {groups} channel, 0, 0, 0, 0, sum(refunds IS NULL),
	       ifnull(sum(amount), 0), count(*) - count(amount)
	       {contacts contact}
	  FROM line
	 GROUP BY {groups} channel
)
SELECT {columns} channel, ifnull(sum(inbound), 0) AS inbound,
       ifnull(sum(outbound), 0) AS outbound, sum(answered) AS answered,
       {rate sum(answered) sum(outbound)}, sum(leads) AS leads,
       sum(sales) AS sales, sum(revenue) AS revenue,
       sum(unpriced) AS unpriced {contacts contacts_}
  FROM fact
 GROUP BY {groups} channel
 ORDER BY {groups} channel
