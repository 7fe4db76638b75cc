#!/usr/bin/env bats

load helper.bash

@test "a database and its configuration are made, for the owner alone" {
	ok crm-init
	prints </dev/null
	[ "$(stat -c %a crm.db crm.yaml | tr '\n' ' ')" = "600 600 " ]
	ok crm-list
	prints <<'OUT'
contact	name	stage	owner	kind	city	country
OUT
}

@test "the one who makes it is a member of staff" {
	CRM_USER=ann ok crm-init
	holds 'SELECT login FROM staff' <<<ann
}

@test "what is there is left alone" {
	crm-init
	crm-add name=Ada
	fails 73 crm-init
	says "crm-init: cannot make the database '$CRM_DB': File exists"
	holds 'SELECT name FROM contact' <<<Ada
}

@test "a configuration that is there is kept" {
	echo 'currency: USD' >crm.yaml
	ok crm-init
	ok crm-config get currency
	prints <<<USD
}

@test "a template is one of three" {
	for t in b2b retail services; do
		rm -f crm.db* crm.yaml
		ok crm-init --template $t
		ok crm-config check
	done
	fails 2 crm-init -d other.db --template shop
	says "crm-init: --template: not one of b2b, retail, services: 'shop'"
}

@test "a group may share it" {
	ok crm-init --group -d team/crm.db
	[ "$(stat -c %a team team/crm.db)" = $'2770\n660' ]
}

@test "without a database every command says so" {
	fails 66 crm-list
	says "crm-list: cannot open the database '$CRM_DB': no such file; crm-init makes one"
	fails 66 crm-add name=Ada
}
