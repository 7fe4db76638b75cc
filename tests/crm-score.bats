#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, prospect, customer, client]
  exits: [lost]
score:
  - {name: replied, points: 30, when: "inbound_90d >= 1"}
  - {name: meeting, points: 25, when: "meetings_90d >= 1"}
  - {name: referred, points: 20, when: "referrer is not null"}
  - {name: silence, points: -1, per: "days_quiet / 7", floor: -20}
YAML
	printf 'name\tsince\nAda\t2024-01-01\nBob\t2023-01-01\nCy\t2024-02-20\n' |
	    crm-add -q - >/dev/null
	crm-log -q Ada -c call direction=in -- hi >/dev/null
	crm-log -q Ada -c meeting -- hi >/dev/null
	crm-link Cy referred_by Ada >/dev/null
}

@test "a score is the sum of its factors, each a column, the best first" {
	setup_book
	ok crm-score
	prints <<'OUT'
contact	score	replied	meeting	referred	silence	name
1	55	30	25	0	0	Ada
3	19	0	0	20	-1	Cy
2	-20	0	0	0	-20	Bob
OUT
	ok crm-score -q -l 1
	prints <<<1
	ok crm-score -j Ada
	prints <<'OUT'
{"contact":1,"score":55,"replied":30,"meeting":25,"referred":0,"silence":0,"name":"Ada"}
OUT
}

@test "contacts that are named or piped in are scored, and no others" {
	setup_book
	ok crm-score -H Cy 2
	prints <<'OUT'
3	19	0	0	20	-1	Cy
2	-20	0	0	0	-20	Bob
OUT
	ok bash -c "crm-list -w \"name < 'C'\" | crm-score -q -"
	prints <<<$'1\n2'
	ok crm-score - </dev/null
	prints <<<'contact	score	replied	meeting	referred	silence	name'
	crm-add -q name=Vend role=vendor >/dev/null
	ok crm-score -q
	prints <<<$'1\n3\n2'
}

@test "each factor is explained by the values it saw" {
	setup_book
	ok crm-score --explain Bob
	prints <<'OUT'
factor	points	evidence	rule
replied	0	inbound_90d=0	inbound_90d >= 1
meeting	0	meetings_90d=0	meetings_90d >= 1
referred	0	referrer=	referrer is not null
silence	-20	days_quiet=425	per days_quiet / 7
OUT
	fails 1 crm-score --explain Zed
	says "crm-score: unknown contact 'Zed'"
}

@test "the score is a column to choose, compare and sort by" {
	setup_book
	ok crm-list -o name,score -w 'score > 0' -s -score
	prints <<'OUT'
name	score
Ada	55
Cy	19
OUT
	ok crm-list -o contact,score -j -l 1
	prints <<<'{"contact":1,"score":55}'
	sed -i '/replied/s/30/0.25/' crm.yaml
	ok crm-list -o score -H -w "name = 'Ada'"
	prints <<<25.25
}

@test "a changed rule is true at once, and the clock moves it" {
	setup_book
	CRM_NOW=2024-02-21 ok crm-list -o name,score -H
	prints <<'OUT'
Ada	-7
Bob	-20
Cy	20
OUT
	echo 'score: [{name: all, points: 3, per: "1", ceiling: 2}]' >crm.yaml
	ok crm-score Bob
	prints <<'OUT'
contact	score	all	name
2	2	2	Bob
OUT
}

@test "floor and ceiling bound a factor; what is not known gives no points" {
	setup_book
	cat >crm.yaml <<'YAML'
score:
  - {name: late, points: 1, per: "days_since(last_order)"}
  - {name: quiet, points: 2, per: "days_quiet", when: "days_quiet > 5", ceiling: 15.5}
  - {name: base, points: 1, when: "1 = 0", floor: -3}
YAML
	ok crm-score
	prints <<'OUT'
contact	score	late	quiet	base	name
2	15.5	0	15.5	0	Bob
3	15.5	0	15.5	0	Cy
1	0	0	0	0	Ada
OUT
}

@test "columns of factors are read over where scores are piped on" {
	setup_book
	run -0 --separate-stderr bash -c 'crm-score | crm-body head -1 | crm-tag add -q hot -'
	prints <<<1
	says 'crm-tag: <stdin>: read over score'
	fails 65 crm-tag add hot - <<<$'contact\treplyed\n1\t3'
	says "crm-tag: <stdin>:1: unknown column 'replyed'"
}

@test "a backtest tells per tenth who reached a later stage" {
	crm-init
	cat >crm.yaml <<'YAML'
lifecycle:
  stages: [lead, prospect, customer]
  exits: [lost]
score: [{name: calls, points: 10, per: touches}]
YAML
	for i in {1..20}; do echo "$i"; done |
	    awk 'BEGIN { print "name\tsince" } { print "c" $1 "\t2023-01-01" }' |
	    crm-add -q - >/dev/null
	printf 'contact\tat\tchannel\nc1\t2023-02-01\tcall\nc2\t2023-02-01\tcall\nc1\t2023-03-01\tcall\nc3\t2023-09-01\tcall\n' |
	    crm-log -q - >/dev/null
	printf 'contact\twas\tstage\tat\n1\tlead\tprospect\t2023-07-01\n2\tlead\tprospect\t2023-08-01\n2\tprospect\tcustomer\t2023-08-02\n4\tlead\tprospect\t2024-01-15\n5\tlead\tlost\t2023-07-05\n6\tlead\tprospect\t2023-05-01\n' |
	    crm-add -q stage_change - >/dev/null
	ok crm-score --test 2023-06-30..2023-12-31
	prints <<'OUT'
decile	n	hits	rate	low	high	lift	least	most
1	2	2	1.0000	0.3424	1.0000	10.00	10	20
2	2	0	0.0000	0.0000	0.6576	0.00	0	0
3	2	0	0.0000	0.0000	0.6576	0.00	0	0
4	2	0	0.0000	0.0000	0.6576	0.00	0	0
5	2	0	0.0000	0.0000	0.6576	0.00	0	0
6	2	0	0.0000	0.0000	0.6576	0.00	0	0
7	2	0	0.0000	0.0000	0.6576	0.00	0	0
8	2	0	0.0000	0.0000	0.6576	0.00	0	0
9	2	0	0.0000	0.0000	0.6576	0.00	0	0
10	2	0	0.0000	0.0000	0.6576	0.00	0	0
OUT
	ok crm-score --test 2022
	prints <<<'decile	n	hits	rate	low	high	lift	least	most'
	fails 2 crm-score --test someday
	says "crm-score: --test: not a range of days: 'someday'"
}

@test "who was in the last stage, or had left, has nothing to reach" {
	crm-init
	cat >crm.yaml <<'YAML'
lifecycle: {stages: [lead, client], exits: [lost]}
score: [{name: all, points: 1, when: "1"}]
YAML
	printf 'name\tstage\tsince\nA\tlead\t2023-01-01\nB\tclient\t2023-01-01\nC\tlost\t2023-01-01\nD\tclient\t2023-01-01\n' |
	    crm-add -q - >/dev/null
	crm-add -q stage_change contact=4 was=lead stage=client at=2023-07-01 >/dev/null
	ok bash -c 'crm-score --test 2023-06-01..2023-12-31 | cut -f1-4'
	prints <<'OUT'
decile	n	hits	rate
1	1	1	1.0000
2	1	0	0.0000
OUT
}

@test "a factor that is wrong is named by its place" {
	setup_book
	sed -i 's/inbound_90d >= 1/inbond_90d >= 1/' crm.yaml
	fails 78 crm-score
	says "crm-score: $PWD/crm.yaml:5:39: when: no column 'inbond_90d'; did you mean 'inbound_90d'?"
	fails 78 crm-list -o score
	[ -z "$output" ]
	local wrong
	while IFS='|' read -r wrong why; do
		echo "score: [$wrong]" >crm.yaml
		fails 78 crm-score
		says "crm-score: $PWD/crm.yaml:1:$why"
	done <<'CASES'
{name: a, points: x, when: "1"}|27: points: not a number: 'x'
{name: a, points: 1}|9: score: 'a' has neither when nor per
{points: 1, when: "1"}|9: score: a factor without name
{name: a, when: "1"}|9: score: 'a' has no points
{name: city, points: 1, when: "1"}|16: score: not a name for a new column: 'city'
{name: a-b, points: 1, when: "1"}|16: score: not a name for a new column: 'a-b'
{name: a, points: 1, when: "score > 1"}|36: when: a factor can't ask for the score
{name: a, points: 1, when: "1"}, {name: a, points: 1, when: "1"}|49: score: 'a' is given twice
{name: a, points: 1, when: "randomblob(1)"}|36: when: not authorized to use function: randomblob
{name: a, points: 1, when: "(select 1)"}|36: when: not allowed in an expression at character 2: 'select'
{name: a, points: 1, per: "city +"}|35: per: near ")": syntax error
CASES
}

@test "what cannot be scored is refused" {
	setup_book
	fails 1 crm-score Zed
	says "crm-score: unknown contact 'Zed'"
	fails 65 crm-score - <<<$'contact\nZed'
	says "crm-score: <stdin>:2: contact: unknown contact 'Zed'"
	fails 2 crm-score Ada --test 2023
	says "crm-score: expected contacts, '-', --explain or --test"
	echo 'score: []' >crm.yaml
	fails 78 crm-score
	says 'crm-score: no score: in crm.yaml'
}
