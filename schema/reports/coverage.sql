-- Key accounts that nobody has talked to lately, by who is responsible.
-- Group: people
--
-- Parameters
--   top    count  100    how many of the best customers are key accounts
--   from   day    -1y    first day of the revenue that they are chosen by
--   quiet  days   90d    how long without a talk is too long
-- Columns
--   person    text   who is responsible; empty: nobody
--   accounts  count  key accounts
--   covered   count  of these, those talked to within that time
--   without   count  and those that were not: --keys tells which
--   days      days   median of the days since the last talk with all
--   revenue   money  what the key accounts paid in the time
--   revenue_without  money  and those without a talk
--   rate      percent  covered of accounts
--   low       percent  its 95 % interval (Wilson), from
--   high      percent  to
--   few       text   few: under ten
-- Definitions
--   Key accounts are the customers with the highest revenue from that day to
--   today, above 0; with segment= they are the best of the segment, so with a
--   high top= all of it who bought.  unit=account takes organisations with
--   their people, and the talks with any of them.  A talk is what the column
--   touches of a contact counts; without one, days count since the first
--   contact, as in days_quiet.
WITH bought AS (
	SELECT {unit c} AS contact, sum(b.revenue_minor) AS revenue
	  FROM contact c JOIN sold(:from, NULL) b USING (contact)
	 WHERE c.role = 'customer' {only c.contact}
	 GROUP BY 1
	HAVING sum(b.revenue_minor) > 0
	 ORDER BY 2 DESC, 1
	 LIMIT :top
), account AS (
	SELECT {by k.contact} k.contact, k.owner, b.revenue,
	       max(0, days_since(ifnull((
	       SELECT max(t.last_day)
	         FROM contact c JOIN talked(NULL, NULL) t USING (contact)
	        WHERE (c.contact = b.contact OR c.org = b.contact)
	          AND {unit c} = b.contact), k.since))) AS days
	  FROM bought b JOIN contact k USING (contact)
), k AS (
	SELECT *, days < :quiet AS covered FROM account
)
SELECT {columns}
       (SELECT f.login FROM staff f WHERE f.staff = owner) AS person,
       count(*) AS accounts, sum(covered) AS covered,
       count(*) - sum(covered) AS without, median(days) AS days,
       sum(revenue) AS revenue,
       sum(iif(covered, 0, revenue)) AS revenue_without,
       {rate sum(covered) count(*)} {contacts iif(covered, NULL, contact)}
  FROM k
 GROUP BY {groups} owner
 ORDER BY {groups} person IS NULL, person
