#!/usr/bin/env bats

load helper.bash

@test "csv is quoted where it must be, and formulas are disarmed" {
	printf 'a\tb\n1\tx,y\nq"q\t\\n\n=1+1\t-5\n' >in
	ok crm-fmt csv <in
	prints <<'OUT'
a,b
1,"x,y"
"q""q","
"
"'=1+1",-5
OUT
	ok crm-fmt csv --raw -H <in
	[ "${lines[-1]}" = '=1+1,-5' ]
	ok bash -c 'crm-fmt csv --raw <in | mlr --icsv --ojsonl cat | head -n 1'
	prints <<<'{"a": 1, "b": "x,y"}'
}

@test "csv ends lines with CR LF where asked" {
	ok bash -c 'printf "a\n1\n" | crm-fmt csv --crlf | od -An -c | tr -d " "'
	prints <<<'a\r\n1\r\n'
}

@test "JSON Lines keep codes as text" {
	printf 'contact\tphone\tname\n7\t030\t\n' >in
	ok crm-fmt jsonl <in
	prints <<<'{"contact":7,"phone":"030","name":null}'
}

@test "Markdown holds no markup of its own" {
	printf 'a\tb\nx|y\t<b>&\n' >in
	ok crm-fmt md <in
	prints <<'OUT'
| a | b |
|---|---|
| x\|y | &lt;b>&amp; |
OUT
}

@test "a table is aligned" {
	printf 'a\tbb\nlong\tx\n' >in
	ok crm-fmt table <in
	prints <<<$'a     bb\nlong  x'
}

@test "events of a calendar have CR LF, escapes and folded lines" {
	printf 'due\tday\twhat\tcontact_name\tplace\ntask:1\t2024-03-05\tcall, then; wait\tAda\tR\xc3\xbcdesheim\n' >in
	ok bash -c 'crm-fmt ics <in | tr -d "\r"'
	prints <<'OUT'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//crm//crm-fmt//EN
BEGIN:VEVENT
UID:task:1@crm
DTSTAMP:20240301T090000Z
DTSTART;VALUE=DATE:20240305
SUMMARY:call\, then\; wait - Ada
LOCATION:Rüdesheim
END:VEVENT
END:VCALENDAR
OUT
	printf 'task\tat\tminutes\ttitle\n1\t2024-03-05T10:00:00Z\t30\t%s\n' "$(printf 'é%.0s' {1..60})" >in
	ok bash -c 'crm-fmt ics <in | LC_ALL=C awk "length > 76 { exit 1 }"'
	ok bash -c 'crm-fmt ics <in | grep -c "^DTSTART:20240305T100000Z"'
	prints <<<1
	ok bash -c 'printf "" | crm-fmt ics'
	prints </dev/null
}

@test "remind gets its own escapes, and local times" {
	printf 'day\tat\tminutes\twhat\n2024-03-05\t\t\t[50%%] off\n2024-03-06\t2024-03-06T10:00:00Z\t90\tmeet\n' >in
	TZ=Europe/Berlin ok crm-fmt remind <in
	prints <<'OUT'
REM 2024-03-05 MSG ["["]50%%] off
REM 2024-03-06 AT 11:00 DURATION 1:30 MSG meet
OUT
	printf 'what\nx\n' >in
	fails 65 crm-fmt remind <in
	says 'crm-fmt: <stdin>:2: no at, day or due'
}

@test "pivot makes a matrix of long rows" {
	printf 'stage\tkind\tn\nlead\torg\t1\nlead\tA person\t2\nclient\torg\t3\n' >in
	ok crm-fmt pivot stage kind n <in
	prints <<'OUT'
stage	org	a_person
lead	1	2
client	3	
OUT
	printf 'a\tb\tn\nx\ty\t0.1\nx\ty\t0.2\n' >in
	fails 65 crm-fmt pivot a b n <in
	says "crm-fmt: <stdin>:3: a second value for 'x', 'y'; --sum adds them"
	ok crm-fmt pivot --sum a b n <in
	prints <<<$'a\ty\nx\t0.3'
	fails 65 crm-fmt pivot a b nope <in
	fails 2 crm-fmt pivot a b
}

@test "diff compares two files by key" {
	printf 'contact\tname\tcity\n1\tAda\tRome\n2\tBob\tOslo\n' >old
	printf 'contact\tcity\tname\tnote\n1\tBern\tAda\t\n3\tX\tCy\thi\n' >new
	fails 1 crm-fmt diff old new
	prints <<'OUT'
contact	change	column	old	new
1	changed	city	Rome	Bern
3	added			
2	removed			
OUT
	ok crm-fmt diff old old
	prints <<<$'contact\tchange\tcolumn\told\tnew'
	fails 1 bash -c 'crm-fmt diff old - <new'
	printf 'contact\n1\n1\n' >old
	fails 65 crm-fmt diff old new
	says "crm-fmt: old:3: contact: a key is there twice: '1'"
	fails 66 crm-fmt diff nosuch new
}

@test "a form must be one of those there are, and rows must be rows" {
	fails 2 crm-fmt xml
	says "crm-fmt: no format 'xml'; one of table, csv, jsonl, md, ics, remind, pivot, diff"
	printf 'a\tb\n1\n' >in
	fails 65 crm-fmt csv <in
	says 'crm-fmt: <stdin>:2: 1 field, expected 2'
	printf 'a\tA b\n1\t2\n' >in
	fails 65 crm-fmt csv <in
	says "crm-fmt: <stdin>:1: not a column name: 'A b'"
	printf 'a\tb\n\\q\t2\n' >in
	fails 65 crm-fmt csv <in
	fails 74 bash -c 'printf "a\n1\n" | crm-fmt csv >/dev/full'
}

@test "a hundred thousand rows stream" {
	ok bash -c 'awk "BEGIN { print \"a\tb\"; for (i = 0; i < 100000; i++) print i \"\tx\" }" | crm-fmt csv | tail -n 1'
	prints <<<99999,x
}
