#!/usr/bin/env bats

load helper.bash

setup_mail() {
	crm-init
	crm-add -q staff login=ann name='Ann Bee' email=ann@our.example >/dev/null
	crm-add -q staff login=bob email=bob@our.example >/dev/null
	crm-add -q name='Ada Lovelace' email=ada@example.org city=London \
	    birthday=1985-03-01 tags=math,vip owner=ann >/dev/null
	crm-add -q name='Zoë Müller, Dr.' email=zoe@example.org \
	    birthday=--03-08 owner=bob >/dev/null
	crm-add -q name=Nobody >/dev/null
	mkdir sent
	cat >mta <<'SH'
#!/bin/bash
# sendmail -t -oi: each message a file; fails as "fail" says: N STATUS
shopt -s nullglob
n=(sent/*)
n=$((${#n[@]} + 1))
echo "$*" >args
if [ -f fail ]; then
	read -r at status <fail
	if [ "$n" -ge "$at" ]; then
		[ "$status" != kill ] || kill -KILL "$PPID"
		[ "$status" != kill ] || { cat >sent/$n; exit 0; }
		exit "$status"
	fi
fi
cat >sent/$n
SH
	chmod +x mta
	cat >crm.yaml <<YAML
mail:
  from: '"Büro, Süd" <office@our.example>'
  sendmail: $PWD/mta --account x
due:
  birthday: { ahead: [7, 0], again: never }
YAML
	printf 'Subject: hello {{name}}\n\nDear {{name}} of {{city|your town}}\n' >t
	printf 'Subject: Happy birthday, {{name}}\n\nHappy birthday!\n' >birthday.tmpl
}

# count FOLDER: of the files in it.
count() {
	find "$1" -type f | wc -l
}

# parse FILE: what Python's email makes of an mbox, or of a message.
parse() {
	python3 - "$1" <<'PY'
import email, email.policy, mailbox, re, sys
name = sys.argv[1]
text = open(name, 'rb').read()
if text.startswith(b'From '):
    all = [m.as_bytes() for m in mailbox.mbox(name, create=False)]
else:
    all = [text]
for raw in all:
    for line in raw.split(b'\n'):
        assert len(line) <= 78, line
        assert not re.match(b'>*From ', line), line
    m = email.message_from_bytes(raw, policy=email.policy.default)
    assert not m.defects, m.defects
    for k, v in m.items():
        if k not in ('Message-ID', 'MIME-Version'):
            print(f'{k}: {v}')
        assert not v.defects, (k, v.defects)
    for part in m.walk():
        assert not part.defects, part.defects
        if not part.is_multipart():
            print(f'[{part.get_content_type()}]')
            print(part.get_content(), end='')
PY
}

@test "an mbox of one message a row, with values of the row, then of the contact" {
	setup_mail
	fails 1 bash -c 'crm-list -o contact,name,email | crm-mail -m t -'
	says 'crm-mail: <stdin>:4: no e-mail address'
	printf '%s\n' "$output" >box
	ok parse box
	prints <<'OUT'
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: Ada Lovelace <ada@example.org>
Subject: hello Ada Lovelace
From: "Büro, Süd" <office@our.example>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 7bit
[text/plain]
Dear Ada Lovelace of London
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: "Zoë Müller, Dr." <zoe@example.org>
Subject: hello Zoë Müller, Dr.
From: "Büro, Süd" <office@our.example>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
[text/plain]
Dear Zoë Müller, Dr. of your town
OUT
	ok bash -c "crm-mail -m t 1 | head -1"
	prints <<<'From office@our.example Fri Mar  1 09:00:00 2024'
	ok bash -c "printf '1\n2\n' | crm-mail -m t - | grep -c '^Message-ID: <.*@our.example>$'"
	prints <<<2
	holds 'SELECT count(*) FROM interaction' <<<0
}

@test "text and HTML, lists, sections, quoting of what mailboxes take for theirs" {
	setup_mail
	cat >t <<'T'
From: {{owner}} <office@our.example>
Subject: {{name}}
Reply-To: "{{name}}, care of us" <a@our.example>, b@our.example
X-Note: {{city|}}

From here: {{name}}
>From there
.
a line of more than seventy-eight characters, so that it has to be broken somewhere
trailing blank 
{{#tags}}
* {{tag}}
{{/tags}}
{{^city}}
no city
{{/city}}
--html--
<p title="{{name}}">{{name}} &amp; {{city|<i>nowhere</i>}}</p>
T
	crm-set -q 1 name='A <b> & "c"' >/dev/null
	crm-mail -m t 1 2 >box
	ok parse box
	prints <<'OUT'
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: "A <b> & \"c\"" <ada@example.org>
From: ann <office@our.example>
Subject: A <b> & "c"
Reply-To: "A <b> & \"c\", care of us" <a@our.example>, b@our.example
X-Note: London
Content-Type: multipart/alternative; boundary="=_crm"
[text/plain]
From here: A <b> & "c"
>From there
.
a line of more than seventy-eight characters, so that it has to be broken somewhere
trailing blank 
* math
* vip
[text/html]
<p title="A &lt;b&gt; &amp; &quot;c&quot;">A &lt;b&gt; &amp; &quot;c&quot; &amp; London</p>
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: "Zoë Müller, Dr." <zoe@example.org>
From: bob <office@our.example>
Subject: Zoë Müller, Dr.
Reply-To: "Zoë Müller, Dr., care of us" <a@our.example>, b@our.example
Content-Type: multipart/alternative; boundary="=_crm"
[text/plain]
From here: Zoë Müller, Dr.
>From there
.
a line of more than seventy-eight characters, so that it has to be broken somewhere
trailing blank 
no city
[text/html]
<p title="Zoë Müller, Dr.">Zoë Müller, Dr. &amp; <i>nowhere</i></p>
OUT
}

@test "line breaks make no headers, names no recipients, addresses with them are refused" {
	setup_mail
	printf 'Subject: {{what}}\nCc: {{who}} <{{copy}}>\n\nx\n' >t
	{
		printf 'contact\twhat\twho\tcopy\temail\n'
		printf '1\ta\\nBcc: evil@example.org\\r\\n\\nbody\tevil@x.example, "B\tc@our.example\tada@example.org\n'
		printf '1\tb\tB\tc@our.example\ta@example.org\\nBcc: evil@example.org\n'
		printf '1\tb\tB\tc@our.example>,<evil@example.org\tada@example.org\n'
	} >rows
	fails 1 bash -c 'crm-mail -m t --rejects bad - <rows >box'
	ok parse box
	prints <<'OUT'
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: Ada Lovelace <ada@example.org>
Subject: a Bcc: evil@example.org  body
Cc: "evil@x.example, \"B" <c@our.example>
From: "Büro, Süd" <office@our.example>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 7bit
[text/plain]
x
OUT
	cut -f6 bad >why
	diff - why <<'OUT'
error
not an e-mail address: 'a@example.org Bcc: evil@example.org'
Cc: not an address: 'B <"c@our.example>,<evil@example.org">'
OUT
	head -3 bad | cut -f1-5 | diff - <(sed 2d rows | head -3)
}

@test "a row without a value is refused, the others are done" {
	setup_mail
	printf 'Subject: x\n\n{{city}} {{phone|none}}\n' >t
	fails 1 bash -c 'crm-list | crm-mail -m t -'
	says "crm-mail: <stdin>:3: no value of 'city'"
	[ "$(grep -c '^London none' <<<"$output")" = 1 ]
	fails 65 bash -c 'printf "contact\n1\n99\n" | crm-mail -m t -'
	says "crm-mail: <stdin>:3: contact: unknown contact '99'"
	fails 1 bash -c 'printf "contact\n1\n99\n2\n" | crm-mail -m t --keep-going --rejects bad - >box'
	diff - bad <<OUT
contact	error
99	contact: unknown contact '99'
2	no value of 'city'
OUT
	fails 1 crm-mail -m t bob
	says "crm-mail: unknown contact 'bob'"
	fails 65 bash -c 'printf "name\nx\n" | crm-mail -m t -'
	says "crm-mail: <stdin>: neither a column 'city' nor 'contact'"
	ok crm-mail -m t - </dev/null
	prints </dev/null
}

@test "what is wrong with a template is named by its line" {
	setup_mail
	wrong() {
		printf %b "$1" >t
		fails 78 crm-mail -m t 1
		says "crm-mail: $2"
	}
	wrong 'Subject: x\n\n{{#city}}\n' "t:3: no end of '{{city}}'"
	wrong 'Subject: x\n\na\n{{ctiy}}\n' "t:4: unknown field '{{ctiy}}'"
	wrong 'Subject: x\n\na\n--html--\nb\n{{/city}}\n' "t:6: the end of another: '{{city}}'"
	wrong 'Subject: {{nmae}}\n\n' "t:1: unknown field '{{nmae}}'"
	wrong 'Subject: a\nTo: b\n\n' "t:2: 'To' can't be given: it is written by crm-mail"
	wrong 'Subject: a\nsubject: b\n\n' "t:2: a second 'subject'"
	wrong 'Subject: a\nhello\n' 't:2: not a header, nor the empty line behind them'
	wrong 'Subject: a\nCc: b\n\n' "t:2: Cc: not an address: 'b'"
	wrong 'Dear {{name}}\n' "t:1: no header, such as 'Subject: hello'"
	printf 'mail: { domain: "a b" }\n' >crm.yaml
	printf 'Subject: a\n\n' >t
	fails 78 crm-mail -m t 1
	says "crm-mail: no sender: neither 'From' in 't' nor mail.from in crm.yaml"
	printf 'From: a@our.example\n\n' >t
	fails 78 crm-mail -m t 1
	says "crm-mail: $PWD/crm.yaml:1:17: not a domain: 'a b'"
	fails 66 crm-mail -m nothing 1
}

@test "a value of 1 MiB, in a header and in the text" {
	setup_mail
	printf 'Subject: {{what}}\n\n{{what}}\n' >t
	{
		printf 'contact\temail\tname\twhat\n1\tada@example.org\tA\t'
		head -c 1048576 /dev/zero | tr '\0' x
		printf '\n1\tada@example.org\tA\t'
		yes ü | head -524288 | tr -d '\n'
		printf '\n'
	} >rows
	crm-mail -m t - <rows >box
	parse box | awk '{ print length($0), substr($0, 1, 8) }' |
	    awk '$1 > 100000' >parsed
	diff - parsed <<'OUT'
1048585 Subject:
1048576 xxxxxxxx
1048585 Subject:
1048576 üüüü
OUT
}

@test "one message for all rows of a group, in any order, to one of us" {
	setup_mail
	cat >t <<'T'
Subject: {{count}} for {{to_name}}

{{#rows}}
{{what}}: {{name}}, {{city|?}}
{{/rows}}
T
	cat >rows <<'R'
contact	owner	what
2	bob	call
1	ann	write
1	bob	visit
3		rest
2	zed	see
2	ann	mail\tback
R
	fails 1 bash -c 'crm-mail -m t --group owner --to owner --rejects bad - <rows >box'
	ok parse box
	prints <<'OUT'
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: Ann Bee <ann@our.example>
Subject: 2 for Ann Bee
From: "Büro, Süd" <office@our.example>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
[text/plain]
write: Ada Lovelace, London
mail	back: Zoë Müller, Dr., ?
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: bob <bob@our.example>
Subject: 2 for bob
From: "Büro, Süd" <office@our.example>
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
[text/plain]
call: Zoë Müller, Dr., ?
visit: Ada Lovelace, London
OUT
	diff - bad <<'OUT'
contact	owner	what	error
3		rest	no owner
2	zed	see	unknown staff 'zed'
OUT
	fails 1 bash -c 'crm-mail -m t --group what - <rows >box'
	printf 'Subject: x\n\n{{#rows}}{{what}} {{/rows}}\n' >t
	fails 1 bash -c 'crm-mail -m t --group owner - <rows >box'
	says "crm-mail: <stdin>:5: no e-mail address"
	[ "${stderr_lines[1]}" = 'crm-mail: <stdin>:3: rows of several contacts: --to says whom of us they are for' ]
	fails 65 bash -c 'crm-mail -m t --group nothing - <rows'
	says "crm-mail: <stdin>:1: no column 'nothing'"
}

@test "a Maildir, letters and a preview" {
	setup_mail
	ok crm-mail -m t --maildir box 1 2
	prints </dev/null
	[ "$(find box/new -type f | wc -l)/$(find box/tmp box/cur -type f | wc -l)" = 2/0 ]
	for f in box/new/*; do parse "$f"; done >all
	[ "$(grep -c '^Dear' all)" = 2 ]
	printf 'Subject: news\n\n{{name}}\n{{street|}}{{city|}}\n' >t
	ok crm-mail -m t --letter 1 3
	prints <<<$'Ada Lovelace\nLondon\n\fNobody'
	printf 'Dear {{name}}\n' >t
	ok crm-mail -m t --letter 1
	prints <<<'Dear Ada Lovelace'
	printf 'Subject: Grüße, {{name}}\n\nü {{name}}\n' >t
	ok crm-mail -m t --preview 2 1
	prints <<'OUT'
To: Zoë Müller, Dr. <zoe@example.org>
Subject: Grüße, Zoë Müller, Dr.
From: "Büro, Süd" <office@our.example>

ü Zoë Müller, Dr.
OUT
}

@test "the way out is an address of the web or of mail" {
	setup_mail
	echo '  unsubscribe: https://our.example/u?who={{name}}' >>crm.yaml
	sed -i '/unsubscribe/d; s|^mail:|&\n  unsubscribe: "https://our.example/u?who={{name}}"|' crm.yaml
	ok bash -c 'crm-mail -m t 2 | grep ^List-'
	prints <<'OUT'
List-Unsubscribe: <https://our.example/u?who=Zo%C3%AB%20M%C3%BCller%2C%20Dr.>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
OUT
	sed -i 's|unsubscribe: .*|unsubscribe: "<mailto:off@our.example?subject={{contact}}>"|' crm.yaml
	ok bash -c 'crm-mail -m t 2 | grep ^List-'
	prints <<<'List-Unsubscribe: <mailto:off@our.example?subject=2>'
	ok bash -c 'printf "owner\nann\n" | crm-mail -m <(printf "Subject: a\n\n") --to owner - | grep -c ^List-; true'
	prints <<<0
}

@test "the birthday line wishes once, on the day, and misses nobody" {
	setup_mail
	cat >line <<'SH'
crm-due --kind birthday | crm-mail -m birthday.tmpl --send -
SH
	echo '1 75' >fail
	fails 75 bash line
	prints <<OUT
message	name	result	reason	contact	email
1	Ada Lovelace	deferred	'$PWD/mta' ended with status 75: later	1	ada@example.org
	Zoë Müller, Dr.	unchanged	not before 2024-03-08	2	zoe@example.org
OUT
	holds 'SELECT (SELECT count(*) FROM ack), (SELECT count(*) FROM interaction)' <<<$'0\t0'
	rm fail
	ok bash line
	prints <<'OUT'
message	name	result	reason	contact	email
2	Ada Lovelace	sent		1	ada@example.org
	Zoë Müller, Dr.	unchanged	not before 2024-03-08	2	zoe@example.org
OUT
	[ "$(cat args)" = '--account x -t -oi' ]
	ok parse sent/1
	[ "${lines[1]}" = 'To: Ada Lovelace <ada@example.org>' ]
	holds 'SELECT contact, at, channel, direction, subject, substr(body, 1, 13) FROM interaction' \
	    <<<'1	2024-03-01T09:00:00Z	email	out	Happy birthday, Ada Lovelace	Message-ID: <'
	holds 'SELECT due, state FROM ack' <<<$'occasion:1:2024-03-01\tdone'
	crm-due today --again >stale
	ok bash line
	[ "${#lines[@]}" = 2 ]
	[ "$(ls sent)" = 1 ]
	export CRM_NOW=2024-03-08T08:00:00Z
	ok bash line
	prints <<'OUT'
message	name	result	reason	contact	email
3	Zoë Müller, Dr.	sent		2	zoe@example.org
OUT
	crm-due --again 2024-03-08 >again
	ok bash line
	prints <<<$'message\tname\tresult\treason\tcontact\temail'
	[ "$(count sent)" = 2 ]
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	holds 'SELECT count(*) FROM interaction' <<<1
}

@test "the team's morning mail acknowledges what it tells" {
	setup_mail
	crm-add -q task contact=1 title=call due=2024-03-01 >/dev/null
	crm-add -q task contact=2 title=write due=2024-03-01 >/dev/null
	printf 'Subject: {{count}} today\n\n{{#rows}}\n{{what}}: {{contact_name}}\n{{/rows}}\n' >due.tmpl
	line='crm-due | crm-mail -m due.tmpl --group owner --to owner --send -'
	ok bash -c "$line"
	prints <<'OUT'
message	name	result	reason	contact	email
1	Ann Bee	sent			ann@our.example
2	bob	sent			bob@our.example
OUT
	tail -3 sent/1 | diff - <(printf '\nbirthday: Ada Lovelace\ncall: Ada Lovelace\n')
	holds 'SELECT due, state FROM ack ORDER BY due' <<'OUT'
occasion:1:2024-03-01	announced
occasion:2:2024-03-08	announced
task:1	announced
task:2	announced
OUT
	holds 'SELECT count(*) FROM interaction' <<<0
	holds 'SELECT contact, staff, address, state FROM message' <<<$'\t2\tann@our.example\tsent\n\t3\tbob@our.example\tsent'
	ok bash -c "$line"
	prints <<<$'message\tname\tresult\treason\tcontact\temail'
	[ "$(count sent)" = 2 ]
}

# setup_many N: so many more contacts with an address.
setup_many() {
	seq 1 "$1" | awk 'BEGIN { print "name\temail" }
	    { print "N" $1 "\tn" $1 "@example.org" }' | crm-add -q - >/dev/null
	printf 'Subject: news for {{name}}\n\nnews\n' >news
}

@test "killed in the middle and run again, nobody gets it twice" {
	setup_mail
	setup_many 20
	line="crm-list -w \"name like 'N_%' and email is not null\" -o contact,name,email | crm-mail -m news --send -"
	echo '8 kill' >fail
	run -0 bash -c "$line; true"
	[ "$(count sent)" = 8 ]
	holds "SELECT state, count(*) FROM message GROUP BY state ORDER BY state" <<<$'sending\t1\nsent\t7'
	rm fail
	run -1 --separate-stderr bash -c "$line"
	says 'crm-mail: message 8 to n8@example.org of 2024-03-01T09:00:00Z may have been sent or not: it is not sent again'
	[ "$(grep -c unchanged <<<"$output")" = 7 ]
	grep -q $'^\tN8\trefused\tmay have been sent on 2024-03-01: nobody can tell\t11\t' <<<"$output"
	[ "$(grep -h '^To:' sent/* | sort -u | wc -l)" = 20 ]
	[ "$(count sent)" = 20 ]
	holds "SELECT count(*) FROM interaction" <<<19
	fails 1 bash -c "$line"
	[ "$(count sent)" = 20 ]
	ok bash -c "crm-list -w \"name='N8'\" | crm-mail -m news --send --again -"
	[ "$(count sent)" = 21 ]
	export CRM_NOW=2024-03-09T09:00:00Z
	ok bash -c "crm-list -w \"name='N1'\" | crm-mail -m news --send -"
	[ "$(count sent)" = 22 ]
}

@test "a sendmail that fails at the 500th message" {
	setup_mail
	setup_many 502
	line='crm-list -w "name_key > '"'n'"' and email is not null" -o contact,name,email -s contact | grep -v Z | crm-mail -m news --send -'
	echo '500 78' >fail
	run -69 --separate-stderr bash -c "$line"
	says "crm-mail: <stdin>:501: '$PWD/mta' ended with status 78: stopped"
	[ "$(grep -c $'\tsent\t' <<<"$output")" = 499 ]
	rm fail
	ok bash -c "$line"
	[ "$(grep -c $'\tsent\t' <<<"$output")/$(grep -c $'\tunchanged\t' <<<"$output")" = 3/499 ]
	[ "$(grep -h '^To:' sent/* | sort | uniq -d | wc -l)/$(count sent)" = 0/502 ]
}

@test "what sendmail says of an address counts for it, of itself for all" {
	setup_mail
	setup_many 12
	echo '1 67' >fail
	fails 1 crm-mail -m t --send 1
	prints <<OUT
message	name	result	reason	contact	email
1	Ada Lovelace	refused	'$PWD/mta' ended with status 67: there is no such mailbox	1	ada@example.org
OUT
	holds "SELECT value, valid FROM contact_point WHERE contact = 1" <<<$'ada@example.org\t0'
	fails 1 crm-mail -m t --send 1
	[ "${lines[1]}" = $'\tAda Lovelace\trefused\tno e-mail address\t1\t' ]
	echo '1 69' >fail
	fails 69 bash -c 'crm-list -w "contact > 3" | crm-mail -m t --send --rejects bad -'
	says "crm-mail: <stdin>:11: '$PWD/mta' ended with status 69: stopped"
	[ "$(wc -l <bad)" = 11 ]
	holds "SELECT count(*) FROM contact_point WHERE NOT valid" <<<1
	sed -i "s|$PWD/mta|$PWD/none|" crm.yaml
	fails 69 crm-mail -m t --send 2
	says "crm-mail: cannot run '$PWD/none', which mail.sendmail of crm.yaml names"
	holds "SELECT count(*) FROM message" <<<11
	sed -i "s|sendmail: .*|sendmail: ''|" crm.yaml
	fails 78 crm-mail -m t --send 2
}

@test "a campaign goes to its audience, once, and not to those held out" {
	setup_mail
	setup_many 4
	sqlite3 "$CRM_DB" "INSERT INTO campaign (name, type, since, currency) VALUES ('spring', 'brand', '2024-03-01', 'EUR');
	    INSERT INTO audience (campaign, contact, arm, added_at) VALUES (1, 1, 'mail', '2024-03-01T00:00:00Z'), (1, 2, 'control', '2024-03-01T00:00:00Z'), (1, 4, 'mail', '2024-03-01T00:00:00Z')"
	fails 1 crm-mail -m t --send --campaign spring 1 2 4 5
	prints <<'OUT'
message	name	result	reason	contact	email
1	Ada Lovelace	sent		1	ada@example.org
	Zoë Müller, Dr.	refused	in the control arm	2	zoe@example.org
2	N1	sent		4	n1@example.org
	N2	refused	not in the audience of 'spring'	5	n2@example.org
OUT
	holds 'SELECT contact, sent_at FROM audience' <<'OUT'
1	2024-03-01T09:00:00Z
2	
4	2024-03-01T09:00:00Z
OUT
	printf 'Subject: other\n\nx\n' >t
	ok crm-mail -m t --send --campaign spring 4
	[ "${lines[1]}" = $'\tN1\tunchanged\twas sent on 2024-03-01\t4\tn1@example.org' ]
	fails 1 crm-mail -m t --send --campaign none 4
	says "crm-mail: unknown campaign 'none'"
}

@test "what is written is recorded where asked, before it is written" {
	setup_mail
	ok crm-mail -m t --log 1 2
	[ "$(grep -c '^From ' <<<"$output")" = 2 ]
	holds 'SELECT count(*), count(DISTINCT contact) FROM interaction' <<<$'2\t2'
	run -0 --separate-stderr crm-mail -m t --log 1 2
	prints </dev/null
	says 'crm-mail: <stdin>:2: was sent on 2024-03-01'
	crm-undo "$(crm-history -l 1 -H | cut -f1)" >/dev/null
	ok crm-mail -n -m t --log 1
	ok crm-mail -m t --log --maildir box 1
	[ "$(count box/new)" = 1 ]
	ok crm-mail -m t --log --letter 3
	prints <<<'Dear Nobody of your town'
	holds 'SELECT contact, channel FROM interaction ORDER BY contact' <<<$'1\temail\n3\tpost'
	fails 2 crm-mail -m t --log --send 1
	says 'crm-mail: --log does not go with --send or --preview'
	fails 2 crm-mail -m t --letter --send 1
	fails 2 crm-mail -m t
	fails 2 crm-mail 1
	fails 2 crm-mail -m t --campaign x 1
}

@test "a dry run sends nothing; so many a minute and no more" {
	setup_mail
	setup_many 4
	ok bash -c 'crm-list -w "contact > 3" | crm-mail -n -m t --send -'
	[ "$(grep -c $'\tsent\t' <<<"$output")" = 4 ]
	[ -z "$(ls sent)" ]
	holds 'SELECT count(*) FROM message' <<<0
	sed -i 's|^mail:|&\n  rate: 300|' crm.yaml
	start=$(date +%s%N)
	ok bash -c 'crm-list -w "contact > 3" | crm-mail -m t --send -'
	[ $((($(date +%s%N) - start) / 1000000)) -ge 600 ]
	holds 'SELECT count(*) FROM message' <<<4
	sed -i 's|rate: 300|rate: 40|' crm.yaml
	ok bash -c 'crm-list -w "contact in (4, 5)" | crm-mail -m t --send --again -'
	grep -h ^Date: sent/* | sort -u | diff - <(echo 'Date: Fri, 1 Mar 2024 09:00:00 +0000')
	sed -i 's|rate: 40|rate: 0|' crm.yaml
	fails 78 crm-mail -m t --send 1
}

@test "msmtp takes them to a server" {
	setup_mail
	cat >server.py <<'PY'
import socket, threading
listen = socket.create_server(('127.0.0.1', 0))
with open('port.new', 'w') as f:
    print(listen.getsockname()[1], file=f)
import os
os.rename('port.new', 'port')
n = 0
while True:
    c, _ = listen.accept()
    f = c.makefile('rwb', 0)
    f.write(b'220 here\r\n')
    rcpt = []
    for line in f:
        word = line.split()[0].upper() if line.split() else b''
        if word == b'DATA':
            f.write(b'354 go on\r\n')
            n += 1
            with open(f'got/{n}', 'wb') as out:
                for line in f:
                    if line == b'.\r\n':
                        break
                    out.write(line[line.startswith(b'.'):].replace(b'\r\n', b'\n'))
            with open(f'got/{n}.to', 'wb') as out:
                out.write(b' '.join(rcpt) + b'\n')
            f.write(b'250 taken\r\n')
        elif word == b'RCPT' and b'nobody' in line:
            f.write(b'550 no such mailbox\r\n')
        else:
            if word == b'RCPT':
                rcpt.append(line[8:].strip())
            f.write(b'221 bye\r\n' if word == b'QUIT' else b'250 fine\r\n')
            if word == b'QUIT':
                break
    c.close()
PY
	mkdir got
	python3 server.py 3>&- &
	server=$!
	until [ -s port ]; do :; done
	printf 'account x\nhost 127.0.0.1\nport %s\nfrom office@our.example\ntls off\nauth off\nset_date_header off\n' "$(cat port)" >msmtprc
	chmod 600 msmtprc
	sed -i "s|sendmail: .*|sendmail: msmtp -C $PWD/msmtprc -a x|" crm.yaml
	crm-set -q 3 email=nobody@example.org >/dev/null
	printf 'Subject: Grüße an {{name}}\nBcc: copy@our.example\n\n.\nDear {{name}}\n--html--\n<p>ü</p>\n' >t
	fails 1 crm-mail -m t --send --rejects bad 1 2 3
	cut -f2,3 <<<"$output" | diff - <(printf 'name\tresult\nAda Lovelace\tsent\nZoë Müller, Dr.\tsent\nNobody\trefused\n')
	kill "$server"
	diff got/2.to - <<<'<zoe@example.org> <copy@our.example>'
	ok parse got/2
	prints <<'OUT'
Date: Fri, 01 Mar 2024 09:00:00 +0000
To: "Zoë Müller, Dr." <zoe@example.org>
Subject: Grüße an Zoë Müller, Dr.
From: "Büro, Süd" <office@our.example>
Content-Type: multipart/alternative; boundary="=_crm"
[text/plain]
.
Dear Zoë Müller, Dr.
[text/html]
<p>ü</p>
OUT
	[ ! -e got/3 ]
	fails 75 crm-mail -m t --send --again 1
}
