-- The queue of crm-next by hand, with the weights of the built-in crm.yaml;
-- reasons have the numbers of nextcore.h, days are Julian.
.mode tabs
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -65536;
CREATE TEMP TABLE wanted (contact, reason, number, day, what, amount,
                          urgency, importance);

-- talks, plans
CREATE TEMP VIEW spoken AS
SELECT contact, at FROM interaction
 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
   AND channel <> 'plan' AND channel <> 'lesson'
UNION ALL
SELECT q.contact, i.at FROM participant q JOIN interaction i USING (interaction)
 WHERE i.at <= '2026-11-23T09:00:00Z' AND i.channel <> 'note'
   AND i.channel <> 'plan' AND i.channel <> 'lesson';
CREATE TEMP VIEW planned AS
SELECT contact FROM task WHERE done_at IS NULL AND due > '2026-11-23';

INSERT INTO wanted (contact, reason, number, day, what, importance)
SELECT contact, 1, task, julianday(due), title, 25
  FROM task WHERE done_at IS NULL AND due <= '2026-11-23';
INSERT INTO wanted (contact, reason, number, day, what, importance)
SELECT o.contact, 3, o.occasion,
       julianday('2026-' || substr(o.day, -5)),
       ifnull(o.label, o.kind) || ': ' || (2026 - substr(o.day, 1, 4)), 10
  FROM occasion o JOIN contact c USING (contact)
 WHERE substr(o.day, -5) BETWEEN '11-23' AND '11-30' AND c.active = 1;
INSERT INTO wanted (contact, reason, number, day, what, amount, importance)
SELECT contact, 5, deal, julianday(min(day)),
       title || ': ' || what, amount, 20
  FROM (SELECT *, ifnull(next_day, iif(next_step IS NULL, since, NULL)) AS day,
               ifnull(next_step, 'no next step') AS what
          FROM deal WHERE status = 'open'
        UNION ALL
        SELECT *, date(since, '14 days'), 'too long in ' || stage
          FROM deal WHERE status = 'open')
 WHERE day <= '2026-11-23'
 GROUP BY deal;
INSERT INTO wanted (contact, reason, number, day, what, amount, importance)
SELECT contact, 7, invoice, julianday(due), 'invoice ' || number || ': ' ||
       printf('%.2f', (amount - ifnull(paid, 0)) / 100.0) || ' ' || currency,
       amount - ifnull(paid, 0), 20
  FROM invoice
 WHERE amount > ifnull(paid, 0) AND due <= '2026-11-23';
INSERT INTO wanted (contact, reason, number, day, what, importance)
SELECT contact, 9, contact, julianday(since), 'never contacted', 20
  FROM contact c
 WHERE stage = 'lead' AND active = 1 AND role = 'customer'
   AND since <= '2026-11-23'
   AND NOT EXISTS (SELECT 1 FROM spoken s WHERE s.contact = c.contact)
   AND NOT EXISTS (SELECT 1 FROM planned p WHERE p.contact = c.contact);

-- who bought long ago or often, and was left alone
CREATE TEMP TABLE buyer AS
SELECT * FROM (SELECT contact, max(day) AS last, count(*) AS lines
                 FROM sale
                WHERE refunds IS NULL AND day <= '2026-11-23'
                GROUP BY contact) b
 WHERE (last <= '2025-11-23' OR lines >= 3)
   AND NOT EXISTS (SELECT 1 FROM spoken s WHERE s.contact = b.contact
                      AND s.at >= '2026-10-25T00:00:00Z')
   AND NOT EXISTS (SELECT 1 FROM planned p WHERE p.contact = b.contact)
   AND EXISTS (SELECT 1 FROM contact c
                WHERE c.contact = b.contact AND c.active = 1);
INSERT INTO wanted (contact, reason, number, day, what, importance)
SELECT contact, 11, contact, julianday(last), 'bought last on ' || last, 5
  FROM buyer WHERE last <= '2025-11-23';

-- the median stands in the middle of a contact's rows
CREATE TEMP TABLE days AS
SELECT s.contact, b.last, CAST(julianday(s.day) + 0.5 AS INTEGER) AS day
  FROM buyer b CROSS JOIN sale s USING (contact)
 WHERE s.refunds IS NULL AND s.day <= '2026-11-23'
   AND b.last > '2025-11-23'
 ORDER BY b.rowid, s.day;
CREATE TEMP TABLE gaps AS
SELECT a.contact, a.last, b.day - a.day AS gap
  FROM days a CROSS JOIN days b ON b.rowid = a.rowid + 1
 WHERE b.contact = a.contact AND b.day > a.day
 ORDER BY a.contact, gap;
INSERT INTO wanted (contact, reason, number, day, what, importance)
SELECT contact, 10, contact, julianday(last) + gap,
       'buys every ' || gap || ' day' || iif(gap = 1, '', 's') ||
       ', last on ' || last, 15
  FROM (SELECT g.contact, g.last,
               (x.gap + y.gap) / 2 AS gap
          FROM (SELECT contact, last, min(rowid) AS first, count(*) AS n
                  FROM gaps GROUP BY contact) g
          JOIN gaps x ON x.rowid = first + (n - 1) / 2
          JOIN gaps y ON y.rowid = first + n / 2
         WHERE n >= 2)
 WHERE julianday(last) + gap < julianday('2026-11-23');

UPDATE wanted SET urgency =
       CASE WHEN reason = 9 OR reason = 11 THEN round(2800 / (7 + late))
            WHEN late >= 0 THEN round(400 * (1 - 7 / (14 + 2 * late)))
            ELSE round(2800 / (14 - 2 * late)) END / 10
  FROM (SELECT rowid AS r, julianday('2026-11-23') - day AS late FROM wanted)
 WHERE r = wanted.rowid;
CREATE INDEX temp.wanted_by ON wanted (contact, reason, number);
CREATE TEMP TABLE queue AS
SELECT *, iif(stake > 0, round(300.0 * stake / (stake + 100000)) / 10, 0.0)
       AS value, round(100 * (1 - 1.0 / reasons)) / 10 AS several
  FROM (SELECT contact, urgency, importance, max(urgency + importance),
               count(*) AS reasons,
               ifnull(sum(amount), 0) + ifnull((SELECT sum(s.amount)
                  FROM sale s WHERE s.contact = w.contact
                   AND s.day > '2025-11-23' AND s.day <= '2026-11-23'
                   AND s.currency = 'EUR'), 0) AS stake
          FROM wanted w GROUP BY contact);
SELECT q.contact, name, printf('%.1f', rank), printf('%.1f', urgency),
       printf('%.1f', importance), printf('%.1f', value),
       printf('%.1f', several),
       (SELECT group_concat(what || iif(late = 0, ' (today)', ' (' ||
               iif(late < 0, 'in ', '') || abs(late) || ' day' ||
               iif(abs(late) = 1, '', 's') ||
               CASE WHEN late < 0 OR reason = 9 THEN '' WHEN reason = 11
               THEN ' ago' ELSE ' late' END || ')'), '; ')
          FROM (SELECT *, CAST(julianday('2026-11-23') - day AS INTEGER)
                       AS late
                  FROM wanted w WHERE w.contact = q.contact
                 ORDER BY urgency + importance DESC, reason, number))
  FROM (SELECT *, round(urgency + importance + value + several, 1) AS rank
          FROM queue ORDER BY rank DESC, contact LIMIT 20) q
  JOIN contact USING (contact)
 ORDER BY rank DESC, q.contact;
