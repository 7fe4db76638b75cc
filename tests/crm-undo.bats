#!/usr/bin/env bats

load helper.bash

@test "rows that were added go, with their parts" {
	crm-init
	crm-add -q name=Ada email=ada@example.org tags=vip >/dev/null
	ok crm-undo 2
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
2	contact	removed	1				
2	contact_point	removed	1				
2	tag	removed	1				
2	tagging	removed	1				
OUT
	ok crm-list -q
	prints </dev/null
}

@test "fields get back what they held, unless they were changed since" {
	crm-init
	crm-add -q name=Ada city=Rome note=x >/dev/null
	crm-set -q 1 city=Oslo note=y >/dev/null
	crm-set -q 1 city=Bern >/dev/null
	fails 1 crm-undo 3
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
3	contact	kept	1	1	city	changed since	4
3	contact	restored	1				
OUT
	holds 'SELECT city, note FROM contact' <<<'Bern	x'
}

@test "--strict takes back all or nothing" {
	crm-init
	crm-add -q name=Ada city=Rome note=x >/dev/null
	crm-set -q 1 city=Oslo note=y >/dev/null
	crm-set -q 1 city=Bern >/dev/null
	fails 1 crm-undo --strict 3
	holds 'SELECT city, note FROM contact' <<<'Bern	y'
}

@test "a row that others refer to is kept whole, and named" {
	crm-init
	printf 'name\temail\nAda\tada@example.org\nBob\tbob@example.org\n' | crm-add -q - >/dev/null
	crm-log -q Ada -- hello >/dev/null
	fails 1 crm-undo 2
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
2	contact	kept	1	1		interaction 1 refers to it	3
2	contact	removed	1				
2	contact_point	removed	1				
OUT
	ok crm-list -o contact,email -H
	prints <<<'1	ada@example.org'
}

@test "an undo can be undone" {
	crm-init
	crm-add -q name=Ada email=ada@example.org tags=vip birthday=1990-12-10 >/dev/null
	crm-undo 2 >/dev/null
	ok crm-undo 3
	ok crm-list -o contact,name,email,tags,birthday -H
	prints <<<'1	Ada	ada@example.org	vip	1990-12-10'
	holds 'SELECT op, undone_by FROM op WHERE op < 4' <<<$'1\t\n2\t\n3\t4'
	ok crm-undo 2
}

@test "an operation is undone once, and must exist" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-undo 2 >/dev/null
	fails 1 crm-undo 2
	says 'crm-undo: operation 2 was undone by operation 3'
	fails 1 crm-undo 9
	says "crm-undo: unknown operation '9'"
	fails 2 crm-undo x
	fails 2 crm-undo
}

@test "a change of many rows is undone in one" {
	crm-init
	awk 'BEGIN { print "name"; for (i = 0; i < 5000; i++) print "N" i }' | crm-add -q - >/dev/null
	crm-list -q | crm-set -q - city=Rome >/dev/null
	ok bash -c 'crm-undo 3 | cut -f1-4'
	prints <<<$'op\tentity\tresult\trows\n3\tcontact\trestored\t5000'
	holds "SELECT count(*) FROM contact WHERE city IS NOT NULL" <<<0
}

@test "a removed row is one change, the whole row as JSON" {
	crm-init
	crm-add -q name=Ada city='Tab	"and" quote' >/dev/null
	crm-log -q 1 -- hello >/dev/null
	crm-rm -q interaction 1 >/dev/null
	holds "SELECT field, before ->> 'subject', before ->> 'contact', after FROM change WHERE op = 4" \
	    <<<$'interaction\thello\t1\t'
	ok crm-undo -q 4
	holds 'SELECT interaction, contact, subject FROM interaction' <<<$'1\t1\thello'
}

@test "a removal recorded by an older crm, field by field, is undone too" {
	local schema=$BATS_TEST_DIRNAME/../schema
	cat "$schema"/001-*.sql "$schema"/002-*.sql - <<-'SQL' |
		PRAGMA application_id = 0x63726d31;
		PRAGMA user_version = 2;
		INSERT INTO op (op, at, login, command) VALUES
		    (1, '2024-01-01T09:00:00Z', 'ann', 'crm-add'),
		    (2, '2024-01-02T09:00:00Z', 'ann', 'crm-rm');
		INSERT INTO range (op, entity, first, last) VALUES (1, 'tag', 7, 7);
		INSERT INTO change (op, entity, key, field, before) VALUES
		    (2, 'tag', 7, 'tag', 7), (2, 'tag', 7, 'name', 'vip'),
		    (2, 'tag', 7, 'about', NULL);
		PRAGMA journal_mode = WAL;
	SQL
	    sqlite3 -bail "$CRM_DB" >/dev/null
	chmod 600 "$CRM_DB"
	ok crm-undo 2
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
2	tag	returned	1				
OUT
	holds 'SELECT tag, name FROM tag' <<<$'7\tvip'
	holds 'SELECT key, field, before FROM change' <<<$'7\ttag\t{"tag":7,"name":"vip"}'
}

@test "permit.undo: one's own operations, those of one's people, or none" {
	CRM_USER=ann crm-init
	export CRM_USER=ann
	printf 'login\tmanager\nbob\tann\ncy\tbob\n' | crm-add -q staff - >/dev/null
	CRM_USER=cy crm-add -q name=Ada >/dev/null
	echo 'permit: { undo: own }' >crm.yaml
	fails 77 crm-undo 3
	says "crm-undo: not permitted: permit.undo is 'own', and operation 3 is of 'cy'"
	prints </dev/null
	CRM_USER=cy ok crm-undo -n 3
	echo 'permit: { undo: manager }' >crm.yaml
	ok crm-undo -n 3
	CRM_USER=cy fails 77 crm-undo 2
	says "crm-undo: not permitted: permit.undo is 'manager', and operation 2 is of 'ann'"
	CRM_USER=dan fails 77 crm-undo 3
	ok crm-undo -n 2
	echo 'permit: { undo: nobody }' >crm.yaml
	CRM_USER=cy fails 77 crm-undo 3
	says "crm-undo: not permitted: permit.undo is 'nobody'"
	echo 'permit: { rm: nobody }' >crm.yaml
	ok crm-undo -q 3
}

@test "two who are each other's managers are no circle without end" {
	CRM_USER=ann crm-init
	export CRM_USER=ann
	crm-add -q staff login=bob manager=ann >/dev/null
	crm-set -q staff ann manager=bob >/dev/null
	echo 'permit: { undo: manager }' >crm.yaml
	ok crm-undo -n 3
	CRM_USER=bob ok crm-undo -n 3
	CRM_USER=cy fails 77 crm-undo 3
}

@test "a permission that is not understood permits nothing" {
	crm-init
	crm-add -q name=Ada >/dev/null
	for v in all own,manager '[own]' '' '{ a: b }'; do
		echo "permit: { undo: $v }" >crm.yaml
		fails 78 crm-undo 2
		fails 78 crm-config check
	done
	echo 'permit: { undo: owner }' >crm.yaml
	fails 78 crm-undo 2
	says "crm-undo: $BATS_TEST_TMPDIR/crm.yaml:1:17: permit.undo: not anyone, own, manager or nobody: 'owner'"
	echo 'permit: { unod: own }' >crm.yaml
	fails 78 crm-undo 2
	holds 'SELECT name FROM contact' <<<Ada
}

@test "fields that only make sense together are restored together" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-add -q deal contact=1 title=Big >/dev/null
	crm-quote new -q 1 - >/dev/null < <(printf 'text\tprice\nDot\t1\n')
	crm-quote sent -q 1 >/dev/null
	crm-quote accept --win -q 1 >/dev/null
	ok crm-undo 6
	prints <<'OUT'
op	entity	result	rows	key	field	reason	by_op
6	contact	restored	1				
6	deal	restored	3				
6	quote	restored	2				
6	sale	removed	1				
6	stage_change	removed	2				
OUT
	holds 'SELECT status, closed, amount FROM deal WHERE deal = 1' <<<'open		'
}
