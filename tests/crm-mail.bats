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
