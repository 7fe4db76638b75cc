-- Follow-ups and appointments.
CREATE VIEW tasks AS
SELECT t.task, t.contact, c.name AS contact_name, t.title, t.due, t.at,
       t.channel, t.place, t.minutes, s.login AS owner, t.priority, t.every,
       t.after, t.done_at, t.note,
       t.done_at IS NULL AND t.due < date(current_timestamp) AS overdue
  FROM task t
  LEFT JOIN contact c ON c.contact = t.contact
  LEFT JOIN staff s ON s.staff = t.owner;
