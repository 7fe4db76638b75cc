-- Lines of purchases; amounts in minor units.
CREATE VIEW sales AS
SELECT x.sale, x.contact, c.name AS contact_name, x.day, x.order_no,
       p.name AS product, x.quantity, x.amount AS amount_minor,
       x.cost AS cost_minor, x.discount AS discount_minor, x.currency,
       x.channel, x.deal, x.refunds
  FROM sale x
  JOIN contact c ON c.contact = x.contact
  LEFT JOIN product p ON p.product = x.product;
