#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q name=Ada >/dev/null
}

@test "a task is done, and what was said is the interaction it was" {
	setup_book
	crm-add -q task contact=Ada title='call back' due=2024-02-28 channel=call >/dev/null
	ok crm-done 1 'all is well' outcome=reached
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
task:1	call back	done		1	1	
OUT
	holds 'SELECT channel, subject, outcome FROM interaction' <<<'call	all is well	reached'
	ok crm-due
	prints </dev/null
	ok crm-done 1
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
task:1	call back	unchanged	was done on 2024-03-01	1		
OUT
}

@test "a recurring task makes its successor" {
	setup_book
	crm-add -q task contact=1 title=rent due=2024-01-31 every=1mo >/dev/null
	crm-add -q task contact=1 title=visit due=2024-02-20 after=2w >/dev/null
	ok crm-done 1 2
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
task:1	rent	done		1		3
task:2	visit	done		1		4
OUT
	holds 'SELECT title, due, every, after FROM task WHERE done_at IS NULL ORDER BY task' <<'OUT'
rent	2024-03-31	1mo	
visit	2024-03-15		2w
OUT
}

@test "an appointment that recurs keeps its hour when the clocks change" {
	setup_book
	echo 'zone: Europe/Berlin' >crm.yaml
	crm-add -q task contact=1 title=meet due=2024-03-01T10:00 every=1mo >/dev/null
	ok crm-done -q 1
	holds 'SELECT due, at FROM task WHERE task = 2' <<<'2024-04-01	2024-04-01T08:00:00Z'
}

@test "due things are put off, with the reason" {
	setup_book
	crm-add -q task contact=1 title=call due=2024-03-01 >/dev/null
	crm-set -q 1 birthday=1990-03-01 >/dev/null
	ok crm-done --snooze +3d --reason holiday task:1 occasion:1:2024-03-01
	ok crm-due
	prints </dev/null
	CRM_NOW=2024-03-04 ok bash -c 'crm-due | cut -f1,4'
	prints <<'OUT'
due	days
occasion:1:2024-03-01	-3
task:1	-3
OUT
	holds 'SELECT DISTINCT state, until, reason FROM ack' <<<'snoozed	2024-03-04	holiday'
}

@test "what crm-due prints can be piped in" {
	setup_book
	crm-add -q task contact=1 title=call due=2024-02-20 >/dev/null
	crm-set -q 1 birthday=1990-03-01 >/dev/null
	ok bash -c 'crm-due | crm-done -q -'
	prints <<<$'task:1\noccasion:1:2024-03-01'
	ok crm-due
	prints </dev/null
	CRM_NOW=2025-03-01 ok bash -c 'crm-due -q'
	prints <<<occasion:1:2025-03-01
}

@test "what is not there or no task is refused" {
	setup_book
	fails 1 crm-done 9
	says "crm-done: unknown task '9'"
	fails 65 crm-done lunch
	says "crm-done: not a task or a due key: 'lunch'"
	printf 'due\ntask:9\n' >in
	fails 65 crm-done - <in
	says "crm-done: <stdin>:2: unknown task '9'"
	fails 2 crm-done
	fails 2 crm-done 1 --reason x
}

@test "what a forgotten contact had done is forgotten, and nothing of another" {
	setup_book
	crm-add -q name=Bob >/dev/null
	echo 'playbooks: {lead: [{do: call, within: 1d}]}' >crm.yaml
	crm-done -q playbook:lead:1:1:2024-03-01 playbook:lead:1:2:2024-03-01 >/dev/null
	run crm-forget Ada
	holds 'SELECT due FROM ack' <<<playbook:lead:1:2:2024-03-01
}
