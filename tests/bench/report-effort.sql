WITH talk AS NOT MATERIALIZED (
	SELECT *
	  FROM interaction
	 WHERE at <= '2026-11-23T09:00:00Z' AND day >= '2026-01-01'
	   AND channel <> 'note' AND channel <> 'plan' AND channel <> 'lesson'
), work AS (
	SELECT i.contact, i.day, i.minutes, i.cost,
	       ifnull(i.currency, 'EUR') AS currency,
	       ifnull(f.currency, 'EUR') AS paid,
	       i.minutes * f.hour_cost / 60.0 AS worked
	  FROM interaction i LEFT JOIN staff f ON f.staff = i.by
	 WHERE (i.minutes > 0 OR i.cost <> 0) AND i.day >= '2026-01-01'
	   AND i.at <= '2026-11-23T09:00:00Z'
), piece (contact, touches, minutes, staff, channel, service, profit,
       unpriced) AS (
	SELECT contact, count(*), 0, 0, 0, 0, 0, 0
	  FROM talk
	 GROUP BY contact
	 UNION ALL
	SELECT x.contact, 1, 0, 0, 0, 0, 0, 0
	  FROM participant x CROSS JOIN talk i USING (interaction)
	 WHERE x.contact <> i.contact
	 UNION ALL
	SELECT s.contact, 0, 0, 0, 0, 0,
	       CASE s.currency WHEN 'EUR' THEN s.amount
	           ELSE round(s.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END
	       - ifnull(
	       CASE s.currency WHEN 'EUR' THEN s.cost
	           ELSE round(s.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END, 0),
	       0
	  FROM sale s
	 WHERE s.day BETWEEN '2026-01-01' AND '2026-11-23'
	 UNION ALL
	SELECT w.contact, 0, w.minutes,
	       CASE w.paid WHEN 'EUR' THEN w.worked
	           ELSE w.worked * (SELECT r.value FROM rate r
	               WHERE r.currency = w.paid AND r.day <= w.day
	               ORDER BY r.day DESC LIMIT 1) END,
	       CASE w.currency WHEN 'EUR' THEN w.cost
	           ELSE round(w.cost * (SELECT r.value FROM rate r
	               WHERE r.currency = w.currency AND r.day <= w.day
	               ORDER BY r.day DESC LIMIT 1)) END, 0, 0, 0
	  FROM work w
	 UNION ALL
	SELECT x.contact, 0, 0, 0, 0,
	       CASE x.currency WHEN 'EUR' THEN x.amount
	           ELSE round(x.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = x.currency AND r.day <= x.day
	               ORDER BY r.day DESC LIMIT 1)) END, 0, 0
	  FROM expense x
	 WHERE x.kind = 'service' AND x.contact IS NOT NULL
	   AND x.day BETWEEN '2026-01-01' AND '2026-11-23'
), one AS (
	SELECT contact, sum(touches) AS touches, sum(minutes) AS minutes,
	       round(total(staff)) AS staff, total(channel) AS channel,
	       total(service) AS service, total(profit) AS profit,
	       sum(profit IS NULL OR service IS NULL) AS unpriced
	  FROM piece
	 GROUP BY contact
), sums AS (
	SELECT stage, count(*) AS n, sum(touches) AS touches,
	       sum(minutes) AS minutes, sum(o.staff) AS staff,
	       sum(o.channel) AS channel, sum(service) AS service,
	       sum(profit) AS profit, sum(unpriced) AS unpriced
	  FROM one o CROSS JOIN contact c USING (contact)
	 GROUP BY stage
)
SELECT stage, n, touches, ifnull(minutes, 0), printf('%.2f', staff / 100),
       printf('%.2f', channel / 100), printf('%.2f', service / 100),
       printf('%.2f', (staff + channel + service) / 100),
       printf('%.2f', profit / 100),
       printf('%.2f', (profit - staff - channel - service) / 100), unpriced
  FROM sums
 ORDER BY stage;
