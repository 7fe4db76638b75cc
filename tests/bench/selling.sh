# shellcheck shell=bash
# What make bench measures of selling: sales, stages, scores, what is next.
# shellcheck disable=SC2154,SC2317 # run.sh sets the names, pair calls ours

# same_steps COMMAND: who came to which stage, by which rule, and why.
same_steps() {
	local steps='SELECT contact, was, stage, rule, evidence
		FROM stage_change ORDER BY contact, stage_change'
	cmp -s <(shell ours.db "$steps") <(shell theirs.db "$steps") ||
		echo "$1: the steps differ" >&2
}

# A shop's sales into the book, by e-mail, with new customers among them, who
# are promoted for it.
measure_sell() {
	again book.db shop.db
	awk 'BEGIN {
		print "name\tprice\tcost"
		for (i = 0; i < 500; i++)
			printf "product %d\t%d.50\t%d.20\n", i, i % 90 + 1,
			    i % 90
	}' | crm-add -q -d shop.db product - >/dev/null
	shell shop.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	awk -v N="$N" -f "$here/sales.awk" first.tsv >sales.tsv
	sed "s/INPUT/sales.tsv/; s/DURABLE/$durable/" \
	    "$here/sales.sql" >import-sales.sql
	before_ours() { again shop.db ours.db; }
	before_theirs() { again shop.db theirs.db; }
	ours() { clock "$1" crm-sell -q -d ours.db - <sales.tsv >/dev/null; }
	theirs() { clock "$1" sqlite3 -bail theirs.db <import-sales.sql; }
	pair 3 1.5 "crm-sell of $N sales among $N contacts"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
	local facts='SELECT count(*), count(DISTINCT contact), sum(amount),
		sum(cost), sum(product) FROM sale'
	[ "$(shell ours.db "$facts")" = "$(shell theirs.db "$facts")" ] ||
		echo 'crm-sell: what is stored differs' >&2
	same_steps crm-sell
}

# A book in which something happened, and rules about it.
make_life() {
	[ ! -e life.db ] || return 0
	again book.db life.db
	shell life.db 'UPDATE contact SET stage = "lead"' \
	    ".read $here/life.sql" \
	    'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$here/life.yaml" .
}

measure_promote() {
	make_life
	before_ours() { again life.db ours.db; }
	before_theirs() { again life.db theirs.db; }
	ours() {
		CRM_CONFIG=life.yaml clock "$1" crm-promote -d ours.db --all \
		    >ours.out
	}
	theirs() { clock "$1" sqlite3 -bail theirs.db <"$here/promote.sql"; }
	pair 3 1.5 "crm-promote --all of $N contacts, 10 interactions each"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
	same_steps crm-promote
}

measure_score() {
	make_life
	crm-list -d life.db -q -l 1000 >keys.tsv
	ours() {
		CRM_CONFIG=life.yaml clock "$1" crm-score -d life.db - \
		    <keys.tsv >ours.out
	}
	theirs() { clock "$1" crm-list -d life.db - <keys.tsv >theirs.out; }
	pair 31 3 'crm-score of 1,000 contacts, against crm-list of them'
}

# The queue of the same book, in which there is more to do.
measure_next() {
	make_life
	again life.db wants.db
	shell wants.db ".read $here/wants.sql" \
	    'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	ours() { clock "$1" crm-next -d wants.db -l 20 >ours.out; }
	theirs() {
		clock "$1" sqlite3 -bail -readonly wants.db \
		    <"$here/next.sql" >theirs.out
	}
	pair 5 2 "crm-next -l 20 among $N contacts, 10 interactions each"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
	cmp -s <(tail -n +2 ours.out | cut -f 1,2,4-9) theirs.out ||
		echo 'crm-next: the queues differ' >&2
}

# What N contacts bought and said, from ten interactions and two sales of
# each, against the same by hand; but an organisation's people are not in it.
make_past() {
	again empty.db "$1"
	"$tests/history" "$1" "$2"
	shell "$1" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
}

# others FILE: its rows that are not about staffed organisations.
others() {
	awk -F '\t' 'NR == FNR { skip[$1]; next }
		!($1 in skip)' staffed.out "$1" | sort -n
}

measure_totals() {
	local columns=contact,orders,revenue,last_contact,touches_90d
	make_past past.db "$N"
	make_past tenth.db $((N / 10))
	ours() { clock "$1" crm-list -d past.db -H -o "$columns" >ours.out; }
	theirs() {
		clock "$1" sqlite3 -readonly -tabs past.db \
		    <"$here/totals.sql" >theirs.out
	}
	pair 3 1.5 "crm-list of $N contacts, what they bought and said"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 16
	crm-sql -d past.db -H 'SELECT contact FROM staffed' >staffed.out
	cmp -s <(others ours.out) <(others theirs.out) ||
		echo 'crm-list of totals: the outputs differ' >&2

	ours() {
		clock "$1" crm-list -d past.db -H -o contact,last_contact \
		    >ours.out
	}
	theirs() {
		clock "$1" sqlite3 -readonly -tabs past.db \
		    "SELECT contact, max(at) FROM interaction
		     WHERE at <= '2026-11-23T09:00:00Z' AND channel <> 'note'
		       AND channel <> 'plan' AND channel <> 'lesson'
		     GROUP BY contact" >theirs.out
	}
	pair 3 1.5 "last contact of $N contacts"

	ours() { clock "$1" crm-list -d past.db -o "$columns" >ours.out; }
	theirs() { clock "$1" crm-list -d tenth.db -o "$columns" >theirs.out; }
	pair 3 12 "crm-list of $N contacts, against a tenth of them"
	rm -f ./*.out
}
