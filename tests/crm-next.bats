#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'login\nroot\nann\nbob\n' | crm-add -q staff --upsert login - >/dev/null
}

# person NAME FIELD=VALUE...: a client known for long and spoken to.
person() {
	crm-add -q name="$1" stage=client since=2020-01-01 owner=ann "${@:2}" >/dev/null
	crm-log -q "$1" --at 2024-01-01T10:00Z -c call >/dev/null
}

@test "nothing to do is not one byte" {
	setup_book
	person Ada
	ok crm-next
	prints </dev/null
	ok crm-next -c call --owner ann
	prints </dev/null
}

@test "a contact is one row, its reasons merged, its factors adding up" {
	setup_book
	person Ada birthday=1990-03-05
	crm-add -q task contact=1 title='send the offer' due=2024-02-27 owner=ann >/dev/null
	crm-add -q task contact=1 title=visit due=2024-03-01T14:30Z owner=ann >/dev/null
	ok crm-next
	prints <<'OUT'
contact	contact_name	owner	rank	urgency	importance	value	several	reasons	command
1	Ada	ann	71.7	20.0	45.0	0.0	6.7	visit at 14:30 (today); send the offer (3 days late); birthday: 34 (in 4 days)	crm-done task:2
OUT
}

@test "a task without a contact stands for itself" {
	setup_book
	crm-add -q task title='pay the rent' due=2024-02-29 owner=bob >/dev/null
	ok crm-next -o contact,owner,kind,day,due,reasons
	prints <<'OUT'
contact	owner	kind	day	due	reasons
	bob	task	2024-02-29	task:1	pay the rent (1 day late)
OUT
	ok crm-next --owner ann
	prints </dev/null
}

@test "what comes later is not yet there, what was announced still is" {
	setup_book
	person Ada birthday=1990-03-09
	crm-add -q task contact=1 title=call due=2024-03-02 >/dev/null
	ok crm-next
	prints </dev/null
	export CRM_NOW=2024-03-02T09:00Z
	crm-due --ack >/dev/null
	ok crm-next -o reasons -H
	prints <<<'call (today); birthday: 34 (in 7 days)'
}

@test "a lead that nobody spoke to is there until somebody does" {
	setup_book
	crm-add -q - >/dev/null <<'TSV'
name	stage	since	phone	email
Ada	lead	2024-02-16	+44 20 7946 0958	
Bob	lead	2024-03-01		bob@example.org
Cy	prospect	2024-03-01		
Di	lead	2024-04-01		
TSV
	crm-log -q Ada -c note -- 'looks promising' >/dev/null
	ok crm-next
	prints <<'OUT'
contact	contact_name	owner	rank	urgency	importance	value	several	reasons	command
2	Bob		60.0	40.0	20.0	0.0	0.0	never contacted (today)	crm-log 2 -c email
1	Ada		33.3	13.3	20.0	0.0	0.0	never contacted (14 days)	crm-log 1 -c call
OUT
	eval "$(crm-next -o command -H | head -1)" >/dev/null
	ok crm-next -q
	prints <<<1
	crm-add -q task contact=1 title=call due=2024-03-10 >/dev/null
	ok crm-next -q
	prints </dev/null
}

@test "who took part in a meeting was spoken to" {
	setup_book
	printf 'name\tstage\nAda\tlead\nBob\tlead\n' | crm-add -q - >/dev/null
	crm-log -q Ada Bob -c meeting >/dev/null
	ok crm-next
	prints </dev/null
}

@test "the first stage is a lead whatever its name" {
	setup_book
	printf 'lifecycle:\n  stages: [suspect, fan]\n' >crm.yaml
	printf 'name\tstage\nAda\tsuspect\nBob\tfan\n' | crm-add -q - >/dev/null
	ok crm-next -o contact_name,kind -H
	prints <<<'Ada	lead'
}

# sales CONTACT DAY...
sales() {
	local day
	for day in "${@:2}"; do
		printf '%s\t%s\t%s\t40\n' "$1" "$day" "$1$day"
	done
}

@test "a customer is late to buy once the median interval has passed" {
	setup_book
	for name in Ada Bob Cy Di; do person $name; done
	{
		printf 'contact\tday\torder_no\tamount\n'
		sales Ada 2023-11-01 2023-12-01 2023-12-31 2024-01-30
		sales Bob 2023-12-03 2024-01-02 2024-01-31
		sales Cy 2024-01-01 2024-01-02
		sales Di 2024-01-01 2024-01-01 2024-01-01 2024-01-02
	} | crm-add -q sale - >/dev/null
	ok crm-next -o contact_name,reasons,stake
	prints <<'OUT'
contact_name	reasons	stake
Ada	buys every 30 days, last on 2024-01-30 (1 day late)	160.00
Bob	buys every 29 days, last on 2024-01-31 (1 day late)	120.00
OUT
	CRM_NOW=2024-02-29T09:00:00Z ok crm-next
	prints </dev/null
}

@test "a talk puts a suggestion to rest for a while" {
	setup_book
	person Ada
	{ printf 'contact\tday\torder_no\tamount\n'; sales Ada 2024-01-01 2024-01-02 2024-01-03; } |
	    crm-add -q sale - >/dev/null
	ok crm-next -o command -H
	prints <<<'crm-log 1 -c email'
	crm-log -q 1 -c call -- 'next week' >/dev/null
	ok crm-next
	prints </dev/null
	CRM_NOW=2024-03-30T09:00:00Z ok crm-next
	prints </dev/null
	CRM_NOW=2024-03-31T09:00:00Z ok crm-next -q
	prints <<<1
	printf 'next: { pause: 7d }\n' >crm.yaml
	CRM_NOW=2024-03-08T09:00:00Z ok crm-next -q
	prints <<<1
}

@test "who has not bought for a year is to be won back, the gone and refunds apart" {
	setup_book
	for name in Ada Bob Cy; do person $name; done
	crm-set -q Bob active=0 >/dev/null
	{ printf 'contact\tday\torder_no\tamount\n'; sales Ada 2023-02-01; sales Bob 2023-02-01; sales Cy 2023-06-01; } |
	    crm-add -q sale - >/dev/null
	crm-add -q sale contact=Ada day=2024-01-05 quantity=-1 amount=-40 refunds=1 >/dev/null
	ok crm-next -o contact_name,kind,day,reasons,importance
	prints <<'OUT'
contact_name	kind	day	reasons	importance
Ada	win_back	2023-02-01	bought last on 2023-02-01 (394 days ago)	5.0
OUT
	printf 'next: { win_back: 2y }\n' >crm.yaml
	ok crm-next
	prints </dev/null
}

@test "a deal is there when its step is due, when it stands still, when it has no next step" {
	setup_book
	for name in Ada Bob Cy Di; do person $name; done
	crm-add -q deal - >/dev/null <<'TSV'
contact	title	stage	since	amount	next_step	next_day	owner
Ada	engine	qualified	2024-02-25	3000	send drawings	2024-02-28	bob
Bob	press	negotiation	2024-02-10	1000	call	2024-04-01	bob
Cy	cards	qualified	2024-02-27	500			bob
Di	paper	qualified	2024-02-27	500	call	2024-04-29	bob
TSV
	ok crm-next -o contact_name,value,reasons,command --owner bob
	prints <<'OUT'
contact_name	value	reasons	command
Ada	22.5	engine: send drawings (2 days late)	crm-deal move 1 proposal
Bob	15.0	press: too long in negotiation (6 days late)	crm-deal win 2
Cy	10.0	cards: no next step (3 days late)	crm-deal move 3 proposal
OUT
}

@test "an invoice that is overdue is there until it is paid" {
	setup_book
	person Ada
	crm-add -q invoice contact=Ada number=R-7 issued=2024-02-01 due=2024-02-15 amount=120.50 paid=20 >/dev/null
	ok crm-next -o reasons,command
	prints <<'OUT'
reasons	command
invoice R-7: 100.50 EUR (15 days late)	crm-set invoice 1 paid=120.50
OUT
	eval "$(crm-next -o command -H)" >/dev/null
	ok crm-next
	prints </dev/null
}

@test "any kind can be put off or called done by its key" {
	setup_book
	for name in Ada Bob; do person $name; done
	crm-add -q name=Lee stage=lead since=2024-02-01 >/dev/null
	crm-add -q deal contact=Ada title=engine since=2024-01-01 amount=9 next_step=call next_day=2024-05-01 >/dev/null
	crm-add -q invoice contact=Ada number=R-7 due=2024-02-15 amount=120.50 >/dev/null
	{ printf 'contact\tday\torder_no\tamount\n'; sales Bob 2022-02-01; } | crm-add -q sale - >/dev/null
	ok crm-next -o due -H
	prints <<<$'deal:1:rots:2024-01-15\nlead:3:2024-02-01\nwin_back:2:2022-02-01'
	ok bash -c 'crm-next -o due | crm-done --snooze +2d -'
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
deal:1:rots:2024-01-15	engine	snoozed	snoozed until 2024-03-03	1		
lead:3:2024-02-01	Lee	snoozed	snoozed until 2024-03-03	3		
win_back:2:2022-02-01	Bob	snoozed	snoozed until 2024-03-03	2		
OUT
	ok crm-next -o due -H
	prints <<<invoice:1
	ok crm-done -q invoice:1
	ok crm-next
	prints </dev/null
	CRM_NOW=2024-03-03T09:00Z ok crm-next -o due -H
	prints <<<$'deal:1:rots:2024-01-15\nlead:3:2024-02-01\nwin_back:2:2022-02-01'
	fails 1 crm-done deal:9:step:2024-01-15
	says "crm-done: unknown deal '9'"
}

@test "a call list has whom a call reaches, with phone and last outcome" {
	setup_book
	person Ada phone='+44 20 7946 0958' email=ada@example.org
	person Bob email=bob@example.org
	crm-log -q Ada -c call --at 2024-02-01T10:00Z outcome=no-answer >/dev/null
	crm-add -q task - owner=ann due=2024-03-01 >/dev/null <<'TSV'
contact	title	channel
Ada	ring	call
Ada	write	email
Bob	thank	
TSV
	CRM_USER=ann ok crm-next -c call --owner me
	prints <<'OUT'
contact	contact_name	phone	last_contact	last_outcome	owner	rank	reasons	command
1	Ada	+44 20 7946 0958	2024-02-01T10:00:00Z	no-answer	ann	45.0	ring (today)	crm-done task:1
OUT
	ok crm-next -c email -o contact_name,email,reasons
	prints <<'OUT'
contact_name	email	reasons
Ada	ada@example.org	write (today)
Bob	bob@example.org	thank (today)
OUT
	ok crm-next -c email -o +city -l 1 -H
	prints <<<'1	Ada	ada@example.org	2024-02-01T10:00:00Z	no-answer	ann	45.0	write (today)	crm-done task:2	'
}

@test "no stored text is part of a command unquoted" {
	setup_book
	printf 'name\tstage\n$(touch owned)\tlead\n' | crm-add -q - >/dev/null
	crm-add -q task contact=1 title="x'; touch owned; '" due=2024-03-01 >/dev/null
	sqlite3 "$CRM_DB" "INSERT INTO occasion (contact, kind, day) VALUES (1, 'a;touch owned', '1990-03-01')"
	cat >crm.yaml <<'YAML'
channels: ["it's; touch owned", note]
cadences: [{ name: "x; touch owned", every: 1d }]
YAML
	crm-rm -q task 1 >/dev/null
	printf 'next:\n  weights: { cadence: 99 }\n' >>crm.yaml
	ok crm-next -o command -H
	prints <<<"crm-log 1 -c 'it'\"'\"'s; touch owned'"
	eval "$output" >/dev/null
	[ ! -e owned ]
	holds "SELECT channel FROM interaction" <<<"it's; touch owned"
}

@test "a weight, a step and a column that are wrong are named" {
	setup_book
	echo 'next: { weights: { task: much } }' >crm.yaml
	fails 78 crm-next
	says "crm-next: $PWD/crm.yaml:1:26: next.weights.task: not a number: 'much'"
	echo 'next: { weights: { taks: 1 } }' >crm.yaml
	fails 78 crm-next
	says "crm-next: $PWD/crm.yaml:1:20: unknown key 'taks'; did you mean 'task'?"
	echo 'next: { pause: soon }' >crm.yaml
	fails 78 crm-next
	says "crm-next: $PWD/crm.yaml:1:16: next.pause: not a step such as 30d: 'soon'"
	echo 'next: { typical: 0 }' >crm.yaml
	fails 78 crm-next
	says "crm-next: $PWD/crm.yaml:1:18: next.typical: not above 0: '0'"
	rm crm.yaml
	fails 2 crm-next -o rnak
	says "crm-next: -o: no column 'rnak'"
	fails 2 crm-next -c pigeon
	says "crm-next: -c: not a channel: 'pigeon'"
	fails 2 crm-next -l x
	says "crm-next: -l: not a number of rows: 'x'"
	fails 2 crm-next Ada
	says "crm-next: expected no operands: 'Ada'"
	fails 1 crm-next --owner zed
	says "crm-next: unknown staff 'zed'"
}

@test "a weight of crm.yaml changes the order at once" {
	setup_book
	person Ada
	person Bob birthday=1990-03-01
	crm-add -q task contact=Ada title=call due=2024-03-01 >/dev/null
	ok crm-next -o contact_name -H
	prints <<<$'Ada\nBob'
	echo 'next: { weights: { occasion: 50 } }' >crm.yaml
	ok crm-next -o contact_name -H
	prints <<<$'Bob\nAda'
}

@test "many reasons are counted, the most pressing are told" {
	setup_book
	person Ada
	for i in 1 2 3 4 5 6 7; do printf 'Ada\tt%d\t2024-02-2%d\n' $i $i; done |
	    { printf 'contact\ttitle\tdue\n'; cat; } | crm-add -q task - >/dev/null
	ok crm-next -o several,reasons -H
	prints <<<'8.6	t1 (9 days late); t2 (8 days late); t3 (7 days late); t4 (6 days late); t5 (5 days late); 2 more'
}

@test "it reads a file that it may not write" {
	setup_book
	crm-add -q name=Ada stage=lead since=2024-02-01 >/dev/null
	sqlite3 "$CRM_DB" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	before=$(sha256sum <"$CRM_DB")
	ok crm-next -q
	prints <<<1
	[ "$(sha256sum <"$CRM_DB")" = "$before" ]
	holds 'SELECT count(*) FROM op' <<<3
}
