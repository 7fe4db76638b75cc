#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	printf 'name\towner\tbirthday\nAda\tann\t1990-03-01\nBob\tbob\t--03-08\nCy\t\t1980-03-02\n' |
	    crm-add -q - >/dev/null
	crm-add -q task contact=Ada title=call due=2024-02-27 >/dev/null
	crm-add -q task contact=Bob title=meet due=2024-03-01T15:00 >/dev/null
	crm-add -q task contact=Bob title=later due=2024-03-05 >/dev/null
}

@test "what is due today and ahead is told, the most overdue first" {
	setup_book
	ok crm-due
	prints <<'OUT'
due	kind	day	days	contact	contact_name	owner	what	years
task:1	task	2024-02-27	-3	1	Ada	ann	call	
occasion:1:2024-03-01	birthday	2024-03-01	0	1	Ada	ann	birthday	34
task:2	appointment	2024-03-01	0	2	Bob	bob	meet	
occasion:2:2024-03-08	birthday	2024-03-08	7	2	Bob	bob	birthday	
OUT
}

@test "nothing due is not one byte" {
	crm-init
	ok crm-due
	[ -z "$output" ]
	ok crm-due -j
	[ -z "$output" ]
}

@test "a day or a window, of one or of me" {
	setup_book
	ok crm-due -q 2024-03-02..2024-03-07
	prints <<<$'occasion:3:2024-03-02\ntask:3'
	ok crm-due -q --owner bob
	prints <<<$'task:2\noccasion:2:2024-03-08'
	CRM_USER=ann ok crm-due -q --owner me
	prints <<<$'task:1\noccasion:1:2024-03-01'
	fails 1 crm-due --owner zed
	fails 2 crm-due someday
	says "crm-due: not a day or a range: 'someday'"
}

@test "what was announced is not announced again, but overdue tasks every day" {
	setup_book
	ok crm-due -q --ack
	prints <<<$'task:1\noccasion:1:2024-03-01\ntask:2\noccasion:2:2024-03-08'
	ok crm-due
	prints </dev/null
	CRM_NOW=2024-03-01T23:59Z ok crm-due --ack
	prints </dev/null
	CRM_NOW=2024-03-02 ok crm-due -q
	prints <<<$'task:1\noccasion:3:2024-03-02'
	ok crm-due -q --again
	prints <<<$'task:1\noccasion:1:2024-03-01\ntask:2\noccasion:2:2024-03-08'
}

@test "only what was delivered is announced" {
	setup_book
	crm-due >all
	sed -n '1p;3p' all | crm-due --ack -
	ok crm-due -q
	prints <<<$'task:1\ntask:2\noccasion:2:2024-03-08'
	printf 'due\ntask:99\n' >bad
	fails 65 crm-due --ack - <bad
	says "crm-due: <stdin>:2: due: unknown task '99'"
	printf 'due\nfoo\n' >bad
	fails 65 crm-due --ack - <bad
	says "crm-due: <stdin>:2: due: not a due key: 'foo'"
}

@test "after three days off it catches up, once" {
	setup_book
	crm-due -q --ack >/dev/null
	CRM_NOW=2024-03-04 ok crm-due -q --ack
	prints <<<$'task:1\noccasion:3:2024-03-02'
	CRM_NOW=2024-03-04T18:00Z ok crm-due -q --ack
	prints </dev/null
	CRM_NOW=2024-03-20 ok crm-due -q --catch-up 1d
	prints <<<$'task:1\ntask:3'
}

@test "birthdays of 29 February fall where the configuration says" {
	crm-init
	crm-add -q name=Leap birthday=2000-02-29 >/dev/null
	CRM_NOW=2023-02-28 ok bash -c 'crm-due | cut -f1,9'
	prints <<'OUT'
due	years
occasion:1:2023-02-28	23
OUT
	CRM_NOW=2024-02-28 ok crm-due -q
	prints </dev/null
	CRM_NOW=2024-02-29 ok crm-due -q
	prints <<<occasion:1:2024-02-29
	echo 'leap_day: mar1' >crm.yaml
	CRM_NOW=2023-02-28 ok crm-due -q
	prints </dev/null
	CRM_NOW=2023-03-01 ok crm-due -q
	prints <<<occasion:1:2023-03-01
}

@test "a window across New Year finds both sides" {
	crm-init
	printf 'name\tbirthday\nA\t1990-12-30\nB\t1990-01-02\nC\t1990-06-01\n' | crm-add -q - >/dev/null
	ok crm-due -q 2024-12-28..2025-01-05
	prints <<<$'occasion:1:2024-12-30\noccasion:2:2025-01-02'
	CRM_NOW=2024-12-26 ok crm-due -q
	prints <<<occasion:2:2025-01-02
}

@test "the day is that of the zone" {
	crm-init
	crm-add -q name=A birthday=1990-03-02 >/dev/null
	CRM_NOW=2024-03-01T23:30Z ok crm-due -q
	prints </dev/null
	echo 'zone: Asia/Tokyo' >crm.yaml
	CRM_NOW=2024-03-01T23:30Z ok crm-due -q
	prints <<<occasion:1:2024-03-02
}

@test "contacts are kept in touch with, by the most particular rule" {
	cat >crm.yaml <<'YAML'
cadences:
  - { name: leads, stage: lead, every: 30d }
  - { name: vip, tag: vip, every: 10d }
  - { name: not-cy, contact: cy@example.org, every: never }
YAML
	CRM_NOW=2024-01-01 crm-init
	printf 'name\temail\ttags\nAda\t\tvip\nBob\t\t\nCy\tcy@example.org\tvip\n' |
	    CRM_NOW=2024-01-01 crm-add -q - >/dev/null
	CRM_NOW=2024-01-02 crm-log -q 1 2 3 -c call direction=in -- hello >/dev/null
	CRM_NOW=2024-01-11 ok crm-due -q
	prints </dev/null
	CRM_NOW=2024-01-12 ok crm-due
	prints <<'OUT'
due	kind	day	days	contact	contact_name	owner	what	years
cadence:vip:1:2024-01-12	cadence	2024-01-12	0	1	Ada		vip	
OUT
	CRM_NOW=2024-02-01 ok crm-due -q
	prints <<<cadence:leads:2:2024-02-01
	CRM_NOW=2024-01-12 crm-log -q 1 -c note -- 'no contact' >/dev/null
	CRM_NOW=2024-01-12 ok crm-due -q
	prints <<<cadence:vip:1:2024-01-12
	CRM_NOW=2024-01-12 crm-log -q 1 -c email -- hi >/dev/null
	CRM_NOW=2024-01-12 ok crm-due -q
	prints </dev/null
}

@test "an import of three hundred does not come due on one day" {
	echo 'cadences: [{ name: all, every: 30d }]' >crm.yaml
	crm-init
	awk 'BEGIN { print "name\tsince"; for (i = 0; i < 300; i++) print "N" i "\t2019-01-01" }' |
	    crm-add -q - >/dev/null
	ok crm-due
	prints </dev/null
	ok bash -c 'crm-due 2024-03-01..2024-04-15 | cut -f3 | sed 1d | sort | uniq -c | sort -rn'
	[ "${#lines[@]}" -ge 25 ]
	read -r most _ <<<"${lines[0]}"
	[ "$most" -le 30 ]
}

@test "columns are chosen and explained" {
	setup_book
	ok crm-due -o day,what,at -T --owner bob
	prints <<'OUT'
day	what	at
2024-03-01	meet	2024-03-01T15:00:00Z
2024-03-08	birthday	
OUT
	ok crm-due -o help
	[ "${lines[0]}" = $'name\tmeaning' ]
	fails 2 crm-due -o nope
	says "crm-due: -o: no column 'nope'"
	ok crm-due -o "$(printf 'what,%.0s' {1..80})kind"
	[ "$(awk -F'\t' '{ print NF }' <<<"$output" | uniq)" = 81 ]
}

@test "a dry run of --ack announces nothing" {
	setup_book
	ok crm-due -q --ack -n
	holds 'SELECT count(*) FROM ack' <<<0
}

playbook() {
	crm-init
	cat >crm.yaml <<'YAML'
playbooks:
  prospect: [{do: "send brochure", within: 2d}, {do: "call", within: 5bd}]
  lost: [{do: "ask why", within: 0d}]
YAML
	printf 'name\tstage\tsince\nAda\tlead\t2024-01-01\nBob\tprospect\t2024-02-26\nCy\tprospect\t2024-03-01\n' |
	    crm-add -q - >/dev/null
}

@test "what a stage's playbook wants is due from the day it was entered" {
	playbook
	CRM_NOW=2024-02-29 ok crm-promote -q --to prospect Ada
	CRM_NOW=2024-03-01T08:00Z ok crm-promote -q --to lost Cy
	ok crm-due 2024-02-01..2024-03-31 -o due,day,days,contact_name,what
	prints <<'OUT'
due	day	days	contact_name	what
playbook:prospect:1:2:2024-02-26	2024-02-28	-2	Bob	send brochure
playbook:lost:1:3:2024-03-01	2024-03-01	0	Cy	ask why
playbook:prospect:1:1:2024-02-29	2024-03-02	1	Ada	send brochure
playbook:prospect:2:2:2024-02-26	2024-03-04	3	Bob	call
playbook:prospect:2:1:2024-02-29	2024-03-07	6	Ada	call
OUT
	CRM_NOW=2024-03-02 ok crm-due
	prints <<'OUT'
due	kind	day	days	contact	contact_name	owner	what	years
playbook:prospect:1:2:2024-02-26	playbook	2024-02-28	-3	2	Bob		send brochure	
playbook:lost:1:3:2024-03-01	playbook	2024-03-01	-1	3	Cy		ask why	
playbook:prospect:1:1:2024-02-29	playbook	2024-03-02	0	1	Ada		send brochure	
OUT
}

@test "a step that is done or put off is not due, whatever its time becomes" {
	playbook
	CRM_NOW=2024-03-05 ok crm-done playbook:prospect:1:2:2024-02-26 -c post
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
playbook:prospect:1:2:2024-02-26	Bob: send brochure	done		2	1	
OUT
	holds 'SELECT channel, subject FROM interaction' <<<'post	Bob: send brochure'
	CRM_NOW=2024-03-05 ok crm-done -q --snooze 2024-03-07 playbook:prospect:2:2:2024-02-26
	sed -i 's/2d/3d/' crm.yaml
	CRM_NOW=2024-03-05 ok crm-due -q
	prints <<<playbook:prospect:1:3:2024-03-01
	CRM_NOW=2024-03-07 ok crm-due -q
	prints <<<$'playbook:prospect:2:2:2024-02-26\nplaybook:prospect:1:3:2024-03-01'
	fails 1 crm-done playbook:prospect:1:9:2024-02-26
	says "crm-done: unknown contact '9'"
}

@test "who leaves the stage, or is gone, has nothing to do there" {
	playbook
	CRM_NOW=2024-03-05 ok crm-promote -q --to customer --force --reason deal Bob
	crm-set -q Cy active=0 >/dev/null
	CRM_NOW=2024-03-09 ok crm-due
	prints </dev/null
}

@test "steps of playbooks have a rule of their own, or that of tasks" {
	playbook
	echo 'due: {task: {ahead: [0], again: never}, playbook: {ahead: [1], again: 1w}}' >>crm.yaml
	CRM_NOW=2024-02-27 ok crm-due -q
	prints <<<playbook:prospect:1:2:2024-02-26
	CRM_NOW=2024-02-29 ok crm-due -q
	prints </dev/null
	CRM_NOW=2024-03-06 ok crm-due -q
	prints <<<playbook:prospect:1:2:2024-02-26
}

@test "a playbook that is wrong is named by its place" {
	playbook
	sed -i 's/5bd/5x/' crm.yaml
	fails 78 crm-due
	says "crm-due: $PWD/crm.yaml:2:70: within: not a step such as 2d or 5bd: '5x'"
	echo 'playbooks: {lead: [{do: x}]}' >crm.yaml
	fails 78 crm-due
	says "crm-due: $PWD/crm.yaml:1:20: playbooks: a step without within"
}

@test "invoices that are not paid are due on their day, and weekly until they are" {
	setup_book
	printf 'contact\tnumber\tissued\tdue\tamount\tpaid\tcurrency\nAda\tR1\t2024-01-01\t2024-02-23\t120\t20.50\t\nBob\tR2\t2024-02-20\t2024-03-02\t80\t\tUSD\nBob\tR3\t2024-02-20\t2024-02-22\t80\t80\t\n' |
	    crm-add -q invoice - >/dev/null
	ok bash -c 'crm-due 2024-02-01..2024-03-31 -H | grep invoice'
	prints <<'OUT'
invoice:1	invoice	2024-02-23	-7	1	Ada	ann	invoice R1: 99.50 EUR	
invoice:2	invoice	2024-03-02	1	2	Bob	bob	invoice R2: 80.00 USD	
OUT
	CRM_NOW=2024-03-01 ok bash -c 'crm-due -q --ack | grep invoice'
	prints <<<invoice:1
	CRM_NOW=2024-03-02 ok bash -c 'crm-due -q --ack | grep invoice'
	prints <<<invoice:2
	CRM_NOW=2024-03-08 ok bash -c 'crm-due -q | grep invoice'
	prints <<<invoice:1
	crm-set -q invoice 1 paid=120 >/dev/null
	CRM_NOW=2024-03-08 fails 1 bash -c 'crm-due -q | grep invoice'
}

@test "an invoice is snoozed, or no more spoken of" {
	setup_book
	crm-add -q invoice contact=Ada number=R1 due=2024-02-23 amount=5 >/dev/null
	ok crm-done -H invoice:1 --snooze 2024-03-05 --reason promised
	prints <<<$'invoice:1\tinvoice R1\tsnoozed\tsnoozed until 2024-03-05\t1\t\t'
	fails 1 bash -c 'crm-due -q | grep invoice'
	CRM_NOW=2024-03-05 ok bash -c 'crm-due -q | grep invoice'
	prints <<<invoice:1
	ok crm-done -H invoice:1 'written off'
	prints <<<$'invoice:1\tinvoice R1\tdone\t\t1\t1\t'
	CRM_NOW=2024-03-22 fails 1 bash -c 'crm-due -q | grep invoice'
	fails 1 crm-done invoice:9
	says "crm-done: unknown invoice '9'"
}

@test "one kind only, and a misspelt one is no silence" {
	crm-init
	crm-add -q name=Ada birthday=--03-01 >/dev/null
	crm-add -q task contact=1 title=call due=2024-03-01 >/dev/null
	ok crm-due -H -o kind --kind birthday
	prints <<<birthday
	ok crm-due -H -o kind --kind task
	prints <<<task
	ok crm-due --kind invoice
	prints </dev/null
	fails 2 crm-due --kind brithday
	says "crm-due: --kind: no such kind: 'brithday'; did you mean 'birthday'?"
}
