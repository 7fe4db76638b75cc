#!/usr/bin/env bats
# Input of any size is read in time that grows as it does: what would not be
# ends within minutes at best, far behind these limits.

load helper.bash

# many N TEXT: the text, N times.
many() {
	awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

# numbered N FORMAT: with 1 to N in its place.
numbered() {
	awk -v n="$1" -v format="$2" \
	    'BEGIN { while (i < n) printf format, ++i }'
}

@test "a field of a mebibyte is stored and comes back" {
	crm-init
	{ printf 'name\tnote\nAda\t'; many 524288 é; echo; } >in
	ok timeout 50 crm-add -q - <in
	ok timeout 50 crm-list -o name,note
	printf '%s\n' "$output" >out
	cmp in out
}

@test "100,000 columns are read, a name given twice is still seen" {
	crm-init
	{ echo name; numbered 100000 '\tc%d'; } | tr -d '\n' >in
	{ cat in; echo; printf Ada; many 100000 $'\t'; echo; } >wide
	ok timeout 50 crm-add -q --ignore-unknown - <wide
	prints <<<1
	{ cat in; printf '\tc77\n'; } >twice
	fails 65 timeout 50 crm-add - <twice
	says "crm-add: <stdin>:1: column named twice: 'c77'"
}

@test "a phone number in a mebibyte of blanks is a number" {
	crm-init
	{ printf 'name\tphone\nAda\t+49 30'; many 1048576 ' '; echo 123456; } >in
	ok timeout 50 crm-add -q - <in
	holds 'SELECT norm FROM contact_point' <<<+4930123456
	{ printf 'name\tphone\nAda\t'; many 1048576 ' '; echo x; } >in
	fails 65 timeout 50 crm-add - <in
}

@test "a mebibyte of quotes is one field, or none that is closed" {
	crm-init
	printf 'match: [name]\nfields: { name: Name, note: Note }\n' >map.yaml
	{ echo Name,Note; printf 'Ada,"'; many 524288 '""'; echo '"'; } >in.csv
	ok timeout 50 crm-import -q map.yaml in.csv
	holds "SELECT length(note), trim(note, '\"') FROM contact" <<<$'524288\t'
	{ echo Name,Note; many 1048577 '"'; } >in.csv
	fails 65 timeout 50 crm-import map.yaml in.csv
	says 'crm-import: in.csv:2: a quote that is never closed'
}

@test "256 KiB of keys are compared, and the one given twice is found" {
	crm-init
	numbered 29000 'k%d:\n' >crm.yaml
	fails 78 timeout 50 crm-config check
	says "crm-config: $PWD/crm.yaml:1:1: unknown key 'k1'"
	{ numbered 25000 'k%d:\n'; echo k123:; } >crm.yaml
	fails 78 timeout 50 crm-config check
	says "crm-config: $PWD/crm.yaml:25001:1: key 'k123' is given twice"
}

@test "business days are counted over centuries, again and again" {
	crm-init
	printf 'title\tdue\nCall\t2024-03-01' >in
	{ cat in; many 20000 '+99999bd-99999bd'; echo; } >far
	ok timeout 50 crm-add task -q - <far
	holds 'SELECT due FROM task' <<<2024-03-01
	ok crm-add -q task title=Call due=0001-01-03 every=1bd
	ok timeout 50 crm-done -q 2
	holds 'SELECT due FROM task WHERE task = 3' <<<2024-03-04
}

@test "an expression is nested fifty deep, not deeper" {
	crm-init
	crm-add -q name=Ada >/dev/null
	ok crm-list -q -w "$(many 50 '(')1$(many 50 ')')"
	prints <<<1
	fails 2 timeout 50 crm-list -w "$(many 100000 '(')"
	says "crm-list: -w: parentheses more than 50 deep at character 51: '('"
	fails 2 timeout 50 crm-list -w "1$(many 60000 +1)"
	says 'crm-list: -w: Expression tree is too large (maximum depth 1000)'
}
