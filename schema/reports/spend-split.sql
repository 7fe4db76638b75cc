-- Spending on new customers against that on old ones, and what each bought.
-- Group: marketing
--
-- Parameters
--   from  day  soy    first day
--   to    day  today  last day
--   per   day|week|month|quarter|year  month  length of a period
-- Columns
--   period       text     when
--   acquisition  money    expenses for acquisition
--   retention    money    expenses for retention
--   acquisition_share  percent  acquisition in percent of both
--   new_revenue     money  from contacts on the day of their first purchase
--   repeat_revenue  money  from contacts who had bought before
--   repeat_share    percent  that in percent of both
--   new_return      number   new revenue for each unit of acquisition
--   repeat_return   number   repeat revenue for each unit of retention
--   unpriced        count    sales left out of the amounts, for want of a rate
-- Definitions
--   What is bought on the day of the first purchase is new, all later is
--   repeat; what is given back counts on its own day, as what was bought.
--   With by=, expenses are split by their contact or campaign.
WITH fact AS (
	SELECT {by s.sale s.contact} b.contact, period(s.day, :per) AS period,
	       0 AS acquisition, 0 AS retention,
	       ifnull(s.day = b.first_order, 0)
	           OR ifnull(o.day = b.first_order, 0) AS new,
	       {base s.amount s.currency s.day} AS revenue, 1 AS sale
	  FROM sold() b
	 CROSS JOIN sale s ON s.contact = b.contact
	  LEFT JOIN sale o ON o.sale = s.refunds
	 WHERE s.day >= :from AND s.day <= min(:to, today()) {only b.contact}
	 UNION ALL
	SELECT {by x.expense x.contact} NULL, period(x.day, :per),
	       iif(x.kind = 'acquisition', {base x.amount x.currency x.day}, 0),
	       iif(x.kind = 'retention', {base x.amount x.currency x.day}, 0),
	       NULL, 0, 0
	  FROM expense x
	 WHERE x.kind <> 'service' AND x.day >= :from
	   AND x.day <= min(:to, today()) {only x.contact}
), total AS (
	SELECT {groups} period, ifnull(sum(acquisition), 0) AS acquisition,
	       ifnull(sum(retention), 0) AS retention,
	       ifnull(sum(revenue) FILTER (WHERE new = 1), 0) AS new_revenue,
	       ifnull(sum(revenue) FILTER (WHERE new = 0), 0) AS repeat_revenue,
	       sum(sale) - count(revenue) FILTER (WHERE sale) AS unpriced
	       {contacts contact}
	  FROM fact
	 GROUP BY {groups} period
)
SELECT {columns} period, acquisition, retention,
       rate(acquisition, acquisition + retention) AS acquisition_share,
       new_revenue, repeat_revenue,
       rate(repeat_revenue, new_revenue + repeat_revenue) AS repeat_share,
       1.0 * new_revenue / nullif(acquisition, 0) AS new_return,
       1.0 * repeat_revenue / nullif(retention, 0) AS repeat_return, unpriced
       {contacts contacts_}
  FROM total
 GROUP BY {groups} period
 ORDER BY {groups} period
