-- Revenue, orders, cost, margin and marketing by month, or any other period.
-- Group: sales
--
-- Parameters
--   from     day    soy    first day
--   to       day    today  last day
--   per      day|week|month|quarter|year  month  length of a period
--   against  none|previous|year  none  what earlier and change compare with
--   split    day    -      two periods instead: before this day, and from it on
-- Columns
--   period       text     when
--   orders       count    distinct orders, else distinct days of purchase
--   quantity     count    pieces, less those given back
--   revenue      money    what was paid, less refunds
--   daily        money    revenue for each day of the period
--   cost         money    what it cost us
--   margin       money    revenue less cost
--   margin_rate  percent  margin in percent of revenue
--   spend        money    marketing: expenses for acquisition and retention
--   spend_rate   percent  that in percent of revenue
--   earlier      money    revenue of the period that it is compared with
--   change       percent  by how much revenue differs from that
--   unpriced     count    sales left out of the amounts, for want of a rate
-- Definitions
--   An order is what crm.yaml says it is, and counts in each period in which
--   a line of it was bought; a refund is no order, and counts in the amounts
--   on its own day.  A line without a cost costs nothing.  The days of a
--   period are those from from= to to=, none after today.
--   previous compares each day with that one period before, year with that
--   one year before (52 weeks before, by week), so that a month that has begun
--   is compared with as much of the other; the last days of a longer month
--   count as the last of a shorter one.
--   spend is empty where rows are split, since what is paid for advertising
--   is not known by product or person; with segment= it is what was spent on
--   its contacts.
WITH RECURSIVE step AS (
	SELECT CASE WHEN :against = 'year' THEN iif(:per = 'week', 0, 12)
	            WHEN :per = 'month' THEN 1
	            WHEN :per = 'quarter' THEN 3
	            WHEN :per = 'year' THEN 12 ELSE 0 END AS months,
	       CASE WHEN :per = 'week' THEN iif(:against = 'year', 364, 7)
	            WHEN :per = 'day' AND :against <> 'year' THEN 1
	            ELSE 0 END AS days
), line AS (
	SELECT {by s.sale s.contact} s.contact, s.day, 0 AS past, s.quantity,
	       {base s.amount s.currency s.day} AS amount,
	       {base s.cost s.currency s.day} AS cost,
	       CASE WHEN s.refunds IS NULL THEN s.contact || ' ' ||
	           iif(order_by_day(), s.day, ifnull(s.order_no, s.day))
	           END AS bought
	  FROM sale s
	 WHERE s.day >= :from AND s.day <= min(:to, today()) {only s.contact}
	 UNION ALL
	SELECT {by s.sale s.contact} NULL, CASE
	       WHEN k.months = 0 THEN date(s.day, k.days || ' days')
	       ELSE min(date(s.day, k.months || ' months'), date(s.day,
	           'start of month', (k.months + 1) || ' months', '-1 days'))
	       END, 1, 0, {base s.amount s.currency s.day}, 0, NULL
	  FROM step k
	 CROSS JOIN sale s
	 WHERE :against <> 'none' {only s.contact}
	   AND s.day >= date(:from, (-k.months - 1) || ' months',
	       -k.days || ' days')
	   AND s.day < min(:to, today())
), named AS (
	SELECT {groups} CASE WHEN :split IS NULL THEN period(day, :per)
	       WHEN day < :split THEN 'before ' || :split
	       ELSE 'from ' || :split END AS period, contact, past, quantity,
	       amount, cost, bought
	  FROM line
	 WHERE day >= :from AND day <= min(:to, today())
), total AS (
	SELECT {groups} period, count(DISTINCT bought) AS orders,
	       sum(quantity) AS quantity,
	       ifnull(sum(amount) FILTER (WHERE past = 0), 0) AS revenue,
	       ifnull(sum(cost), 0) AS cost,
	       sum(amount) FILTER (WHERE past = 1) AS earlier,
	       count(*) FILTER (WHERE past = 0 AND amount IS NULL) AS unpriced
	       {contacts contact}
	  FROM named
	 GROUP BY {groups} period
), calendar (day) AS (
	SELECT :from WHERE EXISTS (SELECT 1 FROM total)
	 UNION ALL
	SELECT date(day, '+1 days') FROM calendar
	 WHERE day < min(:to, today())
), length AS (
	SELECT CASE WHEN :split IS NULL THEN period(day, :per)
	       WHEN day < :split THEN 'before ' || :split
	       ELSE 'from ' || :split END AS period, count(*) AS days
	  FROM calendar
	 GROUP BY 1
), spent AS (
	SELECT CASE WHEN :split IS NULL THEN period(x.day, :per)
	       WHEN x.day < :split THEN 'before ' || :split
	       ELSE 'from ' || :split END AS period,
	       sum({base x.amount x.currency x.day}) AS amount
	  FROM expense x
	 WHERE x.kind <> 'service' AND x.day >= :from
	   AND x.day <= min(:to, today()) {only x.contact}
	 GROUP BY 1
), whole AS (
	SELECT t.*, 1.0 * t.revenue / l.days AS daily,
	       CASE WHEN json_array_length(json_array({groups t} 0)) = 1
	       THEN ifnull(p.amount, 0) END AS spend
	  FROM total t
	  JOIN length l USING (period)
	  LEFT JOIN spent p USING (period)
)
SELECT {columns} period, orders, quantity, revenue, daily, cost,
       revenue - cost AS margin,
       rate(revenue - cost, revenue) AS margin_rate, spend,
       rate(spend, revenue) AS spend_rate, earlier,
       rate(revenue - earlier, earlier) AS change, unpriced
       {contacts contacts_}
  FROM whole
 GROUP BY {groups} period
 ORDER BY {groups} period
