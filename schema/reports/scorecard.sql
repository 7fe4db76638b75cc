-- Targets against what was reached, by person and measure.
-- Group: people
--
-- Parameters
--   from  day  today  targets whose period has a day from here on
--   to    day  today  up to here
-- Columns
--   person   text     whose target; empty: that of all of us
--   measure  text     what is counted
--   period   text     when
--   target   number   how much it should be
--   actual   number   how much it is by now; empty: no known measure
--   left     number   what is missing, or 0
--   reached  percent  actual in percent of the target
-- Definitions
--   A target of a role is one of each active member of staff who has that
--   role, unless there is an own target for measure and period; a target of
--   nobody is one of all of us together.  What is dated in the period counts,
--   up to now.  Measures of a person are
--   touches, inbound, outbound, calls, emails, meetings (and visits), minutes:
--   of the interactions that are by that person, as columns of a contact;
--   leads: contacts of theirs that are new; deals: theirs that were begun;
--   won, lost: theirs that were closed; won_amount: what those won bring;
--   quotes: theirs that were sent; tasks: theirs that were done;
--   handoffs: offers to them that they accepted;
--   customers, orders, revenue, profit: first purchases, purchases, sales less
--   refunds, and less cost, for the owner of the deal, else of the contact.
--   Amounts are in major units of the base currency.
WITH RECURSIVE span (n) AS (
	SELECT days_since(:to)
	 UNION ALL
	SELECT n + 1 FROM span WHERE n < days_since(:from)
), asked AS MATERIALIZED (
	SELECT g.target, g.measure, g.period, g.value, f.staff AS person
	  FROM target g
	  LEFT JOIN staff f
	    ON f.staff = g.staff
	    OR (g.staff IS NULL AND f.active = 1 AND f.role = g.role
	   AND NOT EXISTS (SELECT 1 FROM target o
	                    WHERE o.staff = f.staff AND o.measure = g.measure
	                      AND o.period = g.period))
	 WHERE (f.staff IS NOT NULL OR (g.staff IS NULL AND g.role IS NULL))
	   AND EXISTS (SELECT 1 FROM span
	                WHERE within(days_before(n), g.period))
), wanted AS MATERIALIZED (
	SELECT DISTINCT measure FROM asked
), early AS MATERIALIZED (
	SELECT min(first_day(period)) AS day FROM asked
), fact (measure, person, at, n, contact) AS (
	SELECT w.measure, i.by, i.day,
	       iif(w.measure = 'minutes', i.minutes, 1), i.contact
	  FROM (SELECT 1 FROM wanted
	         WHERE measure IN ('touches', 'inbound', 'outbound', 'calls',
	               'emails', 'meetings', 'minutes') LIMIT 1)
	 CROSS JOIN early CROSS JOIN interaction i CROSS JOIN wanted w
	 WHERE i.at <= now() AND i.day >= early.day
	   AND i.channel <> 'note' AND i.channel <> 'plan'
	   AND i.channel <> 'lesson'
	   AND CASE w.measure WHEN 'touches' THEN 1 WHEN 'minutes' THEN 1
	       WHEN 'inbound' THEN i.direction = 'in'
	       WHEN 'outbound' THEN i.direction = 'out'
	       WHEN 'calls' THEN i.channel = 'call'
	       WHEN 'emails' THEN i.channel = 'email'
	       WHEN 'meetings' THEN i.channel IN ('meeting', 'visit') END
	 UNION ALL
	SELECT w.measure, c.owner, c.since, 1, c.contact
	  FROM wanted w CROSS JOIN contact c
	 WHERE w.measure = 'leads' AND c.role = 'customer'
	   AND c.since <= today()
	 UNION ALL
	SELECT w.measure, d.owner, iif(w.measure = 'deals', d.since, d.closed),
	       iif(w.measure = 'won_amount',
	       major({base d.amount d.currency d.closed}, base_currency()), 1),
	       d.contact
	  FROM wanted w CROSS JOIN deal d
	 WHERE (w.measure = 'deals' AND d.since <= today())
	    OR (w.measure IN ('won', 'won_amount') AND d.status = 'won'
	   AND d.closed <= today())
	    OR (w.measure = 'lost' AND d.status = 'lost'
	   AND d.closed <= today())
	 UNION ALL
	SELECT w.measure, q.owner, q.sent_at, 1, q.contact
	  FROM wanted w CROSS JOIN quote q
	 WHERE w.measure = 'quotes' AND q.sent_at <= now()
	 UNION ALL
	SELECT w.measure, k.owner, k.done_at, 1, k.contact
	  FROM wanted w CROSS JOIN task k
	 WHERE w.measure = 'tasks' AND k.done_at <= now()
	 UNION ALL
	SELECT w.measure, h.taker, h.decided_at, 1, h.contact
	  FROM wanted w CROSS JOIN handoff h
	 WHERE w.measure = 'handoffs' AND h.state = 'accepted'
	   AND h.decided_at <= now()
	 UNION ALL
	SELECT w.measure, c.owner, b.first_order, 1, c.contact
	  FROM wanted w CROSS JOIN contact c JOIN sold() b USING (contact)
	 WHERE w.measure = 'customers' AND b.first_order IS NOT NULL
	 UNION ALL
	SELECT w.measure, ifnull(d.owner, c.owner), min(s.day), 1, s.contact
	  FROM wanted w CROSS JOIN sale s JOIN contact c USING (contact)
	  LEFT JOIN deal d USING (deal)
	 WHERE w.measure = 'orders' AND s.day <= today() AND s.refunds IS NULL
	 GROUP BY s.contact,
	       iif(order_by_day(), s.day, ifnull(s.order_no, s.day))
	 UNION ALL
	SELECT w.measure, ifnull(d.owner, c.owner), s.day,
	       major({base s.amount s.currency s.day}, base_currency())
	       - iif(w.measure = 'profit', ifnull(
	         major({base s.cost s.currency s.day}, base_currency()), 0), 0),
	       s.contact
	  FROM early CROSS JOIN wanted w CROSS JOIN sale s
	  JOIN contact c USING (contact)
	  LEFT JOIN sale r ON r.sale = s.refunds
	  LEFT JOIN deal d ON d.deal = ifnull(s.deal, r.deal)
	 WHERE w.measure IN ('revenue', 'profit') AND s.day <= today()
	   AND s.day >= early.day
), total AS (
	SELECT measure, person, at, sum(n) AS n,
	       group_concat(contact) AS contact
	  FROM fact t
	 WHERE 1 {only t.contact}
	 GROUP BY measure, person, at
), counted AS (
	SELECT {by a.person:staff} a.target, a.measure, a.period, a.value,
	       a.person, NULL AS contact,
	       CASE WHEN a.measure IN ('touches', 'inbound', 'outbound',
	       'calls', 'emails', 'meetings', 'minutes', 'leads', 'deals',
	       'won', 'won_amount', 'lost', 'quotes', 'tasks', 'handoffs',
	       'customers', 'orders', 'revenue', 'profit') THEN 0 END AS n
	  FROM asked a
	 UNION ALL
	SELECT {by a.person:staff} a.target, a.measure, a.period, a.value,
	       a.person, t.contact, t.n
	  FROM total t JOIN asked a
	    ON a.measure = t.measure
	   AND (a.person IS NULL OR a.person = t.person)
	   AND within(t.at, a.period)
)
SELECT {columns}
       (SELECT f.login FROM staff f WHERE f.staff = person) AS person,
       measure, period, value AS target, sum(n) AS actual,
       max(value - sum(n), 0) AS left,
       100.0 * sum(n) / nullif(value, 0) AS reached {contacts contact}
  FROM counted
 GROUP BY {groups} target, counted.person
 ORDER BY {groups} person IS NULL, person, measure, period
