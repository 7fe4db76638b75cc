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
--   staff_cost    money  that of all of us who took part, by their hour cost
--   channel_cost  money  what the interactions themselves cost
--   service       money  expenses for serving them
--   effort        money  the three together
--   profit        money  revenue less cost of what they bought
--   net           money  profit less effort
--   unpriced      count  sales and costs left out, for want of a rate
-- Definitions
--   An interaction with several contacts is a touch of each, and takes the
--   time of the one that it was with; notes take time, and are no touches.
--   Several of us cost each their own time, as in the report value.  What has
--   no minutes, no cost, or was had by nobody whose hour has a cost, costs
--   nothing.  unit=account counts people for their organisation.
WITH piece (contact, touches, minutes, staff, channel, service, profit,
     unpriced) AS (
	SELECT contact, touches, 0, 0, 0, 0, 0, 0
	  FROM talked(:from, :to)
	 WHERE touches > 0
	 UNION ALL
	SELECT contact, 0, 0, 0, 0, 0, profit_minor, unpriced
	  FROM sold(:from, :to)
	 UNION ALL
	SELECT contact, 0, minutes, staff_minor, channel_minor, service_minor,
	       0, service_unpriced
	  FROM spent(:from, :to)
	 WHERE minutes > 0 OR staff_minor <> 0 OR channel_minor <> 0
	    OR service_minor <> 0 OR service_unpriced > 0
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
