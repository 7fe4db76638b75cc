-- Who keeps the records: what they wrote, logged and left untouched.
-- Group: people
--
-- Parameters
--   from   day   -90d   first day of what they wrote and logged
--   to     day   today  last day
--   stale  days  180d   how long without a talk a contact is left alone
-- Columns
--   person        text   who
--   operations    count  commands of theirs that wrote, without undone ones
--   days          count  days on which they did
--   per_week      number  operations in seven days
--   last          day    last day of them
--   interactions  count  talks of theirs that are recorded
--   contacts      count  active customers that are theirs
--   stale         count  of these, those without a talk for so long
--   rate          percent  stale of contacts
--   low           percent  its 95 % interval (Wilson), from
--   high          percent  to
--   few           text   few: under ten
-- Definitions
--   An operation is one command, however many rows it wrote, of the person
--   whose it was (CRM_USER, else the login); crm-init and crm-undo are none.
--   A talk is what the column touches of a contact counts, by whom it was.  A
--   contact is stale whose days_quiet are more than stale=; exits of the
--   lifecycle are left out.  --keys tells the stale ones.
WITH people AS MATERIALIZED (
	SELECT p.org, max(t.last_day) AS last
	  FROM contact p NOT INDEXED
	 CROSS JOIN talked t ON t.contact = p.contact
	 WHERE p.org IS NOT NULL
	 GROUP BY +p.org
), item AS (
	SELECT {by f.staff} f.staff, ifnull(o.who, o.login) AS login,
	       days_since(o.at) AS op,
	       NULL AS talks, NULL AS contact, NULL AS stale
	  FROM op o LEFT JOIN staff f ON f.login = ifnull(o.who, o.login)
	 WHERE o.at <= now() AND o.command <> 'crm-init'
	   AND o.undone_by IS NULL AND o.undoes IS NULL
	   AND days_since(o.at) BETWEEN days_since(:to) AND days_since(:from)
	 UNION ALL
	SELECT {by i.by:staff} i.by, f.login, NULL, i.talks, NULL, NULL
	  FROM (SELECT i.by, count(*) AS talks
	          FROM interaction i
	         WHERE i.day BETWEEN :from AND :to AND i.at <= now()
	           AND i.channel <> 'note' AND i.channel <> 'plan'
	           AND i.channel <> 'lesson' AND i.by IS NOT NULL
	               {only i.contact}
	         GROUP BY i.by) i
	  JOIN staff f ON f.staff = i.by
	 UNION ALL
	SELECT {by c.owner:staff} c.owner, f.login, NULL, NULL, c.contact,
	       days_since(max(ifnull(t.last_day, ifnull(p.last, c.since)),
	           ifnull(p.last, ''))) > :stale
	  FROM contact c NOT INDEXED CROSS JOIN staff f ON f.staff = c.owner
	  LEFT JOIN talked t ON t.contact = c.contact
	  LEFT JOIN people p ON p.org = c.contact
	 WHERE c.role = 'customer' AND c.active = 1
	   AND stage_rank(c.stage) IS NOT NULL {only c.contact}
)
SELECT {columns} login AS person, count(op) AS operations,
       count(DISTINCT op) AS days,
       count(op) * 7.0 / (days_since(:from) - days_since(:to) + 1)
       AS per_week, iif(count(op), days_before(min(op)), NULL) AS last,
       ifnull(sum(talks), 0) AS interactions, count(contact) AS contacts,
       ifnull(sum(stale), 0) AS stale,
       {rate ifnull(sum(stale),0) count(contact)}
       {contacts iif(stale, contact, NULL)}
  FROM item
 GROUP BY {groups} login
 ORDER BY {groups} login
