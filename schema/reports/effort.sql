-- Time and money spent on contacts, against the profit that they bring.
-- Group: marketing
--
-- Parameters
--   from  day  soy    first day
--   to    day  today  last day
--   per   stage|phase|owner|none  stage  what rows are for, besides by=
-- Columns
--   part          text   stage, phase or owner; nothing with per=none
--   contacts      count  on whom anything was spent, or who bought
--   touches       count  interactions with them
--   minutes       count  what these took
--   staff_cost    money  that, at what an hour of who had them costs
--   channel_cost  money  what the interactions themselves cost
--   service       money  expenses for serving them
--   effort        money  the three together
--   profit        money  revenue less cost of what they bought
--   net           money  profit less effort
--   unpriced      count  sales and costs left out, for want of a rate
-- Definitions
--   An interaction with several contacts is a touch of each, and takes the
--   time of the one that it was with; notes take time, and are no touches.
--   What has no minutes, no cost, or was had by nobody whose hour has a cost,
--   costs nothing.  unit=account counts people for their organisation.
WITH work AS (
	SELECT i.contact, i.day, i.minutes, i.cost, i.currency, t.currency
	       AS paid, CAST(round(i.minutes * t.hour_cost / 60.0) AS INTEGER)
	       AS worked
	  FROM interaction i
	  LEFT JOIN staff t ON t.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0) AND i.at <= now()
	   AND i.day >= :from AND i.day <= :to
), priced AS (
	SELECT w.contact, w.minutes, w.worked, w.cost,
	       {base w.worked ifnull(w.paid,base_currency()) w.day} AS staff,
	       {base w.cost ifnull(w.currency,base_currency()) w.day} AS channel
	  FROM work w
), spent AS (
	SELECT x.contact, {base x.amount x.currency x.day} AS amount
	  FROM expense x
	 WHERE x.kind = 'service' AND x.contact IS NOT NULL AND x.day >= :from
	   AND x.day <= min(:to, today())
), piece (contact, touches, minutes, staff, channel, service, profit,
       unpriced) AS (
	SELECT contact, touches, 0, 0, 0, 0, 0, 0
	  FROM talked(:from, :to)
	 WHERE touches > 0
	 UNION ALL
	SELECT contact, 0, 0, 0, 0, 0, profit_minor, unpriced
	  FROM sold(:from, :to)
	 UNION ALL
	SELECT contact, 0, sum(minutes), sum(staff), sum(channel), 0, 0,
	       count(worked) - count(staff) + count(cost) - count(channel)
	  FROM priced
	 GROUP BY +contact
	 UNION ALL
	SELECT contact, 0, 0, 0, 0, amount, 0, amount IS NULL
	  FROM spent
), fact AS (
	SELECT {by c.contact} {unit c} AS contact, CASE :per
	       WHEN 'stage' THEN c.stage WHEN 'phase' THEN phase(c.stage)
	       WHEN 'owner' THEN (SELECT f.login FROM staff f
	                           WHERE f.staff = c.owner) END AS part,
	       p.touches, p.minutes, p.staff, p.channel, p.service, p.profit,
	       p.unpriced
	  FROM piece p
	 CROSS JOIN contact c ON c.contact = p.contact
	 WHERE 1 {only c.contact}
), total AS (
	SELECT {groups} part, count(DISTINCT contact) AS contacts,
	       sum(touches) AS touches, ifnull(sum(minutes), 0) AS minutes,
	       ifnull(sum(staff), 0) AS staff_cost,
	       ifnull(sum(channel), 0) AS channel_cost,
	       ifnull(sum(service), 0) AS service, sum(profit) AS profit,
	       sum(unpriced) AS unpriced {contacts contact}
	  FROM fact
	 GROUP BY {groups} part
)
SELECT {columns} part, contacts, touches, minutes, staff_cost,
       channel_cost, service, staff_cost + channel_cost + service AS effort,
       profit, profit - staff_cost - channel_cost - service AS net, unpriced
       {contacts contacts_}
  FROM total
 GROUP BY {groups} part
 ORDER BY {groups} part
