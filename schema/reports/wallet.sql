-- Share of wallet: what they spend with us of what they spend with anyone.
-- Group: sales
--
-- Parameters
--   least  number  0  only those with so much room at least
-- Columns
--   contact   contact  who
--   name      text     name
--   wallet    money    what they spend a year, with anyone
--   revenue   money    what they paid us, last 365 days
--   share     percent  revenue of wallet
--   room      money    wallet less revenue, if there is any
--   unpriced  count    sales left out of revenue, for want of a rate
-- Definitions
--   Those whose wallet is known have a row.  It counts in the contact's own
--   currency, at today's rate.  The revenue of an organisation is that of its
--   people too; with unit=account only organisations and who has none have a
--   row, and where an organisation's wallet is not known it is what its people
--   have.  Share of wallet is the revenue in percent of the wallet, and more
--   than 100 where the wallet is out of date.
WITH held AS (
	SELECT {unit c} AS contact, c.contact AS of,
	       {base c.wallet ifnull(c.currency,base_currency()) today()}
	       AS wallet
	  FROM contact c
	 WHERE c.wallet IS NOT NULL
), owner AS (
	SELECT contact,
	       ifnull(max(iif(of = contact, wallet, NULL)), sum(wallet))
	       AS wallet
	  FROM held
	 GROUP BY contact
), paid AS (
	SELECT o.contact, b.revenue_365d_minor AS revenue, b.unpriced
	  FROM owner o
	 CROSS JOIN sold() b ON b.contact = o.contact
	 UNION ALL
	SELECT o.contact, b.revenue_365d_minor, b.unpriced
	  FROM owner o
	 CROSS JOIN contact p ON p.org = o.contact
	 CROSS JOIN sold() b ON b.contact = p.contact
), bought AS (
	SELECT contact, sum(revenue) AS revenue, sum(unpriced) AS unpriced
	  FROM paid
	 GROUP BY contact
), whole AS (
	SELECT {by c.contact} c.contact, c.name, o.wallet,
	       ifnull(b.revenue, 0) AS revenue,
	       ifnull(b.unpriced, 0) AS unpriced
	  FROM owner o
	  JOIN contact c ON c.contact = o.contact
	  LEFT JOIN bought b ON b.contact = o.contact
	 WHERE o.wallet IS NOT NULL {only c.contact}
)
SELECT {columns} contact, name, wallet, revenue, rate(revenue, wallet) AS share,
       max(0, wallet - revenue) AS room, unpriced
  FROM whole
 WHERE major(max(0, wallet - revenue), NULL) >= :least
 ORDER BY {groups} room DESC, contact
