#!/usr/bin/env bats
# Days that are not as other days, and clocks that go wrong.

load helper.bash

# A book in that zone with a birthday and a task on that day.
book() {
	crm-init
	echo "zone: $1" >crm.yaml
	crm-add -q name=Ada birthday="1980-${2#*-}" >/dev/null
	CRM_NOW=2023-01-01T12:00Z crm-add -q task contact=1 title=call \
	    due="$2" >/dev/null
}

# due_at WANTED INSTANT...: what crm-due prints of day and days, then.
due_at() {
	local wanted=$1 now
	shift
	for now in "$@"; do
		CRM_NOW=$now ok crm-due --catch-up 0d -o day,days,kind -H
		[ "$output" = "$wanted" ] ||
			{ echo "$now: $output"; return 1; }
	done
}

@test "the days on which the clocks change begin and end at midnight" {
	book Europe/Berlin 2024-03-31
	today=$'2024-03-31\t0\tbirthday\n2024-03-31\t0\ttask'
	due_at '' 2024-03-30T22:59:59Z
	due_at "$today" 2024-03-30T23:00Z 2024-03-31T00:59Z \
	    2024-03-31T01:00Z 2024-03-31T21:59:59Z
	due_at $'2024-03-31\t-1\ttask' 2024-03-31T22:00Z
	rm crm.db*
	book Europe/Berlin 2024-10-27
	today=$'2024-10-27\t0\tbirthday\n2024-10-27\t0\ttask'
	due_at '' 2024-10-26T21:59:59Z
	due_at "$today" 2024-10-26T22:00Z 2024-10-27T00:30Z \
	    2024-10-27T01:30Z 2024-10-27T22:59:59Z
	due_at $'2024-10-27\t-1\ttask' 2024-10-27T23:00Z
}

@test "a clock that changes at midnight loses no day" {
	# In Beirut 2024-03-31 began at one o'clock.
	book Asia/Beirut 2024-03-31
	due_at '' 2024-03-30T21:59:59Z
	due_at $'2024-03-31\t0\tbirthday\n2024-03-31\t0\ttask' \
	    2024-03-30T22:00Z 2024-03-31T20:59:59Z
	due_at $'2024-03-31\t-1\ttask' 2024-03-31T21:00Z
}

@test "the leap day and the end of the year are days like others" {
	book UTC 2024-02-29
	due_at '' 2024-02-28T23:59:59Z
	due_at $'2024-02-29\t0\tbirthday\n2024-02-29\t0\ttask' \
	    2024-02-29T00:00Z 2024-02-29T23:59:59Z
	due_at $'2024-02-29\t-1\ttask' 2024-03-01T00:00Z
	rm crm.db*
	book UTC 2024-12-31
	due_at $'2024-12-31\t0\tbirthday\n2024-12-31\t0\ttask' \
	    2024-12-31T23:59:59Z
	due_at $'2024-12-31\t-1\ttask' 2025-01-01T00:00Z
}

@test "the furthest zones east and west have their own day" {
	# Kiritimati is fourteen hours before Greenwich, Pago Pago eleven after.
	book Pacific/Kiritimati 2024-03-01
	due_at '' 2024-02-29T09:59:59Z
	due_at $'2024-03-01\t0\tbirthday\n2024-03-01\t0\ttask' \
	    2024-02-29T10:00Z 2024-03-01T09:59:59Z
	due_at $'2024-03-01\t-1\ttask' 2024-03-01T10:00Z
	rm crm.db*
	book Pacific/Pago_Pago 2024-03-01
	due_at '' 2024-03-01T10:59:59Z
	due_at $'2024-03-01\t0\tbirthday\n2024-03-01\t0\ttask' \
	    2024-03-01T11:00Z 2024-03-02T10:59:59Z
	due_at $'2024-03-01\t-1\ttask' 2024-03-02T11:00Z
}

@test "a follow-up in so many days skips no hour and no day" {
	crm-init
	echo 'zone: Europe/Berlin' >crm.yaml
	crm-add -q name=Ada >/dev/null
	CRM_NOW=2024-03-30T10:00Z crm-log -q 1 -c call --next +1d -- x >/dev/null
	CRM_NOW=2024-03-30T23:30Z crm-log -q 1 -c call --next +1d -- y >/dev/null
	CRM_NOW=2024-01-31T10:00Z crm-log -q 1 -c call --next +1mo -- z >/dev/null
	CRM_NOW=2023-12-31T23:30Z crm-log -q 1 -c call --next +1d -- n >/dev/null
	holds 'SELECT due FROM task ORDER BY task' \
	    <<<$'2024-03-31\n2024-04-01\n2024-02-29\n2024-01-02'
}

@test "a clock that jumps back leaves history in order and undo at work" {
	CRM_NOW=2024-03-01T09:00Z crm-init
	CRM_NOW=2024-03-01T12:00Z crm-add -q name=Ada >/dev/null
	CRM_NOW=2024-03-01T08:00Z crm-set -q 1 city=Rome >/dev/null
	CRM_NOW=2019-01-01 crm-set -q 1 city=Berlin >/dev/null
	CRM_NOW=2024-03-01T13:00Z crm-log -q 1 -c call -- hi >/dev/null
	holds 'SELECT op, at FROM op WHERE op > 1' <<'OUT'
2	2024-03-01T12:00:00Z
3	2024-03-01T12:00:00Z
4	2024-03-01T12:00:00Z
5	2024-03-01T13:00:00Z
OUT
	ok crm-asof 2024-03-01T12:30Z -- crm-list -H -o name,city,touches
	prints <<<$'Ada\tBerlin\t0'
	CRM_NOW=2018-01-01 ok crm-undo 4
	ok crm-list -H -o city
	prints <<<Rome
	holds 'SELECT count(*) FROM op AS a JOIN op AS b ON b.op > a.op
	    WHERE b.at < a.at' <<<0
}

@test "a clock that jumps back announces nothing twice" {
	book UTC 2024-03-01
	CRM_NOW=2024-03-01T10:00Z ok crm-due -q --ack
	prints <<<$'occasion:1:2024-03-01\ntask:1'
	CRM_NOW=2024-03-01T07:00Z ok crm-due -q
	prints </dev/null
	CRM_NOW=2024-02-29T23:00Z ok crm-due -q
	prints </dev/null
	CRM_NOW=2024-03-01T10:00Z ok crm-due -q
	prints </dev/null
}
