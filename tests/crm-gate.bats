#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	printf 'name\temail\tphone\tcountry\tactive\tstreet\tzone\nAda\tada@example.org\t\tDE\t1\t\t\nBob\tbob@mail.example.com\t\tFR\t1\tRue 1\t\nCy\t\t+49 30 2000001\tDE\t1\t\t\nDee\tdee@example.org\t\tDE\t0\t\t\nEve\teve@example.org\t\tUS\t1\t\tAsia/Tokyo\n' |
	    crm-add -q - >/dev/null
	crm-consent give -q -c email -p marketing 1 2 3 4 5 >/dev/null
}

# gated PURPOSE [OPTION...]: names that pass, and the others' reasons.
gated() {
	crm-list -o name,contact | crm-gate -c email -p "$@" --rejects out - |
	    tail -n +2 | cut -f1
	tail -n +2 out | cut -f1,3
}

@test "rows pass as they are, in their order; the others go with a reason" {
	setup_book
	crm-consent withdraw -q -c email -p marketing Eve >/dev/null
	printf 'x\tcontact\tname\na\\tb\t5\tEve\n\\\\\t1\tAda \n\t3\tCy\nc\t4\tDee\n' >in
	ok bash -c 'crm-gate -c email -p marketing --rejects out - <in'
	prints <<<$'x\tcontact\tname\n\\\\\t1\tAda '
	diff out - <<'OUT'
x	contact	name	reason
a\tb	5	Eve	marketing is opt-in: withdrawn for email on 2024-03-01
	3	Cy	has no valid email
c	4	Dee	is inactive
OUT
	ok bash -c 'printf "1\n3\n" | crm-gate -c email -p marketing -'
	prints <<<1
	ok crm-gate -c email -p marketing Ada Cy
	prints <<<$'contact\n1'
	ok crm-gate -c email -p marketing Cy
	prints <<<contact
}

@test "the basis decides who must have said what" {
	setup_book
	crm-consent withdraw -q -c email -p personal Ada >/dev/null
	ok gated personal
	prints <<'OUT'
Bob
Eve
Ada	personal is opt-out: withdrawn for email on 2024-03-01
Cy	has no valid email
Dee	is inactive
OUT
	ok gated existing
	[[ $output == *$'Bob\texisting is opt-out: not for orders >= 1'* ]]
	crm-add -q product name=card >/dev/null
	crm-sell -q Bob product=card amount=5 >/dev/null
	ok gated existing
	[ "${output%%$'\n'*}" = Bob ]
	ok gated service
	[[ $output == $'Ada\nBob\nEve\n'* ]]
	crm-consent ask -q -c text -p marketing Cy >/dev/null
	ok crm-gate -c text -p marketing Cy --rejects out
	diff <(tail -n 1 out) - <<<$'3\tmarketing is opt-in: asked for text on 2024-03-01, not confirmed'
	ok crm-gate -c post -p service Ada Bob
	prints <<<$'contact\n2'
	echo 'purposes: {news: {basis: opt-out, countries: {DE: opt-in}}}' >crm.yaml
	ok gated news
	[[ $output == $'Bob\nEve\nAda\tnews is opt-in: no consent to email'* ]]
}

@test "nobody gets too much, at night, or where it is suppressed" {
	setup_book
	cat >crm.yaml <<'YAML'
gate:
  caps: [{messages: 2, within: 30d}, {messages: 1, within: 30d, brand: same}]
  quiet: 18:00-08:30
  suppressed: [example.com]
YAML
	printf 'name\ttype\tchannel\tbrand\tsince\na\tleads\temail\tred\t2024-01-01\nb\tleads\temail\tblue\t2024-01-01\n' |
	    crm-campaign new -q - >/dev/null
	printf '1\n5\n' | crm-campaign add -q a --at 2024-01-02 - >/dev/null
	printf '1\n' | crm-campaign add -q b --at 2024-01-02 - >/dev/null
	crm-campaign sent -q a --at 2024-02-20T10:00Z 1 >/dev/null
	ok gated marketing
	prints <<'OUT'
Ada
Bob	example.com is suppressed
Cy	has no valid email
Dee	is inactive
Eve	quiet hours: it is 18:00 there
OUT
	ok crm-gate -c email -p marketing --campaign a 1 --rejects out
	diff <(tail -n 1 out) - <<<$'1\t1 messages in 30d of this brand'
	ok crm-gate -c email -p marketing --campaign b 1
	prints <<<$'contact\n1'
	crm-campaign sent -q b --at 2024-02-21T10:00Z 1 >/dev/null
	ok crm-gate -c email -p marketing 1 --rejects out
	diff <(tail -n 1 out) - <<<$'1\t2 messages in 30d'
	ok crm-gate -c email -p service 1 5
	prints <<<$'contact\n1\n5'
	CRM_NOW=2024-03-25T09:00:00Z ok crm-gate -c email -p marketing 1
	prints <<<$'contact\n1'
}

@test "reasons are counted on standard error" {
	setup_book
	run -0 --separate-stderr crm-gate -c email -p marketing --count 1 2 3 4
	prints <<<$'contact\n1\n2'
	[ "$stderr" = $'reason\tcontacts\nopen\t2\ninactive\t1\nunreachable\t1' ]
}

@test "what can't be asked is said" {
	setup_book
	fails 2 crm-gate -c email 1
	fails 2 crm-gate -c fax -p marketing 1
	says "crm-gate: -c: not a channel: 'fax'"
	fails 2 crm-gate -c email -p marketng 1
	says "crm-gate: no purpose 'marketng' in crm.yaml; did you mean 'marketing'?"
	fails 1 crm-gate -c email -p marketing nobody
	fails 1 crm-gate -c email -p marketing --campaign x 1
	fails 65 bash -c 'printf "contact\n1\n9\n" | crm-gate -c email -p marketing -'
	says "crm-gate: <stdin>:3: contact: unknown contact '9'"
	fails 65 bash -c 'printf "name\nAda\n" | crm-gate -c email -p marketing -'
	local wrong
	for wrong in 'gate: {quiet: 25:00-08:00}' 'gate: {caps: [{messages: x, within: 1d}]}' \
	    'purposes: {marketing: {basis: maybe}}' 'purposes: {marketing: {when: "1"}}' \
	    'purposes: {marketing: {basis: opt-out, when: ordrs > 1}}'; do
		echo "$wrong" >crm.yaml
		fails 78 crm-gate -c email -p marketing 1
	done
}

@test "many rows pass in order" {
	crm-init
	seq 3000 | sed 's/.*/P&\tp&@example.org/; 1i name\temail' | crm-add -q - >/dev/null
	seq 1 3 3000 | sed '1i contact' | crm-consent give -q -c email -p marketing - >/dev/null
	ok bash -c 'seq 3000 -1 1 | crm-gate -c email -p service - | cmp - <(seq 3000 -1 1)'
	ok bash -c 'seq 3000 -1 1 | crm-gate -c email -p marketing - | cmp - <(seq 2998 -3 1)'
}
