#!/usr/bin/env bats
# What lists take from the summaries, and queries from sold, talked and
# staffed, is what looking up each contact's rows gives.

load helper.bash

# A book of 400 contacts with everything that is counted in its own way.
history() {
	export CRM_NOW=2026-11-23T09:00:00Z
	crm-init
	"$B/tests/bench/history" "$CRM_DB" 400
	sqlite3 "$CRM_DB" <<-'SQL'
		UPDATE interaction SET outcome = 'o' || interaction, subject = 's';
		UPDATE interaction SET at = '2026-11-23T09:00:01Z', day = '2026-11-23'
		 WHERE interaction % 50 = 9;
		UPDATE interaction SET at = '2026-11-23T09:00:00Z', day = '2026-11-23'
		 WHERE interaction % 5 = 3;
		UPDATE interaction SET channel = 'plan' WHERE interaction % 60 = 1;
		UPDATE interaction SET channel = 'lesson' WHERE interaction % 60 = 2;
		UPDATE interaction SET channel = 'note' WHERE contact = 77;
		UPDATE interaction SET direction = NULL WHERE interaction % 60 = 3;
		INSERT INTO participant (interaction, contact)
		SELECT interaction, interaction * 7919 % 400 + 1
		  FROM interaction WHERE interaction % 3 = 0;
		INSERT INTO participant (interaction, contact)
		SELECT interaction, contact FROM participant
		 WHERE participant % 10 = 0;
		INSERT INTO participant (interaction, contact)
		SELECT interaction, contact FROM interaction
		 WHERE interaction % 40 = 0;
		UPDATE sale SET discount = 100, quantity = 3 WHERE sale % 3 = 0;
		UPDATE sale SET order_no = NULL WHERE sale % 3 = 1;
		UPDATE sale SET order_no = day WHERE sale % 7 = 1;
		UPDATE sale SET order_no = 'A-1' WHERE contact % 9 = 1;
		UPDATE sale SET day = '2026-11-24' WHERE sale % 50 = 9;
		UPDATE sale SET cost = NULL WHERE sale % 5 = 0;
		UPDATE sale SET refunds = 1 WHERE contact = 78;
		INSERT INTO rate (currency, day, value) VALUES
		    ('CHF', '2026-01-01', 1.0567), ('CHF', '2026-06-01', 1.07);
	SQL
}

# Names of the columns that a summary could have, by comma.
columns() {
	crm-list -o help -H -T | cut -f 1 | grep -E \
	    '^(last|contacted|days_quiet|touches|inbound|outbound|calls|emails|meetings|orders|first|revenue|cost|profit|unpriced)' |
		paste -sd ,
}

@test "a list says of all contacts what it says of those piped into it" {
	history
	all=contact,$(columns),revenue_minor,profit_90d_minor
	[[ $all == *touches_90d*last_order* ]]
	brief=last_contact,last_subject,touches,calls,emails,meetings
	crm-list -q >keys
	crm-sql -H 'SELECT count(*) > 5 FROM staffed' | grep -qx 1
	for CRM_NOW in 2026-11-23T09:00:00Z 2025-06-01T00:00:00Z \
	    2000-01-01T00:00:00Z; do
		export CRM_NOW
		crm-list -o "$all" - <keys >piped
		fails 0 crm-list -o "$all"
		prints <piped
		crm-list -o "$brief" - <keys >piped
		fails 0 crm-list -o "$brief"
		prints <piped
	done
}

@test "conditions and order by what was sold and said are the same for all" {
	history
	crm-list -q >keys
	for w in 'orders >= 2 and days_quiet < 40' \
	    'touches_90d > 1 or orders = 0' \
	    'age is null and revenue > 100 and age is null' \
	    "kind = 'org' and profit_365d > 0"; do
		crm-list -w "$w" -s -revenue,last_contact,age \
		    -o contact,age,orders,revenue,days_quiet - <keys >piped
		[ "$(wc -l <piped)" -gt 3 ]
		fails 0 crm-list -w "$w" -s -revenue,last_contact,age \
		    -o contact,age,orders,revenue,days_quiet
		prints <piped
	done
}

@test "a period of sales is that of its days, both of them included" {
	history
	fails 0 crm-sql -H "WITH x AS (SELECT *, iif(currency = 'EUR', 1,
	            (SELECT value FROM rate r WHERE r.currency = s.currency
	                AND r.day <= s.day ORDER BY r.day DESC LIMIT 1)) AS worth
	        FROM sale s WHERE day BETWEEN '2025-02-03' AND '2026-06-30')
	    SELECT contact, min(day) FILTER (WHERE refunds IS NULL),
	        max(day) FILTER (WHERE refunds IS NULL),
	        count(DISTINCT day) FILTER (WHERE refunds IS NULL),
	        count(*) FILTER (WHERE worth IS NULL), sum(quantity),
	        ifnull(sum(CAST(round(discount * worth) AS INTEGER)), 0),
	        count(DISTINCT ifnull(order_no, day))
	            FILTER (WHERE refunds IS NULL),
	        ifnull(sum(CAST(round(amount * worth) AS INTEGER))
	            FILTER (WHERE day > '2026-04-01'), 0),
	        ifnull(sum(CAST(round(cost * worth) AS INTEGER)), 0)
	    FROM x GROUP BY contact"
	printf '%s\n' "$output" >grouped
	[ "$(wc -l <grouped)" -gt 200 ]
	fails 0 crm-sql -H "SELECT contact, first_order, last_order, days, unpriced,
	        quantity, discount_minor, orders, revenue_90d_minor, cost_minor
	    FROM sold('2025-02-03', '2026-06-30')"
	prints <grouped
	fails 0 crm-sql -H "SELECT sum(orders), min(first_order) FROM sold('2027-01-01')"
	prints <<<$'\t'
	fails 0 crm-sql -H "SELECT (SELECT sum(days) FROM sold(NULL, '2030-01-01'))
	    = (SELECT sum(days) FROM sold)"
	prints <<<1
}

@test "a period of interactions leaves notes and others' out" {
	history
	crm-sql -H "WITH i AS (SELECT contact, interaction, at, day, channel
	            FROM interaction
	        UNION SELECT p.contact, i.interaction, i.at, i.day, i.channel
	            FROM participant p JOIN interaction i
	                ON i.interaction = p.interaction
	            WHERE p.contact IS NOT NULL)
	    SELECT contact, min(at), max(at), max(day), count(*),
	        count(*) FILTER (WHERE channel = 'email')
	    FROM i WHERE day BETWEEN '2025-02-03' AND '2026-06-30'
	        AND at <= '2026-11-23T09:00:00Z'
	        AND channel NOT IN ('note', 'plan', 'lesson')
	    GROUP BY contact" >grouped
	[ "$(wc -l <grouped)" -gt 200 ]
	fails 0 crm-sql -H "SELECT contact, first_contact, last_contact, last_day,
	        touches, emails FROM talked('2025-02-03', '2026-06-30')"
	prints <grouped
	cut -f 1,5 grouped >touches
	fails 0 crm-sql -H "SELECT contact, touches
	    FROM talked('2025-02-03', '2026-06-30')"
	prints <touches
	fails 0 crm-sql -H 'SELECT * FROM talked WHERE contact = 999'
	prints </dev/null
}

@test "a summary says the same in a scan, a join, a look-up and backwards" {
	history
	sum='count(*), sum(contact * orders), sum(contact * revenue_minor)'
	crm-sql -H "SELECT $sum FROM sold" >scan
	of='s.contact, s.orders, s.revenue_minor'
	for from in "contact t JOIN sold s ON s.contact = t.contact" \
	    "(SELECT contact FROM contact ORDER BY contact DESC LIMIT -1) t
	        CROSS JOIN sold s ON s.contact = t.contact" \
	    "(SELECT contact FROM contact ORDER BY contact * 7919 % 401
	        LIMIT -1) t CROSS JOIN sold s ON s.contact = t.contact" \
	    "(SELECT contact FROM contact UNION ALL SELECT NULL UNION ALL
	        SELECT 'x') t CROSS JOIN sold s ON s.contact = t.contact"; do
		fails 0 crm-sql -H "SELECT $sum FROM (SELECT $of FROM $from)"
		prints <scan
	done
	crm-sql -H 'SELECT sum(orders) FROM sold' >orders
	fails 0 crm-sql -H 'SELECT sum((SELECT s.orders FROM sold s
	    WHERE s.contact = t.contact)) FROM contact t'
	prints <orders
	two='SELECT count(*), sum(r.orders) FROM contact t
	    JOIN s ON s.contact = t.contact
	    JOIN s AS r ON r.contact = t.contact % 10 + 1
	    JOIN y ON y.contact = t.contact'
	crm-sql -H "WITH s AS MATERIALIZED (SELECT * FROM sold),
	    y AS MATERIALIZED (SELECT * FROM sold('2026-01-01')) $two" >both
	fails 0 crm-sql -H "WITH s AS (SELECT * FROM sold),
	    y AS (SELECT * FROM sold('2026-01-01')) $two"
	prints <both
	fails 0 crm-sql -H "SELECT orders > 0 FROM sold WHERE contact = '8'"
	prints <<<1
	fails 0 crm-sql -H 'SELECT orders FROM sold WHERE contact = 8.5'
	prints </dev/null
	crm-sql -H 'SELECT contact, orders FROM sold ORDER BY +contact DESC' >down
	fails 0 crm-sql -H 'SELECT contact, orders FROM sold ORDER BY contact DESC'
	prints <down
}

@test "people are counted where they work" {
	history
	crm-sql -H 'SELECT org, count(*) FROM contact WHERE org IS NOT NULL
	    GROUP BY org' >grouped
	fails 0 crm-sql -H 'SELECT * FROM staffed'
	prints <grouped
	fails 65 crm-sql "SELECT * FROM staffed('2026-01-01')"
	says 'crm-sql: staffed(): takes no argument'
}

@test "a period of no days is refused" {
	history
	fails 65 crm-sql "SELECT * FROM sold('soon')"
	says 'crm-sql: sold(): the first argument is not a day'
	fails 65 crm-sql "SELECT * FROM talked('2026-01-01', 'x')"
	says 'crm-sql: talked(): the second argument is not a day'
	prints </dev/null
}

@test "amounts whose sum is beyond all numbers are an error, not a sum" {
	crm-init
	crm-add name=Ada >/dev/null
	sqlite3 "$CRM_DB" "INSERT INTO sale (contact, day, amount, currency)
	    VALUES (1, '2024-01-01', 9223372036854775807, 'EUR'),
	        (1, '2024-01-02', 1, 'EUR')"
	fails 65 crm-sql 'SELECT revenue_minor FROM sold'
	says 'crm-sql: integer overflow'
}

@test "nothing in the file can call the summaries, and nobody writes them" {
	history
	sqlite3 "$CRM_DB" 'CREATE VIEW v AS SELECT * FROM sold'
	fails 65 crm-sql 'SELECT * FROM v'
	says 'crm-sql: unsafe use of virtual table "sold"'
	fails 65 crm-sql 'DELETE FROM sold'
	says 'crm-sql: table sold may not be modified'
}

@test "what was spent on contacts, by kind, in the base currency" {
	export CRM_NOW=2026-11-23T09:00:00Z
	crm-init
	printf 'name\nAda\nBob\nCy\nDee\n' | crm-add -q - >/dev/null
	printf 'login\thour_cost\tcurrency\nann\t60\tEUR\nbea\t40\tCHF\nche\t\tEUR\n' |
		crm-add -q staff - >/dev/null
	crm-add -q rate currency=CHF day=2026-03-01 value=1.5 >/dev/null
	crm-log -q - channel=call >/dev/null <<-'ROWS'
		contact	at	by	minutes	cost	currency
		1	2026-03-02T09:00Z	ann	10	1	EUR
		1	2026-03-02T10:00Z	bea	7	2	CHF
		1	2026-02-01T10:00Z	bea	1	3	CHF
		2	2026-03-02T10:00Z	che	5		EUR
		2	2026-11-23T09:00Z	ann	1		EUR
		3	2026-11-23T09:01Z	ann	1		EUR
	ROWS
	crm-add -q participant - >/dev/null <<<$'interaction\tstaff\n1\tbea\n1\tann\n4\tann'
	crm-add -q expense - >/dev/null <<-'ROWS'
		day	kind	amount	contact	currency
		2026-03-01	acquisition	20	4	EUR
		2026-02-28	acquisition	1	4	CHF
		2026-03-01	service	7	2	EUR
		2026-03-01	service	7	2	USD
		2026-03-01	retention	5	2	CHF
		2026-03-01	service	9		EUR
		2026-11-24	service	9	2	EUR
	ROWS
	crm-add -q reward contact=1 kind=gift day=2026-03-02 cost=4 >/dev/null
	fails 0 crm-sql 'SELECT * FROM spent'
	# Ada: 10 + 10 min of bea at 1 CHF + 7 of bea's: 10 + 10 + 7 = 27
	prints <<-'OUT'
		contact	minutes	staff_minor	channel_minor	service_minor	retention_minor	acquisition_minor	unpriced	service_unpriced
		1	18	2700	400	0	400	0	2	2
		2	6	600	0	700	750	0	1	1
		4	0	0	0	0	0	2000	1	0
	OUT
	fails 0 crm-sql -H "SELECT contact, staff_minor, retention_minor
	    FROM spent('2026-03-01', '2026-03-01')"
	prints <<<$'2\t0\t750\n4\t0\t0'
	fails 0 crm-sql -H "SELECT contact, acquisition_minor FROM spent(NULL,
	    '2026-02-28')"
	prints <<<$'4\t0'
	fails 65 crm-sql "SELECT * FROM spent('x')"
	says 'crm-sql: spent(): the first argument is not a day'
}

@test "what was spent on thousands of contacts is told of each" {
	export CRM_NOW=2026-11-23T09:00:00Z
	crm-init
	crm-add -q staff login=ann hour_cost=60 >/dev/null
	sqlite3 "$CRM_DB" "
		CREATE TEMP TABLE n AS WITH RECURSIVE n (n) AS
		    (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
		    SELECT n * 7919 % 5003 * 1000003 AS n FROM n;
		INSERT INTO contact (contact, name, name_key, since)
		    SELECT n, n, n, '2026-01-01' FROM n;
		INSERT INTO expense (day, kind, amount, currency, contact)
		    SELECT '2026-01-01', 'service', n % 100, 'EUR', n FROM n
		    WHERE n % 3 = 0;
		INSERT INTO interaction (contact, at, day, channel, by, minutes)
		    SELECT n, '2026-01-01T09:00:00Z', '2026-01-01', 'call', s.staff,
		        1 + n % 9 FROM n JOIN staff s ON s.login = 'ann' WHERE n % 5"
	crm-sql -H "SELECT contact, sum(m), 100 * sum(m), sum(a) FROM (
	    SELECT contact, minutes AS m, 0 AS a FROM interaction
	    UNION ALL SELECT contact, 0, amount FROM expense)
	    GROUP BY contact" >grouped
	[ "$(wc -l <grouped)" -gt 4000 ]
	fails 0 crm-sql -H "SELECT contact, minutes, staff_minor, service_minor
	    FROM spent"
	prints <grouped
}
