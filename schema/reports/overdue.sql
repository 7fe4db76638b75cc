-- Invoices that should have been paid, by how long they are late.
-- Group: sales
--
-- Parameters
--   per  invoice|contact|band  invoice  what a row is for, within a band
-- Columns
--   band      text     days late: 1-30, 31-60, 61-90, over 90
--   contact   contact  who owes it; empty for per=band
--   name      text     name
--   number    text     number in the books, for per=invoice
--   due       day      day by which it was to be paid; of several the first
--   days      days     days since then
--   invoices  count    how many
--   balance   money    what is still owed
--   unpriced  count    invoices left out of balance, for want of a rate
-- Definitions
--   An invoice is late from the day after it was due, while less was paid than
--   its amount; what is paid in part is owed in part.  Amounts count at the
--   rate of the day on which it was issued.  by=owner tells whose customers
--   they are; unit=account puts people under their organisation.
WITH late AS (
	SELECT {by v.invoice v.contact} {unit c} AS contact, v.invoice,
	       v.number, v.due, days_since(v.due) AS days,
	       {base (v.amount-ifnull(v.paid,0)) v.currency v.issued} AS balance
	  FROM invoice v
	 CROSS JOIN contact c ON c.contact = v.contact
	 WHERE v.amount > ifnull(v.paid, 0) AND v.due < today()
	   AND v.issued <= today() {only v.contact}
), banded AS (
	SELECT *, CASE WHEN days <= 30 THEN '1-30' WHEN days <= 60 THEN '31-60'
	       WHEN days <= 90 THEN '61-90' ELSE 'over 90' END AS band
	  FROM late
)
SELECT {columns} band, iif(:per = 'band', NULL, b.contact) AS contact,
       iif(:per = 'band', NULL, c.name) AS name,
       iif(:per = 'invoice', number, NULL) AS number,
       min(due) AS due, max(days) AS days, count(*) AS invoices,
       ifnull(sum(balance), 0) AS balance,
       count(*) - count(balance) AS unpriced {contacts b.contact}
  FROM banded b
  JOIN contact c ON c.contact = b.contact
 GROUP BY {groups} band, iif(:per = 'band', NULL, b.contact),
       iif(:per = 'invoice', invoice, NULL)
 ORDER BY {groups} band DESC, due, number, b.contact
