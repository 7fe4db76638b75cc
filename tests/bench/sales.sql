-- The reference of crm-sell: the shell's .import into a scratch table, then
-- into the same tables and indexes as one operation; whoever bought is
-- promoted by the built-in rules.
DURABLE
.mode tabs
CREATE TEMP TABLE scratch (name, email, day, order_no, product, quantity,
                           amount);
.import --skip 1 INPUT scratch
BEGIN IMMEDIATE;
CREATE TEMP TABLE base AS SELECT coalesce(max(contact), 0) AS n FROM contact;
CREATE TEMP TABLE fresh AS
SELECT min(rowid) AS first, name, email, min(day) AS since
FROM scratch AS s
WHERE NOT EXISTS (SELECT 1 FROM contact_point AS p
                  WHERE p.norm = lower(s.email) AND p.kind = 'email')
GROUP BY email
ORDER BY first;
INSERT INTO contact (contact, name, name_key, stage, since)
SELECT (SELECT n FROM base) + rowid, name, lower(name), 'lead', since
FROM fresh;
INSERT INTO contact_point (contact, kind, value, norm)
SELECT (SELECT n FROM base) + rowid, 'email', email, lower(email) FROM fresh;
INSERT INTO sale (contact, day, order_no, product, quantity, amount, cost,
                  currency)
SELECT p.contact, s.day, s.order_no, g.product, s.quantity,
       CAST(round(s.amount * 100) AS INTEGER), s.quantity * g.cost, 'EUR'
FROM scratch AS s
JOIN contact_point AS p ON p.norm = lower(s.email) AND p.kind = 'email'
JOIN product AS g ON g.name = s.product
ORDER BY s.rowid;
CREATE TEMP TABLE bought AS
SELECT contact, count(DISTINCT ifnull(order_no, day)) AS orders
FROM sale
WHERE refunds IS NULL AND day <= '2026-11-23'
GROUP BY contact;
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'customer', '2026-11-23T09:00:00Z', '2026-11-23',
       'first order', 'orders=' || orders
FROM bought JOIN contact USING (contact)
WHERE stage = 'lead';
UPDATE contact SET stage = 'customer'
WHERE contact IN (SELECT contact FROM stage_change
                  WHERE rule = 'first order');
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'client', '2026-11-23T09:00:00Z', '2026-11-23',
       'second order', 'orders=' || orders
FROM bought JOIN contact USING (contact)
WHERE stage = 'customer' AND orders >= 2;
UPDATE contact SET stage = 'client'
WHERE contact IN (SELECT contact FROM stage_change
                  WHERE rule = 'second order');
INSERT INTO op (at, login, command, rows)
SELECT '2026-11-23T09:00:00Z', 'ann', 'crm-sell', count(*) FROM scratch;
COMMIT;
