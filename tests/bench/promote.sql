-- The rules of measure_promote by hand: what they ask for is summed up in one
-- scan of each table.
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -65536;
BEGIN IMMEDIATE;
CREATE TEMP TABLE bought AS
SELECT contact, count(DISTINCT ifnull(order_no, day)) AS orders,
       max(day) AS last
  FROM sale WHERE refunds IS NULL AND day <= '2026-11-23' GROUP BY contact;
CREATE UNIQUE INDEX temp.bought_by ON bought (contact, orders, last);
CREATE TEMP TABLE spoke AS
SELECT contact, max(day) AS last,
       sum(direction = 'in' AND day > '2026-08-25') AS inbound,
       sum((channel = 'meeting' OR channel = 'visit')
           AND day > '2026-08-25') AS meetings
  FROM interaction
 WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
   AND channel <> 'plan' AND channel <> 'lesson'
 GROUP BY contact;
CREATE UNIQUE INDEX temp.spoke_by ON spoke (contact);
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'prospect', '2026-11-23T09:00:00Z', '2026-11-23',
       'qualified', 'days_quiet=' || quiet || ', score=' || score
  FROM (SELECT *, 30 * (ifnull(inbound, 0) > 0)
               + 25 * (ifnull(meetings, 0) > 0)
               - min(20, quiet / 7) AS score
          FROM (SELECT c.contact, c.stage, inbound, meetings,
                       max(0, CAST(julianday('2026-11-23')
                       - julianday(ifnull(last, since)) AS INTEGER)) AS quiet
                  FROM contact c LEFT JOIN spoke USING (contact)
                 WHERE c.stage = 'lead' AND c.role = 'customer'))
 WHERE score >= 50 AND quiet <= 30;
UPDATE contact SET stage = 'prospect'
 WHERE contact IN (SELECT contact FROM stage_change
                    WHERE rule = 'qualified');
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'customer', '2026-11-23T09:00:00Z', '2026-11-23',
       'first order', 'orders=' || orders
  FROM contact JOIN bought USING (contact)
 WHERE (stage = 'lead' OR stage = 'prospect') AND orders >= 1;
UPDATE contact SET stage = 'customer'
 WHERE contact IN (SELECT contact FROM stage_change
                    WHERE rule = 'first order');
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'client', '2026-11-23T09:00:00Z', '2026-11-23',
       'second order', 'orders=' || orders
  FROM contact JOIN bought USING (contact)
 WHERE stage = 'customer' AND orders >= 2;
UPDATE contact SET stage = 'client'
 WHERE contact IN (SELECT contact FROM stage_change
                    WHERE rule = 'second order');
INSERT INTO stage_change (contact, was, stage, at, day, rule, evidence)
SELECT contact, stage, 'lapsed', '2026-11-23T09:00:00Z', '2026-11-23',
       'gone quiet', 'last_order=' || last
  FROM contact JOIN bought USING (contact)
 WHERE (stage = 'customer' OR stage = 'client')
   AND julianday('2026-11-23') - julianday(last) > 365;
UPDATE contact SET stage = 'lapsed'
 WHERE contact IN (SELECT contact FROM stage_change
                    WHERE rule = 'gone quiet');
COMMIT;
