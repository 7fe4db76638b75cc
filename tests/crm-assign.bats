#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'login\nann\nbob\ncy\n' | crm-add -q staff - >/dev/null
	printf 'name\tcountry\tsource\nA\tFR\tweb\nB\tDE\tfair\nC\tDE\tweb\nD\tIT\tweb\nE\tIT\tfair\n' |
	    crm-add -q - >/dev/null
}

@test "contacts get an owner" {
	setup_book
	ok crm-assign ann A B
	prints <<'OUT'
contact	name	result	reason
1	A	updated	
2	B	updated	
OUT
	ok bash -c 'crm-list -q -w "country='"'IT'"'" | crm-assign -q bob -'
	prints <<<$'4\n5'
	fails 1 crm-assign zed A
	says "crm-assign: unknown staff 'zed'"
}

@test "among several the one with the fewest gets the next" {
	setup_book
	crm-assign -q ann A >/dev/null
	ok crm-assign -q --unowned --among ann,bob,cy
	ok crm-list -o name,owner
	prints <<'OUT'
name	owner
A	ann
B	bob
C	cy
D	ann
E	bob
OUT
}

@test "rules assign by country, source and industry, in order" {
	setup_book
	cat >crm.yaml <<'YAML'
assign:
  - { country: FR, owner: ann }
  - { country: DE, source: fair, owner: bob }
  - { source: web, owner: cy }
YAML
	fails 1 crm-assign --rules --unowned
	prints <<'OUT'
contact	name	result	reason
1	A	updated	
2	B	updated	
3	C	updated	
4	D	updated	
5	E	refused	no rule fits
OUT
	ok crm-list -o owner -H
	prints <<<$'ann\nbob\ncy\ncy'
}

@test "contacts that have an owner are left alone where asked" {
	setup_book
	crm-assign -q ann A >/dev/null
	ok crm-assign bob --unowned A B
	prints <<'OUT'
contact	name	result	reason
1	A	unchanged	has an owner
2	B	updated	
OUT
}
