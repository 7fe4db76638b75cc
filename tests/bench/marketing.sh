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

# Who of the book may be written to: every second has said yes.
measure_gate() {
	again book.db said.db
	shell said.db "INSERT INTO consent (contact, channel, purpose,
		       state, at)
		SELECT contact, 'email', 'marketing', 'given',
		       '2026-01-05T12:00:00Z'
		  FROM contact WHERE contact % 2 = 0" >/dev/null
	crm-list -d said.db -o contact,name >keys.tsv
	ours() {
		clock "$1" crm-gate -d said.db -c email -p marketing - \
		    <keys.tsv >ours.out
	}
	theirs() {
		clock "$1" bash -c 'crm-body cat <keys.tsv >theirs.out
			sqlite3 -readonly said.db "SELECT contact, state
			FROM consent ORDER BY contact" >/dev/null'
	}
	pair 3 4 "crm-gate of $N rows, against passing them and the consents"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 16
	rm -f ./*.out
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
