# shellcheck shell=bash
# What make bench measures of marketing: audiences.
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
