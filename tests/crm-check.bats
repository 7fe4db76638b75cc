#!/usr/bin/env bats

load helper.bash

# A book in which all is well.
setup_book() {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	kind	email	phone
Mills	org	mills@example.org	
Looms	org	looms@example.org	
Ada	person	ada@example.org	+44 20 7946 0958
TSV
	crm-set -q Ada org=Mills >/dev/null
	crm-log Ada channel=call subject=hello >/dev/null
	crm-add -q task contact=Ada title=call due=2024-03-05 >/dev/null
	crm-add -q consent contact=Ada channel=email purpose=news >/dev/null
	crm-add -q sale contact=Ada amount=10 day=2024-02-01 >/dev/null
	crm-add -q alias ref=old:3 entity=contact item=3 >/dev/null
}

# damage SQL: as only another program could.
damage() {
	sqlite3 "$CRM_DB" "PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1; $1"
}

# finds CHECK ENTITY KEY PROBLEM MEND: that and nothing else is found.
finds() {
	fails 1 crm-check
	[ -z "$stderr" ]
	printf 'check\tentity\tkey\tproblem\tmend\n%s\t%s\t%s\t%s\t%s\n' "$@" >wanted
	diff -u wanted <(echo "$output")
	command=$5
}

# mends [WORD=VALUE]: with a value for the word in capitals the command that
# was found does mend it.
mends() {
	local line=$command
	[ -z "${1-}" ] || line=${line//${1%%=*}/${1#*=}}
	bash -c "$line" >/dev/null || { echo "fails: $line"; return 1; }
	ok crm-check
	prints </dev/null
}

@test "nothing is said where all is well" {
	crm-init
	ok crm-check
	prints </dev/null
	rm "$CRM_DB"* crm.yaml
	setup_book
	ok crm-check
	prints </dev/null
	ok crm-check -j
	prints </dev/null
}

@test "the checks have names, and one can be asked for" {
	setup_book
	damage "UPDATE contact SET since = '2030-01-01' WHERE contact = 1;
		UPDATE contact SET name_key = 'x' WHERE contact = 2"
	ok crm-check handles owner
	prints </dev/null
	fails 1 crm-check names future
	prints <<'OUT'
check	entity	key	problem	mend
names	contact	2	the folded name is not that of the name	crm-check --mend names
future	contact	1	first contact on 2030-01-01	crm-set 1 since=DAY
OUT
	fails 2 crm-check nothing
	says "crm-check: no check 'nothing'; --names lists them"
	ok bash -c 'crm-check --names -H | cut -f1 | paste -sd" "'
	prints <<<'file references history index names handles reach owner employer aliases dates future words'
}

@test "what a row refers to is not there" {
	setup_book
	damage 'UPDATE contact SET owner = 77 WHERE contact = 3'
	finds references contact 3 'owner refers to a staff that is not there' 'crm-set contact 3 owner='
	mends
	damage 'UPDATE task SET contact = 99'
	finds references task 1 'contact refers to a contact that is not there' 'crm-set task 1 contact='
	mends
	damage 'UPDATE consent SET contact = 99'
	finds references consent 1 'contact refers to a contact that is not there' 'crm-rm -r consent 1'
	mends
	damage "INSERT INTO participant VALUES (1, 1, 99, NULL)"
	finds references participant 1 'contact refers to a contact that is not there' 'crm-rm -r participant 1'
	mends
}

@test "history is of an operation that is not there" {
	setup_book
	damage "INSERT INTO change (op, entity, key, field) VALUES (99, 'contact', 3, 'city'), (99, 'contact', 3, 'note')"
	finds history op 99 '2 changes of an operation that is not there' 'crm-check --mend history'
	mends
	damage "INSERT INTO range (op, entity, first, last) VALUES (99, 'contact', 3, 3)"
	finds history op 99 '1 ranges of an operation that is not there' 'crm-check --mend history'
	mends
	damage "INSERT INTO range (op, entity, first, last) VALUES (2, 'contact', 3, 1)"
	finds history op 2 'a range of new keys ends before it begins' 'crm-check --mend history'
	mends
	damage "INSERT INTO change (op, entity, key, field, before) VALUES (2, 'tag', 9, 'tag', '{\"tag\":9')"
	finds history op 2 "what it removed can't be read: tag 9" 'crm-check --mend history'
	fails 65 crm-undo 2
	says "crm-undo: '$CRM_DB' is damaged: its history can't be read; crm-check tells where"
	mends
	damage "INSERT INTO change (op, entity, key, field, before) VALUES (2, 'tag', 8, 'tag', 8)"
	finds history op 2 "what it removed can't be read: tag 8" 'crm-check --mend history'
	mends
	damage 'UPDATE op SET undone_by = 99 WHERE op = 2'
	finds history op 2 'it was undone by an operation that is not there' 'crm-check --mend history'
	mends
	damage 'UPDATE op SET undoes = 99 WHERE op = 2'
	finds history op 2 'it undid an operation that is not there' 'crm-check --mend history'
	mends
	holds "SELECT count(*) FROM op WHERE command = 'crm-check'" <<<0
}

@test "an operation that was deleted leaves orphans" {
	setup_book
	damage "DELETE FROM op WHERE command = 'crm-set'"
	fails 1 crm-check
	crm-check --mend history
	ok crm-check
}

@test "a name and its folded form differ" {
	setup_book
	damage "UPDATE contact SET name_key = 'eda' WHERE contact = 3"
	finds names contact 3 'the folded name is not that of the name' 'crm-check --mend names'
	mends
	ok bash -c 'crm-history -H | head -n 1 | cut -f4,5'
	prints <<<$'crm-check\t--mend names'
	damage "UPDATE contact SET name = 'Eda' WHERE contact = 3"
	finds names contact 3 'the folded name is not that of the name' 'crm-check --mend names'
	command='crm-set 3 name=NAME'
	mends NAME=Ada
}

@test "a handle can't be read" {
	setup_book
	damage "UPDATE contact_point SET value = 'a t', norm = 'a t' WHERE contact_point = 3"
	finds handles contact_point 3 "email 'a t' can't be read" 'crm-set contact_point 3 value=VALUE'
	mends VALUE=a@example.org
	damage "UPDATE contact_point SET norm = '+44' WHERE contact_point = 4"
	finds handles contact_point 4 "phone '+44 20 7946 0958' is looked up by '+44'" 'crm-check --mend handles'
	mends
	holds 'SELECT norm FROM contact_point WHERE contact_point = 4' <<<+442079460958
}

@test "a customer can't be reached" {
	setup_book
	crm-add -q name=Hermit >/dev/null
	finds reach contact 4 'no way to reach it' 'crm-set 4 email=ADDRESS'
	mends ADDRESS=h@example.org
	crm-set -q 4 email= >/dev/null
	command='crm-set 4 active=0'
	mends
	crm-set -q 4 active=1 street='Cave 1' city=Athos >/dev/null
	ok crm-check
}

@test "nobody is responsible" {
	setup_book
	crm-add -q staff login=ann >/dev/null
	crm-set -q 2 owner=me >/dev/null
	crm-set -q 3 owner= >/dev/null
	crm-set -q 1 owner= >/dev/null
	crm-check owner >found || :
	diff - <(cut -f3,5 found) <<<$'key\tmend\n1\tcrm-set 1 owner=LOGIN\n3\tcrm-set 3 owner=LOGIN'
	crm-set -q 3 owner=ann >/dev/null
	finds owner contact 1 'nobody is responsible' 'crm-set 1 owner=LOGIN'
	mends LOGIN=ann
}

@test "who is responsible has left" {
	setup_book
	crm-add -q staff login=ann >/dev/null
	crm-set -q 3 owner=ann >/dev/null
	crm-set -q staff ann active=0 >/dev/null
	finds owner contact 3 'ann, who is responsible, has left' 'crm-set 3 owner=LOGIN'
	mends LOGIN=
	crm-set -q staff ann active=1 >/dev/null
	crm-set -q task 1 owner=ann >/dev/null
	crm-set -q staff ann active=0 >/dev/null
	finds owner task 1 'ann, who owns it, has left' 'crm-set task 1 owner=LOGIN'
	mends LOGIN=me
}

@test "somebody works in two places, or for a person" {
	setup_book
	damage "INSERT INTO link (contact, kind, other) VALUES (3, 'works_at', 1), (3, 'works_at', 2)"
	finds employer link 1 'contact 3 has 2 present employers' 'crm-set link 1 until=DAY'
	command='crm-set link 2 until=DAY'
	mends DAY=2024-02-01
	damage 'UPDATE contact SET org = 2 WHERE contact = 3'
	finds employer link 1 'contact 3 works at 2, but by this at 1' 'crm-set link 1 until=DAY'
	mends DAY=2024-02-01
	damage "UPDATE contact SET kind = 'person' WHERE contact = 2"
	finds employer contact 3 'works at contact 2, which is a person' 'crm-set 2 kind=org'
	mends
}

@test "an old key leads nowhere" {
	setup_book
	damage 'UPDATE alias SET item = 99'
	finds aliases alias 1 "'old:3' leads to no contact" 'crm-rm alias 1'
	mends
	damage "INSERT INTO alias VALUES (1, 'old:3', 'unicorn', 3)"
	finds aliases alias 1 "'old:3' leads to no known thing" 'crm-rm alias 1'
	mends
}

@test "days that do not exist" {
	setup_book
	damage "UPDATE contact SET since = '2023-02-30' WHERE contact = 3"
	finds dates contact 3 "since '2023-02-30' does not exist" 'crm-set contact 3 since=VALUE'
	mends VALUE=2023-02-28
	damage "UPDATE task SET due = 'soon'"
	finds dates task 1 "due 'soon' does not exist" 'crm-set task 1 due=VALUE'
	mends VALUE=tomorrow
	damage "UPDATE interaction SET day = '2024-13-01'"
	finds dates interaction 1 "day '2024-13-01' does not exist" 'crm-set interaction 1 at=WHEN'
	mends WHEN=2024-02-29T10:00Z
	damage "UPDATE consent SET at = '2024-02-30T00:00:00Z'"
	finds dates consent 1 "at '2024-02-30T00:00:00Z' does not exist" 'crm-rm consent 1'
	mends VALUE=now
	crm-set -q 3 birthday=1990-05-14 >/dev/null
	damage "UPDATE occasion SET day = '05-14'"
	finds dates occasion 1 "day '05-14' does not exist" 'crm-set occasion 1 day=VALUE'
	mends VALUE=--05-14
	damage "INSERT INTO target (measure, period, value) VALUES ('calls', 'soq', 1)"
	finds dates target 1 "period 'soq' is not a fixed period" 'crm-set target 1 period=VALUE'
	mends VALUE=2024-Q1
}

@test "what happened has not happened yet" {
	setup_book
	damage "UPDATE interaction SET at = '2024-03-02T00:00:00Z', day = '2024-03-02'"
	finds future interaction 1 'it is dated 2024-03-02T00:00:00Z' 'crm-set interaction 1 at=WHEN'
	mends WHEN=now
	damage "UPDATE interaction SET at = '2024-03-02T00:00:00Z', channel = 'plan'"
	ok crm-check
	damage "UPDATE sale SET day = '2024-03-02'"
	finds future sale 1 'sold on 2024-03-02' 'crm-set sale 1 day=DAY'
	mends DAY=today
	damage "UPDATE consent SET at = '2024-03-02T00:00:00Z'"
	finds future consent 1 'it is dated 2024-03-02T00:00:00Z' 'crm-rm consent 1'
	mends WHEN=now
	damage "UPDATE task SET done_at = '2024-03-02T00:00:00Z'"
	finds future task 1 'done on 2024-03-02T00:00:00Z' 'crm-set task 1 done_at=WHEN'
	mends WHEN=now
}

@test "the clock was wrong when something was written" {
	setup_book
	CRM_NOW=2025-01-01 crm-set -q 3 city=Oslo >/dev/null
	last=$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')
	finds future op "$last" '1 operations written after now, the last at 2025-01-01T12:00:00Z' 'crm-check --mend future'
	mends
	crm-set -q 3 city=Bergen >/dev/null
	ok crm-check
}

@test "words that crm.yaml does not know" {
	setup_book
	damage "UPDATE contact SET stage = 'limbo' WHERE contact = 3"
	finds words contact 3 "stage 'limbo' is not in crm.yaml" 'crm-promote --to VALUE --force --reason TEXT 3'
	mends VALUE=lead
	damage "UPDATE interaction SET channel = 'tele' || char(9) || 'pathy'"
	finds words interaction 1 "channel 'tele\\tpathy' is not in crm.yaml" 'crm-set interaction 1 channel=VALUE'
	mends VALUE=call
}

@test "files that strangers can read" {
	setup_book
	chmod 644 "$CRM_DB"
	fails 1 crm-check -H
	[ "$(sort <<<"$output")" = "$(for f in "$CRM_DB"{,-shm,-wal}; do
		printf 'file\t\t\tmode of %s is 0644\tchmod 600 %s\n' "'$f'" "$f"
	done | sort)" ]
	cut -f5 <<<"$output" | bash
	ok crm-check
	chmod 606 "$CRM_DB.lock"
	finds file '' '' "mode of '$CRM_DB.lock' is 0606" "chmod 600 $CRM_DB.lock"
	mends
	mkdir "it's here"
	mv "$CRM_DB" "it's here/"
	export CRM_DB="it's here/crm.db"
	chmod 666 "$CRM_DB"
	fails 1 crm-check file
	line=$(sed -n 2p <<<"$output")
	[ "$line" = $'file\t\t\tmode of \'it\'s here/crm.db\' is 0666\tchmod 660 \'it\'"\'"\'s here/crm.db\'' ]
	cut -f5 <<<"$output" | sed 1d | bash
	ok crm-check file
}

@test "a file that is damaged, and put back from a copy" {
	setup_book
	crm-backup copy.db
	damage "PRAGMA writable_schema = 1;
		UPDATE sqlite_schema SET sql = 'CREATE INDEX contact_by_name ON contact (name)'
		WHERE name = 'contact_by_name'"
	finds file '' '' "index 'contact_by_name' is not as it was made" "cp COPY $CRM_DB"
	mends COPY=copy.db
	damage 'DROP VIEW contacts'
	finds file '' '' "view 'contacts' is missing" "cp COPY $CRM_DB"
	mends COPY=copy.db
}

@test "bytes changed at random are told of, in some way" {
	setup_book
	crm-backup copy.db
	size=$(stat -c %s copy.db)
	for ((seed = 1; seed <= 60; seed++)); do
		RANDOM=$seed
		cp copy.db bad.db
		rm -f bad.db-wal bad.db-shm
		for ((i = 0; i < 40; i++)); do
			at=$(((RANDOM * 32768 + RANDOM) % size))
			printf %b "\\x$(printf %02x $((RANDOM % 256)))" |
				dd of=bad.db bs=1 seek=$at conv=notrunc status=none
		done
		run --separate-stderr timeout 20 crm-check -d bad.db
		case $status in
		0) ;;
		1) [ -n "$output" ] ;;
		65 | 74) [ -n "$stderr" ] ;;
		*) echo "seed $seed: $status: $stderr"; false ;;
		esac
	done
}

@test "the full text is damaged" {
	setup_book
	sqlite3 "$CRM_DB" "INSERT INTO find (rowid, name) VALUES (24, 'ada lovelace');
		INSERT INTO found VALUES (1, 3)"
	ok crm-check
	damage "UPDATE find_data SET block = x'00000001' WHERE id > 10"
	finds index '' '' 'the full text is damaged' 'crm-check --mend index'
	mends
	holds 'SELECT count(*) FROM found' <<<0
}

@test "mending can be tried" {
	setup_book
	damage "UPDATE contact SET name_key = 'x' WHERE contact = 3;
		INSERT INTO range (op, entity, first, last) VALUES (99, 'contact', 3, 3)"
	fails 1 crm-check -n --mend
	fails 1 crm-check -q
	prints <<<$'history\nnames'
	ok crm-check --mend
	ok crm-check
}

@test "a database that can't be written is looked over, too" {
	setup_book
	crm-backup copy.db
	chmod 400 copy.db
	ok crm-check -d copy.db
	fails 66 crm-check -d none.db
	echo nothing >text
	fails 65 crm-check -d text
	says "crm-check: '$PWD/text' is not a database"
}

@test "findings that can't be printed are an error" {
	setup_book
	chmod 644 "$CRM_DB"
	fails 74 bash -c 'crm-check >/dev/full'
}
