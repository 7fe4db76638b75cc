-- What winning a new customer costs, by month, counted in four ways.
-- Group: marketing
--
-- Parameters
--   from   day    -1y    a day of the first month
--   to     day    today  last day
--   lag    count  0      months after which an expense for acquisition works
--   lags   text   -      those of some: ABOUT:2,ABOUT:0-3, by what it was for
--   onboarding  text   onboarding  word in about of what new customers cost
--   after  count  0      months after their purchase when that is paid
-- Columns
--   month        text   when
--   customers    count  contacts who bought for the first time
--   marketing    money  expenses for acquisition and retention
--   acquisition  money  expenses for acquisition
--   lagged       money  those for acquisition that work in this month
--   onboarding   money  expenses for service of the month's new customers
--   blended           price  marketing, for each new customer
--   acquisition_only  price  acquisition, for each
--   lag_adjusted      price  lagged, for each
--   fully_loaded      price  lagged and onboarding, for each
-- Definitions
--   What is spent for acquisition wins customers later: lagged has it in the
--   month to which lag= puts it off, or lags= for what was spent about one
--   thing; 0-3 spreads it evenly over the month and the three after.
--   Expenses for service count as onboarding if the word of onboarding= is in
--   about, after= months before they were paid.  The four are those of D.
--   McCarthy, Customer-Based Corporate Valuation.  With by=, expenses are
--   split by their contact or campaign.
WITH RECURSIVE month (i) AS (
	SELECT 0
	 UNION ALL
	SELECT i + 1 FROM month WHERE i < 60
), spent AS (
	SELECT {by x.expense x.contact} x.kind, x.about,
	       substr(x.day, 1, 4) * 12 + substr(x.day, 6, 2) - 1 AS k,
	       {base x.amount x.currency x.day} AS amount,
	       substr(:lags, instr(',' || :lags, ',' || x.about || ':')
	           + length(x.about) + 1) || ',' AS rest,
	       instr(',' || :lags, ',' || x.about || ':') > 0 AS named
	  FROM expense x
	 WHERE x.day <= iif(x.kind = 'service', today(), min(:to, today()))
	       {only x.contact}
), lagged AS (
	SELECT {groups} k, amount, iif(named, CAST(rest AS INTEGER), :lag)
	       AS first, iif(named, max(CAST(rest AS INTEGER), CAST(substr(rest,
	           1 + instr(substr(rest, 1, instr(rest, ',')), '-'))
	           AS INTEGER)), :lag) AS last
	  FROM spent
	 WHERE kind = 'acquisition'
), won AS (
	SELECT {by c.contact} c.contact, min(b.first_order) AS day
	  FROM sold(NULL, :to) b
	  JOIN contact c ON c.contact = b.contact
	 WHERE b.first_order IS NOT NULL {only c.contact}
	 GROUP BY {unit c}
), fact (contact, {groups} k, customer, marketing, acquisition, lagged,
       onboarding) AS (
	SELECT contact, {groups} substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1,
	       1, 0, 0, 0, 0
	  FROM won
	 WHERE day >= substr(:from, 1, 7)
	 UNION ALL
	SELECT NULL, {groups} k, 0, amount,
	       iif(kind = 'acquisition', amount, 0), 0, 0
	  FROM spent
	 WHERE kind <> 'service'
	 UNION ALL
	SELECT NULL, {groups} l.k + m.i, 0, 0, 0,
	       1.0 * l.amount / (l.last - l.first + 1), 0
	  FROM lagged l
	  JOIN month m ON m.i BETWEEN l.first AND l.last
	 UNION ALL
	SELECT NULL, {groups} k - :after, 0, 0, 0, 0, amount
	  FROM spent
	 WHERE kind = 'service' AND about LIKE '%' || :onboarding || '%'
), total AS (
	SELECT {groups} k, sum(customer) AS customers,
	       ifnull(sum(marketing), 0) AS marketing,
	       ifnull(sum(acquisition), 0) AS acquisition,
	       ifnull(sum(lagged), 0) AS lagged,
	       ifnull(sum(onboarding), 0) AS onboarding {contacts contact}
	  FROM fact
	 WHERE k >= substr(:from, 1, 4) * 12 + substr(:from, 6, 2) - 1
	   AND k < substr(min(:to, today()), 1, 4) * 12
	       + substr(min(:to, today()), 6, 2)
	 GROUP BY {groups} k
)
SELECT {columns} printf('%04d-%02d', k / 12, k % 12 + 1) AS month, customers,
       marketing, acquisition, lagged, onboarding,
       1.0 * marketing / nullif(customers, 0) AS blended,
       1.0 * acquisition / nullif(customers, 0) AS acquisition_only,
       1.0 * lagged / nullif(customers, 0) AS lag_adjusted,
       1.0 * (lagged + onboarding) / nullif(customers, 0) AS fully_loaded
       {contacts contacts_}
  FROM total
 GROUP BY {groups} k
 ORDER BY {groups} k
