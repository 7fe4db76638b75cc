#!/usr/bin/env bats

load helper.bash

@test "tags are put on and taken off" {
	crm-init
	printf 'name\nAda\nBob\n' | crm-add -q - >/dev/null
	ok crm-tag add vip,hot Ada Bob
	prints <<'OUT'
contact	name	result	reason
1	Ada	updated	
2	Bob	updated	
OUT
	ok crm-tag add vip Ada
	prints <<'OUT'
contact	name	result	reason
1	Ada	unchanged	
OUT
	ok crm-tag rm hot Ada
	ok crm-list -o name,tags
	prints <<'OUT'
name	tags
Ada	vip
Bob	hot,vip
OUT
}

@test "two writers in one pipe do not wait for each other" {
	crm-init
	printf 'name\nAda\nBob\n' >in
	ok bash -c 'crm-add - <in | crm-tag add new - | crm-log - -c note -- hello'
	prints <<'OUT'
interaction	name	result	reason	contact
1	hello	created		1
2	hello	created		2
OUT
}

@test "the verb is add or rm, and a tag is needed" {
	crm-init
	fails 2 crm-tag put vip Ada
	says "crm-tag: expected add or rm, not 'put'"
	fails 2 crm-tag add
	fails 1 crm-tag add vip Zoe
}
