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
	printf 'contact\twhat\twho\tcopy\temail\n' >rows
	printf '1\ta\\nBcc: evil@example.org\\r\\n\\nbody\tevil@x.example, "B\tc@our.example\tada@example.org\n' >>rows
	printf '1\tb\tB\tc@our.example\ta@example.org\\nBcc: evil@example.org\n' >>rows
	printf '1\tb\tB\tc@our.example>,<evil@example.org\tada@example.org\n' >>rows
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
		printf "$1" >t
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
