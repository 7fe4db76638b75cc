-- What happened with the contacts of a book: ten interactions and two sales
-- for each, over a year and a half, of three and two kinds.
PRAGMA cache_size = -262144;
INSERT INTO interaction (interaction, contact, at, day, channel, direction)
WITH RECURSIVE n (i) AS (
	SELECT 0 UNION ALL SELECT i + 1 FROM n
	 WHERE i < (SELECT 10 * count(*) FROM contact) - 1)
SELECT i + 1, 1 + i * 7919 % (SELECT count(*) FROM contact),
       date('2025-05-01', (i * 31 % 560) || ' days') || 'T10:00:00Z',
       date('2025-05-01', (i * 31 % 560) || ' days'),
       CASE i % 37 WHEN 0 THEN 'meeting' WHEN 1 THEN 'call' ELSE 'email' END,
       iif(i % 23 = 0, 'in', 'out')
  FROM n;
INSERT INTO sale (sale, contact, day, amount, currency)
WITH RECURSIVE n (i) AS (
	SELECT 0 UNION ALL SELECT i + 1 FROM n
	 WHERE i < (SELECT 2 * count(*) FROM contact) - 1)
SELECT i + 1, 1 + i * 31 % (SELECT count(*) * 6 / 10 FROM contact),
       date('2025-05-01', (i * 17 % 560) || ' days'), 100, 'EUR'
  FROM n;
ANALYZE;
