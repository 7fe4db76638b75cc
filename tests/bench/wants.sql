-- What wants doing in a book of life.sql: tasks, some of them planned, deals,
-- invoices; and one contact in a hundred to whom nobody has spoken.
PRAGMA cache_size = -262144;
UPDATE interaction SET contact = contact + 1 WHERE contact % 100 = 3;
CREATE TEMP TABLE n AS
WITH RECURSIVE n (i) AS (
	SELECT 0 UNION ALL SELECT i + 1 FROM n
	 WHERE i < (SELECT count(*) / 50 FROM contact) - 1)
SELECT i, (SELECT count(*) FROM contact) AS contacts FROM n;
INSERT INTO task (contact, title, due)
SELECT 1 + i * 97 % contacts, 'task ' || i,
       date('2026-11-23', (i % 60 - 45) || ' days')
  FROM n;
INSERT INTO deal (contact, title, pipeline, stage, since, amount, currency,
                  next_step, next_day)
SELECT 1 + i * 89 % contacts, 'deal ' || i, 'sales',
       iif(i % 3 = 0, 'negotiation', 'qualified'),
       date('2026-11-23', (-i % 40) || ' days'), 1000 * (i % 500), 'EUR',
       iif(i % 5 = 0, NULL, 'call'),
       iif(i % 7 < 2, NULL, date('2026-11-23', (i % 30 - 20) || ' days'))
  FROM n;
INSERT INTO invoice (contact, number, issued, due, amount, paid, currency)
SELECT 1 + i * 83 % contacts, 'I' || i,
       date('2026-11-23', (-i % 90) || ' days'),
       date('2026-11-23', (30 - i % 90) || ' days'), 100 * (i % 900) + 100,
       iif(i % 4 = 0, NULL, 100), 'EUR'
  FROM n;
ANALYZE;
