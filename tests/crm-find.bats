#!/usr/bin/env bats

load helper.bash

# found WORDS...: contact, where, field and key of what is found.
found() {
	"${wrap[@]}" crm-find -H "$@" | cut -f 1,3,4,6
}

# finds TEXT... < WANTED: the columns that found prints, exactly.
finds() {
	diff -u --label wanted --label found - <(found "$@")
}

# The index holds what its own sums say.
is_whole() {
	sqlite3 -bail "$CRM_DB" \
	    "INSERT INTO find (find) VALUES ('integrity-check')"
}

# words FILE: every word of an index, with its place; and what it counts.
words() {
	sqlite3 -bail -tabs "$1" "
		CREATE VIRTUAL TABLE temp.v USING fts5vocab (main, find, instance);
		SELECT doc, col, offset, term FROM temp.v ORDER BY 1, 2, 3;
		SELECT 'sizes', id, hex(sz) FROM find_docsize ORDER BY id;
		SELECT 'totals', hex(block) FROM find_data WHERE id = 1"
}

# The index is what it would be if it were made now.
is_as_new() {
	rm -f new.db*
	sqlite3 "$CRM_DB" "VACUUM INTO 'new.db'"
	sqlite3 new.db 'DELETE FROM found'
	crm-find -d new.db -l 0 zzz >/dev/null || :
	words "$CRM_DB" >is
	words new.db >should
	diff -u should is | head -n 20
	cmp -s should is
}

setup_book() {
	crm-init
	crm-add -q - <<-'TSV' >/dev/null
	name	email	phone	city	note	country
	Hans Christian Ørsted	hco@example.org	+45 33 12 34 56	København	magnets	DK
	Łucja Straße	lucja@example.net	030 901820	Berlin	prefers the phone	DE
	José Müller	jose.muller@example.com		Zürich		CH
	TSV
	crm-log -q 1 channel=call subject='the compass' \
	    body='needle moved near the wire' >/dev/null
	crm-add -q task contact=3 title='send the offer' due=2024-03-04 >/dev/null
}

@test "a word is found wherever it was written, with whose, where and when" {
	setup_book
	ok crm-find compass
	prints <<'OUT'
contact	name	where	field	when	key	snippet
1	Hans Christian Ørsted	interaction	subject	2024-03-01T09:00:00Z	1	the compass
OUT
	ok crm-find offer
	prints <<'OUT'
contact	name	where	field	when	key	snippet
3	José Müller	task	title	2024-03-04	1	send the offer
OUT
	ok crm-find magnets
	prints <<'OUT'
contact	name	where	field	when	key	snippet
1	Hans Christian Ørsted	contact	note	2024-03-01	1	magnets
OUT
}

@test "capitals, accents and strokes do not matter on either side" {
	setup_book
	for word in orsted ØRSTED Orsted; do
		finds $word <<<'1	contact	name	1'
	done
	for word in strasse Straße STRASSE lucja; do
		found "$word" | grep -q '^2	contact	name	2' || { echo "$word"; false; }
	done
	finds muller <<<$'3	contact	name	3\n3	contact_point	value	5'
	finds müller <<<$'3	contact	name	3\n3	contact_point	value	5'
	finds kobenhavn <<<'1	contact	city	1'
}

@test "the start of a word finds it, and all words must stand in one record" {
	setup_book
	finds compa <<<'1	interaction	subject	1'
	finds wire needle <<<'1	interaction	body	1'
	fails 1 crm-find needle magnets
	prints <<<'contact	name	where	field	when	key	snippet'
	fails 1 crm-find -H needle magnets
	prints </dev/null
}

@test "words in one text stand one after the other" {
	setup_book
	finds 'near the wi' <<<'1	interaction	body	1'
	fails 1 crm-find -q 'wire the'
	finds jose.muller@example.com <<<'3	contact_point	value	5'
}

@test "the inside of a word is found from three characters on" {
	setup_book
	finds rsted <<<'1	contact	name	1'
	finds agnet <<<'1	contact	note	1'
	fails 1 crm-find gn
	crm-add -q name=Sted >/dev/null
	finds sted <<<'4	contact	name	4'
	finds --inside sted <<<$'1	contact	name	1\n4	contact	name	4'
}

@test "a telephone number finds its owner in any spelling" {
	setup_book
	for number in 030901820 '030 / 901 820' +4930901820 0049-30-901820 \
	    '+49 (0)30 90-18-20' 'tel:+4930901820'; do
		finds "$number" <<<'2	contact_point	value	4' || { echo "$number"; false; }
	done
	finds +49 30 90 18 20 <<<'2	contact_point	value	4'
	finds 33123456 <<<'1	contact_point	value	2'
	finds 33 12 34 <<<'1	contact_point	value	2'
	crm-log -q 3 -- 'met on 2024, room 31 or 12' >/dev/null
	finds 2024 12 31 <<<'3	interaction	subject	2'
}

@test "characters that are written without blanks are words" {
	setup_book
	crm-add -q name=山田太郎 note='東京タワーで会う' >/dev/null
	finds 太郎 <<<'4	contact	name	4'
	finds 東京 <<<'4	contact	note	4'
	finds タワー 会 <<<'4	contact	note	4'
	fails 1 crm-find -q 京東
	crm-add -q name=홍길동 >/dev/null
	finds 길동 <<<'5	contact	name	5'
}

@test "a name counts more than an address, and that more than a note" {
	crm-init
	crm-add -q name=One note='smith smith' >/dev/null
	crm-add -q name=Two email=smith@example.org >/dev/null
	crm-add -q name=Smith >/dev/null
	ok crm-find -q smith
	prints <<<$'3\n2\n1'
	ok crm-find -q -l 2 smith
	prints <<<$'3\n2'
}

@test "nothing in a text is an operator" {
	setup_book
	for text in '"' '*' '(+)' '^' "';--" '-' ':'; do
		fails 2 crm-find "$text"
		says "crm-find: neither letter nor digit: '$text'"
	done
	for text in 'hans OR lucja' 'NOT hans' '"hans" OR "lucja"' 'name:hans' \
	    'hans + lucja' 'hans AND lucja' '{name} : hans'; do
		fails 1 crm-find -q "$text"
		[ -z "$stderr" ] || { echo "$text: $stderr"; false; }
	done
	finds '"hans"' '(christian*)' <<<'1	contact	name	1'
	fails 2 crm-find
}

@test "custom fields and needs are looked through" {
	setup_book
	crm-add -q field name=shoe >/dev/null
	crm-add -q field name=seen latest=1 >/dev/null
	crm-set -q 2 x_shoe='very narrow' x_seen=tuesday >/dev/null
	crm-add -q need contact=3 about='a quieter printer' >/dev/null
	finds narrow <<<'2	contact	x_shoe	2'
	finds printer <<<'3	need	about	1'
	fails 1 crm-find tuesday
	crm-set -q 2 x_seen=wednesday >/dev/null
	fails 1 crm-find wednesday
	crm-set -q field seen latest=0 >/dev/null
	finds wednesday <<<'2	contact	x_seen	2'
}

@test "what was changed, removed or undone is found as it is now" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	crm-set -q 1 note=electricity >/dev/null
	finds electricity <<<'1	contact	note	1'
	fails 1 crm-find magnets
	crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')" >/dev/null
	finds magnets <<<'1	contact	note	1'
	fails 1 crm-find electricity
	crm-rm -q -r 1 >/dev/null
	fails 1 crm-find magnets
	crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')" >/dev/null
	finds magnets <<<'1	contact	note	1'
	finds compass <<<'1	interaction	subject	1'
}

@test "the text is cut around the word, on one line" {
	crm-init
	printf 'name\tnote\nAda\t%s\n' 'a\tlong\nnote that goes on and on before the needle is met, and on and on after it, to the end' |
		crm-add -q - >/dev/null
	ok crm-find -H needle
	prints <<<'1	Ada	contact	note	2024-03-01	1	...goes on and on before the needle is met, and on and on...'
	ok crm-find -H goes
	prints <<<'1	Ada	contact	note	2024-03-01	1	a long note that goes on and on before the needle is met,...'
	crm-set -q 1 note='ein Haus in der Gneisenaustraße, Nähe Südstern, mit großen Fenstern und Ölheizung' >/dev/null
	ok crm-find -H olheizung
	prints <<<'1	Ada	contact	note	2024-03-01	1	...Nähe Südstern, mit großen Fenstern und Ölheizung'
}

@test "text that would command a terminal is harmless" {
	crm-init
	sqlite3 "$CRM_DB" "INSERT INTO contact (contact, name, name_key, since, note)
		VALUES (1, 'Eve', 'eve', '2024-01-01', 'red ' || char(27) || '[31m ' || char(8238) || ' alert')"
	ok crm-find -H alert
	prints <<<'1	Eve	contact	note	2024-01-01	1	red \\x1b[31m \u{202e} alert'
}

@test "a task of no contact has none, and no empty line among bare keys" {
	setup_book
	crm-add -q task title='water the plants' due=2024-03-02 >/dev/null
	ok crm-find -H plants
	prints <<<'		task	title	2024-03-02	2	water the plants'
	ok crm-find -q plants
	prints </dev/null
}

@test "what is found can be piped into what acts on contacts" {
	setup_book
	ok bash -c 'crm-find magnets | crm-tag add physics - | cut -f 1,3'
	prints <<'OUT'
contact	result
1	updated
OUT
}

@test "the forms of output are those of every reader" {
	setup_book
	ok bash -c 'crm-find -j magnets | jq -c "[.contact, .where, .key, .snippet]"'
	prints <<<'[1,"contact",1,"magnets"]'
	fails 1 crm-find --quiet-empty nothing
	prints </dev/null
	fails 74 bash -c 'crm-find magnets >/dev/full'
	fails 2 crm-find -l x magnets
	says "crm-find: -l: not a number of rows: 'x'"
	CRM_DB=none.db fails 66 crm-find magnets
}

# Nothing can be written: as root, permissions don't say so.
@test "in the past it finds what was written then" {
	CRM_NOW=2024-02-01T09:00:00Z setup_book
	finds magnets <<<'1	contact	note	1'
	CRM_NOW=2024-02-10T09:00:00Z crm-set -q 1 note=electricity >/dev/null
	CRM_NOW=2024-02-20T09:00:00Z crm-log -q 3 -- 'spoke of amber' >/dev/null
	finds electricity <<<'1	contact	note	1'
	ok crm-asof 2024-02-05 -- crm-find -H -q magnets
	prints <<<1
	fails 1 crm-asof 2024-02-05 -- crm-find -H electricity
	ok crm-asof 2024-02-15 -- crm-find -H -q electricity
	prints <<<1
	fails 1 crm-asof 2024-02-15 -- crm-find -H amber
	ok crm-asof 2024-02-25 -- crm-find -H -q amber
	prints <<<3
}

@test "while another program writes, what was written since is looked through" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	crm-set -q 1 note=electricity >/dev/null
	crm-log -q 2 -- 'asked about magnets' >/dev/null
	crm-rm -q task 1 >/dev/null
	exec 9>>"$CRM_DB.lock"
	flock 9
	CRM_TIMEOUT=0 finds electricity <<<'1	contact	note	1'
	CRM_TIMEOUT=0 finds magnets <<<'2	interaction	subject	2'
	CRM_TIMEOUT=0 finds orsted <<<'1	contact	name	1'
	CRM_TIMEOUT=0 fails 1 crm-find offer
	flock -u 9
	finds magnets <<<'2	interaction	subject	2'
}

@test "without an index all rows are looked through" {
	setup_book
	exec 9>>"$CRM_DB.lock"
	flock 9
	CRM_TIMEOUT=0 finds magnets <<<'1	contact	note	1'
	CRM_TIMEOUT=0 finds mull jose <<<$'3	contact	name	3\n3	contact_point	value	5'
	CRM_TIMEOUT=0 finds +4930901820 <<<'2	contact_point	value	4'
	holds 'SELECT count(*) FROM found' <<<0
}

@test "what was forgotten is found no more, and the index stays whole" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	crm-set -q 1 note=electricity >/dev/null
	crm-forget 1 >/dev/null
	fails 1 crm-find electricity
	fails 1 crm-find compass
	fails 1 crm-find hco@example.org
	finds forgotten <<<'1	contact	name	1'
	crm-set -q 3 note=new >/dev/null
	finds new <<<'3	contact	note	3'
	is_whole
}

# Random writes, and a search after some of them: the seed makes them the
# same everywhere.
pick() { printf %s "${@:RANDOM % $# + 1:1}"; }
phrase() { printf '%s %s' "$(pick red blue Grün Łódź '日本' o-neill a@b.example)" "$((RANDOM % 50))"; }
write_something() {
	local one
	one=$(sqlite3 "$CRM_DB" "SELECT contact FROM contact LIMIT 1 OFFSET $((RANDOM % 12))")
	case $((RANDOM % 16)) in
	0 | 1) crm-add name="$(phrase)" email="x$RANDOM@example.org" note="$(phrase)" ;;
	2) crm-set "$one" note="$(phrase)" ;;
	3) crm-set "$one" name="$(phrase)" city= ;;
	4) crm-set "$one" phone="+49 30 $((RANDOM + 100000))" city="$(phrase)" ;;
	5) crm-set "$one" email+="y$RANDOM@example.net" nick= ;;
	6) crm-log "$one" subject="$(phrase)" body="$(phrase)" ;;
	7) crm-add task contact="$one" title="$(phrase)" due=2024-03-05 ;;
	8) crm-set "$one" x_kept="$(phrase)" x_last="$(phrase)" ;;
	9) crm-set "$one" x_kept= x_last="$(phrase)" ;;
	10) crm-rm -r "$one" ;;
	11) crm-add need contact="$one" about="$(phrase)" ;;
	12) [ $((RANDOM % 8)) != 0 ] || crm-set field last latest=$((RANDOM % 2)) ;;
	*) crm-undo "$(sqlite3 "$CRM_DB" "SELECT max(op) - $((RANDOM % 6)) FROM op")" ;;
	esac >/dev/null 2>&1 || :
}

# What is found of some words, in any order.
hits() {
	local word
	for word in red 日本 'lodz 1' a@b.example o-neill; do
		crm-find -H "$word" | cut -f 1,3,6 | sort || :
	done
}

# What is found is the same whether it is looked through or in the index.
is_found_without() {
	hits_locked >without
	hits >with
	diff -u with without | head -n 20
	cmp -s with without
}
hits_locked() (
	exec 9>>"$CRM_DB.lock"
	flock 9
	hits
)

@test "a row put back and changed between two searches is as it is now" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	crm-rm -q -r 1 >/dev/null
	fails 1 crm-find magnets
	crm-undo "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')" >/dev/null
	crm-set -q 1 note=electricity city= >/dev/null
	fails 1 crm-find magnets
	finds electricity <<<'1	contact	note	1'
	is_as_new
}

@test "after hundreds of random writes and undos the index is as if made anew" {
	local i
	RANDOM=${SEED:-7}
	crm-init
	crm-add -q field name=kept >/dev/null
	crm-add -q field name=last latest=1 >/dev/null
	for ((i = 0; i < ${ROUNDS:-300}; i++)); do
		write_something
		[ $((RANDOM % 5)) = 0 ] || continue
		[ $((RANDOM % 4)) != 0 ] || is_found_without || { echo "round $i"; false; }
		crm-find -l 0 zzz >/dev/null || :
		[ $((RANDOM % 4)) != 0 ] || is_as_new || { echo "round $i"; false; }
	done
	crm-find -l 0 zzz >/dev/null || :
	is_as_new
	is_whole
	holds "SELECT count(*) > ${ROUNDS:-300} / 3 FROM op" <<<1
}

@test "a dump has no index, and where it is taken in it is made anew" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	crm-export --all >dump
	export CRM_DB=$PWD/copy.db
	crm-init
	fails 1 crm-find magnets
	crm-import --all - <dump
	finds magnets <<<'1	contact	note	1'
	finds orsted <<<'1	contact	name	1'
}

@test "the sqlite3 shell still reads a database that has an index" {
	setup_book
	finds magnets <<<'1	contact	note	1'
	holds 'SELECT count(*) FROM contacts; PRAGMA integrity_check' <<<$'3\nok'
}
