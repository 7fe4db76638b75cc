WITH held AS MATERIALIZED (
	SELECT contact, kind, name,
	       CASE ifnull(currency, 'EUR') WHEN 'EUR' THEN wallet
	           ELSE round(wallet * (SELECT r.value FROM rate r
	               WHERE r.currency = c.currency AND r.day <= '2026-11-23'
	               ORDER BY r.day DESC LIMIT 1)) END AS wallet
	  FROM contact c
	 WHERE c.wallet IS NOT NULL
), line AS NOT MATERIALIZED (
	SELECT s.contact, s.day,
	       CASE s.currency WHEN 'EUR' THEN s.amount
	           ELSE round(s.amount * (SELECT r.value FROM rate r
	               WHERE r.currency = s.currency AND r.day <= s.day
	               ORDER BY r.day DESC LIMIT 1)) END AS amount
	  FROM sale s
	 WHERE s.day <= '2026-11-23'
), own AS (
	SELECT h.contact,
	       ifnull((SELECT total(amount) FROM line l
	                WHERE l.contact = h.contact
	                  AND l.day > '2025-11-23'), 0)
	       + iif(h.kind = 'org', ifnull((
	             SELECT total(amount)
	               FROM contact p CROSS JOIN line l USING (contact)
	              WHERE p.org = h.contact AND l.day > '2025-11-23'), 0), 0)
	       AS revenue,
	       (SELECT count(*) - count(amount) FROM line l
	         WHERE l.contact = h.contact)
	       + iif(h.kind = 'org', (
	             SELECT count(*) - count(amount)
	               FROM contact p CROSS JOIN line l USING (contact)
	              WHERE p.org = h.contact), 0) AS unpriced, h.name, wallet
	  FROM held h
	 WHERE wallet IS NOT NULL
	 LIMIT -1
)
SELECT contact, name, printf('%.2f', wallet / 100.0),
       printf('%.2f', revenue / 100.0), round(100.0 * revenue / wallet, 6),
       printf('%.2f', max(0, wallet - revenue) / 100.0), unpriced
  FROM own
 ORDER BY max(0, wallet - revenue) DESC, contact;
