#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	email	phone
Ada	ada@example.org	+49 30 123456
Bob	bob@example.com	
Cy		
TSV
}

@test "consent is given and withdrawn, with when, how and evidence" {
	setup_book
	ok crm-consent give -c email -p marketing --how form --evidence 'sheet 12' --at 2024-02-01 Ada bob@example.com
	prints <<'OUT'
contact	name	result	reason
1	Ada	updated	
2	Bob	updated	
OUT
	ok crm-consent withdraw -q -c email -p marketing Ada
	prints <<<1
	holds 'SELECT contact, channel, purpose, state, at, how, evidence FROM consent ORDER BY consent' <<'OUT'
1	email	marketing	given	2024-02-01T12:00:00Z	form	sheet 12
2	email	marketing	given	2024-02-01T12:00:00Z	form	sheet 12
1	email	marketing	withdrawn	2024-03-01T09:00:00Z		
OUT
	ok crm-list -q -w "has_consent('email', 'marketing')"
	prints <<<2
	CRM_NOW=2024-02-15 ok crm-list -q -w "has_consent('email', 'marketing')"
	prints <<<$'1\n2'
}

@test "double opt-in: asked is not given, confirmed is; confirming needs asking" {
	setup_book
	ok crm-consent ask -q -c email -p marketing --at 2024-02-01 Ada
	ok crm-list -q -w "has_consent('email', 'marketing')"
	prints </dev/null
	fails 1 crm-consent confirm -c email -p marketing Ada Bob
	prints <<'OUT'
contact	name	result	reason
1	Ada	updated	
2	Bob	refused	was not asked for
OUT
	holds 'SELECT contact, state, how FROM consent' <<<$'1\tasked\t\n1\tgiven\tconfirmed'
	ok crm-list -q -w "has_consent('email', 'marketing')"
	prints <<<1
	ok crm-consent confirm -H -c email -p marketing Ada
	prints <<<$'1\tAda\tunchanged\tgiven since 2024-03-01'
	CRM_NOW=2024-03-02 crm-consent withdraw -q -c email -p marketing Ada
	CRM_NOW=2024-03-03 fails 1 crm-consent confirm -H -c email -p marketing Ada
	prints <<<$'1\tAda\trefused\twas withdrawn, and not asked for since'
}

@test "what is on record already is not recorded twice; new evidence is" {
	setup_book
	crm-consent give -q -c email -p marketing --how form Ada
	ok crm-consent give -H -c email -p marketing Ada
	prints <<<$'1\tAda\tunchanged\tgiven since 2024-03-01'
	ok crm-consent ask -H -c email -p marketing Ada
	prints <<<$'1\tAda\tunchanged\tgiven since 2024-03-01'
	ok crm-consent give -H -c email -p marketing --how form Ada
	prints <<<$'1\tAda\tunchanged\tgiven since 2024-03-01'
	ok crm-consent give -H -c email -p marketing --how paper Ada
	prints <<<$'1\tAda\tupdated\t'
	holds 'SELECT state, how FROM consent' <<<$'given\tform\ngiven\tpaper'
}

@test "the newest counts, not the last that was recorded" {
	setup_book
	crm-consent withdraw -q -c email -p marketing --at 2024-02-10 Ada
	ok crm-consent give -H -c email -p marketing --at 2024-02-01 Ada
	prints <<<$'1\tAda\tupdated\t'
	ok crm-list -q -w "has_consent('email', 'marketing')"
	prints </dev/null
}

@test "a stream says by row what the options do not; every state by record" {
	setup_book
	crm-consent record - >/dev/null <<'TSV'
contact	channel	purpose	state	at	how	evidence
ada@example.org	email	marketing	given	2023-02-01	form	page\tthree
Ada	email	marketing	withdrawn	2023-08-17	link	
2	call	personal	asked			
TSV
	holds 'SELECT contact, channel, purpose, state, at, how, evidence FROM consent' <<<$'1\temail\tmarketing\tgiven\t2023-02-01T12:00:00Z\tform\tpage\tthree\n1\temail\tmarketing\twithdrawn\t2023-08-17T12:00:00Z\tlink\t\n2\tcall\tpersonal\tasked\t2024-03-01T09:00:00Z\t\t'
	ok bash -c 'crm-list | crm-consent give -q -c post -p marketing -'
	prints <<<$'1\n2\n3'
	ok bash -c 'crm-list consent -w "channel = '\''post'\''" | crm-consent withdraw -q -c post -p marketing -'
	prints <<<$'1\n2\n3'
	ok bash -c 'printf "1\n2\n" | crm-consent give -q -c text -p marketing -'
	prints <<<$'1\n2'
}

@test "a bad row is named by line and field, and nothing is written" {
	setup_book
	try() {
		fails 65 crm-consent "$1" - <<<"$2"
		prints </dev/null
		says "crm-consent: <stdin>:$3"
	}
	try give $'contact\tchannel\tpurpose\nAda\temail\tmarketing\nZoe\temail\tmarketing' "3: unknown contact 'Zoe'"
	try give $'contact\tchannel\tpurpose\nAda\tpigeon\tmarketing' "2: channel: not one of email, call, meeting, visit, post, text, web, social, retail, note, plan, lesson: 'pigeon'"
	try give $'contact\tchannel\tpurpose\nAda\temail\tmarketting' "2: purpose: no purpose 'marketting' in crm.yaml; did you mean 'marketing'?"
	try give $'contact\tpurpose\nAda\tmarketing' '2: channel: is needed'
	try record $'contact\tchannel\tpurpose\nAda\temail\tmarketing' '2: state: is needed'
	try record $'contact\tchannel\tpurpose\tstate\nAda\temail\tmarketing\tmaybe' "2: state: not one of asked, given, withdrawn: 'maybe'"
	try give $'contact\tchannel\tpurpose\tat\nAda\temail\tmarketing\t2024-02-30' "2: at: not a day or an instant: '2024-02-30'"
	try give $'contact\tchannel\tpurpose\tat\nAda\temail\tmarketing\t2024-03-02' "2: at: is still to come: '2024-03-02'"
	try give $'contact\tchannel\tporpoise\nAda\temail\tmarketing' "1: unknown column 'porpoise'"
	holds 'SELECT count(*) FROM consent' <<<0
	fails 1 crm-consent give --keep-going --rejects bad.tsv -q - <<<$'contact\tchannel\tpurpose\nZoe\temail\tmarketing\nAda\temail\tmarketing'
	prints <<<1
	diff bad.tsv - <<<$'contact\tchannel\tpurpose\terror\nZoe\temail\tmarketing\tunknown contact '"'Zoe'"
}

@test "wrong words are refused" {
	setup_book
	wrong() {
		local message=$1
		shift
		fails 2 crm-consent "$@"
		says "crm-consent: $message"
	}
	wrong 'expected give, withdraw, ask, confirm, record or show'
	wrong 'expected give, withdraw, ask, confirm, record or show' revoke Ada
	wrong 'expected either contacts or '"'-'" give -c email -p marketing
	wrong 'expected -c CHANNEL and -p PURPOSE' give -c email Ada
	wrong "-p: no purpose 'news' in crm.yaml" give -c email -p news Ada
	wrong "record: expected '-', rows with a column state" record Ada
	wrong 'show: expected one contact' show
	wrong 'show: --at, --how and --evidence are about what is recorded' show --how form Ada
	wrong "no field is expected: 'state='" give -c email -p marketing Ada state=given
	fails 65 crm-consent give -c pigeon -p marketing Ada
	fails 1 crm-consent give -c email -p marketing Zoe
	says "crm-consent: unknown contact 'Zoe'"
}

@test "show tells the state that counts and what it permits" {
	setup_book
	crm-consent give -q -c email -p marketing --at 2024-02-01 --how form Ada
	crm-consent withdraw -q -c call -p personal --at 2024-02-02 Ada
	crm-add -q consent contact=Ada channel=email purpose=news >/dev/null
	ok crm-consent show Ada
	prints <<'OUT'
contact	channel	purpose	state	at	how	evidence	permitted	reason
1	email	marketing	given	2024-02-01T12:00:00Z	form		yes	marketing is opt-in: consent to email given
1	email	existing					no	existing is opt-out only when orders >= 1: no consent to email
1	email	service					yes	service is free of consent
1	email	personal					yes	personal is opt-out: no objection to email
1	call	marketing					no	marketing is opt-in: no consent to call
1	call	existing					no	existing is opt-out only when orders >= 1: no consent to call
1	call	service					yes	service is free of consent
1	call	personal	withdrawn	2024-02-02T12:00:00Z			no	personal is opt-out: consent to call withdrawn
1	text	marketing					no	marketing is opt-in: no consent to text
1	text	existing					no	existing is opt-out only when orders >= 1: no consent to text
1	text	service					yes	service is free of consent
1	text	personal					yes	personal is opt-out: no objection to text
1	email	news	given	2024-03-01T09:00:00Z			no	no purpose 'news' in crm.yaml
OUT
	ok crm-consent show -H -c email -p existing Ada
	prints <<<$'1\temail\texisting\t\t\t\t\tno\texisting is opt-out only when orders >= 1: no consent to email'
	crm-add -q product name=P price=5 >/dev/null
	crm-sell -q Ada P >/dev/null
	ok crm-consent show -H -c email -p existing Ada
	prints <<<$'1\temail\texisting\t\t\t\t\tyes\texisting is opt-out: no objection to email'
	ok crm-consent show -q Cy
	prints </dev/null
}

@test "an asking does not lift a withdrawal, nor does it stand in the way of opt-out" {
	setup_book
	crm-consent ask -q -c email -p personal --at 2024-02-01 Ada Bob
	crm-consent withdraw -q -c email -p personal --at 2024-02-02 Bob
	crm-consent ask -q -c email -p personal --at 2024-02-03 Bob
	ok crm-consent show -H -c email -p personal Ada
	prints <<<$'1\temail\tpersonal\tasked\t2024-02-01T12:00:00Z\t\t\tyes\tpersonal is opt-out: no objection to email'
	ok crm-consent show -H -c email -p personal Bob
	prints <<<$'2\temail\tpersonal\tasked\t2024-02-03T12:00:00Z\t\t\tno\tpersonal is opt-out: consent to email withdrawn'
	ok crm-list -q -w "may_contact('email', 'personal')"
	prints <<<$'1\n3'
}

@test "crm-set changes no consent; crm-undo takes it back; -n records nothing" {
	setup_book
	crm-consent give -q -c email -p marketing -n Ada
	holds 'SELECT count(*) FROM consent' <<<0
	crm-consent give -q -c email -p marketing Ada
	fails 1 crm-set -H consent 1 state=withdrawn
	prints <<<$'1\tmarketing\trefused\tstate: only crm-consent changes it\t1'
	fails 1 crm-set -H consent 1 evidence=none
	crm-undo -q 3 >/dev/null
	holds 'SELECT count(*) FROM consent' <<<0
}

@test "may_contact follows the basis: country, condition, inactive" {
	setup_book
	crm-set -q 1 country=DE
	crm-set -q 2 country=FR
	cat >crm.yaml <<'YAML'
country: DE
purposes:
  marketing:
    basis: opt-out
    when: name <> 'Bob'
    countries: {DE: {basis: opt-in}, US: {basis: none}}
  news: {basis: opt-out}
YAML
	who() {
		ok crm-list -q -w "may_contact('email', '$1')"
	}
	who marketing
	prints </dev/null
	crm-set -q 3 country=FR
	who marketing
	prints <<<3
	crm-set -q 2 country=US
	crm-consent give -q -c email -p marketing Ada
	who marketing
	prints <<<$'1\n2\n3'
	crm-set -q 3 active=0
	who marketing
	prints <<<$'1\n2'
	ok crm-list -q -w "not may_contact('email', 'marketing')"
	prints <<<3
	fails 2 crm-list -w "may_contact('email', 'new')"
	says "crm-list: -w: no purpose 'new' in crm.yaml; did you mean 'news'?"
	fails 2 crm-list -w "may_contact('email')"
	says "crm-list: -w: of contacts, expected may_contact('CHANNEL', 'PURPOSE') at character 1: 'may_contact'"
}

@test "purposes that are declared wrongly are named by their place" {
	setup_book
	declares() {
		printf 'purposes:\n  a: %s\n' "$1" >crm.yaml
		fails 78 crm-config check
		says "crm-config: $PWD/crm.yaml:2:$2"
		prints </dev/null
	}
	declares '{kind: marketing}' '6: purposes.a.basis: opt-in, opt-out or none is expected'
	declares '{basis: optin}' "14: purposes.*.basis: not opt-in, opt-out or none: 'optin'; did you mean 'opt-in'?"
	declares '{basis: opt-in, when: orders > 1}' '28: purposes.a.when goes with opt-out and none'
	declares '{basis: opt-out, when: oders > 1}' "29: purposes.a: no column 'oders'; did you mean 'orders'?"
	declares '{basis: none, kind: bulk}' "26: purposes.*.kind: not marketing or transactional: 'bulk'"
	declares '{basis: none, countries: {Germany: {basis: opt-in}}}' "41: purposes.a.countries: not a country code: 'Germany'"
	declares '{basis: none, countries: {DE: {}}}' '36: purposes.a.basis: opt-in, opt-out or none is expected'
	declares "{basis: opt-out, when: \"may_contact('email', 'a')\"}" '29: purposes.a.when asks for itself'
	declares 'opt-in' '6: purposes.a: not a map'
}
