#!/usr/bin/env bats

load helper.bash

leads() {
	cat >leads.csv <<'CSV'
Full Name,E-mail,Town,First Seen,Status
"Noor, Samira",samira@example.org,Utrecht,18/11/2023,hot
Peter Lang,peter@example.net,,19/11/2023,cold
CSV
	cat >leads.yaml <<'YAML'
entity: contact
match: [email]
dates: dmy
fields:
  name: Full Name
  email: E-mail
  city: Town
  since: { column: First Seen, once: true }
  stage: { column: Status, map: { hot: prospect }, default: lead, once: true }
  source: { is: fair }
YAML
}

@test "a mapping says how rows of others become ours" {
	crm-init
	leads
	ok crm-import leads.yaml leads.csv
	prints <<'OUT'
line	contact	name	result	reason
2	1	Noor, Samira	created	
3	2	Peter Lang	created	
OUT
	ok crm-list -o name,email,city,since,stage,source -H
	prints <<'OUT'
Noor, Samira	samira@example.org	Utrecht	2023-11-18	prospect	fair
Peter Lang	peter@example.net		2023-11-19	lead	fair
OUT
}

@test "the same file twice changes nothing, a corrected one updates" {
	crm-init
	leads
	crm-import -q leads.yaml leads.csv >/dev/null
	ok crm-import leads.yaml leads.csv
	prints <<'OUT'
line	contact	name	result	reason
2	1	Noor, Samira	unchanged	
3	2	Peter Lang	unchanged	
OUT
	holds 'SELECT max(op) FROM op' <<<2
	sed -i s/Utrecht/Delft/ leads.csv
	ok bash -c 'crm-import leads.yaml - <leads.csv | cut -f1,4'
	prints <<<$'line\tresult\n2\tupdated\n3\tunchanged'
}

@test "a plan tells what each row would do, and writes nothing" {
	crm-init
	leads
	crm-import -q leads.yaml leads.csv >/dev/null
	cat >more.csv <<'CSV'
Full Name,E-mail,Town,First Seen,Status
Samira Noor,samira@example.org,Delft,18/11/2023,hot
New One,new@example.org,Graz,31/02/2024,hot
New Two,two@example.org,Graz,01/02/2024,hot
CSV
	fails 1 crm-import --plan leads.yaml more.csv
	prints <<'OUT'
line	contact	name	action	field	old	new	reason
2	1	Samira Noor	update	name; city	Noor, Samira; Utrecht	Samira Noor; Delft	
3			reject				since: not a date (--dates dmy or mdy?): '31/02/2024'
4	3	New Two	create				
OUT
	holds 'SELECT count(*) FROM contact' <<<2
}

@test "a foreign key is kept as an alias and names the row ever after" {
	crm-init
	printf 'Id,Name,Owner\n7,Ada,\n8,Bob,7\n' >in.csv
	cat >map.yaml <<'YAML'
key: { system: old, column: Id }
fields:
  name: Name
  org: { column: Owner, alias: old }
YAML
	ok crm-import -q map.yaml in.csv
	ok crm-set -q old:7 city=Rome
	ok crm-list -o name,city,org -H
	prints <<<$'Ada\tRome\t\nBob\t\t1'
	printf 'Id,Name,Owner\n9,Cy,99\n' >in.csv
	fails 65 crm-import map.yaml in.csv
	says "crm-import: in.csv:2: org: unknown key 'old:99'"
}

@test "several values in a cell are split, fallbacks and joins used" {
	crm-init
	cat >map.yaml <<'YAML'
match: [name]
skip: [{ column: Gone, is: "yes" }]
fields:
  name: { join: [First, Last], with: " " }
  phone: [Mobile, Home]
  tags: { column: Labels, split: ";", drop: [all] }
  country: { is: DE }
points:
  - { kind: phone, column: Mobile, label: mobile }
  - { kind: phone, column: Home, label: home }
occasions:
  - { kind: anniversary, column: Wed }
YAML
	printf 'First;Last;Mobile;Home;Labels;Gone;Wed\nAda;Byron;;030 1234567;"a; b;all";;2001-06-07\nBob;X;;;;yes;\n' >in.csv
	ok crm-import map.yaml in.csv
	prints <<'OUT'
line	contact	name	result	reason
2	1	Ada Byron	created	
3			skipped	
OUT
	ok crm-list -o phone,tags,country -H
	prints <<<$'030 1234567\ta,b\tDE'
	holds "SELECT value, label, norm FROM contact_point" <<<'030 1234567	home	+49301234567'
	holds 'SELECT kind, day FROM occasion' <<<'anniversary	2001-06-07'
}

@test "a period that is none, or that moves, is rejected" {
	crm-init
	cat >map.yaml <<'YAML'
entity: target
match: [measure, staff]
fields: { measure: M, staff: S, period: P, value: V }
YAML
	printf 'M,S,P,V\ncalls,,2024-Q1,5\ncalls,,eoq,6\n' >in.csv
	fails 65 crm-import map.yaml in.csv
	says "crm-import: in.csv:3: period: not a fixed period such as 2026-Q3: 'eoq'"
	holds 'SELECT count(*) FROM target' <<<0
}

@test "values are split by something" {
	printf 'match: [name]\nfields: { name: { column: N, split: "" } }\n' >map.yaml
	printf 'N\nAda\n' >in.csv
	crm-init
	fails 78 timeout 50 crm-import map.yaml in.csv
	says 'crm-import: map.yaml:2:17: split: expected what stands between values'
}

@test "a value map corrects what it names, and a field may hold under a condition" {
	crm-init
	cat >map.yaml <<'YAML'
entity: deal
key: { system: shop, column: Id }
skip: [{ column: State, is: [draft, gone] }, { column: Who, empty: true }]
fields:
  contact: { column: Who, make: org }
  title: { column: What, map: { Enginne: Engine }, keep: true, default: thing }
  status: { column: State, map: { w: won, l: lost }, default: open }
  closed: { column: Day, when: { column: State, is: [w, l] } }
  expected: Day
YAML
	cat >in.csv <<'CSV'
Id,Who,What,State,Day
a,Ada,Enginne,w,2024-02-01
b,Ada,Lamp,o,2024-03-05
c,Bob,,l,2024-02-02
d,Bob,Lamp,draft,2024-02-03
e,,Lamp,w,2024-02-03
CSV
	ok crm-import -q map.yaml in.csv
	ok crm-list deal -H -o contact_name,title,status,closed,expected
	prints <<'OUT'
Ada	Engine	won	2024-02-01	2024-02-01
Ada	Lamp	open		2024-03-05
Bob	thing	lost	2024-02-02	2024-02-02
OUT
	sed -i 's/,w,/,o,/; s/Lamp,o,/Lamp,w,/; s/,l,/,w,/' in.csv
	ok crm-import -q map.yaml in.csv
	ok crm-list deal -H -o status,closed
	prints <<<$'open\t\nwon\t2024-03-05\nwon\t2024-02-02'
	holds 'SELECT deal, was, stage, day FROM stage_change' <<'OUT'
1	negotiation	won	2024-02-01
3	negotiation	lost	2024-02-02
1	won	negotiation	2024-03-01
2	qualified	won	2024-03-05
3	lost	won	2024-02-02
OUT
}

@test "bad files are refused with their line" {
	crm-init
	leads
	printf 'Full Name,E-mail,Town,First Seen,Status\nA,b@example.org\n' >bad.csv
	fails 65 crm-import leads.yaml bad.csv
	says 'crm-import: bad.csv:2: 2 fields, expected 5'
	printf 'Full Name,E-mail,Town,First Seen,Status\n"A,b@example.org,,,\n' >bad.csv
	fails 65 crm-import leads.yaml bad.csv
	says 'crm-import: bad.csv:2: a quote that is never closed'
	printf 'Full Name,E-mail,Town,First Seen,Status\nA,foo,,,\n' >bad.csv
	fails 65 crm-import leads.yaml bad.csv
	says "crm-import: bad.csv:2: email: not an address: 'foo'"
	printf 'Full Name,E-mail,Town,First Seen,Status\nA\xff,,,,\n' >bad.csv
	fails 65 crm-import leads.yaml bad.csv
	says 'crm-import: bad.csv:2: Full Name: byte 2: not UTF-8, or a control character'
	printf 'Name\nA\n' >bad.csv
	fails 65 crm-import leads.yaml bad.csv
	says "crm-import: bad.csv:1: no column 'Full Name'"
	fails 66 crm-import leads.yaml nosuch.csv
	holds 'SELECT count(*) FROM contact' <<<0
}

@test "the good rows are taken where asked, the bad ones written as they came" {
	crm-init
	leads
	printf 'Full Name,E-mail,Town,First Seen,Status\nA,a@example.org,,,\n"B, x",foo,,,\nC,c@example.org,,,\n' >in.csv
	fails 1 crm-import leads.yaml in.csv --keep-going --rejects bad.csv
	holds 'SELECT name FROM contact' <<<$'A\nC'
	diff - bad.csv <<'OUT'
"Full Name","E-mail","Town","First Seen","Status"
"B, x",foo,,,
OUT
}

@test "a wrong mapping has its place" {
	crm-init
	leads
	printf 'fields:\n  nmae: Name\nmatch: [name]\n' >bad.yaml
	fails 78 crm-import bad.yaml leads.csv
	says "crm-import: bad.yaml:2:9: no field 'nmae'; did you mean 'name'?"
	printf 'fields: { name: Name }\n' >bad.yaml
	fails 78 crm-import bad.yaml leads.csv
	says 'crm-import: bad.yaml:1:1: neither key nor match: rows could not be found again'
	fails 2 crm-import nosuch leads.csv
	[[ $stderr == *'google outlook salesforce-account'* ]]
}

@test "two rows that are one contact by e-mail are a conflict" {
	crm-init
	printf 'Id,Name,Mail\n1,Ada,ada@example.org\n2,Twin,ada@example.org\n' >in.csv
	cat >map.yaml <<'YAML'
key: { system: old, column: Id }
match: [email]
fields: { name: Name, email: Mail }
YAML
	fails 1 crm-import map.yaml in.csv
	prints <<'OUT'
line	contact	name	result	reason
2	1	Ada	created	
3			refused	contact 1 has another key of old
OUT
}

@test "an import is one operation, undone in one" {
	crm-init
	leads
	crm-import -q leads.yaml leads.csv >/dev/null
	ok crm-undo 2
	ok crm-list -q
	prints </dev/null
}

@test "constants on the command line stand for every row" {
	crm-init
	crm-add -q staff login=ann >/dev/null
	leads
	ok crm-import -q leads.yaml leads.csv owner=ann city=Wien
	ok crm-list -o owner,city -H
	prints <<<$'ann\tWien\nann\tWien'
}

@test "address books of Google and Outlook are read by what they call things" {
	crm-init
	printf 'First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Labels,Organization Name,Birthday\nGrace,Hopper,grace@example.org,+1 212 555 0123,* myContacts ::: Navy,US Navy, --12-09\n' >g.csv
	ok crm-import -q google g.csv
	ok crm-list -o name,email,tags,org_name,birthday -H -w "kind='person'"
	prints <<<'Grace Hopper	grace@example.org	Navy	US Navy	--12-09'
	printf 'First Name,Last Name,E-mail Address,Categories,Birthday\nLinus,T,linus@example.org,Friends;Open source,12/28/1969\n' >o.csv
	fails 65 crm-import outlook o.csv
	says "crm-import: o.csv:2: birthday: not a date (--dates dmy or mdy?): '12/28/1969'"
	ok crm-import -q --dates mdy outlook o.csv
	ok crm-list -o name,tags,birthday -H -w "email='linus@example.org'"
	prints <<<'Linus T	Friends,Open source	1969-12-28'
}

# dump LINE...: between a first and a last line.
dump() {
	printf '{"crm":1,"schema":1}\n'
	[ $# = 0 ] || printf '%s\n' "$@"
	printf '{"rows":%d}\n' $#
}

# refuses MESSAGE: a dump on stdin, and nothing is written.
refuses() {
	cat >bad
	sqlite3 "$CRM_DB" .dump >before
	fails 65 crm-import --all bad
	says "crm-import: $1"
	prints </dev/null
	sqlite3 "$CRM_DB" .dump | diff before -
}

@test "--all takes a dump from a file or a stream, and says nothing" {
	crm-init
	dump '{"table":"staff","staff":7,"login":"ann"}' \
	    ' { "table" : "contact" , "contact":3,"name":"Ad\u0061 \ud83d\ude00\n","name_key":"ada","since":"2024-01-01","owner":7,"note":null}  ' >in
	ok bash -c 'cat in | crm-import --all -'
	prints </dev/null
	holds "SELECT contact, kind, hex(name), owner, note IS NULL, active FROM contact" <<<'3	person	41646120F09F98800A	7	1	1'
	holds "SELECT group_concat(login) FROM staff" <<<ann
	crm-init -d two.db
	ok crm-import -d two.db --all in
	ok crm-list -d two.db -q
	prints <<<3
}

@test "--all with --dry-run looks at all of it and writes nothing" {
	crm-init
	dump '{"table":"staff","staff":7,"login":"ann"}' >in
	ok crm-import --all -n in
	holds "SELECT staff FROM staff" <<<1
	dump '{"table":"staff","staff":7}' >in
	fails 65 crm-import --all -n in
	says 'crm-import: in:2: NOT NULL constraint failed: staff.login'
}

@test "nothing at all is no dump, and fine" {
	crm-init
	ok crm-import --all - </dev/null
	holds 'SELECT count(*) FROM staff' <<<1
}

@test "a dump that is cut short is refused" {
	crm-init
	dump '{"table":"tag","tag":1,"name":"a"}' '{"table":"tag","tag":2,"name":"b"}' >whole
	head -n 3 whole | refuses 'bad:3: the dump is cut short: its last line is missing'
	head -n 1 whole | refuses 'bad:1: the dump is cut short: its last line is missing'
	head -c -30 whole | refuses 'bad:3: a text without an end'
	head -c -8 whole | refuses 'bad:4: a text without an end'
	sed 2d whole | refuses 'bad:3: 1 rows, not the 2 that were written'
	{ cat whole; echo; } | refuses 'bad:5: more behind the last line'
	head -c -1 whole >most
	ok crm-import --all most
}

@test "a line that is no row is refused by place" {
	crm-init
	row='{"table":"tag","tag":1,"name":'
	dump 'tag' | refuses 'bad:2: not a JSON object'
	dump '' | refuses 'bad:2: not a JSON object'
	dump '{}' | refuses 'bad:2: not a row of a dump'
	dump '{"tag":1}' | refuses 'bad:2: not a row of a dump'
	dump '{"table":1}' | refuses 'bad:2: not a row of a dump'
	dump '{"table":"tag"}' | refuses "bad:2: no number is given for 'tag'"
	dump '{"table":"tag","tag":"1","name":"a"}' | refuses "bad:2: no number is given for 'tag'"
	dump '{"table":"nosuch","nosuch":1}' | refuses "bad:2: no table 'nosuch'"
	dump '{"table":"find","find":1}' | refuses "bad:2: no table 'find'"
	dump '{"table":"sqlite_schema","name":"x"}' | refuses "bad:2: no table 'sqlite_schema'"
	dump '{"table":"tag","tag":1,"nmae":"a"}' | refuses "bad:2: no such field 'nmae'"
	dump "$row\"a\",\"name\":\"b\"}" | refuses "bad:2: a field is given twice 'name'"
	dump "${row}[1]}" | refuses 'bad:2: a text, a number or null is expected'
	dump "$row{}}" | refuses 'bad:2: a text, a number or null is expected'
	dump "${row}true}" | refuses 'bad:2: a text, a number or null is expected'
	dump "${row}01}" | refuses 'bad:2: a text, a number or null is expected'
	dump "$row\"a\"" | refuses 'bad:2: a comma or } is expected'
	dump "$row\"a\",}" | refuses 'bad:2: a name in quotes is expected'
	dump "$row\"a\"} {}" | refuses 'bad:2: more behind the object'
	dump "$row\"a" | refuses 'bad:2: a text without an end'
	dump "${row}9223372036854775808}" | refuses 'bad:2: a number out of range'
	dump "${row}1e999}" | refuses 'bad:2: a number out of range'
	dump "${row}null}" | refuses 'bad:2: NOT NULL constraint failed: tag.name'
	dump "${row}\"\"}" | refuses "bad:2: against the rule: name <> ''"
	dump '{"table":"sale","sale":"x"}' | refuses "bad:2: no number is given for 'sale'"
	dump '{"table":"op","op":1,"at":"x","login":"x","command":"x","rows":"many"}' |
	    refuses 'bad:2: cannot store TEXT value in INTEGER column op.rows'
}

@test "a text that is none is refused by place" {
	crm-init
	row='{"table":"tag","tag":1,"name":"'
	dump "$row\\u0000\"}" | refuses 'bad:2: a text with NUL'
	dump "$row\\ud83d\"}" | refuses 'bad:2: half a character'
	dump "$row\\ude00\"}" | refuses 'bad:2: half a character'
	dump "$row\\ud83d\\u0041\"}" | refuses 'bad:2: half a character'
	dump "$row\\u00g0\"}" | refuses 'bad:2: \u needs four hexadecimal digits'
	dump "$row\\x\"}" | refuses 'bad:2: an unknown escape'
	dump "$row"$'\t"}' | refuses 'bad:2: a control character in a text'
	dump "$row"$'\xff"}' | refuses 'bad:2: not UTF-8'
	dump "$row"$'\xed\xa0\x80"}' | refuses 'bad:2: not UTF-8'
	printf '{"crm":1,"schema":1}\n%s\0"}\n{"rows":1}\n' "$row" |
	    refuses 'bad:2: a control character in a text'
}

@test "rows that contradict each other are refused by place" {
	crm-init
	dump '{"table":"tag","tag":1,"name":"a"}' '{"table":"tag","tag":1,"name":"b"}' |
	    refuses 'bad:3: already there'
	dump '{"table":"tag","tag":1,"name":"a"}' '{"table":"tag","tag":2,"name":"a"}' |
	    refuses 'bad:3: already there'
	dump '{"table":"staff","staff":1,"login":"a"}' '{"table":"contact","contact":5,"name":"A","name_key":"a","since":"2024-01-01","owner":9}' \
	    '{"table":"contact","contact":6,"name":"A","name_key":"a","since":"2024-01-01"}' |
	    refuses 'bad:3: owner: no such staff'
}

@test "a dump of another version, or of something else, is refused" {
	crm-init
	refuses 'bad:1: not a JSON object' <<<name
	refuses 'bad:1: not the first line of a dump' <<<'{"name":"Ada"}'
	refuses 'bad:1: not the first line of a dump' <<<'{"crm":"1"}'
	refuses 'bad:1: this dump needs a newer crm' <<<'{"crm":2,"schema":1}'
	refuses 'bad:1: this dump needs a newer crm' <<<'{"crm":1,"schema":999}'
}

@test "a dump goes into an empty database only" {
	crm-init
	crm-add -q name=Ada >/dev/null
	dump | refuses "the database is not empty: table 'contact' has rows"
	crm-rm -q 1 >/dev/null
	dump | refuses "the database is not empty: table 'op' has rows"
}

@test "--all has one operand and few options" {
	crm-init
	fails 2 crm-import --all
	says "crm-import: --all: expected one file or '-'"
	fails 2 crm-import --all a b
	says "crm-import: --all: expected one file or '-'"
	fails 2 crm-import --all a -
	fails 2 crm-import --all - owner=ann
	fails 2 crm-import --all --plan -
	says 'crm-import: --all goes with none of the other options'
	fails 66 crm-import --all nosuch
	says "crm-import: cannot open 'nosuch': No such file or directory"
	dump >in
	CRM_ASOF=2024-01-01T00:00:00Z fails 77 crm-import --all in
}
