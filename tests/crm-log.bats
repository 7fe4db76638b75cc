#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	printf 'name\temail\towner\nAda\tada@example.org\tann\nBob\tbob@example.org\t\n' |
	    crm-add -q - >/dev/null
}

@test "a call is recorded with what was said" {
	setup_book
	ok crm-log ada@example.org -c call outcome=reached minutes=5 direction=out -- 'wants an offer'
	prints <<'OUT'
interaction	name	result	reason	contact
1	wants an offer	created		1
OUT
	holds 'SELECT at, day, channel, direction, subject, outcome, minutes FROM interaction' <<'OUT'
2024-03-01T09:00:00Z	2024-03-01	call	out	wants an offer	reached	5
OUT
}

@test "the first line is the subject, the rest the body" {
	setup_book
	ok crm-log -q Ada -- $'The subject\n\nand the\nbody'
	holds "SELECT subject, replace(body, char(10), '|') FROM interaction" <<<'The subject	and the|body'
	echo 'from a file' >text
	ok crm-log -q Ada --body text -- short
	holds 'SELECT body FROM interaction WHERE interaction = 2' <<<'from a file'
	fails 66 crm-log Ada --body nosuch
}

@test "several contacts and staff are one interaction, counted for each" {
	setup_book
	ok crm-log -q Ada Bob -c meeting --with bob -- lunch
	prints <<<1
	holds 'SELECT contact, staff FROM participant' <<'OUT'
2	
	3
OUT
	ok crm-list -o name,touches -H
	prints <<<$'Ada\t1\nBob\t1'
	ok crm-list -q interaction
	prints <<<1
}

@test "the follow-up is made in the same operation, for the contact's owner" {
	setup_book
	ok crm-log -q Ada -c call --next +1w --todo 'send it' -- hello
	holds 'SELECT t.title, t.due, s.login FROM task t JOIN staff s ON s.staff = t.owner' <<<'send it	2024-03-08	ann'
	ok crm-undo 4
	holds 'SELECT (SELECT count(*) FROM task), (SELECT count(*) FROM interaction)' <<<'0	0'
}

@test "a stream logs a row each, with follow-ups of its own" {
	setup_book
	printf 'contact\tchannel\tsubject\tnext\ttodo\nAda\tcall\tone\t+1d\tcall again\nBob\temail\ttwo\t\t\n' >in
	ok crm-log -q - outcome=reached <in
	prints <<<$'1\n2'
	holds 'SELECT title, due FROM task' <<<'call again	2024-03-02'
	printf 'contact\tsubject\nAda\tx\nZoe\ty\n' >in
	fails 65 crm-log - <in
	says "crm-log: <stdin>:3: contact: unknown contact 'Zoe'"
	holds 'SELECT count(*) FROM interaction' <<<2
}

@test "instants are read with zones, days mean noon" {
	setup_book
	echo 'zone: Europe/Berlin' >crm.yaml
	ok crm-log -q Ada --at 2024-01-10 -- winter
	ok crm-log -q Ada --at 2024-07-10T00:30 -- summer
	ok crm-log -q Ada --at 2024-07-10T00:30Z -- utc
	holds 'SELECT at, day FROM interaction' <<'OUT'
2024-01-10T11:00:00Z	2024-01-10
2024-07-09T22:30:00Z	2024-07-10
2024-07-10T00:30:00Z	2024-07-10
OUT
}

@test "wrong words are refused" {
	setup_book
	fails 65 crm-log Ada -c pigeon
	[[ $stderr == "crm-log: channel: not one of "* ]]
	fails 1 crm-log Zoe
	says "crm-log: contact: unknown contact 'Zoe'"
	fails 2 crm-log
	fails 65 crm-log Ada --next someday
	says "crm-log: next: not a day or an instant: 'someday'"
	fails 1 crm-log Ada --with zed
	fails 65 crm-log Ada --at 2024-02-30
}

@test "five hundred rows in one pipe are one operation" {
	setup_book
	awk 'BEGIN { print "contact\tsubject"; for (i = 0; i < 500; i++) print "1\trow " i }' >in
	ok crm-log -q - <in
	[ "${#lines[@]}" = 500 ]
	holds 'SELECT count(*), max(op) FROM op' <<<'4	4'
}
