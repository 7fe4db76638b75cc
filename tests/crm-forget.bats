#!/usr/bin/env bats

load helper.bash

# Texts that only Zephyrine brings, or brought once.
secrets=(Zephyrine Quillfeather Zeph Oldname Formerly zq@secret.example
	earlier@secret.example 5550199 Hushlane 77777 Xanthous Glaucous
	salesforce:Q77 1971-07-17 vermilion ochre-friends celadon
	'swears by' evidently lunches sepulchral umbrage mauve)

setup_book() {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	kind	email
Vast Mills	org	
Ben Other	person	ben@example.org
TSV
	crm-add -q field name=colour >/dev/null
	crm-add -q 'name=Oldname Formerly' email=earlier@secret.example \
	    city=Xanthous note=Glaucous >/dev/null
	crm-set -q 3 name='Zephyrine Quillfeather' given=Zephyrine \
	    family=Quillfeather nick=Zeph email=zq@secret.example \
	    phone='+1 212 555 0199' street='77777 Hushlane' city=Vienna \
	    birthday=1971-07-17 x_colour=vermilion note='swears by it' \
	    org='Vast Mills' source=web owner=me since=2023-05-05 >/dev/null
	crm-tag add ochre-friends 3 >/dev/null
	crm-tag add vip 3 2 >/dev/null
	crm-link Zeph partner 2 note=celadon >/dev/null
	crm-add -q alias ref=salesforce:Q77 entity=contact item=3 >/dev/null
	crm-add -q consent contact=3 channel=email purpose=news \
	    evidence=evidently >/dev/null
	crm-add -q need contact=3 about=lunches >/dev/null
	crm-add -q task contact=3 title=sepulchral due=2024-02-28 >/dev/null
	crm-log zeph subject=umbrage >/dev/null
	crm-log 3 body='a second word, mauve' at=2024-02-01 >/dev/null
	crm-set -q interaction 2 subject='other' >/dev/null
	crm-log 2 subject='met ZEPHYRINE  QUILLFEATHER of (212) 555-0199, zq@secret.example' >/dev/null
	crm-add -q participant interaction=3 contact=3 >/dev/null
	crm-add -q product name=loom >/dev/null
	crm-add -q sale contact=3 day=2024-01-10 amount=120.50 product=loom >/dev/null
	crm-done --snooze +3d --reason mauve task:1 >/dev/null
}

# Is a text anywhere in the files of the database?
found() {
	grep -aliF -- "$1" "$CRM_DB"*
}

nowhere() {
	local s
	for s in "${secrets[@]}"; do
		! found "$s" || { echo "found: $s"; return 1; }
	done
}

@test "no byte of the database's files holds what was forgotten" {
	setup_book
	for s in "${secrets[@]}"; do
		found "$s" >/dev/null || { echo "was never there: $s"; false; }
	done
	ok crm-forget Zeph
	prints <<'OUT'
contact	name	result
3	forgotten	forgotten
OUT
	nowhere
	fails 1 crm-show Zeph
	says "crm-show: unknown contact 'Zeph'"
}

@test "the full text is emptied, free pages and deleted words too" {
	setup_book
	sqlite3 "$CRM_DB" "INSERT INTO find (rowid, name) VALUES (24, 'zephyrine quillfeather');
		INSERT INTO found (found, op) VALUES (1, 1)"
	found 'zephyrine quillfeather'
	crm-forget -q 3 >/dev/null
	nowhere
	holds "SELECT count(*) FROM find WHERE find MATCH 'zephyrine'" <<<0
	holds 'SELECT count(*) FROM found' <<<0
	holds 'PRAGMA freelist_count' <<<0
}

@test "amounts and dates stay, under a contact without a name" {
	setup_book
	ok crm-forget -q 3
	prints <<<3
	holds 'SELECT * FROM sale' <<<'1	3	2024-01-10		1	1	12050			EUR				'
	holds 'SELECT contact, at, channel, subject, body FROM interaction' <<'OUT'
3	2024-03-01T09:00:00Z	note		
3	2024-02-01T12:00:00Z	note		
2	2024-03-01T09:00:00Z	note	met forgotten of forgotten, forgotten	
OUT
	holds 'SELECT name, since, active, source, city, note FROM contact WHERE contact = 3' <<<'forgotten	2023-05-05	0			'
	holds 'SELECT name FROM tag' <<<vip
	holds 'SELECT count(*) FROM task' <<<0
	holds 'SELECT count(*) FROM ack' <<<0
	ok crm-check file references names aliases
	prints </dev/null
}

@test "a source that others came from stays" {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	source
Ann	fair
Bob	fair
TSV
	ok crm-forget -q 1
	holds 'SELECT source FROM contact WHERE contact = 1' <<<fair
}

@test "a namesake and a family's number are left alone" {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	phone	city
Maria Lopez	+34 600 111 222	Oviedo
Maria Lopez		Lugo
TSV
	crm-add -q contact_point contact=2 kind=phone value='+34 600 111 222' >/dev/null
	crm-log 2 subject='Maria likes it' >/dev/null
	ok crm-forget -q 1
	ok crm-list -o name,phone,city -w 'active = 1'
	prints <<'OUT'
name	phone	city
Maria Lopez	+34 600 111 222	Lugo
OUT
	holds 'SELECT subject FROM interaction' <<<'Maria likes it'
}

@test "names in any script go from the notes of others" {
	crm-init
	crm-add -q - >/dev/null <<'TSV'
name	note
Émile Zoë	
山田太郎	
Other	saw EMILE ZOË; 山田太郎さん too\tand\nmore
TSV
	ok crm-forget -q 1
	ok crm-forget -q 2
	holds 'SELECT hex(note) FROM contact WHERE contact = 3' \
	    <<<"$(printf 'saw forgotten; forgottenさん too\tand\nmore' | od -An -v -tx1 | tr -d ' \n' | tr a-f A-F)"
}

@test "nobody can undo it, nor bring anything back by undoing the rest" {
	setup_book
	last=$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')
	crm-forget -q 3 >/dev/null
	fails 1 crm-undo $((last + 1))
	for ((op = last; op > 0; op--)); do
		crm-undo "$op" >/dev/null 2>&1 || :
	done
	for ((op = last + 2; op < last + 20; op++)); do
		crm-undo "$op" >/dev/null 2>&1 || :
	done
	crm-forget --purge
	nowhere
}

@test "history names nobody, and the past does not either" {
	setup_book
	crm-forget -q 3 >/dev/null
	for s in "${secrets[@]}"; do
		for c in "crm-history 3" "crm-history --changes" "crm-asof 2024-03-01T08:59:59Z -- crm-list -o +city,note"; do
			$c 2>/dev/null | { ! grep -iF -- "$s"; } || { echo "$c: $s"; false; }
		done
	done
}

@test "what was removed before is forgotten too" {
	setup_book
	crm-rm -q task 1 >/dev/null
	crm-rm -q interaction 1 >/dev/null
	crm-set -q 3 birthday= x_colour= phone= email= >/dev/null
	crm-tag rm ochre-friends 3 >/dev/null
	crm-rm -q tag ochre-friends >/dev/null
	crm-rm -q alias 1 >/dev/null
	crm-forget -q 3 >/dev/null
	for s in "${secrets[@]}"; do
		[ "$s" = ochre-friends ] || ! found "$s" || { echo "found: $s"; false; }
	done
}

@test "all that is held is written first, where that is asked for" {
	setup_book
	crm-set -q 3 phone= >/dev/null
	crm-rm -q interaction 1 >/dev/null
	ok crm-forget -q --export held.jsonl 3
	prints <<<3
	[ "$(stat -c %a held.jsonl)" = 600 ]
	ok jq -rs 'map(.table // "head") | unique | join(" ")' held.jsonl
	prints <<<'ack alias change consent contact contact_point field field_value head interaction link need occasion participant sale tag tagging task'
	for s in "${secrets[@]}" '+1 212 555 0199' vip; do
		grep -qiF -- "$s" held.jsonl ||
			{ echo "not exported: $s"; false; }
	done
}

@test "where the export can't be written nothing is forgotten" {
	setup_book
	: >there
	fails 73 crm-forget --export there 3
	says "crm-forget: cannot make 'there': File exists"
	fails 73 crm-forget --export no/such/folder 3
	fails 73 crm-forget --export /dev/full 3
	holds 'SELECT name FROM contact WHERE contact = 3' <<<'Zephyrine Quillfeather'
	[ ! -e "$CRM_DB.erased" ]
	[ "$(find . -name '.*.??????' | wc -l)" = 0 ]
}

@test "a dry run writes nothing, not even the export" {
	setup_book
	before=$(cksum <"$CRM_DB")
	ok crm-forget -n --export held.jsonl 3
	prints <<'OUT'
contact	name	result
3	forgotten	forgotten
OUT
	[ "$before" = "$(cksum <"$CRM_DB")" ]
	[ ! -e held.jsonl ]
	[ ! -e "$CRM_DB.erased" ]
}

@test "a reader in the way is waited for, then named" {
	setup_book
	mkfifo hold
	sqlite3 "$CRM_DB" 'BEGIN' 'SELECT count(*) FROM contact' ".read hold" >began &
	reader=$!
	exec 7>hold
	until [ -s began ]; do :; done
	CRM_TIMEOUT=1 fails 75 crm-forget -q 3
	says 'crm-forget: done, but another program reads the log, which still holds it: run crm-forget --purge later'
	prints </dev/null
	exec 7>&-
	wait "$reader"
	ok crm-forget --purge
	nowhere
}

@test "it can be repeated" {
	setup_book
	crm-forget -q 3 >/dev/null
	ok crm-forget -q 3
	prints <<<3
	nowhere
}

@test "an organisation's people stay, and belong to nobody" {
	setup_book
	crm-log 2 subject='for Vast Mills only' >/dev/null
	ok crm-forget -q 'Vast Mills'
	holds 'SELECT name, org FROM contact WHERE contact = 3' <<<'Zephyrine Quillfeather	'
	holds 'SELECT count(*) FROM link WHERE other = 1 OR contact = 1' <<<0
	run ! found 'vast mills'
}

@test "an older copy put back forgets again before its first write" {
	setup_book
	cp "$CRM_DB" old.db
	crm-forget -q 3 >/dev/null
	[ "$(cat "$CRM_DB.erased")" = $'3\t2024-03-01T09:00:00Z' ]
	cp old.db "$CRM_DB"
	found Zephyrine
	fails 0 crm-add -q name=New
	says 'crm-add: an older copy: 1 forgotten contact is forgotten again; crm-forget --purge cleans the file'
	prints <<<4
	ok crm-forget --purge
	nowhere
	ok crm-add -q name=Newer
	prints <<<5
}

@test "who comes back by an import of all there was is forgotten again" {
	setup_book
	crm-export --all >all.jsonl
	crm-forget -q 3 >/dev/null
	rm -f "$CRM_DB" "$CRM_DB-wal" "$CRM_DB-shm" crm.yaml
	crm-init
	crm-import --all - <all.jsonl >/dev/null
	run crm-add -q name=New
	crm-forget --purge
	nowhere
}

@test "another database in the same place is left alone, and the list kept" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nA\nB'
	cp "$CRM_DB" old.db
	crm-forget -q 1 >/dev/null
	rm -f "$CRM_DB" "$CRM_DB-wal" "$CRM_DB-shm" crm.yaml
	CRM_NOW=2024-04-01 crm-init
	ok crm-add -q - <<<$'name\nC\nD'
	prints <<<$'1\n2'
	crm-forget -q 2 >/dev/null
	[ "$(cat "$CRM_DB.erased")" = $'1\t2024-03-01T09:00:00Z\n2\t2024-04-01T12:00:00Z' ]
	holds 'SELECT contact, name FROM contact' <<<$'1\tC\n2\tforgotten'
	cp old.db "$CRM_DB"
	fails 0 crm-add -q name=New
	holds 'SELECT contact, name FROM contact' <<<$'1\tforgotten\n2\tB\n3\tNew'
}

@test "the key of a forgotten contact is never given again" {
	crm-init
	cp "$CRM_DB" old.db
	crm-add -q - >/dev/null <<<$'name\nA\nB\nC'
	crm-forget -q 3 >/dev/null
	cp old.db "$CRM_DB"
	ok crm-add -q name=New
	prints <<<4
}

@test "a list that was lost comes back whole" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nA\nB\nC'
	crm-forget -q 1 >/dev/null
	crm-forget -q 3 >/dev/null
	rm "$CRM_DB.erased"
	crm-forget -q 2 >/dev/null
	[ "$(cut -f1 "$CRM_DB.erased")" = $'1\n2\n3' ]
	[ "$(stat -c %a "$CRM_DB.erased")" = 600 ]
}

@test "a damaged list still names whom it names" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nA\nB\nC'
	printf '2\n\0\0x\n\n99999999999999999999\n3' >"$CRM_DB.erased"
	fails 0 crm-add -q name=New
	holds 'SELECT contact, name FROM contact' <<<$'1\tA\n2\tforgotten\n3\tforgotten\n4\tNew'
}

@test "nobody is forgotten by mistake" {
	setup_book
	fails 1 crm-forget Nobody
	says "crm-forget: unknown contact 'Nobody'"
	fails 2 crm-forget
	fails 2 crm-forget 1 2
	fails 2 crm-forget --purge 1
	fails 2 crm-forget 1 name=x
	chmod 400 "$CRM_DB"
	[ "$(id -u)" = 0 ] || fails 77 crm-forget 1
	chmod 600 "$CRM_DB"
	fails 66 crm-forget -d none.db 1
	holds 'SELECT count(*) FROM contact WHERE active = 1' <<<3
}

@test "words of people who share a word of the name stay" {
	crm-init
	crm-add -q - >/dev/null <<<$'name\nAnn Weber\nJoanna Weber'
	crm-log 2 subject='Weber and Ann, not Ann  Weber' >/dev/null
	ok crm-forget -q 1
	holds 'SELECT subject FROM interaction' <<<'Weber and Ann, not forgotten'
}

@test "standard output that can't take it is an error, and it is done" {
	setup_book
	fails 74 bash -c 'crm-forget 3 >/dev/full'
	holds 'SELECT name FROM contact WHERE contact = 3' <<<forgotten
	ok crm-forget --purge
	nowhere
}
