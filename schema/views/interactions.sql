-- What was said and done.
CREATE VIEW interactions AS
SELECT i.interaction, i.contact, c.name AS contact_name, i.at, i.day,
       i.channel, i.direction, s.login AS by, i.subject, i.body, i.outcome,
       i.minutes, i.cost AS cost_minor, i.currency, i.product, i.line,
       i.place
  FROM interaction i
  JOIN contact c ON c.contact = i.contact
  LEFT JOIN staff s ON s.staff = i.by;
