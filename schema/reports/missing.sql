-- Which fields of contacts are empty, and how often.
-- Group: open loops
--
-- Parameters
--   role      text  customer  only contacts of this role
--   field     text  -         only this field
-- Columns
--   field     text   the field
--   missing   count  contacts that lack it
--   contacts  count  contacts that should have it
--   rate      percent  missing, of those
--   low       percent  lower end of its 95 % interval
--   high      percent  upper end
--   few       text   few: there are under 10 contacts
-- Definitions
--   Contacts that are active count.  birthday and org should be there for
--   people, industry for organisations, what remains for both.  An e-mail
--   address or a telephone number that is known to be wrong (valid is 0) is
--   missing.
WITH p AS (
	SELECT contact, max(kind = 'email') AS email,
	       max(kind = 'phone') AS phone
	  FROM contact_point
	 WHERE valid = 1
	 GROUP BY contact
),
c AS (
	SELECT {by c.contact} c.contact, c.kind = 'person' AS person,
	       (ifnull(p.email, 0) = 0) + 2 * (ifnull(p.phone, 0) = 0) +
	       4 * (c.owner IS NULL) + 8 * (c.source IS NULL) +
	       16 * (c.street IS NULL) + 32 * (c.postcode IS NULL) +
	       64 * (c.city IS NULL) + 128 * (c.country IS NULL) +
	       256 * (c.language IS NULL) +
	       512 * (c.kind = 'person' AND NOT EXISTS (
	              SELECT 1
	                FROM occasion o
	               WHERE o.contact = c.contact AND o.kind = 'birthday')) +
	       1024 * (c.org IS NULL) + 2048 * (c.industry IS NULL) AS lacks
	  FROM contact c
	  LEFT JOIN p ON p.contact = c.contact
	 WHERE c.active = 1 AND c.role = :role {only c.contact}
),
g AS MATERIALIZED (
	SELECT {groups} person, lacks, count(*) AS n {contacts contact}
	  FROM c
	 GROUP BY {groups} person, lacks
),
f AS (
	SELECT 1 AS bit, 'email' AS field, 2 AS person
	 UNION ALL SELECT 2, 'phone', 2
	 UNION ALL SELECT 4, 'owner', 2
	 UNION ALL SELECT 8, 'source', 2
	 UNION ALL SELECT 16, 'street', 2
	 UNION ALL SELECT 32, 'postcode', 2
	 UNION ALL SELECT 64, 'city', 2
	 UNION ALL SELECT 128, 'country', 2
	 UNION ALL SELECT 256, 'language', 2
	 UNION ALL SELECT 512, 'birthday', 1
	 UNION ALL SELECT 1024, 'org', 1
	 UNION ALL SELECT 2048, 'industry', 0
),
m AS (
	SELECT g.*, f.bit, f.field,
	       CASE WHEN lacks & f.bit THEN n ELSE 0 END AS hits
	  FROM f
	  JOIN g ON f.person = 2 OR f.person = g.person
	 WHERE :field IS NULL OR f.field = :field
)
SELECT {columns} field, sum(hits) AS missing, sum(n) AS contacts,
       {rate sum(hits) sum(n)}
       {contacts CASE WHEN hits THEN contacts_ END}
  FROM m
 GROUP BY {groups} field
 ORDER BY {groups} min(bit)
