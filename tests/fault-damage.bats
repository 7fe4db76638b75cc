#!/usr/bin/env bats
# Database files that something has damaged.  SOAK=1 tries more of them; the
# figures are printed.

load helper.bash

book() {
	"$BATS_TEST_DIRNAME/data/book.sh" "$PWD"
	export CRM_NOW=2026-11-23T09:00:00Z CRM_USER=ann
	cat >commands <<'COMMANDS'
crm-list
crm-list -o +email,phone,tags,age,revenue
crm-list interaction
crm-list task
crm-show 1
crm-due --again
crm-history
crm-since --cursor none
crm-sql SELECT*FROM(contacts)
crm-export --all
crm-check
crm-add name=New email=new@example.org
crm-set 2 city=Rome
COMMANDS
	[ -z "${SOAK-}" ] || cat >>commands <<'COMMANDS'
crm-log 1 channel=call -- hello
crm-tag add new 1
crm-rm -r 3
crm-undo 4
crm-asof 2026-01-01 -- crm-list
COMMANDS
}

# damage BOOK FILES: every command on so many damaged copies of it.
damage() {
	run --separate-stderr "$B/tests/race/damage" "$1" 1 "$2" <commands
	IFS=$'\t' read -r files runs refused wrong missed <<<"$output"
	echo "# $files files, $runs runs, $refused refused, $wrong wrong," \
	    "$missed that crm-check missed" >&3
	[ "$status $stderr $wrong $missed" = '0  0 0' ] ||
		{ echo "$stderr"; return 1; }
	[ "$files" = "$2" ]
	[ "$refused" -gt 0 ]
}

@test "a file with random bytes changed is read or refused, never a crash" {
	book
	count=${SOAK:+2000}
	damage crm.db "${count:-200}"
}

# What is damaged in the log is as if it had not been committed.
@test "a log with random bytes changed is read as far as it is good" {
	book
	sqlite3 crm.db "UPDATE contact SET note = 'before'"
	sqlite3 crm.db '.dbconfig no_ckpt_on_close on' \
	    "UPDATE contact SET note = 'after'" >/dev/null
	[ -s crm.db-wal ]
	grep -v crm-undo commands >some
	mv some commands
	count=${SOAK:+500}
	run --separate-stderr "$B/tests/race/damage" crm.db 1 "${count:-20}" \
	    <commands
	IFS=$'\t' read -r files runs refused wrong missed <<<"$output"
	[ "$status $stderr $wrong $missed" = '0  0 0' ]
	CRM_DB=damaged.db ok bash -c 'crm-list -o note -H | sort -u'
	[ "$output" = before ] || [ "$output" = after ]
}

@test "what is not a database file is refused by readers and writers" {
	crm-init
	head -c 50000 crm.db >short
	: >empty
	head -c 50000 /dev/zero >zeros
	mkdir folder
	mkfifo pipe
	before=$(ls -A /dev)
	for f in short empty zeros folder pipe /dev/zero /dev/null; do
		for c in crm-list 'crm-add name=Ada' crm-check \
		    'crm-export --all' 'crm-asof today -- crm-list' \
		    'crm-undo 1'; do
			# shellcheck disable=SC2086
			CRM_DB=$f run --separate-stderr timeout 20 $c </dev/null
			echo "$f: $c: $status: $stderr"
			[[ $status = 65 || $c$f$status = *checkshort1 ]]
			[ "${#stderr_lines[@]}" = 1 ] || [ "$status" = 1 ]
			[ -z "$output" ] || [ "$status" = 1 ]
		done
	done
	[ "$(ls -A /dev)" = "$before" ]
}

@test "a database whose tables are not ours is said to be damaged" {
	crm-init
	crm-add -q name=Ada >/dev/null
	sqlite3 crm.db 'ALTER TABLE op RENAME COLUMN command TO commend' \
	    2>/dev/null || sqlite3 crm.db 'PRAGMA writable_schema = 1' \
	    "UPDATE sqlite_schema SET sql = replace(sql, 'command', 'commend')
	     WHERE name = 'op'"
	fails 65 crm-add name=Bob
	says "crm-add: '$CRM_DB' is damaged: its tables are not those of crm"
	prints </dev/null
	fails 65 crm-history
	says "crm-history: '$CRM_DB' is damaged: its tables are not those of crm"
	holds 'SELECT count(*) FROM contact' <<<1
}
