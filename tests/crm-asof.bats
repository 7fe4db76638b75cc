#!/usr/bin/env bats

load helper.bash

# at TIME COMMAND...: as if on that day, in silence.
at() {
	CRM_NOW=$1 "${@:2}" >/dev/null
}

# Ada moves from London to Rome to Oslo.
moves() {
	at 2024-01-01T09:00Z crm-init
	at 2024-01-02T09:00Z crm-add name=Ada city=London tags=vip
	at 2024-01-03T09:00Z crm-set 1 city=Rome tags=
	at 2024-01-04T09:00Z crm-set 1 city=Oslo
}

# records: every row that is not history.
records() {
	crm-export --all | grep -vE '^\{("crm"|"rows"|"table":"(op|range|change|erased)")'
}

# clean: no copy is left.
clean() {
	[ -z "$(find . "${TMPDIR:-/tmp}" -maxdepth 1 -name '.crm-asof-*' -user "$(id -u)" 2>/dev/null)" ]
}

@test "a list is the list of that instant" {
	moves
	ok crm-asof 2024-01-02T09:00Z -- crm-list -o name,city,tags -H
	prints <<<$'Ada\tLondon\tvip'
	ok crm-asof 2024-01-04T08:59:59Z -- crm-list -o name,city,tags -H
	prints <<<$'Ada\tRome\t'
	ok crm-asof 2024-01-04T09:00Z -- crm-list -o name,city,tags -H
	prints <<<$'Ada\tOslo\t'
	ok crm-list -o name,city,tags -H
	prints <<<$'Ada\tOslo\t'
	clean
}

@test "a bare day is noon, and every date of crm-date(7) will do" {
	moves
	ok crm-asof 2024-01-03 -- crm-list -o city -H
	prints <<<Rome
	CRM_NOW=2024-01-04T09:00Z ok crm-asof yesterday -- crm-list -o city -H
	prints <<<Rome
	ok crm-asof 2024-01-04T10:30+02:00 -- crm-list -o city -H
	prints <<<Rome
	fails 2 crm-asof 2024-02-30 -- crm-list
	says "crm-asof: not a day or an instant: '2024-02-30'"
	at 2024-02-29T13:00Z crm-set 1 city=Bonn
	ok crm-asof 2024-02-29 -- crm-list -o city -H
	prints <<<Oslo
	ok crm-asof 2024-03-01 -- crm-list -o city -H
	prints <<<Bonn
}

@test "the clock stands at the instant" {
	moves
	ok crm-asof 2024-01-02 -- bash -c 'echo $CRM_NOW; crm-sql -H "SELECT date(current_timestamp)"'
	prints <<<$'2024-01-02T12:00:00Z\n2024-01-02'
}

@test "before the first operation there was nothing, after the last all there is" {
	moves
	ok crm-asof 2020-01-01 -- crm-list -q
	prints </dev/null
	ok crm-asof 2020-01-01 -- crm-history -q
	prints </dev/null
	ok crm-asof 2099-01-01 -- crm-history -q
	prints <<<$'4\n3\n2\n1'
	ok crm-asof 2024-01-03 -- crm-history -q
	prints <<<$'3\n2\n1'
}

@test "what was removed is there again, with its parts" {
	moves
	at 2024-01-05T09:00Z crm-add name=Bob email=bob@example.org birthday=--02-29
	at 2024-01-06T09:00Z crm-rm Bob
	ok crm-asof 2024-01-05 -- crm-list -o contact,name,email,birthday -H -w "name='Bob'"
	prints <<<$'2\tBob\tbob@example.org\t--02-29'
	ok crm-list -q
	prints <<<1
}

@test "what was undone, and redone, was so in its time" {
	moves
	at 2024-01-05T09:00Z crm-undo 4
	at 2024-01-06T09:00Z crm-undo 5
	at 2024-01-07T09:00Z crm-undo 6
	for day in 4:Oslo 5:Rome 6:Oslo 7:Rome; do
		ok crm-asof "2024-01-0${day%:*}" -- crm-list -o city -H
		prints <<<"${day#*:}"
	done
	ok crm-asof 2024-01-06 -- crm-sql -H 'SELECT op, undone_by FROM op WHERE op > 3'
	prints <<<$'4\t\n5\t6\n6\t'
	ok crm-asof 2024-01-05 -- crm-sql -H 'SELECT op, undone_by FROM op WHERE op > 3'
	prints <<<$'4\t5\n5\t'
}

@test "a row that came and went within one operation was never there" {
	moves
	printf 'contact\ttags\n1\ta\n1\tb\n1\ta\n' | at 2024-01-05T09:00Z crm-set -
	ok crm-asof 2024-01-04 -- crm-sql -H 'SELECT count(*) FROM tagging'
	prints <<<0
}

@test "the past can't be written" {
	moves
	for c in 'crm-add name=Bob' 'crm-set 1 city=Bonn' 'crm-rm 1' 'crm-undo 4' \
	    "crm-set -d $CRM_DB 1 city=Bonn"; do
		# shellcheck disable=SC2086
		fails 77 crm-asof 2024-01-03 -- $c
		says "${c%% *}: the past can't be written: this is the database as of 2024-01-03T12:00:00Z"
		prints </dev/null
	done
	holds 'SELECT max(op) FROM op' <<<4
	clean
}

@test "the command's status is the status" {
	moves
	fails 7 crm-asof 2024-01-03 -- sh -c 'exit 7'
	fails 143 crm-asof 2024-01-03 -- sh -c 'kill $$'
	fails 69 crm-asof 2024-01-03 -- ./nosuch
	says "crm-asof: cannot run './nosuch': No such file or directory"
	fails 1 crm-asof 2024-01-01 -- crm-show 1
	fails 74 bash -c 'crm-asof 2024-01-03 -- crm-list >/dev/full'
	clean
}

@test "the past of a past is that past" {
	moves
	ok crm-asof 2024-01-04 -- crm-asof 2024-01-02 -- crm-list -o city -H
	prints <<<London
	ok crm-asof 2024-01-02 -- crm-asof 2024-01-04 -- crm-list -o city -H
	prints <<<London
	clean
}

@test "what was forgotten stays forgotten" {
	moves
	cp "$CRM_DB" older.db
	at 2024-01-05T09:00Z crm-forget 1
	ok crm-asof 2024-01-02 -- crm-list -o name,city -H
	prints <<<$'forgotten\t'
	cp older.db "$CRM_DB"
	rm -f "$CRM_DB"-*
	fails 0 crm-asof 2024-01-02 -- crm-list -o name,city -H
	prints <<<$'forgotten\t'
	fails 1 bash -c 'crm-asof 2024-01-02 -- sh -c "cat \$CRM_DB*" | grep -c Ada'
	prints <<<0
}

@test "a configuration beside the database counts, wherever the command goes" {
	mkdir book
	CRM_DB=book/crm.db moves
	echo 'currency: CHF' >book/crm.yaml
	ok crm-asof -d book/crm.db 2024-01-02 -- sh -c 'cd / && crm-config get currency && crm-list -o city -H'
	prints <<<$'CHF\nLondon'
	CRM_CONFIG=book/crm.yaml ok crm-asof -d book/crm.db 2024-01-02 -- sh -c 'cd / && crm-config get currency'
	prints <<<CHF
	cd book
	CRM_DB=crm.db ok crm-asof 2024-01-02 -- sh -c 'cd / && crm-config get currency && crm-list -o city -H'
	prints <<<$'CHF\nLondon'
}

@test "a path may hold anything" {
	for d in 'a b' "it's" $'new\nline' '-x' 'q?a#b%41' 'é"'; do
		mkdir -- "$d"
		export CRM_DB=$PWD/$d/-crm.db
		moves
		ok crm-asof 2024-01-02 -- crm-list -o city -H
		prints <<<London
		ok bash -c 'cd -- "$1" && crm-asof -d -crm.db 2024-01-02 -- crm-list -o city -H' - "$d"
		prints <<<London
		[ "$(find "$d" -name '*asof*')" = '' ]
	done
}

@test "a database that can't be written has a past, too" {
	# for root everything can be written: as somebody else, elsewhere
	away=$(mktemp -d)
	cp "$B/bin/crm-asof" "$B/bin/crm-list" "$away"
	cd "$away"
	mkdir ro tmp
	count_elsewhere
	CRM_DB=ro/crm.db moves
	sqlite3 ro/crm.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	as=()
	if [ "$(id -u)" = 0 ]; then
		as=(setpriv --reuid 65534 --clear-groups)
		chown -R 65534 .
	fi
	chmod 400 ro/*
	chmod 500 ro
	TMPDIR=$away/tmp PATH=$away:$PATH ok "${as[@]}" crm-asof -d ro/crm.db 2024-01-02 -- crm-list -o city -H
	prints <<<London
	[ -z "$(ls -A tmp)" ]
	[ -z "$(find ro -name '*asof*')" ]
}

teardown() {
	[ -z "${away-}" ] || { chmod 700 "$away/ro"; rm -rf "$away"; }
}

@test "told to stop, it passes that on and leaves nothing behind" {
	moves
	mkfifo up down
	for sig in TERM HUP; do
		crm-asof 2024-01-02 -- bash -c "trap 'exit 9' $sig; exec 5<>down; echo >up; read -ru 5" &
		read -r <up
		kill -s $sig $!
		status=0
		wait $! || status=$?
		[ $status = 9 ]
		clean
	done
}

@test "a copy that a killed one left is removed by the next" {
	moves
	mkfifo up down
	crm-asof 2024-01-02 -- sh -c 'exec 5<>down; echo >up; read -r line <&5' &
	read -r <up
	kill -9 $!
	wait $! || :
	exec 6<>down
	echo >&6
	[ -n "$(find . -path './.crm-asof-*/crm.db')" ]
	mkdir .crm-asof-mine
	ok crm-asof 2024-01-02 -- sh -c 'ls -d .crm-asof-* | wc -l'
	prints <<<3
	touch -d '5 minutes ago' .crm-asof-*
	ok crm-asof 2024-01-02 -- sh -c 'ls -d .crm-asof-* | wc -l'
	prints <<<1
	clean
}

@test "a writer of the present is not in the way of the past" {
	moves
	ok crm-asof 2024-01-02 -- bash -c "
	    env -u CRM_ASOF -u CRM_NOW crm-set -q -d '$CRM_DB' 1 city=Bonn
	    crm-list -o city -H"
	prints <<<$'1\nLondon'
	ok crm-list -o city -H
	prints <<<Bonn
}

@test "a row that is in the log only is in the copy" {
	moves
	mkfifo up down
	crm-sql 'SELECT 1' >/dev/null
	sqlite3 "$CRM_DB" 'SELECT 1 FROM contact' '.shell exec 5<>down; echo >up; read -r x <&5' >/dev/null &
	read -r <up
	at 2024-01-05T09:00Z crm-add name=Bob
	ok crm-asof 2024-01-05 -- crm-list -q
	prints <<<$'1\n2'
	exec 6<>down
	echo >&6
	wait $!
}

@test "an import of many rows is taken back in good time" {
	moves
	awk 'BEGIN { print "name\tcity"; for (i = 0; i < 20000; i++) print "N" i "\tBern" }' |
	    at 2024-01-05T09:00Z crm-add -q -
	crm-list -q | at 2024-01-06T09:00Z crm-set -q - city=Rome
	crm-list -q -w 'contact > 10000' | at 2024-01-07T09:00Z crm-rm -q -
	ok timeout 20 crm-asof 2024-01-06 -- crm-sql -H "SELECT count(*), sum(city = 'Rome') FROM contact"
	prints <<<$'20001\t20001'
	ok timeout 20 crm-asof 2024-01-05 -- crm-sql -H "SELECT count(*), sum(city = 'Bern') FROM contact"
	prints <<<$'20001\t20000'
	ok timeout 20 crm-asof 2024-01-04 -- crm-sql -H "SELECT count(*) FROM contact"
	prints <<<1
}

# one N: an operation at random.
one() {
	local any="-l 1 -w contact%$((RANDOM % 5 + 2))=1"
	local who op
	# shellcheck disable=SC2086
	who=$(crm-list -q $any)
	op=$(crm-history -q -l $((RANDOM % 8 + 1)) | tail -n 1)
	case $((RANDOM % 16)) in
	0 | 1) crm-add "name=N$1" "email=n$1@example.org" tags=a,b birthday=1990-02-28 ;;
	2) printf 'name\tcity\nP%d\tRome\nQ%d\t\n' "$1" "$1" | crm-add - ;;
	3) crm-set "$who" "city=C$1" "tags=t$((RANDOM % 3))" ;;
	4) printf 'contact\ttags\temail\n%d\ta\tx%d@example.org\n%d\tb,a\t\n' "$who" "$1" "$who" | crm-set - ;;
	5) crm-set "$who" "x_size=$1" x_note= ;;
	6) crm-set "$who" "x_note=it $1" "nick=n$1" ;;
	7) crm-rm "$who" ;;
	8) crm-tag add "t$((RANDOM % 3))" "$who" ;;
	9) crm-tag rm "t$((RANDOM % 3))" "$who" ;;
	10) crm-log "$who" -c call --next +3d -- "talk $1" ;;
	11) crm-list -q task -l 1 | sed 's/^/task:/' | crm-done - ;;
	12) crm-assign --to ann "$who" || crm-set "$who" owner=ann ;;
	13) crm-undo "$op" ;;
	14) crm-undo "$(crm-sql -H 'SELECT max(op) FROM op WHERE undoes IS NOT NULL AND undone_by IS NULL')" ;;
	15) crm-list -q | crm-set - "city=all$1" ;;
	esac >/dev/null 2>&1 || :
}

@test "after 60 operations at random each instant is as it was seen" {
	crm-init
	crm-add -q staff login=ann >/dev/null
	printf 'name\ttype\nsize\tinteger\nnote\ttext\n' | crm-add -q field - >/dev/null
	crm-add -q name=Ada >/dev/null
	RANDOM=${SEED:-7}
	for i in {10..69}; do
		export CRM_NOW
		CRM_NOW=$(printf '2024-03-02T10:%02d:00Z' $((i - 10)))
		one "$i"
		records >"was.$i"
	done
	[ "$(crm-history -q | wc -l)" -gt 40 ]
	for i in {10..69}; do
		crm-asof "$(printf '2024-03-02T10:%02d:00Z' $((i - 10)))" -- \
		    crm-export --all |
		    grep -vE '^\{("crm"|"rows"|"table":"(op|range|change|erased)")' |
		    diff -u "was.$i" - || { echo "operation $i"; false; }
	done
}

@test "an instant, --, and a command" {
	moves
	fails 2 crm-asof
	says 'crm-asof: expected an instant, -- and a command'
	fails 2 crm-asof 2024-01-02 --
	fails 2 crm-asof -- crm-list
	fails 2 crm-asof 2024-01-02 crm-list
	fails 2 crm-asof 2024-01-02 2024-01-03 -- crm-list
	fails 66 crm-asof -d nosuch.db 2024-01-02 -- crm-list
	says "crm-asof: cannot open the database 'nosuch.db': no such file; crm-init makes one"
	clean
}
