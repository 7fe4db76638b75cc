#!/usr/bin/env bats

load helper.bash

@test "fields make a contact, and the answer says which" {
	crm-init
	ok crm-add name='Ada Lovelace' email=ada@example.org city=London
	prints <<'OUT'
contact	name	result	reason
1	Ada Lovelace	created	
OUT
	ok crm-list -o contact,name,stage,city,email,since
	prints <<'OUT'
contact	name	stage	city	email	since
1	Ada Lovelace	lead	London	ada@example.org	2024-03-01
OUT
}

@test "a stream makes a row for each of its own, with constants beside" {
	crm-init
	printf 'name\temail\nAda\tada@example.org\nBob\t\n' >in
	ok crm-add - source=fair <in
	prints <<'OUT'
contact	name	result	reason
1	Ada	created	
2	Bob	created	
OUT
	holds "SELECT name, source FROM contact" <<'OUT'
Ada	fair
Bob	fair
OUT
}

@test "a name is made of its parts, else of what there is" {
	crm-init
	ok crm-add given=Ada family=Lovelace
	ok crm-add email=bob@example.org
	ok crm-list -o name -H
	prints <<'OUT'
Ada Lovelace
bob@example.org
OUT
	fails 65 crm-add city=Rome
	says "crm-add: name: is needed"
}

@test "a bad row ends the stream and nothing is written" {
	crm-init
	printf 'name\temail\nAda\tada@example.org\nBob\tfoo\n' >in
	fails 65 crm-add - <in
	says "crm-add: <stdin>:3: email: not an address: 'foo'"
	prints </dev/null
	holds 'SELECT count(*) FROM contact' <<<0
}

@test "with --keep-going the good rows are stored and the bad ones kept" {
	crm-init
	printf 'name\temail\nAda\tada@example.org\nBob\tfoo\nCy\n' >in
	fails 1 crm-add - --keep-going --rejects bad <in
	prints <<'OUT'
contact	name	result	reason
1	Ada	created	
OUT
	diff - bad <<'OUT'
name	email	error
Bob	foo	email: not an address: 'foo'
Cy	1 field, expected 2
OUT
}

@test "an unknown column is refused with the nearest, or read over" {
	crm-init
	printf 'name\tcityy\nAda\tRome\n' >in
	fails 65 crm-add - <in
	says "crm-add: <stdin>:1: unknown column 'cityy'; did you mean 'city'?"
	ok crm-add -q - --ignore-unknown <in
	prints <<<1
}

@test "derived columns are read over and named once" {
	crm-init
	printf 'name\tdays_quiet\tage\nAda\t3\t4\n' >in
	fails 0 crm-add -q - <in
	says 'crm-add: <stdin>: read over days_quiet, age'
}

@test "a field is not both a column and a constant" {
	crm-init
	printf 'name\tcity\nAda\tRome\n' >in
	fails 2 crm-add - city=Paris <in
	says "crm-add: 'city' is both a column and an operand"
}

@test "an address that is known is told of, refused or updated" {
	crm-init
	crm-add -q name=Ada email=ada@example.org
	fails 0 crm-add -q name=Twin email=ADA@example.org
	says 'crm-add: email is known already: contact 1'
	fails 1 crm-add name=Third email=ada@Example.org --unique
	prints <<'OUT'
contact	name	result	reason
1	Ada	refused	email is known already
OUT
	crm-rm -q 2
	ok crm-add email=ada@example.org city=Rome --upsert email
	prints <<'OUT'
contact	name	result	reason
1	Ada	updated	
OUT
}

@test "--strict writes nothing where a row is refused" {
	crm-init
	crm-add -q name=Ada email=ada@example.org
	printf 'name\temail\nNew\tnew@example.org\nTwin\tada@example.org\n' >in
	fails 1 crm-add - --unique --strict <in
	holds 'SELECT count(*) FROM contact' <<<1
}

@test "a dry run says what would be and writes nothing" {
	crm-init
	ok crm-add -n name=Ada
	prints <<'OUT'
contact	name	result	reason
1	Ada	created	
OUT
	holds 'SELECT count(*) FROM contact' <<<0
}

@test "every entity takes rows, and an unknown one is a wrong operand" {
	crm-init
	crm-add -q name=Ada
	ok crm-add -q staff login=ann
	ok crm-add -q task contact=Ada title=call due=+3d owner=ann
	ok crm-add -q occasion contact=1 kind=anniversary day=--06-30
	ok crm-add -q need contact=1 about='a second engine'
	crm-add -q product name=card >/dev/null
	ok crm-add -q sale contact=1 amount=12.50 product=card
	ok crm-add -q field name=shoe type=integer
	ok crm-set -q 1 x_shoe=42
	holds 'SELECT due, amount, currency FROM task, sale' <<<'2024-03-04	1250	EUR'
	fails 2 crm-add gizmo name=x
	says "crm-add: neither a field nor an entity: 'gizmo'"
}

@test "wrong values are refused by name" {
	crm-init
	fails 65 crm-add name=Ada birthday=2023-02-30
	says "crm-add: birthday: not a day, with or without its year: '2023-02-30'"
	fails 65 crm-add name=Ada country=XX
	fails 65 crm-add name=Ada stage=custmer
	says "crm-add: stage: not one of lead, contacted, prospect, customer, client, lost, lapsed: 'custmer'; did you mean 'customer'?"
	fails 1 crm-add name=Ada org=Nobody
	says "crm-add: org: unknown contact 'Nobody'"
	crm-add -q name=Ada >/dev/null
	fails 65 crm-add sale contact=1 amount=12.345
	says "crm-add: amount: not an amount: '12.345'"
}

@test "a target has a fixed period, which is kept as it was written" {
	crm-init
	printf '%s\n' period 2026 2026-Q3 2026-08 2026-W32 2026-01-15 \
	    2026-01..2026-06 2026-09.. >good
	awk '{ print (NR == 1 ? "measure\tvalue" : "calls\t1") "\t" $0 }' good >in
	ok crm-add -q target - <in
	diff good <(crm-list target -o period)
	ok crm-report scorecard from=2026-08-05 to=2026-08-05
	[ ${#lines[@]} = 5 ]
	for bad in foo 2026-13 2026-W54 2026-06..2026-01 today som..eom +7d 2026-01..today ..; do
		printf 'measure\tvalue\tperiod\ncalls\t1\t2026\ncalls\t1\t%s\n' "$bad" >in
		fails 65 crm-add target - <in
		says "crm-add: <stdin>:3: period: not a fixed period such as 2026-Q3: '$bad'"
	done
	fails 65 crm-add target measure=calls period=foo value=1
	says "crm-add: period: not a fixed period such as 2026-Q3: 'foo'"
	fails 65 crm-set target 1 period=soy..
	says "crm-set: period: not a fixed period such as 2026-Q3: 'soy..'"
	holds 'SELECT count(*) FROM target' <<<7
	ok bash -c 'crm-list target -o help -H | grep ^period'
	[[ $output == $'period\trange\t'* ]]
}

@test "empty input is no rows and success" {
	crm-init
	ok crm-add - </dev/null
	prints <<'OUT'
contact	name	result	reason
OUT
}

@test "escapes, UTF-8, a byte order mark and CR LF are read" {
	crm-init
	printf '\xef\xbb\xbfname\tnote\r\nÉmile\ta\\tb\\nc\\\\d\r\nBob\t\\N' >in
	ok crm-add -q - <in
	ok crm-list -o name,note -j
	prints <<'OUT'
{"name":"Émile","note":"a\tb\nc\\d"}
{"name":"Bob","note":null}
OUT
}

@test "what is not text is refused by place, or taken out" {
	crm-init
	printf 'name\nA\xffda\n' >in
	fails 65 crm-add - <in
	says 'crm-add: <stdin>:2: name: byte 2: not UTF-8'
	printf 'name\nA\x00da\n' >in
	fails 65 crm-add - <in
	says 'crm-add: <stdin>:2: name: byte 2: a control character'
	ok crm-add -q - --clean <in
	holds 'SELECT name FROM contact' <<<Ada
}

@test "a hundred thousand rows are one operation" {
	crm-init
	awk 'BEGIN { print "name\temail"; for (i = 1; i <= 100000; i++)
		printf "Name %d\tn%d@example.org\n", i, i }' >in
	crm-add -q - <in | tail -n 1 | grep -qx 100000
	holds 'SELECT count(*), max(norm) FROM contact_point' <<<'100000	n9@example.org'
	holds 'SELECT rows FROM op ORDER BY op DESC LIMIT 1' <<<200000
	ok crm-list -q -w "email='n500@example.org'"
	prints <<<500
}

@test "a full disk for the answers is told, and the work is done" {
	crm-init
	fails 74 bash -c 'crm-add name=Ada >/dev/full'
	says 'crm-add: cannot write standard output: No space left on device'
	fails 74 bash -c 'crm-add name=Bob >&-'
	holds 'SELECT name FROM contact' <<<$'Ada\nBob'
}

@test "a closed standard input is an error, not an empty one" {
	crm-init
	fails 74 bash -c 'crm-add - <&-'
}
