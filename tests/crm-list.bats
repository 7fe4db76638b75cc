#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q staff login=ann >/dev/null
	printf '%b' 'name\tkind\tcity\tcountry\tstage\towner\temail\tbirthday\n' \
	    'Acme\torg\tBerlin\tDE\tcustomer\tann\t\t\n' \
	    'Ada\tperson\tLondon\tGB\tlead\t\tada@example.org\t1990-12-10\n' \
	    'Émile\tperson\tParis\tFR\tprospect\tann\temile@example.fr\t--05-14\n' |
	    crm-add -q - >/dev/null
	crm-set -q 2 org=1 >/dev/null
}

@test "columns are chosen, appended and explained" {
	setup_book
	ok crm-list -o name,email -l 2
	prints <<'OUT'
name	email
Acme	
Ada	ada@example.org
OUT
	ok crm-list -o +age -w "name='Ada'"
	prints <<'OUT'
contact	name	stage	owner	kind	city	country	age
2	Ada	lead		person	London	GB	33
OUT
	ok crm-list -o help
	[[ $output == *$'\nage\t'*years* ]]
	fails 2 crm-list -o nam
	says "crm-list: no column 'nam' in contacts; did you mean 'name'?"
}

@test "expressions choose rows by any column" {
	setup_book
	ok crm-list -q -w "city='London' OR owner='ann' AND stage='prospect'"
	prints <<<$'2\n3'
	ok crm-list -q -w "fold(name) LIKE 'emi%'"
	prints <<<3
	ok crm-list -q -w "age > 30"
	prints <<<2
	ok crm-list -q -w "owner = me()"
	prints </dev/null
	CRM_USER=ann ok crm-list -q -w "owner = me()"
	prints <<<$'1\n3'
}

@test "dates, tags and quiet days are understood in expressions" {
	setup_book
	crm-tag add vip Ada >/dev/null
	CRM_NOW=2024-01-10 crm-log -q 1 -c call -- hello >/dev/null
	ok crm-list -q -w "tagged('vip')"
	prints <<<2
	ok crm-list -q -w "within(last_contact, '2024-01')"
	prints <<<1
	ok crm-list -q -w "since >= day('som-1mo') AND days_quiet < 2"
	prints <<<$'2\n3'
	fails 2 crm-list -w "day('nonsense')"
}

@test "an expression can't write, reach out or be more than one" {
	setup_book
	fails 2 crm-list -w "1; DROP TABLE contact"
	fails 2 crm-list -w "(SELECT 1)"
	fails 2 crm-list -w "load_extension('x')"
	fails 2 crm-list -w "randomblob(9)"
	says "crm-list: -w: not authorized to use function: randomblob"
	fails 2 crm-list -w "name = 'x' --"
	fails 2 crm-list -w "(1"
	fails 2 crm-list -w "nme = 'x'"
	says "crm-list: -w: no column 'nme'; did you mean 'name'?"
	fails 2 crm-list -w ""
}

@test "rows are sorted by columns, up and down" {
	setup_book
	ok crm-list -q -s -name
	prints <<<$'3\n2\n1'
	ok crm-list -q -s kind,-contact
	prints <<<$'1\n3\n2'
	fails 2 crm-list -s foo
}

@test "keys on standard input narrow the list, in their order" {
	setup_book
	printf 'x\tcontact\na\t3\nb\tAda\n' >in
	ok crm-list -q - <in
	prints <<<$'3\n2'
	printf '2\n' >not
	ok crm-list -q --except not
	prints <<<$'1\n3'
	printf '9\n' >in
	fails 65 crm-list - <in
}

@test "an organisation's figures count its people's" {
	setup_book
	crm-log -q 2 -c call -- hello >/dev/null
	crm-add -q sale contact=2 amount=10 day=2024-02-01 >/dev/null
	ok crm-list -o name,touches,revenue,orders -w "contact=1"
	prints <<'OUT'
name	touches	revenue	orders
Acme	1	10.00	1
OUT
}

@test "JSON has numbers as numbers and empty as null" {
	setup_book
	ok crm-list -j -o contact,name,org,email -w "contact<>1"
	prints <<'OUT'
{"contact":2,"name":"Ada","org":1,"email":"ada@example.org"}
{"contact":3,"name":"Émile","org":null,"email":"emile@example.fr"}
OUT
}

@test "a table is aligned, and cut to the width" {
	setup_book
	ok crm-list -t -o contact,name,city -l 2
	prints <<'OUT'
contact  name  city
      1  Acme  Berlin
      2  Ada   London
OUT
	crm-set -q 1 name='A name that is rather long for this' >/dev/null
	COLUMNS=24 ok crm-list -t -o contact,name -l 1
	prints <<'OUT'
contact  name
      1  A name that is…
OUT
}

@test "an empty list is a header, or nothing at all" {
	crm-init
	ok crm-list -o name
	prints <<<name
	ok crm-list -H
	prints </dev/null
	ok crm-list --quiet-empty
	prints </dev/null
}

@test "someone else's database can't command a terminal" {
	crm-init
	sqlite3 "$CRM_DB" "INSERT INTO contact (name, name_key, since) VALUES ('A' || char(27) || '[2J' || char(0x9b) || char(0x202e), 'a', '2024-01-01')"
	ok crm-list -o name -H
	prints <<'OUT'
A\\x1b[2J\\u{9b}\u{202e}
OUT
	ok crm-list -o name -H -t
	prints <<'OUT'
A\x1b[2J\u{9b}\u{202e}
OUT
	ok bash -c 'crm-list -o name | crm-fmt jsonl'
	prints <<'OUT'
{"name":"A\\x1b[2J\\u{9b}\u202e"}
OUT
	ok crm-list -o name -H -j
	prints <<'OUT'
{"name":"A\u001b[2J\u009b\u202e"}
OUT
}

@test "directions of text that are listed can be written back" {
	crm-init
	crm-add -q name=$'\xe2\x80\xaaAda\xe2\x80\xac\xe2\x80\x8f\xd8\x9c' note='\u{202a}' >/dev/null
	ok bash -c 'crm-list -o contact,name,note | crm-set - industry=press'
	prints <<'OUT'
contact	name	result	reason
1	\u{202a}Ada\u{202c}\u{200f}\u{61c}	updated	
OUT
	holds 'SELECT name, note FROM contact' <<<$'\xe2\x80\xaaAda\xe2\x80\xac\xe2\x80\x8f\xd8\x9c\t\\u{202a}'
	printf 'name\n\\u{1b}\n' >in
	fails 65 crm-add - <in
	says "crm-add: <stdin>:2: not an escape: '\\u'; a backslash is written '\\\\'"
}

@test "a database that is none, newer or gone is refused in words" {
	head -c 5000 /dev/urandom >noise.db
	fails 65 crm-list -d noise.db
	says "crm-list: '$BATS_TEST_TMPDIR/noise.db' is not a database"
	crm-init
	sqlite3 "$CRM_DB" 'PRAGMA user_version = 99'
	fails 65 crm-list
	[[ $stderr == *newer* ]]
	fails 66 crm-list -d nosuch.db
}

@test "a read-only database and folder can be read" {
	crm-init
	crm-add -q name=Ada >/dev/null
	chmod 400 crm.db
	ok crm-list -q
	prints <<<1
}

@test "a writer waits for another and gives up after the timeout" {
	crm-init
	exec 9<>crm.db.lock
	flock 9
	CRM_TIMEOUT=0.2 fails 75 crm-add name=Ada 9>&-
	ok crm-list
}

@test "the newest word of a contact on a channel and a purpose counts" {
	setup_book
	printf 'contact\tchannel\tpurpose\tstate\tat\n2\temail\tnews\tgiven\t2024-01-01\n3\temail\tnews\tgiven\t2024-01-01\n3\temail\tnews\twithdrawn\t2024-02-01\n' |
	    crm-add -q consent - >/dev/null
	ok crm-list -q -w "has_consent('email', 'news')"
	prints <<<2
	CRM_NOW=2024-01-15 ok crm-list -q -w "has_consent('email', 'news')"
	prints <<<$'2\n3'
	fails 2 crm-list -w "has_consent('email')"
	says "crm-list: -w: of contacts, expected has_consent('CHANNEL', 'PURPOSE') at character 1: 'has_consent'"
}

@test "an expression that computes too long, or too much, is stopped" {
	crm-init
	crm-add -q name=Ada >/dev/null
	fails 2 crm-list --timeout 1 -w \
	    "instr(printf('%60000000d', 1), printf('%30000000d', 2))"
	says 'crm-list: stopped after 1 s of computing; --timeout allows more'
	prints </dev/null
	fails 2 crm-list -w \
	    "replace(printf('%9000d', 1), ' ', printf('%9000d', 1)) > ''"
	says 'crm-list: string or blob too big'
	fails 2 crm-list -w 'json(name)'
	says 'crm-list: malformed JSON'
	fails 2 crm-list -w "$(printf '(%.0s' {1..5000})1$(printf ')%.0s' {1..5000})"
	says "crm-list: -w: parentheses more than 50 deep at character 51: '('"
}
