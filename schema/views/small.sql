-- The rest, one view an entity, names beside numbers.
CREATE VIEW links AS
SELECT l.link, l.contact, a.name AS contact_name, l.kind, l.other,
       b.name AS other_name, l.role, l.since, l.until, l.note
  FROM link l
  JOIN contact a ON a.contact = l.contact
  JOIN contact b ON b.contact = l.other;
CREATE VIEW occasions AS
SELECT o.occasion, o.contact, c.name AS contact_name, o.kind, o.day, o.label
  FROM occasion o
  JOIN contact c ON c.contact = o.contact;
CREATE VIEW tags AS
SELECT a.contact, c.name AS contact_name, g.name AS tag
  FROM tagging a
  JOIN tag g ON g.tag = a.tag
  JOIN contact c ON c.contact = a.contact;
CREATE VIEW handoffs AS
SELECT h.handoff, h.contact, c.name AS contact_name, s.login AS staff,
       b.login AS by, h.at, h.state, h.answered_at, h.reason
  FROM handoff h
  JOIN contact c ON c.contact = h.contact
  JOIN staff s ON s.staff = h.staff
  LEFT JOIN staff b ON b.staff = h.by;
