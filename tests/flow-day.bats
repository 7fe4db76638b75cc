#!/usr/bin/env bats
# A day's work: several commands on one file, in pipes and from cron.

load helper.bash

book() {
	crm-init
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	printf 'name\temail\tcity\towner\tbirthday\nAda\tada@example.org\tBerlin\tbob\t1990-03-01\nBob\tbob@example.org\tBerlin\t\t\nCy\tcy@example.org\tRome\tann\t\n' |
	    crm-add -q - >/dev/null
}

@test "cron mails what is due, once, and is silent when nothing is" {
	book
	cat >morning <<'SH'
crm-due --owner all >due.tsv && [ -s due.tsv ] || exit 0
cat due.tsv >>mailed && crm-due --ack - <due.tsv
SH
	run -0 bare CRM_DB="$CRM_DB" CRM_NOW="$CRM_NOW" sh morning
	[ -z "$output" ]
	[ "$(wc -l <mailed)" = 2 ]
	run -0 bare CRM_DB="$CRM_DB" CRM_NOW="$CRM_NOW" sh morning
	[ "$(wc -l <mailed)" = 2 ]
}

@test "a list is piped into a change, a label and a log" {
	book
	ok bash -c "crm-list -w \"city='Berlin'\" | crm-set - owner=ann |
	    crm-tag add berlin - | crm-log - -c note -- 'handed over'"
	prints <<'OUT'
interaction	name	result	reason	contact
1	handed over	created		1
2	handed over	created		2
OUT
	ok crm-list -o name,owner,tags -H
	prints <<'OUT'
Ada	ann	berlin
Bob	ann	berlin
Cy	ann	
OUT
	holds 'SELECT count(*) FROM op' <<<6
}

@test "where the first of a pipe fails the others do nothing" {
	book
	printf 'name\temail\nNew\tnew@example.org\nBad\tfoo\n' >in
	run -0 bash -c 'crm-add - <in | crm-tag add new - | crm-log - -c note -- hi'
	[[ $output == *'<stdin>:3: email: not an address'* ]]
	holds "SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM tag), (SELECT count(*) FROM interaction)" <<<'3	0	0'
}

@test "jq, awk, sort and mlr read what is printed" {
	book
	ok bash -c "crm-list -o contact,name,age -j | jq -r 'select(.age > 30).name'"
	prints <<<Ada
	ok bash -c "crm-list -o name,city | awk -F'\t' 'NR > 1 { n[\$2]++ } END { for (c in n) print c, n[c] }' | sort"
	prints <<<$'Berlin 2\nRome 1'
	ok bash -c "crm-list -o name,city | crm-body sort -r | crm-fmt csv"
	prints <<<$'name,city\nCy,Rome\nBob,Berlin\nAda,Berlin'
	ok bash -c "crm-list -o name,city | mlr --itsv --ojson filter '\$city == \"Rome\"' then cut -f name | jq -r '.[].name'"
	prints <<<Cy
}

@test "writers at once all get their turn" {
	book
	for w in 1 2 3 4; do
		(for i in 1 2 3 4 5; do
			crm-log -q Ada -c call -- "$w.$i" >/dev/null || touch failed
		done) &
	done
	wait
	[ ! -e failed ]
	holds 'SELECT count(*), count(DISTINCT subject) FROM interaction' <<<'20	20'
	holds 'SELECT count(*) = max(op) FROM op' <<<1
}

@test "a week in one file: lead, calls, follow-up, mistake, undo" {
	book
	ok bash -c "crm-add name=Noor email=noor@example.org stage=lead owner=ann |
	    crm-log - -c call --next +3d --todo 'send samples' -- 'wants cards'"
	CRM_NOW=2024-03-04 ok bash -c "crm-due --owner ann | cut -f1,8"
	prints <<<$'due\twhat\ntask:1\tsend samples'
	CRM_NOW=2024-03-04 ok crm-done 1 channel=post -- sent
	CRM_NOW=2024-03-04T12:30Z ok bash -c "crm-promote --all -H | cut -f1,5-"
	prints <<<$'4\tlead\tcontacted\tcontacted\tcontacted=1'
	CRM_NOW=2024-03-05 ok crm-set noor@example.org tone=warm
	CRM_NOW=2024-03-05 ok crm-promote --to prospect --reason 'wants an offer' noor@example.org
	CRM_NOW=2024-03-06 ok crm-rm -r noor@example.org
	ok crm-undo "$(crm-history -q -l 1)"
	CRM_NOW=2024-03-06 ok crm-list -o name,tone,touches,stage,stage_since -H -w "name='Noor'"
	prints <<<'Noor	warm	2	prospect	2024-03-05'
	ok crm-history --ever stage=lead -q
	[[ $output == *4* ]]
}

@test "the clock asks what was true on a day" {
	book
	CRM_NOW=2024-01-05 crm-log -q Cy -c call -- first >/dev/null
	CRM_NOW=2024-02-20 crm-log -q Cy -c call -- second >/dev/null
	CRM_NOW=2024-01-31 ok crm-list -o days_quiet,touches -H -w "name='Cy'"
	prints <<<'26	1'
	ok crm-list -o days_quiet,touches -H -w "name='Cy'"
	prints <<<'10	2'
}
