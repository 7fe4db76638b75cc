#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'name\tcity\temail\nAda\tLondon\tada@example.org\nBob\tRome\tbob@example.org\n' |
	    crm-add -q - >/dev/null
}

@test "fields of one contact are changed, and what changed is said" {
	setup_book
	ok crm-set ada@example.org city=Paris
	prints <<'OUT'
contact	name	result	reason
1	Ada	updated	
OUT
	ok crm-set 1 city=Paris
	prints <<'OUT'
contact	name	result	reason
1	Ada	unchanged	
OUT
}

@test "a stream sets columns by key and leaves absent ones alone" {
	setup_book
	printf 'note\tcontact\nhi\t2\n\t1\n' >in
	ok crm-set - industry=print <in
	prints <<'OUT'
contact	name	result	reason
2	Bob	updated	
1	Ada	updated	
OUT
	holds 'SELECT city, industry, note FROM contact' <<'OUT'
London	print	
Rome	print	hi
OUT
}

@test "what a list prints can be edited and piped back" {
	setup_book
	ok bash -c 'crm-list -o contact,name,city,org_name | sed s/Rome/Oslo/ | crm-set -q - 2>&1'
	prints <<'OUT'
crm-set: <stdin>: read over org_name
1
2
OUT
	holds 'SELECT city FROM contact' <<<$'London\nOslo'
}

@test "a bare list of keys is enough" {
	setup_book
	ok bash -c 'crm-list -q | crm-set -q - source=web'
	prints <<<$'1\n2'
	printf '7\n' >in
	fails 65 crm-set - source=web <in
	says "crm-set: <stdin>:1: unknown contact '7'"
}

@test "addresses are replaced, added and taken away" {
	setup_book
	ok crm-set -q 1 email+=ada@home.example
	ok crm-set -q 1 email=countess@example.org
	ok crm-set -q 2 email-=bob@example.org
	holds 'SELECT contact, value FROM contact_point ORDER BY 1, 2' <<'OUT'
1	ada@home.example
1	countess@example.org
OUT
}

@test "an empty value clears the field, but not one that is needed" {
	setup_book
	ok crm-set -q 1 city=
	holds 'SELECT city IS NULL FROM contact WHERE contact = 1' <<<1
	fails 65 crm-set 1 name=
	says 'crm-set: name: is needed'
}

@test "the number and derived columns can't be set" {
	setup_book
	fails 2 crm-set 1 contact=5
	says "crm-set: 'contact' can't be written: it is the key"
	fails 2 crm-set 1 age=5
	says "crm-set: 'age' can't be written: it is derived"
}

@test "an unknown or ambiguous name is an error that lists the candidates" {
	setup_book
	crm-add -q name=ada >/dev/null
	fails 1 crm-set Zoe city=x
	says "crm-set: unknown contact 'Zoe'"
	fails 1 crm-set Ada city=x
	says "crm-set: ambiguous contact 'Ada': 1 Ada, 3 ada"
}

@test "a name that was made of its parts follows them" {
	crm-init
	crm-add -q given=Ada family=Byron
	ok crm-set -q 1 family=Lovelace
	ok crm-list -o name,name_key -H
	prints <<<'Ada Lovelace	ada lovelace'
}

@test "rows of other entities are named by number or by their name" {
	crm-init
	crm-add -q staff login=ann >/dev/null
	ok crm-set staff ann name='Ann Weber'
	prints <<'OUT'
staff	name	result	reason
2	ann	updated	
OUT
}

@test "a list is piped into a change, whatever columns it has" {
	setup_book
	crm-add -q staff login=ann >/dev/null
	ok bash -c "crm-list -w \"city = 'Rome'\" | crm-set -q - owner=ann city=Bari"
	prints <<<2
	ok crm-list -o owner,city -H -w "contact = 2"
	prints <<<$'ann\tBari'
}
