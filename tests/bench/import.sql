-- The reference of crm-add: the shell's .import into a scratch table, then
-- into the same tables and indexes as one operation.
DURABLE
.mode tabs
CREATE TEMP TABLE scratch (name, email, phone, city, birthday, source);
.import --skip 1 INPUT scratch
BEGIN IMMEDIATE;
CREATE TEMP TABLE base AS SELECT coalesce(max(contact), 0) AS n FROM contact;
INSERT INTO contact (contact, name, name_key, city, source, stage, since)
SELECT (SELECT n FROM base) + s.rowid, s.name, lower(s.name), s.city, s.source,
       'lead', '2026-11-23'
FROM scratch AS s
WHERE NOT EXISTS (SELECT 1 FROM contact_point AS p
                  WHERE p.norm = lower(s.email) AND p.kind = 'email');
INSERT INTO contact_point (contact, kind, value, norm, preferred)
SELECT (SELECT n FROM base) + rowid, 'email', email, lower(email), 1
FROM scratch;
INSERT INTO contact_point (contact, kind, value, norm, preferred)
SELECT (SELECT n FROM base) + rowid, 'phone', phone, replace(phone, ' ', ''), 1
FROM scratch;
INSERT INTO occasion (contact, kind, day)
SELECT (SELECT n FROM base) + rowid, 'birthday', birthday FROM scratch;
INSERT INTO op (at, login, command, rows)
SELECT '2026-11-23T09:00:00Z', 'ann', 'crm-add', count(*) FROM scratch;
COMMIT;
