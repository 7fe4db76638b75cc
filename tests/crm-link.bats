#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q kind=org name=Acme >/dev/null
	crm-add -q kind=org name=Beta >/dev/null
	crm-add -q name=Ada >/dev/null
	crm-add -q name=Bob >/dev/null
}

@test "to work somewhere is to have an employer, and to leave the last" {
	setup_book
	ok crm-link Ada works_at Acme since=2020-01-01 role=engineer
	prints <<'OUT'
link	name	result	reason	contact
1	works_at	created		3
OUT
	ok crm-link Ada works_at Beta since=2023-05-01
	ok crm-list link -o contact_name,kind,other_name,since,until
	prints <<'OUT'
contact_name	kind	other_name	since	until
Ada	works_at	Acme	2020-01-01	2023-05-01
Ada	works_at	Beta	2023-05-01	
OUT
	ok crm-list -o org_name -H -w "contact=3"
	prints <<<Beta
}

@test "the inverse is the same link the other way round" {
	setup_book
	ok crm-link Acme employs Ada
	ok crm-link Ada works_at Acme
	prints <<'OUT'
link	name	result	reason	contact
1	works_at	unchanged		3
OUT
}

@test "links come in streams" {
	setup_book
	printf 'contact\tkind\tother\nAda\tspouse\tBob\nBob\treferred_by\tAcme\n' >in
	ok crm-link - <in
	ok crm-list -o name,referrer -H -w "contact=4"
	prints <<<'Bob	1'
	printf 'contact\tkind\tother\nAda\tspouse\tZoe\n' >in
	fails 65 crm-link - <in
	says "crm-link: <stdin>:2: other: unknown contact 'Zoe'"
}

@test "a kind that is not declared is refused with the nearest" {
	setup_book
	fails 65 crm-link Ada spouze Bob
	says "crm-link: kind: no kind of link 'spouze'; did you mean 'spouse'?"
	fails 65 crm-link Ada spouse Ada
	says 'crm-link: other: linked to itself'
}
