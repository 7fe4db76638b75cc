#!/usr/bin/env bats

load helper.bash

@test "a contact goes with what belongs to it" {
	crm-init
	crm-add -q name=Ada email=ada@example.org birthday=1990-12-10 tags=vip >/dev/null
	ok crm-rm Ada
	prints <<'OUT'
contact	name	result	reason
1	Ada	removed	
OUT
	holds 'SELECT (SELECT count(*) FROM contact_point), (SELECT count(*) FROM occasion), (SELECT count(*) FROM tagging)' <<<'0	0	0'
}

@test "what others refer to is kept, or goes with them" {
	crm-init
	crm-add -q kind=org name=Acme >/dev/null
	crm-add -q name=Ada org=1 >/dev/null
	crm-log -q 1 -- hello >/dev/null
	fails 1 crm-rm 1
	prints <<'OUT'
contact	name	result	reason
1	Acme	refused	1 contact, 1 interaction refer to it; -r removes them too
OUT
	ok crm-rm -r 1
	ok crm-list -o contact,name,org
	prints <<'OUT'
contact	name	org
2	Ada	
OUT
	holds 'SELECT count(*) FROM interaction' <<<0
}

@test "a removal can be undone, whole" {
	crm-init
	crm-add -q name=Ada email=ada@example.org tags=vip >/dev/null
	crm-rm -q Ada >/dev/null
	ok crm-undo 3
	ok crm-list -o contact,name,email,tags
	prints <<'OUT'
contact	name	email	tags
1	Ada	ada@example.org	vip
OUT
}

@test "a number is never used again" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-rm -q 1 >/dev/null
	ok crm-add -q name=Bob
	prints <<<2
}

@test "a stream of keys is removed, or nothing" {
	crm-init
	printf 'name\nAda\nBob\n' | crm-add -q - >/dev/null
	printf 'contact\n1\n7\n' >in
	fails 65 crm-rm - <in
	says "crm-rm: <stdin>:3: unknown contact '7'"
	holds 'SELECT count(*) FROM contact' <<<2
	ok bash -c 'crm-list -q | crm-rm -q -'
	holds 'SELECT count(*) FROM contact' <<<0
}

@test "permit.rm: one's own contacts and what is of them, or nothing" {
	CRM_USER=ann crm-init
	export CRM_USER=ann
	printf 'login\tmanager\nbob\tann\ncy\t\n' | crm-add -q staff - >/dev/null
	printf 'name\towner\nAda\tann\nBob\tbob\nCy\t\n' | crm-add -q - >/dev/null
	crm-log -q Bob -- hello >/dev/null
	echo 'permit: { rm: own }' >crm.yaml
	fails 77 crm-rm Bob
	says "crm-rm: not permitted: permit.rm is 'own', and contact 2 is of 'bob'"
	fails 77 crm-rm Cy
	says "crm-rm: not permitted: permit.rm is 'own', and contact 3 has no owner"
	fails 77 crm-rm interaction 1
	says "crm-rm: not permitted: permit.rm is 'own', and contact 2 is of 'bob'"
	ok crm-rm -n Ada
	ok crm-rm -n staff cy
	echo 'permit: { rm: manager }' >crm.yaml
	ok crm-rm -n interaction 1
	CRM_USER=bob fails 77 crm-rm Ada
	echo 'permit: { rm: nobody }' >crm.yaml
	fails 77 crm-rm Ada
	says "crm-rm: not permitted: permit.rm is 'nobody'"
	fails 77 crm-rm staff bob
}

@test "one row that is not permitted stops the whole stream" {
	CRM_USER=ann crm-init
	export CRM_USER=ann
	printf 'name\towner\nAda\tann\nBob\t\n' | crm-add -q - >/dev/null
	echo 'permit: { rm: own }' >crm.yaml
	crm-list -q >keys
	fails 77 crm-rm --keep-going --rejects out - <keys
	prints </dev/null
	holds 'SELECT count(*) FROM contact' <<<2
}

@test "permit.force: what others refer to stays" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-log -q Ada -- hello >/dev/null
	echo 'permit: { force: nobody }' >crm.yaml
	fails 77 crm-rm -r Ada
	says "crm-rm: not permitted: permit.force is 'nobody'"
	fails 1 crm-rm Ada
	ok crm-rm -q interaction 1
	ok crm-rm -q Ada
}

@test "the steps of a contact go with it, and come back" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-promote -q --to lapsed Ada >/dev/null
	ok crm-rm -q Ada
	holds 'SELECT count(*) FROM stage_change' <<<0
	crm-undo "$(crm-history -q -l 1)" >/dev/null
	holds 'SELECT contact, was, stage FROM stage_change' <<<'1	lead	lapsed'
}
