#!/usr/bin/env bats
# Many at once on one file.  SOAK=1 makes it long; the figures are printed.

load helper.bash

figures() { echo "# $*" >&3; }

# A program of tests/race, on a new book of one contact.
race() { run --separate-stderr "${wrap[@]}" "$B/tests/race/$1" "${@:2}"; }

@test "eight writers and two readers at once: nothing is lost, nothing fails" {
	crm-init
	crm-add -q name=Ada >/dev/null
	count=${SOAK:+2000}
	count=${count:-200}
	race turns 8 "$count" crm-log -q 1 -c call -- {} :: 2 crm-list -q
	IFS=$'\t' read -r writes failed seconds longest reads misread <<<"$output"
	figures "$writes writes in $seconds s, longest $longest ms," \
	    "$failed failed; $reads readings, $misread failed"
	[ "$status $writes $failed $misread" = "0 $((8 * count)) 0 0" ]
	[ -z "$stderr" ]
	[ "$reads" -gt 0 ]
	holds 'SELECT count(*), count(DISTINCT subject) FROM interaction
	    WHERE contact = 1' <<<"$writes"$'\t'"$writes"
	holds "SELECT count(*), max(op) - min(op) + 1 FROM op
	    WHERE command = 'crm-log'" <<<"$writes"$'\t'"$writes"
	holds 'PRAGMA integrity_check' <<<ok
}

@test "commits, checkpoints and readers without a pause leave the file whole" {
	crm-init
	crm-add -q name=Ada >/dev/null
	seconds=${SOAK:+3600}
	race reset "${seconds:-20}"
	IFS=$'\t' read -r commits lost failed whole readings met <<<"$output"
	figures "$commits commits, $lost lost, $failed processes failed," \
	    "integrity $whole, $readings readings, $met met"
	[ "$status $lost $failed $whole $met" = '0 0 0 ok 0' ]
	[ -z "$stderr" ]
	[ "$commits" -gt 0 ]
	[ "$readings" -gt 0 ]
}

# Whether that damages the file is chance; that the lock is what keeps two
# writers apart is not.
@test "without the writers' lock two writers meet" {
	crm-init
	crm-add -q name=Ada >/dev/null
	seconds=${SOAK:+600}
	race unlocked "${seconds:-3}"
	IFS=$'\t' read -r commits lost failed whole readings met <<<"$output"
	figures "unlocked: $commits commits, $lost lost, $failed processes" \
	    "failed, integrity $whole, $met met"
	[ "$met" -gt 0 ]
}
