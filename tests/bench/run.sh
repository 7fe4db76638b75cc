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

# A book in which something happened, and rules about it.
make_life() {
	[ ! -e life.db ] || return 0
	again book.db life.db
	shell life.db 'UPDATE contact SET stage = "lead"' ".read $here/life.sql" \
	    'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cat >life.yaml <<-'YAML'
		lifecycle:
		  stages: [lead, prospect, customer, client]
		  exits: [lapsed]
		  promote:
		    - {name: qualified, from: lead, to: prospect, when: "score >= 50 and days_quiet <= 30"}
		    - {name: first order, from: [lead, prospect], to: customer, when: "orders >= 1"}
		    - {name: second order, from: customer, to: client, when: "orders >= 2"}
		    - {name: gone quiet, from: [customer, client], to: lapsed, when: "days_since(last_order) > 365"}
		score:
		  - {name: replied, points: 30, when: "inbound_90d >= 1"}
		  - {name: meeting, points: 25, when: "meetings_90d >= 1"}
		  - {name: silence, points: -1, per: "days_quiet / 7", floor: -20}
	YAML
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

if wanted add; then measure_add; fi
make_book
for m in start log stream list due undo upsert promote score; do
	if wanted $m; then measure_$m; fi
done
rm -f ./*.db ./*.db-* ./*.tsv
