WITH lack AS (
	SELECT kind = 'person' AS person,
	       (NOT EXISTS (SELECT 1 FROM contact_point p
	                     WHERE p.contact = c.contact AND p.kind = 'email'
	                       AND p.valid = 1))
	       + 2 * (NOT EXISTS (SELECT 1 FROM contact_point p
	                           WHERE p.contact = c.contact
	                             AND p.kind = 'phone' AND p.valid = 1))
	       + 4 * (owner IS NULL) + 8 * (source IS NULL)
	       + 16 * (street IS NULL) + 32 * (postcode IS NULL)
	       + 64 * (city IS NULL) + 128 * (country IS NULL)
	       + 256 * (language IS NULL)
	       + 512 * (kind = 'person' AND NOT EXISTS (
	               SELECT 1 FROM occasion o
	                WHERE o.contact = c.contact AND o.kind = 'birthday'))
	       + 1024 * (org IS NULL) + 2048 * (industry IS NULL) AS lacks
	  FROM contact c
	 WHERE active = 1 AND role = 'customer'
), counted AS MATERIALIZED (
	SELECT person, lacks, count(*) AS n FROM lack GROUP BY person, lacks
), field (bit, field, person) AS (
	VALUES (1, 'email', 2), (2, 'phone', 2), (4, 'owner', 2),
	    (8, 'source', 2), (16, 'street', 2), (32, 'postcode', 2),
	    (64, 'city', 2), (128, 'country', 2), (256, 'language', 2),
	    (512, 'birthday', 1), (1024, 'org', 1), (2048, 'industry', 0)
), sums AS (
	SELECT bit, field, sum(iif(lacks & bit, n, 0)) AS h, sum(c.n) AS n,
	       1.959963984540054 * 1.959963984540054 AS zz
	  FROM field f JOIN counted c ON f.person = 2 OR f.person = c.person
	 GROUP BY bit
)
SELECT field, h, n, round(100.0 * h / n, 6),
       round(100 * (h + zz / 2 - sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6),
       round(100 * (h + zz / 2 + sqrt(zz * h * (n - h) / n + zz * zz / 4))
           / (n + zz), 6), iif(n < 10, 'few', NULL)
  FROM sums
 ORDER BY bit;
