#!/usr/bin/env bats
# As cron runs it: hardly an environment, no terminal, closed descriptors.

load helper.bash

# What each command is given: a line for each there is; one that has none
# here is asked for its help.  None reads standard input.
words() {
	case $1 in
	crm) echo list -l 1 ;;
	crm-add) echo "name=New$2" ;;
	crm-asof) echo today -- "$B/bin/crm-list" ;;
	crm-assign) echo 1 ann ;;
	crm-check | crm-due | crm-history | crm-list) ;;
	crm-config) echo get currency ;;
	crm-consent) echo give -c email -p marketing 1 ;;
	crm-done) echo 1 ;;
	crm-export) echo --all ;;
	crm-find) echo Ada ;;
	crm-gate) echo -c meeting -p service 1 ;;
	crm-link) echo 1 spouse 2 ;;
	crm-log) echo 1 -c call -- hello ;;
	crm-set) echo "1 note=$2" ;;
	crm-show) echo 1 ;;
	crm-since) echo "--cursor=cursor$2" ;;
	crm-sql) echo 'SELECT(1)AS(one)' ;;
	crm-tag) echo "add t$2 1" ;;
	*) echo --help ;;
	esac
}

book() {
	crm-init
	crm-add -q staff login=ann >/dev/null
	printf 'name\towner\tbirthday\nAda\tann\t1990-03-01\nBob\tann\t--03-08\n' |
	    crm-add -q - >/dev/null
	crm-add -q task contact=1 title=call due=2024-02-27 >/dev/null
	sqlite3 "$CRM_DB" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	cp "$CRM_DB" before.db
}

fresh() {
	rm -f "$CRM_DB"-* cursor*
	cp before.db "$CRM_DB"
}

# sh closes what it is told to, and becomes the command.
closed() {
	# shellcheck disable=SC2016
	"${wrap[@]}" sh -c 'exec "$@"'" $1" sh "${@:2}" >out 2>err </dev/null
}

@test "closed descriptors harm no command and no database" {
	book
	for path in "$B"/bin/crm*; do
		c=${path##*/}
		read -ra args <<<"$(words "$c" 1)"
		fresh
		usual=0
		closed '' "$c" "${args[@]}" || usual=$?
		mv out usual.out
		sqlite3 "$CRM_DB" .dump >usual.dump
		for close in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' \
		    '>&- 2>&-' '<&- >&- 2>&-'; do
			fresh
			status=0
			closed "$close" "$c" "${args[@]}" || status=$?
			echo "$c ${args[*]} $close: $status, usually $usual"
			if [[ $close = *' >'* || $close = '>'* ]]; then
				[ ! -s out ]
				[ "$status" = "$usual" ] || [ "$status" = 74 ]
				[ "$status" = 74 ] || [ ! -s usual.out ]
			else
				[ "$status" = "$usual" ]
				cmp out usual.out
			fi
			sqlite3 "$CRM_DB" .dump | cmp - usual.dump
		done
	done
}

@test "without home, language, terminal or path all is as at a terminal" {
	book
	for path in "$B"/bin/crm*; do
		c=${path##*/}
		read -ra args <<<"$(words "$c" 1)"
		fresh
		usual=0
		LANG=C.UTF-8 "${wrap[@]}" "$c" "${args[@]}" >usual.out \
		    2>usual.err </dev/null || usual=$?
		fresh
		status=0
		bare PATH=/usr/bin:/bin CRM_DB="$CRM_DB" CRM_NOW="$CRM_NOW" \
		    setsid -w "${wrap[@]}" "$path" "${args[@]}" >out 2>err \
		    </dev/null || status=$?
		echo "$c ${args[*]}: $status, usually $usual"
		[ "$status" = "$usual" ]
		cmp out usual.out
		cmp err usual.err
	done
}

@test "without home and without a database named there is a message" {
	run -66 --separate-stderr bare "${wrap[@]}" crm-list
	says 'crm-list: no database: set CRM_DB or give -d FILE'
}

@test "two runs at once announce each thing once" {
	book
	awk 'BEGIN { print "name\tbirthday"
		for (i = 0; i < 500; i++) print "N" i "\t1980-03-01" }' |
	    crm-add -q - >/dev/null
	for run in 1 2 3; do
		bare CRM_DB="$CRM_DB" CRM_NOW="$CRM_NOW" "${wrap[@]}" \
		    crm-due -q --ack >"mail$run" 2>"said$run" 3>&- &
	done
	wait
	[ "$(cat said?)" = '' ]
	cat mail? | sort >all
	[ "$(wc -l <all)" = 503 ]
	[ -z "$(uniq -d all)" ]
	holds 'SELECT count(*), count(DISTINCT due) FROM ack' <<<$'503\t503'
}
