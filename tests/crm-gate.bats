#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	email	phone	country	zone	street	city
Ada	ada@example.org	+49 30 123456	DE	Europe/Berlin	Allee 1	Berlin
Bob	bob@mail.example.com		FR			Paris
Cy				Asia/Tokyo		
Dee	dee@example.net	+49 30 654321			Ring 2	
TSV
}

# refused < WANTED: contact and reason of those who did not pass.
refused() {
	diff -u - <(cut -f1,"$(head -n 1 no.tsv | tr '\t' '\n' | wc -l)" no.tsv)
}

@test "who may be contacted passes, the others are rejected with the reason" {
	setup_book
	crm-consent give -q -c email -p marketing Ada Bob Cy
	crm-consent withdraw -q -c email -p marketing --at -1h Dee
	CRM_NOW=2024-03-02 crm-consent withdraw -q -c email -p marketing Bob
	CRM_NOW=2024-03-03 ok bash -c 'crm-list -o contact,name,city | crm-gate -c email -p marketing --rejects no.tsv -'
	prints <<'OUT'
contact	name	city
1	Ada	Berlin
OUT
	diff -u - no.tsv <<'TSV'
contact	name	city	reason
2	Bob	Paris	marketing is opt-in: consent to email withdrawn
3	Cy		no valid e-mail address
4	Dee		marketing is opt-in: consent to email withdrawn
TSV
}

@test "rows pass byte for byte, in their order, whatever else they hold" {
	setup_book
	printf 'x\tcontact\ty\r\n\\tq\t2\t\\N\r\n é"\tAda\t\r\n0\t1\t\\\\\r\n' >in.tsv
	ok bash -c 'crm-gate -c email -p service - <in.tsv >out.tsv'
	cmp in.tsv out.tsv
	printf 'dee@example.net\n1\n1\n' >list
	ok bash -c 'crm-gate -c email -p service - <list >out.tsv'
	cmp list out.tsv
	ok bash -c 'printf "contact\n2" | crm-gate -c email -p service -'
	prints <<<$'contact\n2'
	ok crm-gate -c email -p service - </dev/null
	prints </dev/null
	ok bash -c 'crm-list -o name,contact | crm-gate -q -c email -p service -'
	prints <<<$'1\n2\n4'
	ok bash -c 'crm-list -o name,contact | crm-gate -H -c email -p service -'
	prints <<<$'Ada\t1\nBob\t2\nDee\t4'
}

@test "the status is 0 even when nobody passes, and a bare list is rejected with a header" {
	setup_book
	ok bash -c 'crm-list -q | crm-gate -c email -p marketing --rejects no.tsv -'
	prints </dev/null
	diff -u - no.tsv <<'TSV'
contact	reason
1	marketing is opt-in: no consent to email
2	marketing is opt-in: no consent to email
3	marketing is opt-in: no consent to email
4	marketing is opt-in: no consent to email
TSV
	ok bash -c 'crm-list -o contact | crm-gate -c email -p marketing -'
	prints <<<contact
	ok bash -c 'crm-list -o contact | crm-gate --quiet-empty -c email -p marketing -'
	prints </dev/null
}

@test "contacts are named too, and --count tells how many and why" {
	setup_book
	crm-consent ask -q -c email -p marketing Bob
	crm-consent give -q -c email -p marketing Ada
	run -0 --separate-stderr crm-gate -c email -p marketing --count --rejects no.tsv Bob ada@example.org 3 Dee
	prints <<<$'contact\tname\n1\tAda'
	diff -u - <(echo "$stderr") <<'TSV'
reason	contacts
may be contacted	1
marketing is opt-in: consent to email only asked for	1
marketing is opt-in: no consent to email	2
TSV
	refused <<'TSV'
contact	reason
2	marketing is opt-in: consent to email only asked for
3	marketing is opt-in: no consent to email
4	marketing is opt-in: no consent to email
TSV
	fails 1 crm-gate -c email -p marketing Ada Zoe
	prints </dev/null
	says "crm-gate: unknown contact 'Zoe'"
}

@test "one bad row, and nothing passes" {
	setup_book
	fails 65 crm-gate -c email -p service - <<<$'contact\n1\n99\n2'
	prints </dev/null
	says "crm-gate: <stdin>:3: contact: unknown contact '99'"
	fails 65 crm-gate -c email -p service - <<<$'contact\tn\n1'
	says 'crm-gate: <stdin>:2: 1 field, expected 2'
	fails 65 crm-gate -c email -p service - <<<$'name\nAda'
	says "crm-gate: <stdin>:1: no column 'contact'"
	fails 65 crm-gate -c email -p service - <<<$'contact\n\n'
	prints </dev/null
	fails 73 crm-gate -c email -p service --rejects none/no.tsv 1
}

@test "an old number leads to the contact that it became" {
	setup_book
	crm-add -q alias ref=old:7 entity=contact item=1 >/dev/null
	ok crm-gate -q -c email -p service - <<<$'contact\nold:7'
	prints <<<1
}

@test "wrong words are refused" {
	setup_book
	wrong() {
		local message=$1
		shift
		fails 2 crm-gate "$@"
		says "crm-gate: $message"
	}
	wrong 'expected -c CHANNEL and -p PURPOSE' -c email 1
	wrong 'expected -c CHANNEL and -p PURPOSE' -p service 1
	wrong "-c: no channel 'mail' in crm.yaml" -c mail -p service 1
	wrong "-p: no purpose 'servce' in crm.yaml; did you mean 'service'?" -c email -p servce 1
	wrong "expected either contacts or '-'" -c email -p service
	wrong "expected either contacts or '-'" -c email -p service 1 -
	wrong "no field is expected: 'x='" -c email -p service 1 x=1
	wrong 'rows of a stream pass as they are: -t and -j go with contacts that are named' -c email -p service -j -
	fails 1 crm-gate -c email -p service --campaign spring 1
	says "crm-gate: unknown campaign 'spring'"
}

@test "a way to reach them is needed: address, phone, street and city" {
	setup_book
	try() {
		ok crm-gate -q -c "$1" -p service --rejects no.tsv 1 2 3 4
	}
	try call
	prints <<<$'1\n4'
	refused <<<$'contact\treason\n2\tno valid phone\n3\tno valid phone'
	try text
	prints <<<$'1\n4'
	try post
	prints <<<1
	refused <<<$'contact\treason\n2\tno valid postal address\n3\tno valid postal address\n4\tno valid postal address'
	crm-add -q contact_point contact=3 kind=post value='Box 7' >/dev/null
	try post
	prints <<<$'1\n3'
	try meeting
	prints <<<$'1\n2\n3\n4'
	crm-set -q contact_point 1 valid=0
	try email
	prints <<<$'2\n4'
	crm-add -q contact_point contact=1 kind=email value=a@example.net >/dev/null
	try email
	prints <<<$'1\n2\n4'
}

@test "who is inactive stays out, whatever it is for" {
	setup_book
	crm-set -q 1 active=0
	ok crm-gate -q -c email -p service --rejects no.tsv 1 2
	prints <<<2
	refused <<<$'contact\treason\n1\tinactive'
}

@test "the basis depends on the country and on a condition" {
	setup_book
	cat >crm.yaml <<'YAML'
country: DE
purposes:
  marketing:
    basis: opt-out
    countries: {DE: {basis: opt-in}, FR: {basis: opt-out, when: orders >= 1}}
YAML
	crm-set -q 3 email=cy@example.org country=IT
	ok crm-gate -q -c email -p marketing --rejects no.tsv 1 2 3 4
	prints <<<3
	refused <<'TSV'
contact	reason
1	marketing is opt-in in DE: no consent to email
2	marketing is opt-out only when orders >= 1 in FR: no consent to email
4	marketing is opt-in in DE: no consent to email
TSV
	crm-add -q product name=P price=5 >/dev/null
	crm-sell -q Bob P >/dev/null
	ok crm-gate -q -c email -p marketing 1 2 3 4
	prints <<<$'2\n3'
	crm-consent withdraw -q -c email -p marketing Bob
	ok crm-gate -q -c email -p marketing --rejects no.tsv 2
	refused <<<$'contact\treason\n2\tmarketing is opt-out in FR: consent to email withdrawn'
}

@test "caps count what campaigns sent, in days of the calendar" {
	setup_book
	cat >crm.yaml <<'YAML'
purposes: {marketing: {basis: none}, service: {basis: none, kind: transactional}}
gate: {caps: [{messages: 2, within: 30d}, {messages: 1, within: 7d, brand: same}]}
YAML
	for c in spring:Acme summer:Acme autumn:Zeta; do
		crm-campaign new -q "${c%:*}" type=brand channel=email brand="${c#*:}" since=2024-01-01 >/dev/null
		crm-campaign add -q "${c%:*}" Ada Bob >/dev/null
	done
	crm-campaign new -q plain type=brand since=2024-01-01 >/dev/null
	crm-campaign sent -q spring --at 2024-02-01 Ada >/dev/null
	crm-campaign sent -q autumn --at 2024-02-28 Ada Bob >/dev/null
	passes() {
		ok crm-gate -q -c email "$@" --rejects no.tsv 1 2 4
	}
	passes -p marketing
	prints <<<$'2\n4'
	refused <<<$'contact\treason\n1\tcontact pressure: 2 messages within 30d'
	CRM_NOW=2024-03-02 passes -p marketing
	prints <<<$'1\n2\n4'
	passes -p marketing --campaign autumn
	prints <<<4
	refused <<<$'contact\treason\n1\tcontact pressure: 2 messages within 30d\n2\tcontact pressure: 1 message of this brand within 7d'
	passes -p marketing --campaign summer
	prints <<<$'2\n4'
	passes -p marketing --campaign plain
	prints <<<$'2\n4'
	passes -p service --campaign autumn
	prints <<<$'1\n2\n4'
}

@test "quiet hours are those of the contact's zone, else ours" {
	setup_book
	cat >crm.yaml <<'YAML'
zone: America/New_York
purposes: {marketing: {basis: none}, service: {basis: none, kind: transactional}}
gate: {quiet: 21:00-08:00}
YAML
	crm-set -q 3 email=cy@example.org
	passes() {
		CRM_NOW=2024-03-01T$1Z ok crm-gate -q -c "$2" -p "$3" --rejects no.tsv 1 2 3
	}
	passes 11:59 email marketing
	prints <<<$'1\n3'
	refused <<<$'contact\treason\n2\tquiet hours: 21:00-08:00'
	passes 13:00 email marketing
	prints <<<$'1\n2'
	refused <<<$'contact\treason\n3\tquiet hours in Asia/Tokyo: 21:00-08:00'
	passes 20:00 email marketing
	prints <<<2
	passes 02:00 email marketing
	prints <<<3
	passes 02:00 email service
	prints <<<$'1\n2\n3'
	passes 02:00 post marketing
	prints <<<1
	sed -i 's/quiet: .*/quiet: 12:00-13:00}/' crm.yaml
	passes 17:30 email marketing
	prints <<<$'1\n3'
}

@test "to suppressed domains and those below them nothing goes, by e-mail" {
	setup_book
	cat >crm.yaml <<'YAML'
purposes: {service: {basis: none, kind: transactional}}
gate: {suppressed: [Example.COM, ample.org]}
YAML
	ok crm-gate -q -c email -p service --rejects no.tsv 1 2 4
	prints <<<$'1\n4'
	refused <<<$'contact\treason\n2\tsuppressed domain: example.com'
	ok crm-gate -q -c call -p service 1 4
	prints <<<$'1\n4'
	crm-add -q contact_point contact=1 kind=email value=a@example.com preferred=1 >/dev/null
	ok crm-gate -q -c email -p service 1 4
	prints <<<4
}

@test "a gate that is declared wrongly is named by its place" {
	setup_book
	declares() {
		printf 'gate:\n  %s\n' "$1" >crm.yaml
		fails 78 crm-config check
		says "crm-config: $PWD/crm.yaml:2:$2"
	}
	declares 'caps: [{messages: 0, within: 1d}]' "21: gate.caps[].messages: not a number of messages, 1 to 1000: '0'"
	declares 'caps: [{messages: 1}]' '10: gate.caps: within is expected, a step such as 30d'
	declares 'caps: [{within: 1d}]' '10: gate.caps: messages is expected, a number above 0'
	declares 'caps: [{messages: 1, within: 1d, brand: other}]' "43: gate.caps[].brand: not any or same: 'other'"
	declares 'quiet: 21-8' "10: gate.quiet: not hours such as 21:00-08:00: '21-8'"
	declares 'quiet: 08:00-08:00' "10: gate.quiet: not hours such as 21:00-08:00: '08:00-08:00'"
	declares 'suppressed: [me@example.org]' "16: gate.suppressed: not a domain: 'me@example.org'"
}

@test "order and gaps of the stream make no difference" {
	crm-init
	awk 'BEGIN { print "name\temail"; for (i = 1; i <= 9000; i++) print "N" i "\tn" i "@example.org" }' |
	    crm-add -q - >/dev/null
	awk 'BEGIN { print "contact"; for (i = 1; i <= 9000; i++) if (i % 7 && i % 1000 > 300) print i }' |
	    crm-consent give -q -c email -p marketing - >want
	crm-list -q >all
	crm-gate -c email -p marketing - <all >got
	cmp want got
	crm-gate -c email -p marketing - < <(tac all) | tac >got
	cmp want got
	shuf --random-source=all all >mixed
	crm-gate -c email -p marketing - <mixed | sort -n >got
	cmp want got
	crm-gate -c email -p marketing - < <(awk '{ print; print }' all) | uniq >got
	cmp want got
	crm-gate -c email -p marketing - < <(awk 'NR % 13 == 1' all) >got
	awk '$1 % 13 == 1' want | cmp - got
	crm-list -q -w "may_contact('email', 'marketing')" >got
	cmp want got
}

@test "a reason is a field of TSV, whatever stands in the database" {
	setup_book
	cat >crm.yaml <<'YAML'
purposes:
  marketing: {basis: none}
  odd: {basis: opt-out, when: "name = 'a\\tb\nc'"}
gate: {quiet: 00:00-23:59}
YAML
	sqlite3 "$CRM_DB" "UPDATE contact SET zone = 'x' || char(27, 9, 10) || '\' WHERE contact = 1"
	ok crm-gate -c email -p marketing --rejects no.tsv 1
	refused <<<$'contact\treason\n1\tquiet hours in x\\\\x1b\\\\x09\\\\x0a\\\\: 00:00-23:59'
	ok crm-fmt csv <no.tsv
	ok crm-gate -c email -p odd --rejects no.tsv 1
	refused <<<$'contact\treason\n1\todd is opt-out only when name = \'a\\\\tb\\\\x0ac\': no consent to email'
	ok crm-fmt csv <no.tsv
}

@test "it takes no lock and writes nothing" {
	setup_book
	sha256sum crm.db >before
	flock -x crm.db-lock true
	ok flock -x crm.db-lock crm-gate -q -c email -p service 1
	prints <<<1
	sha256sum --quiet -c before
}

@test "an audience is what passes; cron greets who may be greeted" {
	setup_book
	crm-consent give -q -c email -p marketing Ada
	crm-campaign new -q spring type=brand channel=email >/dev/null
	ok bash -c 'crm-list | crm-gate -c email -p marketing - | crm-campaign add -q spring -'
	prints <<<1
	crm-set -q 1 birthday=1990-03-01
	crm-set -q 2 birthday=1991-03-01
	crm-consent withdraw -q -c email -p personal Bob
	ok bash -c 'crm-due | awk -F"\t" "NR == 1 || /birthday/" | crm-gate -q -c email -p personal -'
	prints <<<1
}
