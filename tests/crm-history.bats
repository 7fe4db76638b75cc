#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	crm-add -q name=Ada email=ada@example.org >/dev/null
	CRM_NOW=2024-03-02T10:00Z CRM_USER=ann crm-set -q 1 city=Rome owner=ann >/dev/null
	CRM_NOW=2024-03-03T10:00Z crm-set -q 1 city=Oslo >/dev/null
}

@test "operations are listed, newest first, without the values of fields" {
	setup_book
	ok bash -c 'crm-history | cut -f1,2,4-6'
	prints <<'OUT'
op	at	command	words	rows
5	2024-03-03T10:00:00Z	crm-set	-q 1 city=	1
4	2024-03-02T10:00:00Z	crm-set	-q 1 city= owner=	1
3	2024-03-01T09:00:00Z	crm-add	-q name= email=	2
2	2024-03-01T09:00:00Z	crm-add	-q staff -	2
1	2024-03-01T09:00:00Z	crm-init		1
OUT
	ok crm-history -q -l 1
	prints <<<5
}

@test "a contact's history has its parts, and names for numbers" {
	setup_book
	ok bash -c 'crm-history Ada | cut -f1,4-9'
	prints <<'OUT'
op	command	entity	key	field	before	after
5	crm-set	contact	1	city	Rome	Oslo
4	crm-set	contact	1	city		Rome
4	crm-set	contact	1	owner		ann
3	crm-add	contact	1			created
3	crm-add	contact_point	1			created
OUT
}

@test "it is narrowed by field, operation, author and time" {
	setup_book
	ok bash -c 'crm-history Ada --field city | cut -f1,8,9'
	prints <<<$'op\tbefore\tafter\n5\tRome\tOslo\n4\t\tRome'
	ok bash -c 'crm-history --op 4 | cut -f1,7'
	prints <<<$'op\tfield\n4\tcity\n4\towner'
	ok bash -c 'crm-history --by ann | cut -f1,3'
	[ "${lines[1]%% as ann}" = "4	$(id -un)" ]
	ok crm-history -q --at 2024-03-02..2024-03-03
	prints <<<$'5\n4'
}

@test "who ever had a value, and when" {
	setup_book
	ok crm-history --ever city=Rome
	prints <<'OUT'
contact	name	field	since	until	op
1	Ada	city	2024-03-02T10:00:00Z	2024-03-03T10:00:00Z	4
OUT
	ok crm-history --ever owner=ann -q
	prints <<<1
	ok crm-history --ever stage=lead
	prints <<'OUT'
contact	name	field	since	until	op
1	Ada	stage	2024-03-01T09:00:00Z		3
OUT
	fails 2 crm-history --ever colour=red
}

@test "history is plain SQL, and one person's values can be scrubbed" {
	setup_book
	holds "SELECT field, before, after FROM change WHERE entity = 'contact' AND key = 1 AND field = 'city'" <<'OUT'
city		Rome
city	Rome	Oslo
OUT
	sqlite3 "$CRM_DB" "UPDATE change SET before = NULL, after = NULL WHERE entity = 'contact' AND key = 1"
	ok bash -c 'crm-history Ada --field city | cut -f8,9'
	prints <<<$'before\tafter\n\t\n\t'
}

@test "a field that keeps only its latest value leaves no trace of the others" {
	crm-init
	crm-add -q field name=mood latest=1 >/dev/null
	crm-add -q name=Ada x_mood=good >/dev/null
	crm-set -q 1 x_mood=bad >/dev/null
	holds "SELECT count(*) FROM change WHERE entity = 'field_value'" <<<0
}
