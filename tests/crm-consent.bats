#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'name\temail\tcountry\nAda\tada@example.org\tDE\nBob\tbob@example.org\tFR\nCy\t\tDE\n' |
	    crm-add -q - >/dev/null
}

@test "consent is given, withdrawn, and the newest word counts" {
	setup_book
	ok crm-consent give -c email -p marketing Ada Bob --how form --evidence 'form 12'
	prints <<'OUT'
consent	name	result	reason	contact
1	marketing	created		1
2	marketing	created		2
OUT
	ok crm-consent give -c email -p marketing Ada
	prints <<<$'consent\tname\tresult\treason\tcontact\n\tmarketing\tunchanged\twas said before\t1'
	ok crm-consent withdraw -c email -p marketing --at 2024-02-28 Bob
	ok crm-list -H -o name -w "has_consent('email', 'marketing')"
	prints <<<$'Ada\nBob'
	ok crm-consent withdraw -c email -p marketing Bob
	ok crm-list -H -o name -w "has_consent('email', 'marketing')"
	prints <<<Ada
	ok crm-consent show Ada Bob
	prints <<'OUT'
contact	name	channel	purpose	state	at	how	evidence	basis
1	Ada	email	marketing	given	2024-03-01T09:00:00Z	form	form 12	opt-in
2	Bob	email	marketing	withdrawn	2024-03-01T09:00:00Z			opt-in
OUT
	ok crm-list -H consent -w 'contact = 2' -o state
	prints <<<$'given\nwithdrawn\nwithdrawn'
}

@test "a double opt-in is asked for, then confirmed" {
	setup_book
	fails 1 crm-consent confirm -c email -p marketing Ada
	prints <<<$'consent\tname\tresult\treason\tcontact\n\tmarketing\trefused\twas not asked\t1'
	ok crm-consent ask -c email -p marketing Ada
	ok crm-list -H -o name -w "has_consent('email', 'marketing')"
	prints </dev/null
	CRM_NOW=2024-03-02T09:00:00Z ok crm-consent confirm -c email -p marketing Ada
	export CRM_NOW=2024-03-02T10:00:00Z
	ok crm-list -H -o name -w "has_consent('email', 'marketing')"
	prints <<<Ada
	fails 1 crm-consent ask -c email -p marketing Ada
	fails 1 crm-consent confirm -c email -p marketing Ada
	prints <<<$'consent\tname\tresult\treason\tcontact\n\tmarketing\trefused\tis given already\t1'
}

@test "consents come in a stream, and all of it is undone at once" {
	setup_book
	cat >in <<'IN'
contact	channel	purpose	at	how
ada@example.org	email	marketing	2024-01-05	fair
2	text	service	2024-01-06	
IN
	ok bash -c 'crm-consent give - <in'
	prints <<'OUT'
consent	name	result	reason	contact
1	marketing	created		1
2	service	created		2
OUT
	holds 'SELECT contact, channel, purpose, state, at, how FROM consent' <<'OUT'
1	email	marketing	given	2024-01-05T12:00:00Z	fair
2	text	service	given	2024-01-06T12:00:00Z	
OUT
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	holds 'SELECT count(*) FROM consent' <<<0
	printf '9\temail\tmarketing\t\t\n' >>in
	fails 65 bash -c 'crm-consent give - <in'
	says "crm-consent: <stdin>:4: contact: unknown contact '9'"
	holds 'SELECT count(*) FROM consent' <<<0
}

@test "what is not in crm.yaml is no purpose, and crm-set changes no consent" {
	setup_book
	fails 65 crm-consent give -c email -p marketng Ada
	says "crm-consent: purpose: not one of crm.yaml: 'marketng'"
	fails 65 crm-consent give -c fax -p marketing Ada
	fails 65 crm-consent give -p marketing Ada
	fails 2 crm-consent give -c email -p marketing
	fails 2 crm-consent take Ada
	fails 2 crm-consent show -c email Ada
	crm-consent give -q -c email -p marketing Ada >/dev/null
	fails 1 crm-set consent 1 state=withdrawn
	[[ $output == *'only crm-consent changes it'* ]]
	ok crm-set consent 1 evidence=letter
}
