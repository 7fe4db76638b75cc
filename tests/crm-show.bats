#!/usr/bin/env bats

load helper.bash

@test "the brief tells who it is, how to reach them and what is open" {
	crm-init
	crm-add -q kind=org name=Engines >/dev/null
	crm-add -q name='Ada Lovelace' email=ada@example.org phone='+44 20 7946 0958' \
	    org=Engines title=Countess birthday=1990-12-10 tags=vip city=London country=GB >/dev/null
	CRM_NOW=2024-02-10T10:00Z crm-log -q ada@example.org -c call direction=in \
	    outcome=reached --next 2024-02-20 --todo 'send the offer' -- 'wants an engine' >/dev/null
	ok crm-show '+44 (0)20-7946-0958'
	prints <<'OUT'
name       Ada Lovelace, Countess, Engines
contact    2 person, lead, nobody's, since 2024-03-01
reach      phone +44 20 7946 0958
           email ada@example.org
address    London GB
tags       vip
last       2024-02-10 call from them by root [reached]: wants an engine
to do      2024-02-20 send the offer [late] (task 1, root)
occasions  2024-12-10 birthday (34)
OUT
}

@test "the brief has the steps of a stage's playbook that are not done" {
	crm-init
	echo 'playbooks: {lead: [{do: welcome, within: 0d}, {do: call, within: 2d}, {do: visit, within: 1mo}]}' >crm.yaml
	crm-add -q name=Ada since=2024-02-26 >/dev/null
	crm-done -q playbook:lead:1:1:2024-02-26 >/dev/null
	ok crm-show Ada
	prints <<'OUT'
name       Ada
contact    1 person, lead, nobody's, since 2024-02-26
playbook   2024-02-28 call [late]
           2024-03-26 visit
OUT
}

@test "the brief has what is held, what it is worth and who is to take it" {
	crm-init
	printf 'login\nann\nbob\n' | crm-add -q staff - >/dev/null
	crm-add -q name=Ada owner=ann >/dev/null
	printf 'name\tline\ncard\tpaper\nbox\t\nbag\t\n' | crm-add -q product - >/dev/null
	printf 'contact\tday\tproduct\tquantity\tamount\tcost\n1\t2022-01-20\tcard\t1\t5\t2\n1\t2024-01-20\tcard\t2\t10\t4\n1\t2024-02-20\tbox\t1\t7\t1\n1\t2024-02-20\tbag\t1\t3\t1\n' |
	    crm-sell -q - >/dev/null
	crm-sell -q --refund 4 >/dev/null
	crm-add -q invoice contact=1 number=R1 issued=2024-02-20 due=2024-03-20 amount=.50 >/dev/null
	crm-assign -q --offer bob 1 --reason 'moves house' >/dev/null
	ok crm-show Ada
	prints <<'OUT'
name       Ada
contact    1 person, client, owner ann, since 2024-03-01
offered    to bob by ann: moves house
bought     3 orders, last 2024-02-20
value      22.00 EUR, profit 15.00; in 365 days 17.00, 12.00; owes 0.50
holds      box, last 2024-02-20
           card x 3, paper, last 2024-01-20
OUT
}

@test "the timeline has everything, newest first" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-log -q 1 --at 2024-01-05T10:00Z -c call -- first >/dev/null
	crm-log -q 1 --at 2024-02-05T10:00Z -c email -- second >/dev/null
	crm-add -q product name=card >/dev/null
	crm-add -q sale contact=1 day=2024-01-20 amount=5 product=card >/dev/null
	ok bash -c 'crm-show Ada --timeline | cut -f1-3,6'
	prints <<'OUT'
at	what	channel	subject
2024-02-05T10:00:00Z	interaction	email	second
2024-01-20	sale		card
2024-01-05T10:00:00Z	interaction	call	first
OUT
}

@test "any other row is shown column by column" {
	crm-init
	crm-add -q task title=call due=2024-03-05 >/dev/null
	ok crm-show task 1
	prints <<'OUT'
task          1
title         call
due           2024-03-05
owner         root
late          0
OUT
}

@test "nobody of that name is a plain no" {
	crm-init
	fails 1 crm-show zoe
	says "crm-show: unknown contact 'zoe'"
	fails 2 crm-show
}

@test "a stored escape sequence is made visible" {
	crm-init
	sqlite3 "$CRM_DB" "INSERT INTO contact (name, name_key, since) VALUES ('A' || char(27) || 'B', 'a', '2024-01-01')"
	ok crm-show 1
	[[ ${lines[0]} == 'name       A\x1bB' ]]
}
