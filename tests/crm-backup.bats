#!/usr/bin/env bats

load helper.bash

setup_book() {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	email	note
Ada	ada@example.org	one\ttwo\nthree
Ørsted		
TSV
	crm-log 1 subject='a call' channel=call >/dev/null
}

@test "a copy is the database, and says nothing" {
	setup_book
	ok crm-backup copy.db
	prints </dev/null
	diff <(crm-export --all) <(crm-export --all -d copy.db)
	[ "$(stat -c %a copy.db)" = 600 ]
	ok crm-add -q -d copy.db name=New
	prints <<<3
	holds 'SELECT count(*) FROM contact' <<<2
}

@test "an earlier copy is replaced, even one that was read" {
	setup_book
	crm-backup copy.db
	crm-list -d copy.db >/dev/null
	crm-add -q name=New >/dev/null
	ok crm-backup copy.db
	ok crm-list -d copy.db -q
	prints <<<$'1\n2\n3'
}

@test "nothing else is replaced" {
	setup_book
	echo mine >notes
	fails 73 crm-backup notes
	says "crm-backup: not replacing 'notes': it is no copy of a database of crm"
	[ "$(cat notes)" = mine ]
	fails 73 crm-backup "$CRM_DB"
	says "crm-backup: not replacing '$CRM_DB': it is the database"
	ln "$CRM_DB" other
	fails 73 crm-backup other
	crm-init -d used.db
	fails 73 crm-backup used.db
	says "crm-backup: not replacing 'used.db': it is in use, 'used.db.lock' is beside it"
	sqlite3 foreign.db 'CREATE TABLE t (x)'
	fails 73 crm-backup foreign.db
	fails 73 crm-backup /dev/null
	fails 73 crm-backup no/such/folder.db
	says "crm-backup: cannot make 'no/such/folder.db': No such file or directory"
}

@test "what was done is told where that is asked for" {
	setup_book
	ok bash -c 'crm-backup -v copy.db | cut -f1,2'
	prints <<'OUT'
file	result
copy.db	written
OUT
	ok crm-backup -q copy.db
	prints <<<copy.db
	ok bash -c 'crm-backup -v -j copy.db | jq -c "[.result, .bytes > 100000, .rows > 10]"'
	prints <<<'["written",true,true]'
}

@test "standard output takes a copy too" {
	setup_book
	crm-backup - >copy.db
	crm-backup file.db
	cmp copy.db file.db
	ok crm-list -d copy.db -q
	prints <<<$'1\n2'
	fails 74 bash -c 'crm-backup - >/dev/full'
	says 'crm-backup: cannot write standard output: No space left on device'
	[ -z "$(compgen -G '*crm-backup*')$(compgen -G '.*crm-backup*')" ]
}

@test "copies in a folder are dated, and old ones go" {
	setup_book
	mkdir kept
	for day in 2023-01-01 2023-11-15 2024-01-20 2024-02-05 2024-02-14 \
	    2024-02-20 2024-02-27 2024-02-28 2024-02-29T01:00Z 2024-02-29T13:00Z; do
		CRM_NOW=$day crm-backup kept/
	done
	touch kept/crm-2020-01-01T000000Z.db kept/crm-notes.db kept/other-2020-01-01T000000Z.db
	cp kept/crm-2023-01-01T120000Z.db kept/other-2020-01-02T000000Z.db
	cp kept/crm-2023-01-01T120000Z.db kept/crm-2020-02-31T000000Z.db
	CRM_NOW=2024-03-01 ok bash -c 'crm-backup -v kept/ --keep 3d,3w,4m | cut -f1,2'
	prints <<'OUT'
file	result
kept/crm-2024-03-01T120000Z.db	written
kept/crm-2024-02-29T130000Z.db	kept
kept/crm-2024-02-29T010000Z.db	removed
kept/crm-2024-02-28T120000Z.db	kept
kept/crm-2024-02-27T120000Z.db	removed
kept/crm-2024-02-20T120000Z.db	kept
kept/crm-2024-02-14T120000Z.db	kept
kept/crm-2024-02-05T120000Z.db	removed
kept/crm-2024-01-20T120000Z.db	kept
kept/crm-2023-11-15T120000Z.db	kept
kept/crm-2023-01-01T120000Z.db	removed
OUT
	diff - <(ls kept) <<'OUT'
crm-2020-01-01T000000Z.db
crm-2020-02-31T000000Z.db
crm-2023-11-15T120000Z.db
crm-2024-01-20T120000Z.db
crm-2024-02-14T120000Z.db
crm-2024-02-20T120000Z.db
crm-2024-02-28T120000Z.db
crm-2024-02-29T130000Z.db
crm-2024-03-01T120000Z.db
crm-notes.db
other-2020-01-01T000000Z.db
other-2020-01-02T000000Z.db
OUT
}

@test "the copy just made stays, whatever its date" {
	setup_book
	mkdir kept
	CRM_NOW=2030-01-01 crm-backup kept
	CRM_NOW=2024-01-01 ok crm-backup -q kept --keep 1d
	prints <<<$'kept/crm-2024-01-01T120000Z.db\nkept/crm-2030-01-01T120000Z.db'
	[ "$(find kept -type f | wc -l)" = 2 ]
}

@test "a dry run writes and removes nothing" {
	setup_book
	mkdir kept
	CRM_NOW=2024-01-01 crm-backup kept
	ok bash -c 'crm-backup -n kept --keep 1d | cut -f1,2'
	prints <<'OUT'
file	result
kept/crm-2024-03-01T090000Z.db	written
kept/crm-2024-01-01T120000Z.db	removed
OUT
	[ "$(ls -A kept)" = crm-2024-01-01T120000Z.db ]
}

@test "a wrong command line does nothing" {
	setup_book
	mkdir kept
	fails 2 crm-backup
	says "crm-backup: expected one file or folder, or '-'"
	fails 2 crm-backup a b
	fails 2 crm-backup ''
	for k in 7 d 0d '7d,' 7d,7d 7x -1d 7d4w 99999999999999999999d ''; do
		fails 2 crm-backup kept --keep "$k"
	done
	says "crm-backup: --keep: not like 7d,4w,12m: ''"
	fails 2 crm-backup copy.db --keep 7d
	says 'crm-backup: --keep goes with a folder'
	[ -z "$(ls -A kept)" ]
	[ ! -e copy.db ]
	fails 66 crm-backup -d none.db copy.db
}

@test "a database that is damaged is told of, and the last copy stays" {
	setup_book
	crm-backup copy.db
	before=$(cksum <copy.db)
	page=$(sqlite3 "$CRM_DB" "SELECT rootpage FROM sqlite_schema WHERE name = 'contact'")
	head -c 200 /dev/zero | tr '\0' 'x' |
		dd of="$CRM_DB" bs=1 seek=$(((page - 1) * 4096)) conv=notrunc status=none
	run --separate-stderr crm-backup copy.db
	[ "$status" = 65 ] || [ "$status" = 74 ]
	[ -n "$stderr" ]
	[ "$before" = "$(cksum <copy.db)" ]
	[ -z "$(compgen -G 'copy.db.*')$(compgen -G '.copy.db.*')" ]
}

@test "an index that lacks a row is no good copy" {
	setup_book
	sqlite3 "$CRM_DB" "PRAGMA writable_schema = 1;
		UPDATE sqlite_schema SET sql = 'CREATE INDEX contact_by_name ON contact (name)'
		WHERE name = 'contact_by_name'"
	fails 74 crm-backup copy.db
	says 'crm-backup: the copy is no good: row 1 missing from index contact_by_name'
	[ ! -e copy.db ]
}

@test "a database that can't be written is copied" {
	setup_book
	crm-backup first.db
	chmod 400 first.db
	ok crm-backup -d first.db second.db
	diff <(crm-export --all) <(crm-export --all -d second.db)
}

@test "it waits for who is writing, and then says so" {
	setup_book
	exec 8<>"$CRM_DB.lock"
	flock 8
	CRM_TIMEOUT=0 fails 75 crm-backup copy.db
	says 'crm-backup: the database is busy'
	[ ! -e copy.db ]
	exec 8>&-
	ok crm-backup copy.db
}

@test "what readers see and the log still holds is copied" {
	setup_book
	sqlite3 "$CRM_DB" 'BEGIN' 'SELECT count(*) FROM contact' \
	    ".shell crm-add -q name=New >added; test -s crm.db-wal && crm-backup copy.db" >/dev/null
	[ "$(cat added)" = 3 ]
	ok crm-list -d copy.db -q
	prints <<<$'1\n2\n3'
}

@test "told to stop it leaves nothing behind" {
	setup_book
	exec 8<>"$CRM_DB.lock"
	flock 8
	crm-backup copy.db 8>&- &
	until compgen -G '.copy.db*' >names; do :; done
	kill -TERM $!
	wait $! || :
	[ ! -e copy.db ]
	[ -z "$(compgen -G '.copy*')" ]
}

@test "putting a copy back is copying one file" {
	setup_book
	crm-backup copy.db
	crm-forget -q 1 >/dev/null
	crm-rm -q 2 >/dev/null
	rm -f "$CRM_DB-wal" "$CRM_DB-shm"
	cp copy.db "$CRM_DB"
	fails 0 crm-add -q name=New
	says 'crm-add: an older copy: 1 forgotten contact is forgotten again; crm-forget --purge cleans the file'
	ok crm-list -q
	prints <<<$'1\n2\n3'
	holds 'SELECT name FROM contact' <<<$'forgotten\nØrsted\nNew'
}

@test "cron needs no terminal and no environment" {
	setup_book
	mkdir kept
	ok bare crm-backup -d "$CRM_DB" kept --keep 7d,4w,12m <&- >&-
	[ "$(find kept -type f | wc -l)" = 1 ]
}
