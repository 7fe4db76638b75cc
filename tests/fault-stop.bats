#!/usr/bin/env bats
# Commands told to stop, and pipes that fill or break.

load helper.bash

rows() {
	awk -v n="$1" 'BEGIN {
		print "name\temail"
		for (i = 1; i <= n; i++)
			printf "N%06d\tn%d@example.org\n", i, i
	}'
}

# Nothing is held and nothing left behind.
clean() {
	flock -n "$CRM_DB.lock" true
	[ -z "$(ls -A tmp)" ]
	[ -z "$(find . -name '*crm-asof*')" ]
	[ "$(sqlite3 "$CRM_DB" 'PRAGMA integrity_check')" = ok ]
}

# stopped SIGNAL WHOLE SQL COMMAND...: sent the signal at eight moments of
# its run, the command leaves what SQL counts at 0 or at WHOLE.  The file
# before is kept as before.db.
stopped() {
	local signal=$1 whole=$2 sql=$3 took moment end has
	shift 3
	rm -f times
	"$B/tests/bench/clock" times "${wrap[@]}" "$@" <in >/dev/null
	took=$(cut -f1 times)
	for moment in 1 2 3 4 5 6 7 8; do
		rm -f "$CRM_DB"-*
		cp before.db "$CRM_DB"
		end=$("$B/tests/race/stop" "$signal" $((took * moment / 9)) \
		    "${wrap[@]}" "$@" <in)
		has=$(sqlite3 "$CRM_DB" "$sql")
		echo "$1, signal $signal, moment $moment: $end, $has"
		clean
		case $end in
		0) [ "$has" = "$whole" ] ;;
		$((128 + signal))) [ "$has" = 0 ] || [ "$has" = "$whole" ] ;;
		*) false ;;
		esac
		CRM_TIMEOUT=0 crm-add -q name=After >/dev/null
	done
}

# A book as it is before: closed, all in one file.
keep_book() {
	sqlite3 "$CRM_DB" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$CRM_DB" before.db
}

@test "a stream that is told to stop does all or nothing" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	crm-init
	keep_book
	rows 3000 >in
	for signal in 2 15; do
		stopped $signal 6001 'SELECT (SELECT count(*) FROM contact) +
		    (SELECT count(*) FROM contact_point) +
		    (SELECT count(*) FROM op WHERE command = "crm-add")' \
		    crm-add -
	done
}

@test "an import, an undo and a deletion told to stop do all or nothing" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	crm-init
	keep_book
	{ echo 'Name,E-mail 1 - Value' && rows 2000 | sed '1d; s/\t/,/'; } >in
	stopped 15 2000 'SELECT count(*) FROM contact' crm-import google -
	rm -f "$CRM_DB"-*
	cp before.db "$CRM_DB"
	rows 2000 >in
	crm-add -q - <in >/dev/null
	op=$(crm-history -q -l 1)
	keep_book
	stopped 2 2000 'SELECT 2000 - count(*) FROM contact' crm-undo "$op"
	rm -f "$CRM_DB"-*
	cp before.db "$CRM_DB"
	crm-list -q >in
	stopped 15 2000 'SELECT 2000 - count(*) FROM contact' crm-rm -r -
}

@test "who waits for its input holds nothing, and stopped leaves nothing" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	crm-init
	mkfifo slow
	crm-add - <slow &
	pid=$!
	exec 9>slow
	# more than is kept in memory
	rows 600000 >&9
	CRM_TIMEOUT=0 ok crm-add -q name=Other
	kill -TERM "$pid"
	exec 9>&-
	status=0
	wait "$pid" || status=$?
	[ "$status" = 143 ]
	clean
	holds 'SELECT count(*) FROM contact' <<<1
}

@test "a look into the past that is told to stop takes its copy away" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	crm-init
	mkfifo started never
	for signal in TERM HUP; do
		crm-asof today -- sh -c 'echo "$CRM_DB" >started; exec cat never' &
		pid=$!
		read -r copy <started
		[ -f "$copy" ]
		kill -$signal $pid
		status=0
		wait $pid || status=$?
		[ "$status" = $((128 + $(kill -l $signal))) ]
		[ ! -e "$copy" ]
		clean
	done
}

@test "a reader whose pipe is closed ends quietly, a writer has done its work" {
	mkdir tmp
	crm-init
	rows 20000 >in
	run -0 --separate-stderr bash -c \
	    'crm-add - <in | head -c 1; echo "${PIPESTATUS[0]}"'
	[ "$output" = c74 ]
	says 'crm-add: cannot write standard output: Broken pipe'
	holds 'SELECT count(*) FROM contact' <<<20000
	run -0 --separate-stderr bash -c \
	    'crm-list | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"'
	[ "$output$stderr" = 141 ]
	clean
}

@test "two and three writers in a pipe of 200,000 rows all do their work" {
	crm-init
	rows 200000 >in
	SECONDS=0
	run -0 --separate-stderr bash -o pipefail -c \
	    'crm-add - <in | crm-tag add new - >/dev/null'
	[ -z "$stderr$output" ]
	run -0 --separate-stderr bash -o pipefail -c \
	    'crm-list -o contact | crm-set - city=Rome |
	    crm-tag add roman - | crm-log - -c note -- moved >/dev/null'
	[ -z "$stderr$output" ]
	echo "# 1,000,000 rows through five writers in $SECONDS s" >&3
	holds "SELECT (SELECT count(*) FROM contact WHERE city = 'Rome'),
	    (SELECT count(*) FROM tagging), (SELECT count(*) FROM interaction)" \
	    <<<$'200000\t400000\t200000'
}

@test "where the first of three fails on its last row none does anything" {
	crm-init
	{ rows 200000; printf 'Bad\tfoo\n'; } >in
	for rest in 'crm-tag add new -' \
	    'crm-tag add new - | crm-log - -c note -- hi'; do
		run -0 --separate-stderr bash -c \
		    "crm-add - <in | $rest; echo \"\${PIPESTATUS[*]}\""
		says "crm-add: <stdin>:200002: email: not an address: 'foo'"
		[[ ${lines[-1]} =~ ^65( 0)+$ ]]
	done
	holds 'SELECT (SELECT count(*) FROM contact),
	    (SELECT count(*) FROM tagging), (SELECT count(*) FROM interaction),
	    (SELECT count(*) FROM op WHERE command <> "crm-init")' \
	    <<<$'0\t0\t0\t0'
}
