#!/bin/bash
# make bench: each measure beside its reference in the same minute, in turns.
#
# Prints TSV: measure, ours, reference, ratio, goal, verdict; times are
# medians in milliseconds.  References use the same tables, foreign keys, WAL
# and synchronous=FULL.  N=100000 makes a smaller book, ONLY=PATTERN measures
# what matches.  Goals are for the system's SQLite, OWN=1 sets those for one
# that is compiled in.

set -eu -o pipefail
tests=$B/tests/bench
here=$(cd "$(dirname "$0")" && pwd)
dir=$B/bench
N=${N:-1000000}
ONLY=${ONLY:-.}
export PATH=$B/bin:$PATH LC_ALL=C TZ=UTC CRM_NOW=2026-11-23T09:00:00Z
unset CRM_CONFIG CRM_USER
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"

# clock FILE COMMAND...: run it, append microseconds and KiB to FILE.
clock() { "$tests/clock" "$@"; }

# median COLUMN FILE
median() {
	cut -f "$1" "$2" | sort -n | awk '
		{ v[NR] = $1 }
		END { print v[int((NR + 1) / 2)] }'
}

# row MEASURE OURS REFERENCE GOAL: the ratio of the first two against GOAL.
row() {
	awk -v m="$1" -v a="$2" -v b="$3" -v goal="$4" 'BEGIN {
		r = a / b
		printf "%s\t%.2f\t%.2f\t%.3f\t<= %s\t%s\n", m, a, b, r, goal,
		    r <= goal ? "met" : "missed"
	}'
}

# limit MEASURE VALUE LIMIT: one figure against a limit.
limit() {
	awk -v m="$1" -v a="$2" -v max="$3" 'BEGIN {
		printf "%s\t%.2f\t\t\t<= %s\t%s\n", m, a, max,
		    a <= max ? "met" : "missed"
	}'
}

wanted() { [[ $1 =~ $ONLY ]]; }
# goal SYSTEM OWN: the goal for the SQLite at hand.
goal() { if [ -n "${OWN-}" ]; then echo "$2"; else echo "$1"; fi; }
before_ours() { :; }
before_theirs() { :; }

# pair RUNS GOAL MEASURE: ours and theirs in turns, RUNS times; before_ours
# and before_theirs prepare each run and are not timed.
pair() {
	local i
	rm -f ours.tsv theirs.tsv
	for ((i = 0; i < $1; i++)); do
		before_ours
		ours ours.tsv
		before_theirs
		theirs theirs.tsv
	done
	row "$3" "$(ms ours.tsv)" "$(ms theirs.tsv)" "$2"
	before_ours() { :; }
	before_theirs() { :; }
}

# The median time and the highest memory in a file of clock.
ms() { awk -v us="$(median 1 "$1")" 'BEGIN { print us / 1000 }'; }
mib() { cut -f 2 "$1" | sort -n | awk 'END { print $1 / 1024 }'; }

# again FROM NAME: a copy of a database that nobody has open.
again() {
	rm -f "$2" "$2"-wal "$2"-shm
	cp "$1" "$2"
}

shell() { sqlite3 -bail -batch "$@"; }
durable='PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;'

crm-init -d empty.db >init.log
shell empty.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
"$tests/contacts" "$N" >first.tsv
"$tests/contacts" "$N" $((N + 1)) >second.tsv

printf 'measure\tours\treference\tratio\tgoal\tverdict\n'

measure_add() {
	ours() { clock "$1" crm-add -q -d ours.db - <first.tsv >/dev/null; }
	theirs() { clock "$1" sqlite3 -bail theirs.db <import-first.sql; }
	before_ours() { again empty.db ours.db; }
	before_theirs() { again empty.db theirs.db; }
	sed "s/INPUT/first.tsv/; s/DURABLE/$durable/" \
	    "$here/import.sql" >import-first.sql
	pair 3 0.75 "crm-add of $N contacts, empty database"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
}

measure_upsert() {
	ours() {
		clock "$1" crm-add -q -d ours.db --upsert email - \
		    <second.tsv >/dev/null
	}
	theirs() { clock "$1" sqlite3 -bail theirs.db <import-second.sql; }
	before_ours() { again book.db ours.db; }
	before_theirs() { again book.db theirs.db; }
	sed "s/INPUT/second.tsv/; s/DURABLE/$durable/" \
	    "$here/import.sql" >import-second.sql
	pair 3 1.0 "crm-add --upsert email of $N among $N others"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 128
}

# The book the rest reads: what measure_add loads.
make_book() {
	again empty.db book.db
	crm-add -q -d book.db - <first.tsv >/dev/null
	shell book.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	one=$((N / 2))
}

instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" \
	    2>&1 >/dev/null | awk '/Collected/ { print $NF / 1000000 }'
}

measure_start() {
	local columns=contact,name,stage,owner
	ours() {
		clock "$1" crm-list -d book.db -o $columns \
		    -w "contact=$one" >/dev/null
	}
	theirs() {
		clock "$1" sqlite3 -readonly book.db \
		    "SELECT c.contact, c.name, c.stage, s.login
		     FROM contact AS c
		     LEFT JOIN staff AS s ON s.staff = c.owner
		     WHERE c.contact = $one" >/dev/null
	}
	pair 201 "$(goal 0.75 0.5)" 'crm-list of one contact'
	limit 'instructions of it, millions' \
	    "$(instructions crm-list -d book.db -o $columns \
	        -w "contact=$one")" 6.0
	limit 'instructions to start and open, millions (crm-list staff)' \
	    "$(instructions crm-list -d book.db staff -o login -l 1)" 6.0
}

measure_log() {
	again book.db ours.db
	again book.db theirs.db
	ours() {
		clock "$1" crm-log -d ours.db "$one" channel=call \
		    -- 'asked for a quote' >/dev/null
	}
	theirs() {
		clock "$1" sqlite3 -bail theirs.db "$durable
			BEGIN IMMEDIATE;
			INSERT INTO interaction
			    (contact, at, day, channel, body)
			VALUES ($one, '2026-11-23T09:00:00Z', '2026-11-23',
			    'call', 'asked for a quote');
			INSERT INTO op (at, login, command)
			VALUES ('2026-11-23T09:00:00Z', 'ann', 'crm-log');
			INSERT INTO range (op, entity, first, last)
			SELECT max(op), 'interaction',
			    (SELECT max(interaction) FROM interaction),
			    (SELECT max(interaction) FROM interaction)
			FROM op;
			COMMIT"
	}
	pair 201 "$(goal 0.8 0.65)" 'crm-log of one call'
}

measure_stream() {
	again book.db ours.db
	awk -v n="$N" 'BEGIN {
		OFS = "\t"
		print "contact", "channel", "body"
		for (i = 1; i <= 500; i++)
			print i * 7919 % n + 1, "call", "asked for a quote"
	}' >calls.tsv
	one_call() {
		clock "$1" crm-log -d ours.db "$one" channel=call \
		    -- 'asked for a quote' >/dev/null
	}
	stream() { clock "$1" crm-log -d ours.db - <calls.tsv >/dev/null; }
	# shellcheck disable=SC2016
	each() {
		clock "$1" bash -c 'tail -n +2 calls.tsv |
			while IFS=$'"'\\t'"' read -r contact channel body; do
				crm-log -d ours.db "$contact" \
				    "channel=$channel" -- "$body"
			done' >/dev/null
	}
	rm -f one.tsv stream.tsv each.tsv
	for i in 1 2 3 4 5; do
		one_call one.tsv
		stream stream.tsv
		[ "$i" -gt 3 ] || each each.tsv
	done
	row '500 calls in one crm-log - against 500 processes' \
	    "$(ms stream.tsv)" "$(ms each.tsv)" 0.01
	row '500 calls in one crm-log - against one crm-log' \
	    "$(ms stream.tsv)" "$(ms one.tsv)" 3
}

measure_list() {
	local columns=contact,name,kind,stage,owner,city,source,since
	ours() { clock "$1" crm-list -d book.db -o $columns >ours.out; }
	theirs() {
		clock "$1" sqlite3 -readonly -tabs -header book.db \
		    "SELECT c.contact, c.name, c.kind, c.stage,
		            s.login AS owner, c.city, c.source, c.since
		     FROM contact AS c
		     LEFT JOIN staff AS s ON s.staff = c.owner" >theirs.out
	}
	pair 5 "$(goal 0.85 0.6)" "crm-list of $N contacts, eight columns"
	limit 'peak memory of it, MiB' "$(mib ours.tsv)" 16
	cmp -s ours.out theirs.out || echo 'crm-list: the outputs differ' >&2
}

measure_due() {
	ours() { clock "$1" crm-due -d book.db >ours.out; }
	theirs() {
		clock "$1" sqlite3 -readonly -tabs book.db \
		    "SELECT o.occasion, o.day, c.contact, c.name
		     FROM occasion AS o
		     JOIN contact AS c ON c.contact = o.contact
		     WHERE +o.kind = 'birthday'
		       AND substr(o.day || '', -5) BETWEEN '11-23' AND '11-30'
		     ORDER BY substr(o.day, -5)" >theirs.out
	}
	pair 5 0.1 "crm-due among $N contacts, 7 days ahead"
}

# A shop's sales into the book, by e-mail, with new customers among them.
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
}

# What a bulk add stores is timed against taking it back.
measure_undo() {
	local rows=$((N < 100000 ? N : 100000))
	head -n $((rows + 1)) first.tsv >some.tsv
	cat >some.yaml <<-'YAML'
		entity: contact
		match: [email]
		fields:
		  name: name
		  email: email
		  phone: phone
		  city: city
		  birthday: birthday
		  source: source
	YAML
	before_theirs() { again empty.db undo.db; }
	theirs() {
		clock "$1" crm-import -q -d undo.db some.yaml some.tsv \
		    >/dev/null
	}
	ours() { clock "$1" crm-undo -q -d undo.db 2 >/dev/null; }
	again empty.db undo.db
	theirs first-import.tsv
	pair 3 3 "crm-undo of an import of $rows, against that import"
}

# Among the contacts and a note on each; the first search makes the index.
measure_find() {
	local text
	awk -v n="$N" 'BEGIN {
		OFS = "\t"
		split("asked for a quote:sent the catalogue:no answer:" \
		    "met at the fair:wants prices for cards", said, ":")
		print "contact", "channel", "body"
		for (i = 1; i <= n; i++)
			print i, "note", said[i % 5 + 1] ", letter" i
	}' >notes.tsv
	again book.db ours.db
	rm -f made.tsv log.tsv
	clock log.tsv crm-log -q -d ours.db - <notes.tsv >/dev/null
	clock made.tsv crm-find -d ours.db "letter$one" >/dev/null
	row "first crm-find, of $N contacts and notes, against logging these" \
	    "$(ms made.tsv)" "$(ms log.tsv)" 5
	limit 'peak memory of it, MiB' "$(mib made.tsv)" 128
	for text in "letter$one" 'ada lovelace' "+49 30 $((20000000 + one))"; do
		rm -f show.tsv find.tsv
		for _ in {1..15}; do
			clock show.tsv crm-show -d ours.db "$one" >/dev/null
			# shellcheck disable=SC2086
			clock find.tsv crm-find -d ours.db -l 20 \
			    $text >/dev/null
		done
		limit "crm-find $text, ms (50, or 3 x crm-show)" \
		    "$(ms find.tsv)" "$(awk -v show="$(ms show.tsv)" \
		        'BEGIN { m = 3 * show; print (m > 50 ? m : 50) }')"
	done
}

# turns FILE COMMAND...: eight at once, each 500 processes, and append to
# FILE what tests/race/turns tells; COMMAND may go
# on with those who read.
turns() {
	local to=$1
	shift
	"$tests/../race/turns" 8 "${TURNS:-500}" "$@" >>"$to" ||
		echo "$1: some failed" >&2
}

# Both a bare program that starts a process an INSERT: with a rollback journal
# and sqlite3_busy_timeout, and with a log and a handler that is fair.
measure_writers() {
	local i
	rm -f ours.tsv rollback.tsv wal.tsv listed.tsv
	for i in 1 2 3; do
		again few.db ours.db
		turns ours.tsv crm-log -q -d ours.db 1 -c call \
		    -- 'asked for a quote'
		again few.db theirs.db
		shell theirs.db 'PRAGMA journal_mode = DELETE' >/dev/null
		turns rollback.tsv "$tests/insert" theirs.db 1 rollback
		again few.db theirs.db
		turns wal.tsv "$tests/insert" theirs.db 1 wal
	done
	turns listed.tsv crm-log -q -d ours.db 1 -c call -- again \
	    :: 2 crm-list -q -d ours.db -l 100
	# its seconds for the same work: 1 / 1.8 and 1 / 0.5
	row '8 x 500 crm-log, seconds, against a rollback journal' \
	    "$(median 3 ours.tsv)" "$(median 3 rollback.tsv)" 0.556
	row 'longest wait of it, ms' \
	    "$(median 4 ours.tsv)" "$(median 4 rollback.tsv)" 0.2
	row '8 x 500 crm-log, seconds, against a log' \
	    "$(median 3 ours.tsv)" "$(median 3 wal.tsv)" 2
	limit 'failures of 8 x 500 crm-log and of two who list' \
	    "$(cat ours.tsv listed.tsv |
		awk '{ n += $2 + $6 } END { print n }')" 0
}

# The same program, linked to gather none.
measure_history() {
	ours() { clock "$1" crm-add -q -d ours.db - <first.tsv >/dev/null; }
	theirs() {
		clock "$1" "$tests/unwatched" -q -d ours.db - \
		    <first.tsv >/dev/null
	}
	before_ours() { again empty.db ours.db; }
	before_theirs() { again empty.db ours.db; }
	pair 5 1.15 "crm-add of $N contacts, with history and without"
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
	local steps='SELECT contact, was, stage, rule, evidence
		FROM stage_change ORDER BY contact, stage_change'
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
	cmp -s <(shell ours.db "$steps") <(shell theirs.db "$steps") ||
		echo 'crm-promote: the steps differ' >&2
}

measure_score() {
	make_life
	crm-list -d life.db -q -l 1000 >keys.tsv
	ours() {
		CRM_CONFIG=life.yaml clock "$1" crm-score -d life.db - \
		    <keys.tsv >ours.out
	}
	theirs() { clock "$1" crm-list -d life.db - <keys.tsv >theirs.out; }
	pair 9 3 'crm-score of 1,000 contacts, against crm-list of them'
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
	ours() { clock "$1" crm-list -d past.db -H -o $columns >ours.out; }
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

	ours() { clock "$1" crm-list -d past.db -o $columns >ours.out; }
	theirs() { clock "$1" crm-list -d tenth.db -o $columns >theirs.out; }
	pair 3 12 "crm-list of $N contacts, against a tenth of them"
	rm -f ./*.out
}

if wanted add; then measure_add; fi
make_book
crm-init -d few.db >>init.log
crm-add -q -d few.db name=Ada >/dev/null
shell few.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
for m in start log stream list due sell undo upsert find writers history \
    promote score totals; do
	if wanted $m; then measure_$m; fi
done
rm -f ./*.db ./*.db-* ./*.tsv
