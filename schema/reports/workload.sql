-- What each of us has to do: tasks, deals, contacts and offers in hand.
-- Group: people
--
-- Parameters
--   soon  days  7d  how far ahead a task counts as soon
-- Columns
--   person    text   who; empty: what nobody has
--   tasks     count  follow-ups and appointments not done
--   overdue   count  of these, those that were due before today
--   soon      count  and those that are due today, or until so far ahead
--   deals     count  open deals
--   amount    money  what they would bring
--   contacts  count  active customers that are theirs
--   offers    count  contacts offered to them that they did not answer
-- Definitions
--   A task and a deal are their owner's; an offer (crm-assign --offer) waits
--   for its taker.  Deals without an amount or a rate count and bring nothing;
--   amounts are at today's rates.  Contacts in an exit of the lifecycle are
--   left out.  Who of us is active and has nothing stands there with zeros,
--   once there is any contact.
WITH item AS (
	SELECT {by k.task k.owner:staff k.contact} k.owner AS person,
	       k.contact, 1 AS task, k.due, NULL AS deal, NULL AS amount,
	       NULL AS own, NULL AS offer
	  FROM task k
	 WHERE k.done_at IS NULL {only k.contact}
	 UNION ALL
	SELECT {by d.deal d.owner:staff d.contact} d.owner, d.contact, NULL,
	       NULL, 1, {base d.amount d.currency today()}, NULL, NULL
	  FROM deal d
	 WHERE d.since <= today() AND (d.closed IS NULL OR d.closed > today())
	       {only d.contact}
	 UNION ALL
	SELECT {by c.owner:staff c.contact} c.owner, c.contact, NULL, NULL,
	       NULL, NULL, 1, NULL
	  FROM contact c
	 WHERE c.role = 'customer' AND c.active = 1
	   AND stage_rank(c.stage) IS NOT NULL {only c.contact}
	 UNION ALL
	SELECT {by h.taker:staff h.contact} h.taker, h.contact, NULL, NULL,
	       NULL, NULL, NULL, 1
	  FROM handoff h
	 WHERE h.at <= now()
	   AND (h.state = 'offered' OR h.decided_at > now()) {only h.contact}
	 UNION ALL
	SELECT {by f.staff c.contact} f.staff, NULL, NULL, NULL, NULL, NULL,
	       NULL, NULL
	  FROM staff f LEFT JOIN contact c ON 0
	 WHERE f.active = 1 AND EXISTS (SELECT 1 FROM contact)
)
SELECT {columns}
       (SELECT f.login FROM staff f WHERE f.staff = person) AS person,
       count(task) AS tasks, count(CASE WHEN due < today() THEN 1 END)
       AS overdue, count(CASE WHEN due >= today()
                               AND due <= days_before(-:soon) THEN 1 END)
       AS soon, count(deal) AS deals, ifnull(sum(amount), 0) AS amount,
       count(own) AS contacts, count(offer) AS offers {contacts contact}
  FROM item
 GROUP BY {groups} item.person
 ORDER BY {groups} person IS NULL, person
