-- Where contacts come from: how many, how far they come, what each costs.
-- Group: marketing
--
-- Parameters
--   from    day   -1y       first day on which they came
--   to      day   today     last day
--   mature  days  90d       conversion: only of those who came so long ago
--   stage   text  prospect  stage from which on they count as prospects
-- Columns
--   source     text     where they came from
--   leads      count    contacts who came
--   mature     count    those of them who came long enough ago
--   prospects  count    of these, those who reached the stage, or bought
--   customers  count    of these, those who became customers, or bought
--   rate       percent  customers of mature
--   low        percent  that is at least so much, with 95 %
--   high       percent  and at most
--   few        text     few: of less than ten
--   cost       money    expenses for acquisition in the same days
--   lead_cost  price    that for each lead
--   customer_cost  price  the part of the mature, for each customer
-- Definitions
--   Contacts of role customer count, by the day of their first contact.  A
--   stage was reached by whoever came to it or beyond, however far they have
--   fallen back since: moves forward count only.  Customers reached the stage
--   customer, or bought.
--   An expense counts for its contact; else, if it is for a campaign, in equal
--   parts for the leads that it brought in these days; else, for those of the
--   source that it has the name of, in about.  What is left is in no row.
WITH lead AS (
	SELECT {by c.contact} c.contact, c.source, c.campaign,
	       c.since <= min(:to, days_before(:mature)) AS mature,
	       max(ifnull(stage_rank(c.stage), 0), ifnull((
	           SELECT max(stage_rank(g.stage)) FROM stage_change g
	            WHERE g.contact = c.contact AND g.at <= now()), 0)) AS rank,
	       EXISTS (SELECT 1 FROM sale s
	                WHERE s.contact = c.contact AND s.refunds IS NULL
	                  AND s.day <= today()) AS bought
	  FROM contact c
	 WHERE c.role = 'customer' AND c.since >= :from
	   AND c.since <= min(:to, today()) {only c.contact}
), spent AS (
	SELECT x.contact, x.campaign, x.about,
	       {base x.amount x.currency x.day} AS amount
	  FROM expense x
	 WHERE x.kind = 'acquisition' AND x.day >= :from
	   AND x.day <= min(:to, today())
), shared AS MATERIALIZED (
	SELECT campaign, iif(campaign IS NULL, about, NULL) AS about,
	       sum(amount) AS amount
	  FROM spent
	 WHERE contact IS NULL
	 GROUP BY 1, 2
), brought AS (
	SELECT campaign, count(*) AS leads
	  FROM lead
	 WHERE campaign IS NOT NULL
	 GROUP BY campaign
), came AS (
	SELECT source, count(*) AS leads
	  FROM lead
	 WHERE source IN (SELECT about FROM shared)
	 GROUP BY source
), fact AS (
	SELECT {groups} source, contact, 1 AS lead, mature,
	       mature AND (bought OR rank >= stage_rank(:stage)) AS prospect,
	       mature AND (bought OR rank >= stage_rank('customer'))
	       AS customer, NULL AS cost, NULL AS due
	  FROM lead
	 UNION ALL
	SELECT {groups l} l.source, NULL, 0, 0, 0, 0, x.amount,
	       x.amount * l.mature
	  FROM spent x
	 CROSS JOIN lead l ON l.contact = x.contact
	 UNION ALL
	SELECT {groups l} l.source, NULL, 0, 0, 0, 0, 1.0 * x.amount / b.leads,
	       1.0 * x.amount * l.mature / b.leads
	  FROM shared x
	 CROSS JOIN brought b ON b.campaign = x.campaign
	 CROSS JOIN lead l ON l.campaign = x.campaign
	 UNION ALL
	SELECT {groups l} l.source, NULL, 0, 0, 0, 0, 1.0 * x.amount / b.leads,
	       1.0 * x.amount * l.mature / b.leads
	  FROM shared x
	 CROSS JOIN came b ON b.source = x.about
	 CROSS JOIN lead l ON l.source = x.about
)
SELECT {columns} source, sum(lead) AS leads, sum(mature) AS mature,
       ifnull(sum(prospect), 0) AS prospects,
       ifnull(sum(customer), 0) AS customers,
       {rate sum(customer) sum(mature)}, ifnull(sum(cost), 0) AS cost,
       sum(cost) / nullif(sum(lead), 0.0) AS lead_cost,
       sum(due) / nullif(sum(customer), 0.0) AS customer_cost
       {contacts contact}
  FROM fact
 GROUP BY {groups} source
 ORDER BY {groups} source
