#!/usr/bin/env bats

load helper.bash

setup_ops() {
	crm-init
	printf 'name\tcity\nAda\tRome\nBob\t\n' | crm-add -q - >/dev/null
	printf 0 >cursor
	crm-since -q --cursor cursor >/dev/null
}

# stands N: the cursor.
stands() {
	diff <(printf '%020d\n' "$1") cursor
}

@test "what was written since, row by row, oldest first, and once only" {
	setup_ops
	crm-add -q staff login=ann >/dev/null
	crm-set -q Ada city=Oslo owner=ann >/dev/null
	crm-rm -q Bob >/dev/null
	ok bash -c 'crm-since --cursor cursor | cut -f1,2,4-'
	prints <<'OUT'
op	at	command	what	entity	key	field	before	after
3	2024-03-01T09:00:00Z	crm-add	created	staff	2			
4	2024-03-01T09:00:00Z	crm-set	changed	contact	1	owner		ann
4	2024-03-01T09:00:00Z	crm-set	changed	contact	1	city	Rome	Oslo
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	contact	2	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	kind	person	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	role	customer	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	name	Bob	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	name_key	bob	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	stage	lead	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	since	2024-03-01	
5	2024-03-01T09:00:00Z	crm-rm	removed	contact	2	active	1	
OUT
	stands 5
	ok crm-since --cursor cursor --quiet-empty
	prints </dev/null
	ok crm-since --cursor cursor
	prints <<<$'op\tat\tby\tcommand\twhat\tentity\tkey\tfield\tbefore\tafter'
}

@test "a run of new rows is a row each, and each form of output is there" {
	crm-init
	printf 'name\nA\nB\nC\n' | crm-add -q - >/dev/null
	ok bash -c 'crm-since --cursor cursor -H | cut -f1,5-7 | tail -n 3'
	prints <<<$'2\tcreated\tcontact\t1\n2\tcreated\tcontact\t2\n2\tcreated\tcontact\t3'
	crm-set -q 1 note=$'a\tb\nc\\ é"' >/dev/null
	ok bash -c 'crm-since --cursor cursor -H | cut -f8-'
	prints <<<$'note\t\ta\\tb\\nc\\\\ é"'
	crm-set -q 1 wallet=5 >/dev/null
	ok bash -c 'crm-since --cursor cursor -j | jq -c "[.op, .what, .key, .before, .after]"'
	prints <<<'[4,"changed",1,null,"500"]'
}

@test "a cursor that is not there begins before the first operation" {
	setup_ops
	ok crm-since --cursor new -q
	prints <<<$'1\n2\n2'
	diff cursor new
	[ "$(stat -c %a new)" = 600 ]
}

@test "a command reads the rows, and the cursor moves when it ends with 0" {
	setup_ops
	crm-set -q Ada city=Oslo >/dev/null
	ok crm-since --cursor cursor -H -- cut -f8-
	prints <<<$'city\tRome\tOslo'
	stands 3
}

@test "a command that fails gets the same rows again" {
	setup_ops
	crm-set -q Ada city=Oslo >/dev/null
	fails 3 crm-since --cursor cursor -- sh -c 'cat >/dev/null; exit 3'
	stands 2
	fails 143 crm-since --cursor cursor -- sh -c 'kill $$'
	stands 2
	fails 69 crm-since --cursor cursor -- ./nosuch
	says "crm-since: cannot run './nosuch': No such file or directory"
	stands 2
	ok crm-since --cursor cursor -H -- cut -f10
	prints <<<Oslo
	stands 3
}

@test "a command that has read enough decides by its status, too" {
	setup_ops
	awk 'BEGIN { print "name"; for (i = 0; i < 20000; i++) print "N" i }' | crm-add -q - >/dev/null
	fails 4 crm-since --cursor cursor -- sh -c 'read -r line; exit 4'
	stands 2
	ok crm-since --cursor cursor -- head -n 1
	prints <<<$'op\tat\tby\tcommand\twhat\tentity\tkey\tfield\tbefore\tafter'
	stands 3
}

@test "where nothing is new the command is not run" {
	setup_ops
	ok crm-since --cursor cursor -- sh -c 'echo run; exit 1'
	prints </dev/null
	stands 2
}

@test "output that nobody took leaves the cursor where it was" {
	setup_ops
	awk 'BEGIN { print "name"; for (i = 0; i < 20000; i++) print "N" i }' | crm-add -q - >/dev/null
	fails 74 bash -c 'crm-since --cursor cursor >/dev/full'
	says 'crm-since: cannot write standard output: No space left on device'
	stands 2
	fails 74 bash -c 'crm-since --cursor cursor >&-'
	stands 2
	run bash -c 'crm-since --cursor cursor | head -n 1; exit ${PIPESTATUS[0]}'
	[ "$status" = 141 ]
	stands 2
}

@test "two at once do not tell the same twice" {
	setup_ops
	crm-set -q Ada city=Oslo >/dev/null
	mkfifo up down
	crm-since --cursor cursor -- sh -c 'exec 5<>down; echo >up; read -r x <&5; cat >told' &
	local reader=$!
	read -r <up
	fails 75 crm-since --cursor cursor
	says "crm-since: 'cursor' is in use by another crm-since"
	prints </dev/null
	crm-set -q Ada city=Bonn >/dev/null
	exec 6<>down
	echo >&6
	wait "$reader"
	[ "$(tail -n +2 told | cut -f10)" = Oslo ]
	stands 3
	ok crm-since --cursor cursor -H -- cut -f10
	prints <<<Bonn
}

@test "told to stop before its command ends, it leaves the cursor" {
	setup_ops
	crm-set -q Ada city=Oslo >/dev/null
	mkfifo up down
	crm-since --cursor cursor -- sh -c 'exec 5<>down; echo >up; read -r x <&5' &
	read -r <up
	kill $!
	wait $! || :
	exec 6<>down
	echo >&6
	stands 2
}

@test "a file that is no cursor is refused and left alone" {
	setup_ops
	for text in x '5 apples' -1 99999999999999999999 $'\n5'; do
		printf %s "$text" >bad
		fails 65 crm-since --cursor bad
		says "crm-since: 'bad' holds no cursor"
		prints </dev/null
		[ "$(cat bad; echo .)" = "$text." ]
	done
	mkdir folder
	fails 73 crm-since --cursor folder
	says "crm-since: cannot open 'folder': Is a directory"
	mkfifo pipe
	fails 73 crm-since --cursor pipe
	says "crm-since: 'pipe' is not a regular file"
	fails 73 crm-since --cursor no/such
	says "crm-since: cannot open 'no/such': No such file or directory"
	printf '2\n' >short
	ok crm-since --cursor short -q
	diff cursor short
}

@test "a cursor ahead of the database is refused: it is of another one" {
	setup_ops
	echo 9 >cursor
	fails 65 crm-since --cursor cursor
	says "crm-since: 'cursor' is ahead of the database: operation 9 of 2"
	[ "$(cat cursor)" = 9 ]
}

@test "as many rows as there are, in their order" {
	crm-init
	awk 'BEGIN { print "name"; for (i = 0; i < 20000; i++) print "N" i }' | crm-add -q - >/dev/null
	crm-list -q | crm-set -q - note=x >/dev/null
	crm-since --cursor cursor -H >told
	[ "$(wc -l <told)" = 40001 ]
	cut -f1,7 told | LC_ALL=C sort -s -n -k1,1 -k2,2 -c
}

@test "the cursor is needed, and no operand is" {
	setup_ops
	fails 2 crm-since
	says 'crm-since: --cursor=FILE is needed'
	fails 2 crm-since --cursor cursor x
	says 'crm-since: expected -- and a command, or nothing'
	fails 2 crm-since --cursor cursor --
	says 'crm-since: expected -- and a command, or nothing'
	fails 66 crm-since -d nosuch.db --cursor new
	[ ! -e new ]
}
