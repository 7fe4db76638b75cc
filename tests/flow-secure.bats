#!/usr/bin/env bats
# What nobody may do: neither a file that somebody else made, nor another
# user, nor the environment.

load helper.bash

# forge SQL: do it to the database, by hand, with all guards off.
forge() {
	sqlite3 "$CRM_DB" '.dbconfig defensive off' \
	    '.dbconfig trusted_schema on' '.dbconfig legacy_alter_table on' \
	    'PRAGMA foreign_keys = 0' 'PRAGMA writable_schema = 1' "$1" >/dev/null
}

# retell NAME FROM TO: in the schema's text of a table or an index.
retell() {
	forge "UPDATE sqlite_schema SET sql = replace(sql, '$2', '$3')
		WHERE name = '$1'"
}

book() {
	crm-init
	crm-add -q name=Ada tags=vip note=x >/dev/null
}

@test "a trigger in a file from elsewhere never fires" {
	book
	forge "CREATE TRIGGER t AFTER INSERT ON contact
		BEGIN DELETE FROM tag; END"
	ok crm-add -q name=Bob
	prints <<<2
	ok crm-list tag -H
	prints <<<$'vip\t'
}

@test "a view calls no function that does more than compute, nor one of ours" {
	book
	forge "DROP VIEW contacts;
		CREATE VIEW contacts AS SELECT load_extension('x') AS name"
	fails 65 crm-sql 'SELECT * FROM contacts'
	[[ $stderr == 'crm-sql: '*load_extension* ]]
	forge "DROP VIEW contacts; CREATE VIEW contacts AS SELECT me() AS name"
	fails 65 crm-sql 'SELECT * FROM contacts'
	says 'crm-sql: unsafe use of me()'
	forge "DROP VIEW contacts;
		CREATE VIEW contacts AS SELECT writefile('owned', 'x') AS name"
	fails 65 crm-sql 'SELECT * FROM contacts'
	[ ! -e owned ]
}

@test "a view does not stand in for a table, to read or to write" {
	book
	forge "DROP VIEW contacts; ALTER TABLE contact RENAME TO real;
		CREATE VIEW contact AS
		WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n)
		SELECT real.* FROM real, n"
	fails 65 crm-list
	says "crm-list: '$CRM_DB' is damaged: its tables are not those of crm"
	prints </dev/null
	fails 65 crm-add name=Bob
	says "crm-add: '$CRM_DB' is damaged: its tables are not those of crm"
}

@test "a file of which a table is gone says so" {
	book
	forge 'DROP TABLE tagging'
	fails 65 crm-add name=Bob tags=vip
	says "crm-add: '$CRM_DB' is damaged: its tables are not those of crm"
}

@test "a rule of a table runs nothing" {
	book
	retell contact 'note       TEXT' \
	    "note TEXT CHECK (load_extension(note) IS NULL)"
	fails 65 crm-add name=Bob note=y
	says "crm-add: '$CRM_DB' is damaged: its tables are not those of crm"
	retell contact 'CHECK (load_extension(note) IS NULL)' \
	    "DEFAULT (writefile(''owned'', ''x''))"
	fails 65 crm-add name=Bob
	[ ! -e owned ]
	retell contact "DEFAULT (writefile(''owned'', ''x''))" 'AS (me())'
	fails 65 crm-list -o note
	fails 65 crm-add name=Bob
	prints </dev/null
}

@test "an index runs nothing" {
	book
	retell contact_by_org 'contact (org)' 'contact (fold(org))'
	fails 65 crm-add name=Bob
	says "crm-add: '$CRM_DB' is damaged: its tables are not those of crm"
	retell contact_by_org 'fold(org)' 'load_extension(org)'
	fails 65 crm-add name=Bob
	prints </dev/null
}

@test "a table of another kind is refused" {
	book
	forge "DELETE FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_tag_%';
		UPDATE sqlite_schema SET rootpage = 0, sql =
		'CREATE VIRTUAL TABLE tag USING dbstat' WHERE name = 'tag'"
	fails 65 crm-list tag
	says "crm-list: '$CRM_DB' is damaged: its tables are not those of crm"
	forge "UPDATE sqlite_schema SET sql =
		'CREATE VIRTUAL TABLE tag USING csv(filename=x)' WHERE name = 'tag'"
	fails 65 crm-list tag
	prints </dev/null
}

@test "what an index is called, or says behind its end, is no statement" {
	book
	forge "DELETE FROM tagging; DELETE FROM contact;
		CREATE INDEX \"x y; DELETE FROM tag\" ON contact (name);
		UPDATE sqlite_schema SET sql = sql || '; DELETE FROM tag'
		 WHERE name = 'contact_by_org'"
	{ echo name; seq -f '%0250.0f' 20000; } >many.tsv
	crm-add -q - <many.tsv | tail -n 1 >last
	[ "$(<last)" = 20001 ]
	holds 'SELECT name FROM tag' <<<vip
	holds "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'contact'
		AND type = 'index'" <<<6
}

@test "a view of views of views is given up, not written out" {
	book
	v='CREATE VIEW v0 AS SELECT 1 AS x;'
	for i in {1..40}; do
		v+="CREATE VIEW v$i AS SELECT a.x FROM v$((i-1)) a, v$((i-1)) b;"
	done
	forge "$v"
	fails 65 crm-sql 'SELECT * FROM v40'
	says 'crm-sql: too many references to "v0": max 65535'
}

@test "permit.forget: one's own people, those of one's team, or nobody" {
	CRM_USER=ann crm-init
	export CRM_USER=ann
	crm-add -q staff login=bob >/dev/null
	crm-add -q name=Ada owner=bob >/dev/null
	echo 'permit: { forget: own }' >crm.yaml
	fails 77 crm-forget Ada
	says "crm-forget: not permitted: permit.forget is 'own', and contact 1 is of 'bob'"
	fails 77 crm-forget --export ada.jsonl Ada
	[ ! -e ada.jsonl ]
	echo 'permit: { forget: nobody }' >crm.yaml
	CRM_USER=bob fails 77 crm-forget Ada
	says "crm-forget: not permitted: permit.forget is 'nobody'"
	echo 'permit: { forget: own }' >crm.yaml
	CRM_USER=bob run -0 crm-forget Ada
}

@test "a command that runs with another's rights refuses to, before anything" {
	count_elsewhere
	chmod 755 . .. ../..
	for c in crm crm-list crm-add crm-body crm-fmt; do
		cp "$B/bin/$c" .
		# a group or a user that is not the caller's
		for mode in 2755 4755; do
			chown nobody:nogroup "./$c"
			chmod $mode "./$c"
			run -77 --separate-stderr setpriv --reuid=1 --regid=1 \
			    --clear-groups "./$c" --help
			says "${c}: refused: it runs with another's rights (setuid, setgid)"
			prints </dev/null
		done
	done
}

@test "a database's name is a name, whatever SQLite would read into it" {
	unset CRM_DB
	for name in ':memory:' 'file:a.db?mode=memory' 'file::memory:' 'a%20?b#c' \
	    $'a\nb.db' -x.db "$PWD//d.db" "/$PWD/e.db"; do
		ok crm-init -d "$name"
		[ -s "$name" ]
		CRM_DB=$name ok crm-add -q name=Ada
		prints <<<1
		ok crm-list -H -d "$name" -o name
		prints <<<Ada
	done
	fails 2 crm-list -d ''
	says 'crm-list: the name of the database is empty'
	fails 2 crm-init -d ''
}

@test "a read-only database is found by any name" {
	count_elsewhere
	unset CRM_DB
	mkdir folder
	for name in 'file:a?b' ':memory:' '%41'; do
		crm-init -d "folder/$name"
		crm-add -q -d "folder/$name" name=Ada >/dev/null
		chmod 444 "folder/$name"
	done
	chmod 755 . .. ../.. "$B/bin"
	cp "$B/bin/crm-list" .
	rm -f folder/*-wal folder/*-shm
	chmod 555 folder
	for name in 'file:a?b' ':memory:' '%41' "..//folder/:memory:"; do
		( cd folder && run -0 setpriv --reuid=1 --regid=1 --clear-groups \
		    ../crm-list -H -o name -d "$name" && [ "$output" = Ada ] )
	done
	run -0 setpriv --reuid=1 --regid=1 --clear-groups ./crm-list -H -o name \
	    -d "/$PWD/folder/%41"
	[ "$output" = Ada ]
}

@test "a link and the database have one lock, one log and one crm.yaml" {
	mkdir real
	crm-init -d real/crm.db
	echo 'currency: USD' >real/crm.yaml
	ln -s real/crm.db link.db
	ok crm-add -q -d link.db name=Ada
	ok env CRM_DB=link.db crm-config get currency
	prints <<<USD
	[ "$(echo link.db*)" = link.db ]
	exec 9>>real/crm.db.lock
	flock 9
	CRM_TIMEOUT=0 fails 75 crm-add -d link.db name=Bob
	says 'crm-add: the database is busy'
}

@test "what is no file is not waited for" {
	crm-init
	mkfifo pipe
	for what in pipe /dev/zero /dev/null .; do
		for c in crm-list 'crm-add name=Ada'; do
			# shellcheck disable=SC2086
			fails 65 timeout 20 $c -d "$what"
			says "${c%% *}: '$what' is not a database"
		done
	done
	CRM_CONFIG=pipe fails 78 timeout 20 crm-due
	says "crm-due: 'pipe' is a pipe, not a file"
	CRM_CONFIG=/dev/zero fails 78 timeout 20 crm-due
	says 'crm-due: /dev/zero:1:1: larger than 256 KiB'
	CRM_CONFIG=/dev/null ok crm-due
	fails 73 timeout 20 crm-init -d pipe
}

@test "without descriptors to spare a command ends with a message" {
	crm-init
	for n in 3 4 5 6 7; do
		( ulimit -n "$n"; exec crm-add name=Ada ) >out 2>err && false
		[ ! -s out ]
		[ -s err ]
	done
	ok crm-list -q
	prints </dev/null
}

# modes FILE...: each name with its mode.
modes() {
	stat -c '%n %a' "$@"
}

@test "files are the owner's alone, whatever the umask" {
	for mask in 000 022 077; do
		umask $mask
		rm -rf own
		ok crm-init -d own/crm.db
		# a reader holds the log open, so that it stays
		sqlite3 own/crm.db 'BEGIN; SELECT count(*) FROM contact;' \
		    '.shell crm-add -q -d own/crm.db name=Ada' >/dev/null
		crm-add -q -d own/crm.db name=Bob >/dev/null
		CRM_DB=own/crm.db run crm-forget Ada
		output=$(modes own own/* | sort)
		grep -vE ' 600$|^own 700$' <<<"$output" && false
		grep -q 'crm.db.lock 600' <<<"$output"
		grep -q 'crm.db.erased 600' <<<"$output"
	done
}

@test "with --group they are the group's, log, lock and all" {
	for mask in 000 022 077; do
		umask $mask
		rm -rf team
		ok crm-init --group -d team/crm.db
		sqlite3 team/crm.db 'BEGIN; SELECT count(*) FROM contact;' \
		    '.shell crm-add -q -d team/crm.db name=Ada' \
		    '.shell stat -c "%n %a" team/crm.db-wal team/crm.db-shm' >seen
		grep -q 'crm.db-wal 660' seen
		grep -q 'crm.db-shm 660' seen
		CRM_DB=team/crm.db run crm-forget Ada
		output=$(modes team team/* | sort)
		grep -vE ' 660$|^team 2770$' <<<"$output" && false
		grep -q 'crm.db.lock 660' <<<"$output"
		grep -q 'crm.db.erased 660' <<<"$output"
	done
}

@test "two of a group write by turns, each with a umask of his own" {
	count_elsewhere
	umask 077
	chmod 755 . .. ../..
	cp "$B/bin/crm-add" "$B/bin/crm-list" .
	chmod 755 crm-add crm-list
	mkdir team
	chgrp 1000 team
	chmod 2770 team
	ok crm-init --group -d team/crm.db
	for uid in 1001 1002 1001; do
		run -0 setpriv --reuid=$uid --regid=$uid --groups=1000 \
		    ./crm-add -q -d team/crm.db name="by $uid"
	done
	run -0 setpriv --reuid=1002 --regid=1002 --groups=1000 \
	    ./crm-list -H -o name -d team/crm.db
	prints <<<$'by 1001\nby 1002\nby 1001'
	# whom /etc/passwd does not know has a number for a name
	CRM_DB=team/crm.db holds 'SELECT login FROM op WHERE op > 1' <<<$'1001\n1002\n1001'
	run -77 --separate-stderr setpriv --reuid=1003 --regid=1003 --clear-groups \
	    ./crm-list -d team/crm.db
	says "crm-list: cannot open the database 'team/crm.db': Permission denied"
}

@test "a folder that is not a group's is said to be none" {
	fails 0 crm-init --group
	says "crm-init: the folder '$PWD/' is not a group's: make it so by chgrp GROUP and chmod 2770"
}

@test "a link where the lock belongs is no trap" {
	crm-init
	crm-add -q name=Ada >/dev/null
	rm -f crm.db.lock
	ln -s "$PWD/victim" crm.db.lock
	fails 74 crm-add name=Bob
	[ ! -e victim ]
	ok crm-list -H -o name
	prints <<<Ada
}

@test "temporary files have no name, or none that one could guess" {
	crm-init
	mkdir tmp
	chmod 700 tmp
	printf 'name\n%s\n' "$(head -c 20000000 /dev/zero | tr '\0' x)" >wide.tsv
	mkfifo pipe
	TMPDIR=$PWD/tmp crm-add -q - <pipe >out &
	exec 9>pipe
	cat wide.tsv >&9
	# all of it is read, none of it has a name
	[ -z "$(ls -A tmp)" ]
	exec 9>&-
	wait $!
	[ "$(<out)" = 1 ]
	[ -z "$(ls -A tmp)" ]
	TMPDIR=$PWD/nosuch fails 73 crm-add -q - < <(cat wide.tsv)
	says "crm-add: cannot make a file in '$PWD/nosuch': No such file or directory"
}

@test "no shell stands between a command and the pager" {
	crm-init
	crm-add -q name=Ada >/dev/null
	# shellcheck disable=SC2016
	PAGER='cat ; touch owned $(touch owned2)' script -qec 'crm-list -o name' /dev/null \
	    >seen </dev/null
	[ ! -e owned ]
	[ ! -e owned2 ]
}

@test "a command's name is a name, not a way to another program" {
	mkdir -p 'crm-..' 'crm-a'
	printf '#!/bin/sh\ntouch owned\n' >'crm-a/b'
	chmod 755 crm-a/b
	fails 2 crm a/b
	says "crm: no command 'a/b'"
	ok crm-complete -- crm a/b -
	ok crm-complete -- crm-a/b -
	[ ! -e owned ]
}

@test "CRM_USER is a name that can be shown" {
	crm-init
	for user in $'a\nb' $'\xff' $'\e[31m'; do
		CRM_USER=$user fails 2 crm-add name=Ada
		[[ $stderr == "crm-add: CRM_USER is not a name: '"* ]]
		prints </dev/null
	done
	CRM_USER=Zoë ok crm-add -q name=Ada
	holds 'SELECT who FROM op WHERE op = 2' <<<Zoë
}

@test "a closed descriptor is never the database's" {
	crm-init
	for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&- 2>&-'; do
		for c in 'crm-add name=Ada' 'crm-set 1 name=Bob' crm-list; do
			eval "$c $closed" >/dev/null 2>&1 || true
			eval "( $c $closed )" || true
		done
	done >/dev/null 2>&1
	holds 'PRAGMA integrity_check' <<<ok
	[ "$(head -c 15 crm.db)" = 'SQLite format 3' ]
	ok crm-list -q
}

@test "an older file is brought up to date without what somebody put into it" {
	cat "$BATS_TEST_DIRNAME"/../schema/00[12]-*.sql | sqlite3 "$CRM_DB"
	sqlite3 "$CRM_DB" "PRAGMA application_id = $((0x63726d31));
		PRAGMA user_version = 2;
		INSERT INTO tag (name) VALUES ('vip');
		CREATE VIEW contacts AS SELECT load_extension('x') AS name;
		CREATE VIEW \"x\"\"; DELETE FROM tag; --\" AS SELECT 1;
		CREATE TRIGGER t AFTER INSERT ON contact
		BEGIN DELETE FROM tag; END"
	ok crm-list -q
	prints </dev/null
	holds "SELECT count(*) FROM sqlite_schema WHERE type = 'view'
		AND name LIKE 'x%'" <<<0
	ok crm-add -q name=Ada
	ok crm-sql -H 'SELECT name FROM contacts'
	prints <<<Ada
	holds 'SELECT name FROM tag' <<<vip
}

@test "a column's name in somebody else's history is no statement" {
	book
	forge "ALTER TABLE contact ADD COLUMN \"name = 'owned', note\" TEXT;
		INSERT INTO op (op, at, login, command, rows)
		VALUES (3, '2024-03-01T09:00:00Z', 'root', 'crm-set', 1);
		INSERT INTO change (op, entity, key, field, before, after)
		VALUES (3, 'contact', 1, 'name = ''owned'', note', 'y', 0)"
	run -1 crm-undo 3
	holds 'SELECT name, note FROM contact' <<<$'Ada\tx'
	# a row that was removed, and would come back
	forge "INSERT INTO op (op, at, login, command, rows)
		VALUES (5, '2024-03-01T09:00:00Z', 'root', 'crm-rm', 1);
		INSERT INTO change (op, entity, key, field, before)
		VALUES (5, 'tag', 9, 'tag', json_object('tag', 9, 'name', 'new',
		'about) VALUES (9, upper(''x''), 1) --', 1))"
	run crm-undo 5
	holds 'SELECT name FROM tag ORDER BY tag' <<<$'vip\nnew'
}
