# shellcheck shell=bash
# What make bench measures of marketing: sets, who may be contacted, mail,
# audiences.
# shellcheck disable=SC2154,SC2317 # run.sh sets the names, pair calls ours

# The keys of the book into an audience, two thirds of it in one arm.
measure_campaign() {
	again book.db split.db
	crm-campaign new -q -d split.db spring type=leads arms=a:2,control:1 \
	    >/dev/null
	shell split.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	crm-list -d split.db -o contact >keys.tsv
	before_ours() { again split.db ours.db; }
	before_theirs() { again split.db theirs.db; }
	ours() {
		clock "$1" crm-campaign add -q -d ours.db spring - \
		    <keys.tsv >/dev/null
	}
	theirs() {
		clock "$1" sqlite3 -bail theirs.db "$durable
			BEGIN IMMEDIATE;
			INSERT INTO audience
			    (audience, campaign, contact, wave, arm, added_at)
			SELECT contact, 1, contact, 1,
			    iif(contact % 3, 'a', 'control'),
			    '2026-11-23T09:00:00Z'
			FROM contact;
			COMMIT"
	}
	pair 3 1.5 "crm-campaign add of $N contacts"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
}

# Their rows through the gate, half of them with consent.
measure_gate() {
	again book.db gate.db
	crm-list -d gate.db >rows.tsv
	awk -F'\t' 'NR == 1 || $1 % 2' rows.tsv | crm-consent give -q \
	    -d gate.db -c email -p marketing - >/dev/null
	awk -F'\t' 'NR == 1 || $1 % 2 == 0' rows.tsv | crm-consent withdraw -q \
	    -d gate.db -c email -p marketing - >/dev/null
	shell gate.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	ours() {
		clock "$1" crm-gate -d gate.db -c email -p marketing - \
		    <rows.tsv >/dev/null
	}
	theirs() {
		clock "$1" bash -c 'crm-body cat <rows.tsv
			sqlite3 -tabs gate.db "SELECT contact, channel,
			    purpose, state FROM consent"' >/dev/null
	}
	pair 5 4 "crm-gate, $N rows"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 32
}

measure_segment() {
	cat >crm.yaml <<-'YAML'
		segments:
		  paris: {where: "city in ('Paris', 'Wien') and active = 1"}
	YAML
	ours() {
		CRM_CONFIG=crm.yaml clock "$1" crm-segment list paris \
		    -d book.db -o contact -H >ours.out
	}
	theirs() {
		clock "$1" sqlite3 -readonly -tabs book.db "SELECT contact
			FROM contact WHERE (city IN ('Paris', 'Wien')
			AND active = 1) ORDER BY contact" >theirs.out
	}
	pair 3 1.3 "crm-segment of $N contacts"
	cmp -s ours.out theirs.out ||
		echo 'crm-segment: the outputs differ' >&2
	rm -f ./*.out crm.yaml
}

# A tenth of the book, since mailboxes are large: messages a second.
measure_mail() {
	local n=$((N / 10))
	cat >news.tmpl <<-'TMPL'
		From: a@example.org
		Subject: News, {{name}}

		Dear {{name}},

		here is what is new in {{city|your town}}.
	TMPL
	crm-list -d book.db -o contact,name,email,city -l "$n" >rows.tsv
	ours() {
		clock "$1" crm-mail -d book.db -m news.tmpl - \
		    <rows.tsv >ours.out 2>/dev/null || :
	}
	theirs() { clock "$1" sleep "$(awk "BEGIN { print $n / 50000 }")"; }
	pair 3 1 "crm-mail of $n to a mailbox, against 50,000 a second"
	rm -f ./*.out news.tmpl
}
