-- Versions of offers; amounts in minor units.  For each rate of tax: the sum
-- of the lines, less the quote's discount; the tax on what is left.  n
-- hundredths of a percent are rounded half to even: (n + 5000) / 10000, less
-- one where n is an odd multiple of a half that went up to an odd number.
CREATE VIEW quotes AS
SELECT q.quote, q.contact, c.name AS contact_name, q.deal, q.version,
       q.title, iif(q.state = 'sent'
         AND q.valid_until < date(current_timestamp), 'expired', q.state)
         AS state, q.day, q.valid_until, q.currency, s.login AS owner,
       q.terms, q.sent_at, q.decided_at, q.reason,
       (SELECT ifnull(sum(n.net), 0)
          FROM (SELECT sum(l.amount) - (sum(l.amount) * q.discount + 5000)
                       / 10000 + (sum(l.amount) * q.discount % 20000 = 5000)
                       AS net
                  FROM quote_line l
                 WHERE l.quote = q.quote
                 GROUP BY l.tax) n) AS net_minor,
       (SELECT ifnull(sum(n.net + (n.net * n.tax + 5000) / 10000
                       - (n.net * n.tax % 20000 = 5000)), 0)
          FROM (SELECT l.tax, sum(l.amount)
                       - (sum(l.amount) * q.discount + 5000) / 10000
                       + (sum(l.amount) * q.discount % 20000 = 5000) AS net
                  FROM quote_line l
                 WHERE l.quote = q.quote
                 GROUP BY l.tax) n) AS total_minor
  FROM quote q
  JOIN contact c ON c.contact = q.contact
  LEFT JOIN staff s ON s.staff = q.owner;
