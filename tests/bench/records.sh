# shellcheck shell=bash
# What make bench measures of records: adding, listing, finding, history.
# shellcheck disable=SC2154,SC2317 # run.sh sets the names, pair calls ours

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

instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" \
	    2>&1 >/dev/null | awk '/Collected/ { print $NF / 1000000 }'
}

measure_start() {
	local columns=contact,name,stage,owner
	ours() {
		clock "$1" crm-list -d book.db -o "$columns" \
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
	    "$(instructions crm-list -d book.db -o "$columns" \
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
	ours() { clock "$1" crm-list -d book.db -o "$columns" >ours.out; }
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
