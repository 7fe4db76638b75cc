-- Opportunities; amounts in minor units.
CREATE VIEW deals AS
SELECT d.deal, d.contact, c.name AS contact_name, d.title, d.pipeline,
       d.stage, d.status, d.type, d.since, s.login AS owner,
       d.amount AS amount_minor, d.cost AS cost_minor, d.currency,
       d.expected, p.name AS product, d.quantity, d.next_step, d.next_day,
       d.terms, d.closed, d.reason, d.competitor, d.circumstances
  FROM deal d
  JOIN contact c ON c.contact = d.contact
  LEFT JOIN staff s ON s.staff = d.owner
  LEFT JOIN product p ON p.product = d.product;
