-- What reports are about, for :n contacts over the two years to 2026-11-23:
-- ten interactions and two lines of sales for each, and of the rest what a
-- business has.  A tenth of the contacts buys most of it.  The same wherever
-- it runs: r is a number below 2^31 for each row there is.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -524288;

CREATE TEMP TABLE r AS
WITH RECURSIVE n (i, x) AS (
	SELECT 0, 48271
	UNION ALL
	SELECT i + 1, (i + 2) * 48271 % 2147483647
	  FROM n
	 WHERE i + 1 < 10 * :n
)
SELECT i, ((x + (x >> 15)) * 69621 % 2147483647 + (x >> 7)) * 16807
       % 2147483647 AS a
  FROM n;
-- rowid is i + 1.

CREATE TEMP TABLE calendar (d INTEGER PRIMARY KEY, day TEXT);
INSERT INTO calendar
SELECT i - 730, date('2024-11-23', (i - 730) || ' days')
  FROM r
 WHERE rowid <= 2000;

CREATE TEMP TABLE hour (minute INTEGER PRIMARY KEY, text TEXT);
INSERT INTO hour
SELECT i, printf('T%02d:%02d:00Z', 6 + i / 60, i % 60)
  FROM r
 WHERE rowid <= 720;

BEGIN;

INSERT OR REPLACE INTO staff (staff, login, name, role, department, manager,
       hour_cost,
       currency)
SELECT i + 1, 's' || (i + 1), 'staff ' || (i + 1),
       CASE WHEN i < 5 THEN 'manager' WHEN i % 3 = 0 THEN 'service'
           ELSE 'sales' END,
       CASE i % 3 WHEN 0 THEN 'service' WHEN 1 THEN 'north' ELSE 'south' END,
       iif(i < 5, NULL, 1 + i % 5), 3000 + 100 * (i % 20), 'EUR'
  FROM r
 WHERE rowid <= 50;

INSERT INTO product (product, name, sku, brand, line, tier, price, currency,
       cost)
SELECT i + 1, 'product ' || (i + 1), 'P' || (i + 1),
       'brand ' || (1 + i / 5 % 10), 'line ' || (1 + i / 5 % 25), 1 + i % 5,
       500 + a % 2000 * (1 + i % 5), 'EUR', 300 + a % 1000 * (1 + i % 5)
  FROM r
 WHERE rowid <= 500;

INSERT INTO rate (currency, day, value)
SELECT iif(i % 2, 'CHF', 'USD'), d.day, 0.90017 + a % 100 / 1000.0
  FROM r JOIN calendar d ON d.d = i / 2 * 30
 WHERE r.rowid <= 50;

INSERT INTO campaign (campaign, name, type, channel, brand, status, since,
       until, arms, budget, currency, target_leads, owner)
SELECT i + 1, 'campaign ' || (i + 1),
       CASE i % 4 WHEN 0 THEN 'awareness' WHEN 1 THEN 'brand'
           WHEN 2 THEN 'leads' ELSE 'loyalty' END,
       iif(i % 3, 'email', 'post'), 'brand ' || (1 + i % 10),
       iif(i < 46, 'closed', 'running'), d.day, e.day,
       iif(i % 2, 'a:2,control:1', NULL), 100000 + a % 900000, 'EUR', :n / 50,
       1 + i
  FROM r JOIN calendar d ON d.d = i * 14 JOIN calendar e ON e.d = i * 14 + 30
 WHERE r.rowid <= 50;

-- Orders of one, two and three lines, by the day; of those who were there by
-- then.  Each line has a number of its own, each order one that its lines
-- share; every fiftieth line, unless it is the first, gives back the one
-- before.
INSERT INTO sale (sale, contact, day, order_no, product, quantity, amount,
       cost, discount, currency, channel, refunds, campaign)
WITH line AS (
	SELECT i,
	       i - CASE i % 6 WHEN 2 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 2
	           ELSE 0 END AS o,
	       i % 6 IN (2, 4, 5) AND a / 1024 % 30 = 0 AS back
	  FROM r
	 WHERE rowid <= 2 * :n
), bought AS (
	SELECT l.i, l.o, l.back, k.a AS k, p.product, p.price, p.cost,
	       1 + v.a / 1024 % 7 / 4 AS quantity, v.a / 512 % 5 = 0 AS cut,
	       k.a % (:n / 4 + 3 * l.o / 8) AS c
	  FROM line l
	  JOIN r v ON v.rowid = l.i - l.back + 1
	  JOIN r k ON k.rowid = l.o + 1
	  JOIN product p
	    ON p.product = 1 + v.a % 500 * (v.a / 500 % 500) / 500
)
SELECT i + 1,
       1 + CASE k / 4096 % 8 WHEN 0 THEN c WHEN 1 THEN c
           WHEN 2 THEN c - c % 3 WHEN 3 THEN c - c % 3 ELSE c - c % 10 END,
       d.day, 'O' || o, product, iif(back, -quantity, quantity),
       iif(back, -1, 1) * quantity * iif(cut, price - price / 10, price),
       iif(back, -1, 1) * quantity * cost,
       iif(cut, iif(back, -1, 1) * quantity * (price / 10), NULL),
       CASE WHEN k % 20 = 0 THEN 'CHF' WHEN k % 100 = 1 THEN 'GBP'
           ELSE 'EUR' END,
       CASE k / 64 % 4 WHEN 0 THEN 'retail' WHEN 1 THEN 'email'
           WHEN 2 THEN 'web' END,
       iif(back, i, NULL),
       iif(k / 32 % 25 = 0, 1 + k / 1024 % (1 + d.d / 15), NULL)
  FROM bought b JOIN calendar d ON d.d = b.o * 730 / (2 * :n - 1);

CREATE TEMP TABLE bought AS
SELECT contact, count(DISTINCT order_no) AS orders, min(day) AS first,
       max(day) AS last
  FROM sale
 WHERE refunds IS NULL
 GROUP BY contact
 ORDER BY contact;
CREATE UNIQUE INDEX temp.bought_by_contact ON bought (contact);

-- A quarter came in the two years before, the rest since then.  One in fifty
-- is an organisation; every tenth of the others works at one.
INSERT INTO contact (contact, kind, role, name, name_key, stage, owner, org,
       since, source, city, country, language, currency, industry, wallet,
       campaign)
SELECT i + 1, iif(i % 50 = 49, 'org', 'person'), x.role,
       'contact ' || (i + 1), 'contact ' || (i + 1),
       CASE WHEN x.role <> 'customer' THEN NULL
           WHEN b.last < '2025-11-23' THEN 'lapsed'
           WHEN b.orders > 1 THEN 'client' WHEN b.orders = 1 THEN 'customer'
           WHEN a % 7 < 3 THEN 'lead' WHEN a % 7 < 5 THEN 'contacted'
           WHEN a % 7 = 5 THEN 'prospect' ELSE 'lost' END,
       iif(a % 20 = 3, NULL, 1 + i % 50),
       iif(a % 10 = 0 AND i % 50 <> 49, 50 * (1 + a / 16 % (:n / 50)), NULL),
       d.day,
       CASE a / 64 % 6 WHEN 0 THEN 'web' WHEN 1 THEN 'fair'
           WHEN 2 THEN 'referral' WHEN 3 THEN 'call' WHEN 4 THEN 'partner' END,
       'town ' || (a / 128 % 40),
       CASE a / 256 % 5 WHEN 0 THEN 'FR' WHEN 1 THEN 'GB' WHEN 2 THEN 'US'
           ELSE 'DE' END,
       iif(a / 256 % 5 > 2, 'de', 'en'), iif(a % 20 = 0, 'CHF', 'EUR'),
       iif(i % 50 = 49, 'industry ' || (a % 12), NULL),
       iif(a / 32 % 3 = 0, 10000 + a % 1000000, NULL),
       iif(a / 512 % 15 = 0, 1 + max(0, d.d - 1) / 15 % 50, NULL)
  FROM (SELECT i, a,
               CASE WHEN a / 8 % 50 = 0 THEN 'partner'
                   WHEN a / 8 % 100 = 1 THEN 'competitor' ELSE 'customer' END
               AS role
          FROM r
         WHERE rowid <= :n) x
  JOIN calendar d
    ON d.d = iif(i < :n / 4, i * 4 * 730 / :n - 730,
           (i - :n / 4) * 730 / (:n - :n / 4))
  LEFT JOIN bought b ON b.contact = i + 1;

INSERT INTO contact_point (contact, kind, value, norm)
SELECT i + 1, 'email', 'c' || i || '@d' || (i % 1000) || '.example.org',
       'c' || i || '@d' || (i % 1000) || '.example.org'
  FROM r
 WHERE rowid <= :n AND a % 5;
INSERT INTO contact_point (contact, kind, value, norm)
SELECT i + 1, 'phone', '+49 30 ' || (20000000 + i), '+4930' || (20000000 + i)
  FROM r
 WHERE rowid <= :n AND a / 16 % 2;

INSERT INTO occasion (contact, kind, day)
SELECT i + 1, 'birthday',
       printf('%d-%02d-%02d', 1940 + a % 65, 1 + a / 128 % 12,
           1 + a / 2048 % 28)
  FROM r
 WHERE rowid <= :n AND a / 32 % 3 = 0;

-- In the order in which they happened, half of them with those who buy.
INSERT INTO interaction (interaction, contact, at, day, channel, direction, by,
       subject, outcome, minutes, cost, currency, line)
WITH talk AS (
	SELECT i, a, a % (:n / 4 + 3 * i / 40) AS c, i * 731 / (10 * :n) AS d,
	       i * 731 % (10 * :n) * 720 / (10 * :n) AS minute,
	       a / 2048 % 16 AS k
	  FROM r
)
SELECT t.i + 1,
       1 + CASE t.a / 32768 % 4 WHEN 0 THEN c - c % 3 WHEN 1 THEN c - c % 10
           ELSE c END,
       d.day || h.text, d.day,
       CASE WHEN k < 6 THEN 'email' WHEN k < 10 THEN 'call'
           WHEN k < 12 THEN 'note' WHEN k = 12 THEN 'meeting'
           WHEN k = 13 THEN 'visit' WHEN k = 14 THEN 'web' ELSE 'text' END,
       CASE WHEN k = 10 OR k = 11 THEN NULL WHEN t.a / 64 % 3 THEN 'out'
           ELSE 'in' END,
       1 + iif(t.a / 512 % 4, c % 50, t.a / 4096 % 50),
       iif(t.a / 128 % 2, 'about product ' || (t.a % 500), NULL),
       CASE WHEN k < 6 OR k > 9 THEN NULL WHEN t.a / 256 % 3 = 0
           THEN 'no-answer' WHEN t.a / 256 % 9 = 1 THEN 'interested'
           ELSE 'reached' END,
       CASE WHEN k < 6 THEN 2 WHEN k < 10 THEN 3 + t.a / 64 % 20
           WHEN k = 12 OR k = 13 THEN 30 + t.a / 64 % 60 END,
       iif(k = 13, 1500 + t.a / 64 % 4000, NULL), iif(k = 13, 'EUR', NULL),
       iif(t.a / 1024 % 8 = 0, 'line ' || (1 + t.a / 8192 % 25), NULL)
  FROM talk t
  JOIN calendar d ON d.d = t.d
  JOIN hour h ON h.minute = t.minute;

INSERT INTO participant (interaction, contact)
SELECT 1 + i * 50, 1 + a % (:n / 4 + 3 * i * 50 / 40)
  FROM r
 WHERE rowid <= :n / 5;

INSERT INTO task (contact, title, due, channel, minutes, owner, priority,
       done_at)
SELECT 1 + a % (:n / 4 + 3 * i * 5 / 4), 'task ' || i, d.day,
       CASE a / 16 % 3 WHEN 0 THEN 'call' WHEN 1 THEN 'email' END, 15,
       1 + a / 64 % 50, a / 1024 % 3,
       iif(a / 32 % 10, (SELECT e.day || 'T10:00:00Z' FROM calendar e
               WHERE e.d = d.d + a / 128 % 12 - 8 AND e.d < 730), NULL)
  FROM r JOIN calendar d ON d.d = i * 760 / (:n / 5)
 WHERE r.rowid <= :n / 5;

INSERT INTO need (contact, kind, about, line, status, met_by, day)
SELECT 1 + a % (:n / 4 + 3 * i * 20 / 4),
       CASE a / 16 % 5 WHEN 0 THEN 'need' WHEN 1 THEN 'motive'
           WHEN 2 THEN 'want' WHEN 3 THEN 'change' ELSE 'idea' END,
       'need ' || (a % 1000), 'line ' || (1 + a / 64 % 25),
       CASE a / 256 % 4 WHEN 0 THEN 'met' WHEN 1 THEN 'dropped' ELSE 'open' END,
       NULL, d.day
  FROM r JOIN calendar d ON d.d = i * 731 / (:n / 20)
 WHERE r.rowid <= :n / 20;

INSERT INTO deal (deal, contact, title, pipeline, stage, status, type, since,
       owner, amount, currency, expected, product, next_step, next_day, closed,
       reason, competitor)
WITH talk AS (
	SELECT i, a, i * 731 / (:n / 10) AS d, 10 + a / 64 % 80 AS took,
	       a / 16 % 10 < 4 AS won, a / 1024 % 3 AS stage,
	       a % (:n / 4 + 3 * i * 10 / 4) AS c
	  FROM r
	 WHERE rowid <= :n / 10
)
SELECT i + 1, 1 + iif(a / 4096 % 2, c - c % 10, c), 'deal ' || i, 'sales',
       CASE WHEN won AND e.day IS NOT NULL THEN 'negotiation'
           WHEN stage = 0 THEN 'qualified' WHEN stage = 1 THEN 'proposal'
           ELSE 'negotiation' END,
       CASE WHEN e.day IS NULL THEN 'open' WHEN won THEN 'won'
           ELSE 'lost' END,
       CASE a / 128 % 8 WHEN 0 THEN 'cross-sell' WHEN 1 THEN 'up-sell'
           WHEN 2 THEN 'renewal' WHEN 3 THEN 'win-back' ELSE 'new' END,
       d.day, iif(a % 30, 1 + a / 256 % 50, NULL),
       iif(a % 40, 10000 + a % 1000 * 900, NULL),
       CASE WHEN a % 20 = 0 THEN 'CHF' WHEN a % 100 = 1 THEN 'GBP'
           ELSE 'EUR' END,
       x.day, 1 + a % 500, iif(e.day IS NULL, 'call', NULL),
       iif(e.day IS NULL, x.day, NULL), e.day,
       CASE WHEN e.day IS NULL OR won THEN NULL WHEN a / 32 % 6 = 0
           THEN 'price' WHEN a / 32 % 6 = 1 THEN 'product'
           WHEN a / 32 % 6 = 2 THEN 'timing' WHEN a / 32 % 6 = 3
           THEN 'competitor' WHEN a / 32 % 6 = 4 THEN 'no decision'
           ELSE 'other' END,
       CASE a / 8192 % 9 WHEN 0 THEN 'Acme' WHEN 1 THEN 'Bolt'
           WHEN 2 THEN 'Crux' END
  FROM talk t
  JOIN calendar d ON d.d = t.d
  JOIN calendar x ON x.d = t.d + 30 + t.a / 2048 % 90
  LEFT JOIN calendar e ON e.d = t.d + t.took AND e.d <= 730;

-- What a contact came to be, and when: of every second one it is known.
INSERT INTO stage_change (contact, was, stage, at, day, by, rule)
WITH step AS (
	SELECT contact, 'lead' AS was, 'contacted' AS stage,
	       date(since, '3 days') AS day, owner
	  FROM contact
	 WHERE contact % 2 AND stage NOT NULL AND stage <> 'lead'
	UNION ALL
	SELECT contact, 'contacted', 'prospect', date(since, '20 days'), owner
	  FROM contact
	 WHERE contact % 2 AND (stage = 'prospect' OR stage = 'customer'
	           OR stage = 'client' OR stage = 'lapsed' OR stage = 'lost')
	UNION ALL
	SELECT contact, 'prospect', 'lost', date(since, '90 days'), owner
	  FROM contact
	 WHERE contact % 2 AND stage = 'lost'
	UNION ALL
	SELECT contact, 'prospect', 'customer',
	       max(b.first, date(c.since, '20 days')), owner
	  FROM contact c JOIN bought b USING (contact)
	 WHERE contact % 2 AND stage NOT NULL
	UNION ALL
	SELECT contact, 'customer', 'client',
	       max(b.last, date(c.since, '20 days')), owner
	  FROM contact c JOIN bought b USING (contact)
	 WHERE contact % 2 AND stage = 'client'
	UNION ALL
	SELECT contact, 'customer', 'lapsed',
	       date(max(b.last, date(c.since, '20 days')), '365 days'), owner
	  FROM contact c JOIN bought b USING (contact)
	 WHERE contact % 2 AND stage = 'lapsed'
)
SELECT contact, was, stage, day || 'T12:00:00Z', day, owner,
       CASE stage WHEN 'customer' THEN 'first order' WHEN 'client'
           THEN 'second order' END
  FROM step
 WHERE day <= '2026-11-22'
 ORDER BY contact, CASE stage WHEN 'contacted' THEN 1 WHEN 'prospect' THEN 2
       WHEN 'customer' THEN 3 WHEN 'client' THEN 4 ELSE 5 END;

INSERT INTO stage_change (deal, was, stage, at, day, by)
WITH step AS (
	SELECT deal, 'qualified' AS was, 'proposal' AS stage,
	       date(since, '4 days') AS day, owner
	  FROM deal
	 WHERE stage <> 'qualified'
	UNION ALL
	SELECT deal, 'proposal', 'negotiation', date(since, '9 days'), owner
	  FROM deal
	 WHERE stage = 'negotiation'
)
SELECT deal, was, stage, day || 'T12:00:00Z', day, owner
  FROM step
 WHERE day <= '2026-11-22'
 ORDER BY deal, day;

-- What was expected of one deal in five before it was put off.
INSERT INTO op (op, at, login, command, rows)
SELECT 1000 + i, d.day || h.text, 's' || (1 + a % 50),
       CASE a / 64 % 4 WHEN 0 THEN 'crm-log' WHEN 1 THEN 'crm-set'
           WHEN 2 THEN 'crm-done' ELSE 'crm-deal' END, 1 + a / 512 % 20
  FROM r
  JOIN calendar d ON d.d = i * 731 / 5000
  JOIN hour h ON h.minute = i * 731 % 5000 * 720 / 5000
 WHERE r.rowid <= 5000;
INSERT INTO change (op, entity, key, field, before, after)
SELECT 1000 + d.deal * 50000 / :n % 5000, 'deal', d.deal, 'expected',
       date(d.expected, '-30 days'), d.expected
  FROM deal d
 WHERE d.deal % 5 = 0;

INSERT INTO quote (quote, contact, deal, version, title, state, day,
       valid_until, currency, owner, sent_at, decided_at)
SELECT i + 1, g.contact, g.deal, 1, g.title,
       CASE WHEN g.status = 'won' THEN 'accepted' WHEN a % 6 = 0 THEN 'draft'
           WHEN a % 2 THEN 'rejected' ELSE 'sent' END,
       g.since, date(g.since, '30 days'), g.currency, g.owner,
       iif(g.status <> 'won' AND a % 6 = 0, NULL, g.since || 'T10:00:00Z'),
       iif(g.status = 'won' OR a % 2, g.since || 'T16:00:00Z', NULL)
  FROM r JOIN deal g ON g.deal = i * 5 + 1
 WHERE r.rowid <= :n / 50;
INSERT INTO quote_line (quote, product, text, quantity, price, tax, currency,
       amount)
SELECT 1 + i / 2, p.product, p.name, 1 + a % 3, p.price, 1900, q.currency,
       (1 + a % 3) * p.price
  FROM r
  JOIN quote q ON q.quote = 1 + i / 2
  JOIN product p ON p.product = 1 + a % 500
 WHERE r.rowid <= :n / 25;

INSERT INTO invoice (contact, number, issued, due, amount, paid, currency)
SELECT s.contact, 'I' || i, s.day, date(s.day, '30 days'), abs(s.amount) + 1,
       CASE WHEN a % 8 THEN abs(s.amount) + 1 WHEN a % 3 = 0
           THEN abs(s.amount) / 2 END, s.currency
  FROM r JOIN sale s ON s.sale = i * 20 + 1
 WHERE r.rowid <= :n / 10;

INSERT INTO expense (day, kind, amount, currency, contact, campaign, about)
SELECT d.day,
       CASE i % 3 WHEN 0 THEN 'acquisition' WHEN 1 THEN 'retention'
           ELSE 'service' END,
       200 + a % 5000, iif(a % 20 = 0, 'CHF', 'EUR'),
       iif(i % 3 = 2 OR a / 64 % 4 = 0, 1 + a % :n, NULL),
       iif(i % 3 < 2 AND a / 64 % 4 = 1, 1 + a / 256 % 50, NULL), NULL
  FROM r JOIN calendar d ON d.d = i * 731 / (3 * :n / 20)
 WHERE r.rowid <= 3 * :n / 20;

INSERT INTO audience (campaign, contact, arm, added_at, sent_at)
SELECT c.campaign, 1 + (i / 50 * 97 + i % 50 * 13) % :n,
       CASE WHEN c.arms IS NULL THEN NULL WHEN a % 3 THEN 'a'
           ELSE 'control' END,
       c.since || 'T08:00:00Z',
       iif(c.arms NOT NULL AND a % 3 = 0, NULL, c.since || 'T10:00:00Z')
  FROM r JOIN campaign c ON c.campaign = 1 + i % 50
 WHERE r.rowid <= :n / 2;
INSERT INTO response (campaign, contact, kind, at, day)
SELECT t.campaign, t.contact,
       CASE a % 6 WHEN 0 THEN 'clicked' WHEN 1 THEN 'replied'
           WHEN 2 THEN 'visited' WHEN 3 THEN 'converted' ELSE 'opened' END,
       d.day || 'T15:00:00Z', d.day
  FROM audience t
  JOIN r ON r.rowid = t.audience
  JOIN calendar d ON d.d = (t.campaign - 1) * 14 + 1 + a / 64 % 20
 WHERE t.sent_at NOT NULL AND d.d <= 729 AND a / 1024 % 4 = 0;

-- Those who came later were referred by those before them.
INSERT INTO link (contact, kind, other, since)
SELECT c.contact, 'referred_by', 1 + a % (c.contact - 1), c.since
  FROM r JOIN contact c ON c.contact = i * 20 + 20
 WHERE r.rowid <= :n / 20 - 1;

INSERT INTO reward (contact, kind, day, points, cost, currency, rule, expires)
SELECT s.contact, 'points', s.day, max(1, s.amount / 1000), NULL, 'EUR',
       'purchase', date(s.day, '365 days')
  FROM sale s
 WHERE s.sale % 20 = 1 AND s.amount > 0;

INSERT INTO target (measure, period, staff, role, value)
SELECT CASE i % 4 WHEN 0 THEN 'revenue' WHEN 1 THEN 'calls'
           WHEN 2 THEN 'meetings' ELSE 'won' END,
       '2026-Q' || (1 + i / 4 % 4), 1 + i / 16, NULL,
       CASE i % 4 WHEN 0 THEN :n / 2.0 ELSE :n / 2000.0 END
  FROM r
 WHERE r.rowid <= 800;

INSERT INTO handoff (contact, giver, taker, at, state, decided_at)
SELECT 1 + a % (:n / 4 + 3 * i * 100 / 4), 1 + a % 5, 6 + a / 64 % 45,
       d.day || 'T09:30:00Z',
       CASE WHEN a / 8 % 10 = 0 THEN 'offered' WHEN a / 8 % 10 < 3
           THEN 'rejected' WHEN a / 8 % 10 = 3 THEN 'withdrawn'
           ELSE 'accepted' END,
       iif(a / 8 % 10, e.day || printf('T%02d:00:00Z', 10 + a / 128 % 9), NULL)
  FROM r
  JOIN calendar d ON d.d = i * 720 / (:n / 100)
  JOIN calendar e ON e.d = d.d + a / 256 % 5
 WHERE r.rowid <= :n / 100;

INSERT INTO tag (tag, name) VALUES (1, 'vip'), (2, 'fair'), (3, 'press');
INSERT INTO tagging (contact, tag)
SELECT i + 1, 1 + a / 64 % 3 FROM r WHERE rowid <= :n AND a % 10 = 0;

COMMIT;
