#!/usr/bin/env bats

load helper.bash

@test "commands, options and operands are completed" {
	crm-init
	ok crm-complete -- crm hist
	prints <<<'history	tell what was written, when and by whom'
	ok crm-complete -- crm-list --lim
	prints <<<'--limit	at most so many rows'
	ok crm-complete -- crm tag ''
	[ "${lines[0]}" = $'add\t' ]
}

@test "contacts, stages, owners, tags and columns are completed" {
	crm-init
	crm-add -q staff login=ann name=Ann >/dev/null
	crm-add -q name='Ada Lovelace' email=ada@example.org city=London tags=vip >/dev/null
	ok crm-complete -- crm-show ada
	prints <<<$'Ada Lovelace\t1 London\nada@example.org\tAda Lovelace'
	ok crm-complete -- crm-set 1 stage=p
	prints <<<$'stage=prospect\t'
	ok crm-complete -- crm-set 1 owner=a
	prints <<<$'owner=ann\tAnn'
	ok crm-complete -- crm-add target period=2024-
	prints <<<$'period=2024-Q1\t\nperiod=2024-Q2\t\nperiod=2024-03\t\nperiod=2024-04\t'
	CRM_NOW=2024-12-31T12:00Z ok crm-complete -- crm-set target 1 period=2025
	prints <<<$'period=2025\t\nperiod=2025-Q1\t\nperiod=2025-01\t'
	ok crm-complete -- crm-list -o name,cit
	prints <<<$'name,city\ttown'
	ok crm-complete -- crm-tag add v
	[[ $output == *$'vip\t'* ]]
	ok crm-complete -- crm-log ada@example.org -c ca
	prints <<<$'call\t'
}

@test "deals, their stages and their fields are completed" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-deal new -q 1 -- 'an engine' >/dev/null
	ok crm-complete -- crm-deal win ''
	[[ $output == *$'1\tan engine, Ada, qualified'* ]]
	ok crm-complete -- crm-deal move 1 pro
	[ "${lines[0]}" = $'proposal\t' ]
	ok crm-complete -- crm-deal new 1 expec
	prints <<<$'expected=\tday on which it should be decided'
	ok crm-complete -- crm-show deal 1
	prints <<<$'1\tan engine, Ada, qualified'
}

@test "products and sales are completed" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-add -q product name='card, blue' price=1 about='A6' >/dev/null
	crm-sell -q Ada 'card, blue' >/dev/null
	ok crm-complete -- crm-sell Ada car
	prints <<<$'card, blue\tA6'
	ok crm-complete -- crm-sell --refund ''
	prints <<<$'1\tAda 2024-03-01 card, blue'
	ok crm-complete -- crm-sell Ada order
	prints <<<$'order_no=\tnumber of the order it is a line of'
	ok crm-complete -- crm-add sale product=c
	prints <<<$'product=card, blue\tA6'
}

@test "without a database nothing is complained of" {
	ok crm-complete -- crm-show a
	fails 2 crm-complete
}

@test "reports, their parameters and their columns are completed" {
	crm-init
	crm-add -q field name=size type=text >/dev/null
	ok crm-complete -- crm-report pipel
	prints <<<$'pipeline\tOpen deals by stage: how many, worth what, and weighted by their chances.'
	ok crm-complete -- crm report help pipel
	[ "${#lines[@]}" = 1 ]
	ok crm-complete -- crm-report pipeline p
	prints <<<$'pipeline=\tonly deals of this pipeline'
	ok crm-complete -- crm-report pipeline by=owner,cou
	prints <<<$'by=owner,country\tISO 3166 code'
	ok crm-complete -- crm-report pipeline by=x_s
	[[ $output == $'by=x_size\t'* ]]
	ok crm-complete -- crm-report pipeline -o stage,wei
	prints <<<$'stage,weighted\tamount times chance'
	printf -- '-- X.\n-- Parameters\n--   per  month|week  month  what\n--   to  day  -  when\nSELECT 1\n' >x.sql
	mkdir reports
	mv x.sql reports/mine.sql
	ok crm-complete -- crm-report mine per=w
	prints <<<$'per=week\t'
	ok crm-complete -- crm-report mine to=tom
	prints <<<$'to=tomorrow\t'
}
