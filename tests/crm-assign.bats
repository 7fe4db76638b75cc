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

@test "an offer changes hands once it is accepted" {
	setup_book
	crm-assign -q ann A B >/dev/null
	ok crm-assign --offer bob A C --reason 'asked for a price'
	prints <<'OUT'
contact	name	result	reason
1	A	updated	offered to bob
3	C	updated	offered to bob
OUT
	holds 'SELECT owner FROM contact WHERE contact = 1' <<<2
	fails 1 crm-assign --accept --owner cy A
	prints <<<$'contact\tname\tresult\treason\n1\tA\trefused\twas offered to bob'
	ok bash -c 'crm-list handoff -o contact | crm-assign --accept --owner bob -'
	prints <<'OUT'
contact	name	result	reason
1	A	updated	
3	C	updated	
OUT
	ok crm-list handoff -o contact,giver,taker,state,note,reason
	prints <<OUT
contact	giver	taker	state	note	reason
1	ann	bob	accepted	asked for a price	
3	$(id -un)	bob	accepted	asked for a price	
OUT
	ok crm-list -o name,owner -w 'owner is not null'
	prints <<<$'name\towner\nA\tbob\nB\tann\nC\tbob'
	fails 1 crm-assign --accept --owner bob A
	prints <<<$'contact\tname\tresult\treason\n1\tA\trefused\twas not offered to anybody'
}

@test "an offer is rejected for a reason, or gives way to another" {
	setup_book
	crm-assign -q ann A B >/dev/null
	crm-assign -q --offer --among bob A B >/dev/null
	fails 2 crm-assign --reject --owner bob A
	says 'crm-assign: --reject needs --reason'
	ok crm-assign --reject --owner bob --reason 'no budget' A
	ok crm-assign --offer cy B
	ok crm-assign --offer cy B
	prints <<<$'contact\tname\tresult\treason\n2\tB\tunchanged\twas offered before to cy'
	ok crm-assign --offer ann B
	prints <<<$'contact\tname\tresult\treason\n2\tB\tunchanged\tis with ann'
	holds 'SELECT contact, taker, state, reason, decided_at IS NULL FROM handoff' <<'OUT'
1	3	rejected	no budget	0
2	3	withdrawn		0
2	4	offered		1
OUT
	holds 'SELECT count(*) FROM contact WHERE owner = 2' <<<2
	fails 1 crm-set handoff 3 state=accepted
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	crm-rm --recursive B >/dev/null
	holds 'SELECT contact, state FROM handoff' <<<$'1\trejected'
}

@test "what is offered waits in the queues of its taker" {
	setup_book
	crm-assign -q --offer bob C --reason 'from the fair' >/dev/null
	ok crm-due --owner bob -o due,kind,what -H
	prints <<<"handoff:1	handoff	offered by $(id -un): from the fair"
	ok crm-next --owner bob -o contact,reasons,command -H
	prints <<<"3	offered by $(id -un): from the fair (today)	crm-assign --accept 3"
	fails 1 crm-done handoff:1
	prints <<'OUT'
due	name	result	reason	contact	interaction	next_task
handoff:1	C: handed off	refused	crm-assign accepts or rejects what is offered	3		
OUT
	ok crm-done handoff:1 --snooze +3d
	ok crm-due --owner bob
	prints </dev/null
	crm-assign -q --accept --owner bob C >/dev/null
	ok crm-next --owner bob -H -o command
	prints <<<'crm-log 3 -c email'
}

@test "who was responsible, and when" {
	export CRM_NOW=2024-03-01T09:00:00Z
	setup_book
	CRM_NOW=2024-03-05T09:00:00Z crm-assign -q ann A >/dev/null
	CRM_NOW=2024-03-08T09:00:00Z crm-set -q A owner=bob >/dev/null
	export CRM_NOW=2024-03-10T09:00:00Z
	ok bash -c "crm-assign --history A B | cut -f1-7,9"
	prints <<'OUT'
contact	name	since	until	days	owner	op	command
1	A	2024-03-01T09:00:00Z	2024-03-05T09:00:00Z	4		3	crm-add
1	A	2024-03-05T09:00:00Z	2024-03-08T09:00:00Z	3	ann	4	crm-assign
1	A	2024-03-08T09:00:00Z		2	bob	5	crm-set
2	B	2024-03-01T09:00:00Z		9		3	crm-add
OUT
	ok bash -c 'crm-list -w "name > '"'D'"'" | crm-assign --history - -H | cut -f2'
	prints <<<'E'
	fails 1 crm-assign --history nobody
	says "crm-assign: unknown contact 'nobody'"
	fails 2 crm-assign --history
}

@test "a handover tells the accounts by value, then moves all at once" {
	export CRM_NOW=2024-03-01T09:00:00Z
	setup_book
	crm-assign -q ann A B C >/dev/null
	crm-set -q C birthday=1980-04-10 >/dev/null
	crm-add -q product name=Widget >/dev/null
	crm-sell -q C product=Widget amount=90 day=2024-02-01 >/dev/null
	crm-add -q task contact=B title='send samples' due=2024-02-27 owner=ann >/dev/null
	crm-add -q task contact=D title=other due=2024-03-20 owner=ann >/dev/null
	crm-add -q task contact=B title=call due=2024-03-20 >/dev/null
	crm-deal new B title=Fleet amount=500 owner=ann next_step=call next_day=2024-03-04 >/dev/null
	crm-assign -q --offer ann E >/dev/null
	ok crm-assign -n --handover ann cy
	cat >want <<'OUT'
contact	name	stage	revenue	pipeline_value	last_contact	loops	dates
3	C	customer	90.00	0.00			2024-04-10 birthday (44)
2	B	lead	0.00	500.00		2024-02-27 send samples; deal 1, qualified: Fleet, 500.00 EUR	2024-03-04 Fleet: call; 2024-03-15 Fleet: too long in qualified; 2024-03-20 call
1	A	lead	0.00	0.00			
OUT
	prints <want
	holds 'SELECT count(*) FROM contact WHERE owner = 4' <<<0
	ok crm-assign --handover ann cy
	prints <want
	holds 'SELECT (SELECT count(*) FROM contact WHERE owner = 4), (SELECT count(*) FROM task WHERE owner = 2), (SELECT owner FROM deal), (SELECT taker FROM handoff)' <<<'3	0	4	4'
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	holds 'SELECT (SELECT count(*) FROM contact WHERE owner = 2), (SELECT count(*) FROM task WHERE owner = 2), (SELECT owner FROM deal), (SELECT taker FROM handoff)' <<<'3	3	2	2'
	fails 1 crm-assign --handover ann ann
	fails 2 crm-assign --handover ann
	fails 2 crm-assign --handover ann bob --accept
}
