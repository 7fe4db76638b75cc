#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, prospect, customer, client]
  exits: [disqualified, lost, lapsed]
  promote:
    - {name: qualified, from: lead, to: prospect, when: "score >= 50 and days_quiet <= 30"}
    - {name: first order, from: [lead, prospect, lost], to: customer, when: "orders >= 1"}
    - {name: second order, from: customer, to: client, when: "orders >= 2"}
    - {name: gone quiet, from: [customer, client], to: lapsed, when: "days_since(last_order) > 365"}
    - {name: won back, from: lapsed, to: client, when: "orders >= 2 and days_since(last_order) <= 365"}
score:
  - {name: replied, points: 30, when: "inbound_90d >= 1"}
  - {name: meeting, points: 25, when: "meetings_90d >= 1"}
YAML
	printf 'name\tsince\nAda\t2024-01-01\nBob\t2023-01-01\nCy\t2024-02-20\n' |
	    crm-add -q - >/dev/null
	printf 'contact\tat\tchannel\tdirection\nAda\t2024-02-20\tcall\tin\nAda\t2024-02-21\tmeeting\t\n' |
	    crm-log -q - >/dev/null
}

# bought CONTACT DAY...
bought() {
	for day in "${@:2}"; do
		crm-add -q sale contact="$1" day="$day" amount=10 >/dev/null
	done
}

@test "whoever a rule is about moves, and the evidence is kept" {
	setup_book
	bought Cy 2024-02-21
	CRM_USER=$(id -un) ok crm-promote --all
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
3	Cy	updated		lead	customer	first order	orders=1
OUT
	holds 'SELECT name, stage FROM contact' <<'OUT'
Ada	prospect
Bob	lead
Cy	customer
OUT
	holds "SELECT contact, was, stage, at, day, rule, evidence, reason, (SELECT login = '$(id -un)' FROM staff WHERE staff = by) FROM stage_change" <<'OUT'
1	lead	prospect	2024-03-01T09:00:00Z	2024-03-01	qualified	days_quiet=9, score=55		1
3	lead	customer	2024-03-01T09:00:00Z	2024-03-01	first order	orders=1		1
OUT
	ok crm-list -o name,phase,stage_since,stage_days -w "stage = 'prospect'" -H
	prints <<<'Ada	acquire	2024-03-01	0'
}

@test "run by cron night after night nothing is done twice" {
	setup_book
	ok crm-promote --all --quiet-empty
	[ "${#lines[@]}" = 2 ]
	ok crm-promote --all --quiet-empty
	prints </dev/null
	holds "SELECT count(*) FROM op WHERE command = 'crm-promote'" <<<1
}

@test "rules are repeated until none fires, whatever their order" {
	setup_book
	bought Bob 2022-06-01 2022-07-01
	sed -i '/second order/{h;d};/won back/{G}' crm.yaml
	ok crm-promote Bob
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
2	Bob	updated		lead	customer	first order	orders=2
2	Bob	updated		customer	lapsed	gone quiet	last_order=2022-07-01
OUT
	bought Bob 2024-02-29
	ok crm-promote --all -H
	prints <<'OUT'
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
2	Bob	updated		lapsed	client	won back	orders=3, last_order=2024-02-29
OUT
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [a, b, c, d]
  promote:
    - {name: third, from: c, to: d, when: "1"}
    - {name: second, from: b, to: c, when: "tagged('go')"}
    - {name: first, from: [a], to: b, when: "stage_days >= 0"}
YAML
	crm-add -q name=Dee stage=a >/dev/null
	crm-tag add -q go Dee >/dev/null
	ok crm-promote --all -H
	prints <<'OUT'
4	Dee	updated		a	b	first	stage_days=0
4	Dee	updated		b	c	second	tagged('go')
4	Dee	updated		c	d	third	1
OUT
}

@test "contacts that are named are told in their order, moved or not" {
	setup_book
	ok crm-promote Bob 1
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
2	Bob	unchanged	no rule holds	lead			
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
OUT
	bought Cy 2024-02-21
	bought Bob 2024-02-21
	ok bash -c 'crm-list -s -contact | crm-promote -q -'
	prints <<<$'3\n2\n1'
	ok crm-promote - </dev/null
	prints <<<'contact	name	result	reason	from	to	rule	evidence'
}

@test "two rules that move a contact back and forth are named, and nothing is done" {
	setup_book
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, prospect]
  exits: [lost]
  promote:
    - {name: up, from: lead, to: prospect, when: "name <> 'Cy'"}
    - {name: down, from: prospect, to: lead, when: "name = 'Bob'"}
YAML
	fails 78 crm-promote --all
	says "crm-promote: $PWD/crm.yaml:6:7: rules 'up' and 'down' move contact 2 back and forth: out of lead and into it again"
	prints </dev/null
	holds 'SELECT count(*) FROM stage_change' <<<0
	ok crm-promote -q Ada
	prints <<<1
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, b, c]
  promote:
    - {name: round, from: c, to: lead, when: "1"}
    - {name: on, from: b, to: c, when: "1"}
    - {name: in, from: lead, to: b, when: "1"}
YAML
	fails 78 crm-promote Bob
	says "crm-promote: $PWD/crm.yaml:4:7: rules 'in' and 'round' move contact 2 back and forth: out of lead and into it again"
	holds "SELECT stage FROM contact WHERE name = 'Bob'" <<<lead
}

@test "by hand a contact moves where a rule holds or there is none" {
	setup_book
	ok crm-promote --to prospect Ada
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
OUT
	ok crm-promote --to disqualified --reason 'closed down' Bob
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
2	Bob	updated	closed down	lead	disqualified		
OUT
	ok crm-promote --to disqualified Bob
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
2	Bob	unchanged		disqualified	disqualified		
OUT
	holds 'SELECT was, stage, rule, reason FROM stage_change WHERE contact = 2' \
	    <<<'lead	disqualified		closed down'
}

@test "what a rule is against is refused, by the condition that fails; the others move" {
	setup_book
	fails 1 crm-promote --to prospect Cy Ada Bob
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
3	Cy	refused	qualified: score >= 50 does not hold: score=0	lead	prospect		
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
2	Bob	refused	qualified: score >= 50 does not hold: score=0	lead	prospect		
OUT
	[ -z "$stderr" ]
	holds 'SELECT name FROM contact WHERE stage = "prospect"' <<<Ada
	CRM_NOW=2024-05-01 fails 1 crm-promote --strict --to customer Cy
	prints </dev/null
	bought Cy 2022-01-01 2022-02-01
	ok crm-promote -q Cy
	fails 1 crm-promote --to client Cy -H
	prints <<<'3	Cy	refused	won back: days_since(last_order) <= 365 does not hold: last_order=2022-02-01	lapsed	client		'
}

@test "force moves against the rules, and keeps the reason and what stood against it" {
	setup_book
	ok crm-promote --to prospect --force --reason 'boss said so' Cy
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
3	Cy	updated	boss said so	lead	prospect		qualified: score >= 50 does not hold: score=0
OUT
	holds 'SELECT rule, reason, evidence FROM stage_change' \
	    <<<'	boss said so	qualified: score >= 50 does not hold: score=0'
	fails 2 crm-promote --to prospect --force Cy
	says 'crm-promote: --force goes with --to and --reason'
}

@test "why tells each condition of each rule, its values, and whether it holds" {
	setup_book
	ok crm-promote --why Ada
	prints <<'OUT'
contact	rule	to	condition	evidence	result
1	qualified	prospect	stage in lead	stage=lead	pass
1	qualified	prospect	score >= 50	score=55	pass
1	qualified	prospect	days_quiet <= 30	days_quiet=9	pass
1	first order	customer	stage in lead, prospect, lost	stage=lead	pass
1	first order	customer	orders >= 1	orders=0	fail
1	second order	client	stage in customer	stage=lead	fail
1	second order	client	orders >= 2	orders=0	fail
1	gone quiet	lapsed	stage in customer, client	stage=lead	fail
1	gone quiet	lapsed	days_since(last_order) > 365	last_order=	fail
1	won back	client	stage in lapsed	stage=lead	fail
1	won back	client	orders >= 2	orders=0	fail
1	won back	client	days_since(last_order) <= 365	last_order=	fail
OUT
	ok bash -c 'crm-promote --why --to prospect Cy 2 | cut -f1,4,6'
	prints <<'OUT'
contact	condition	result
3	stage in lead	pass
3	score >= 50	fail
3	days_quiet <= 30	pass
2	stage in lead	pass
2	score >= 50	fail
2	days_quiet <= 30	fail
OUT
	holds 'SELECT count(*) FROM stage_change' <<<0
}

@test "a condition joined by or is one, as is what stands between" {
	setup_book
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, prospect]
  promote:
    - {name: one, from: lead, to: prospect, when: "orders > 0 or touches > 5 and age > 3"}
    - {name: two, from: lead, to: prospect, when: "touches between 1 and 5 and
        name = 'it''s'"}
YAML
	ok bash -c 'crm-promote --why Ada | cut -f2,4-'
	prints <<'OUT'
rule	condition	evidence	result
one	stage in lead	stage=lead	pass
one	orders > 0 or touches > 5 and age > 3	age=, touches=2, orders=0	fail
two	stage in lead	stage=lead	pass
two	touches between 1 and 5	touches=2	pass
two	name = 'it''s'	name=Ada	fail
OUT
}

@test "scores are piped into a promotion" {
	setup_book
	ok bash -c "crm-list -w \"stage='lead'\" | crm-score - |
	    awk -F'\t' 'NR==1||\$2>=50' | crm-promote --to prospect -"
	prints <<'OUT'
contact	name	result	reason	from	to	rule	evidence
1	Ada	updated		lead	prospect	qualified	days_quiet=9, score=55
OUT
	ok bash -c 'crm-promote Ada Bob | crm-log - -c note -- checked'
	holds 'SELECT contact FROM interaction WHERE subject = "checked"' <<<$'1\n2'
}

@test "a contact that is not there stops a stream at its line, nothing half done" {
	setup_book
	fails 65 crm-promote --to disqualified - <<<$'contact\nAda\nZed\nBob'
	says "crm-promote: <stdin>:3: contact: unknown contact 'Zed'"
	prints </dev/null
	fails 65 crm-promote - <<<$'Ada\nZed'
	says "crm-promote: <stdin>:2: contact: unknown contact 'Zed'"
	holds 'SELECT count(*) FROM stage_change' <<<0
	fails 1 crm-promote Zed
	says "crm-promote: unknown contact 'Zed'"
	fails 1 crm-promote -q --to disqualified --keep-going --rejects bad - <<<$'contact\nAda\nZed\nBob'
	prints <<<$'1\n2'
	diff - bad <<<$'contact\terror\nZed\tcontact: unknown contact \'Zed\''
}

@test "only customers have stages" {
	setup_book
	crm-add -q name=Vend role=vendor >/dev/null
	fails 1 crm-promote --to lost Vend -H
	prints <<<'4	Vend	refused	not a customer		lost		'
	sed -i 's/score >= 50 and days_quiet <= 30/1/' crm.yaml
	ok crm-promote --all -q
	prints <<<$'1\n2\n3'
}

@test "a dry run tells what would be, and a run is undone" {
	setup_book
	ok crm-promote -n --all
	[[ $output == *qualified* ]]
	holds 'SELECT count(*) FROM stage_change' <<<0
	ok crm-promote -q --all
	crm-undo "$(crm-history -q -l 1)" >/dev/null
	holds 'SELECT stage FROM contact WHERE contact = 1' <<<lead
	holds 'SELECT count(*) FROM stage_change' <<<0
	ok crm-promote -q --all
	prints <<<1
}

@test "a rule that is wrong is named by its place, and nothing is done" {
	setup_book
	sed -i 's/days_quiet <= 30/days_quite <= 30/' crm.yaml
	fails 78 crm-promote --all
	says "crm-promote: $PWD/crm.yaml:5:57: when: no column 'days_quite'; did you mean 'days_quiet'?"
	local wrong why
	while IFS='|' read -r wrong why; do
		echo "lifecycle: {stages: [a, b], exits: [z], promote: [$wrong]}" >crm.yaml
		fails 78 crm-promote --all
		says "crm-promote: $PWD/crm.yaml:1:$why"
	done <<'CASES'
{name: r, from: a, to: c, when: "1"}|74: to: no stage 'c'; did you mean 'a'?
{name: r, from: [a, bb], to: b, when: "1"}|71: from: no stage 'bb'; did you mean 'b'?
{name: r, from: a, to: a, when: "1"}|67: from: 'a' is where rule 'r' leads to
{name: r, to: a, when: "1"}|51: rule 'r' has no from
{name: r, from: a, when: "1"}|51: rule 'r' has no to
{name: r, from: a, to: b}|51: rule 'r' has no when
{from: a, to: b, when: "1"}|51: promote: a rule without name
{name: r, from: a, to: b, when: "1; drop"}|83: when: not understood at character 2: ';'
{name: r, from: a, to: b, when: "day("}|83: when: a parenthesis is not closed at character 5
{name: r, from: a, to: b, when: "1"}, {name: r, from: b, to: z, when: "1"}|96: promote: 'r' is given twice
CASES
}

@test "the words are checked" {
	setup_book
	fails 2 crm-promote
	says "crm-promote: expected contacts, '-' or --all"
	fails 2 crm-promote --all Ada
	fails 2 crm-promote --all --to lost
	says 'crm-promote: --all goes by the rules'
	fails 2 crm-promote --to prospekt Ada
	says "crm-promote: --to: no stage 'prospekt'; did you mean 'prospect'?"
	fails 2 crm-promote --reason x Ada
	says 'crm-promote: --reason goes with --to'
	fails 1 crm-set Ada stage=prospect
	[[ $output == *'stage: only crm-promote changes it'* ]]
}

@test "a hundred thousand leads are moved in one run" {
	setup_book
	seq 100000 | awk 'BEGIN { print "name" } { print "n" $1 }' | crm-add -q - >/dev/null
	sed -i 's/score >= 50 and days_quiet <= 30/contact > 3/' crm.yaml
	ok bash -c 'crm-promote --all | tail -n 1'
	prints <<<'100003	n100000	updated		lead	prospect	qualified	contact=100003'
	holds 'SELECT count(*) FROM stage_change' <<<100000
}
