-- A person or an organisation, with what one asks most often of it.
CREATE VIEW contacts AS
SELECT c.contact, c.kind, c.role, c.name, c.stage, s.login AS owner, c.org,
       g.name AS org_name, ifnull(c.org, c.contact) AS account, c.since,
       c.given, c.family, c.nick, c.title, c.source, c.street, c.postcode,
       c.city, c.region, c.country, c.language, c.zone, c.currency,
       c.industry, c.tone, c.note, c.active,
       (SELECT value FROM contact_point p
         WHERE p.contact = c.contact AND p.kind = 'email' AND p.valid = 1
         ORDER BY p.preferred DESC, p.contact_point LIMIT 1) AS email,
       (SELECT value FROM contact_point p
         WHERE p.contact = c.contact AND p.kind = 'phone' AND p.valid = 1
         ORDER BY p.preferred DESC, p.contact_point LIMIT 1) AS phone,
       (SELECT max(day) FROM interaction i
         WHERE i.contact = c.contact AND i.at <= current_timestamp)
         AS last_contact
  FROM contact c
  LEFT JOIN staff s ON s.staff = c.owner
  LEFT JOIN contact g ON g.contact = c.org;
