#!/usr/bin/env bats

load helper.bash

# rows DB: every row of every table but what crm-find makes again, with the
# types of its values.
rows() {
	local t
	for t in $(sqlite3 "$1" "SELECT name FROM sqlite_schema
	    WHERE type = 'table' AND name NOT GLOB 'find_*'
	    AND name NOT GLOB 'sqlite_*' AND name <> 'find'
	    AND name <> 'found' ORDER BY name"); do
		echo "$t"
		sqlite3 "$1" '.mode quote' "SELECT * FROM $t ORDER BY rowid"
	done
}

# copied: a dump of the database, taken in by another, is the same.
copied() {
	crm-init -d copy.db
	ok crm-export --all
	printf '%s\n' "$output" >dump
	ok crm-import -d copy.db --all dump
	prints </dev/null
	rows "$CRM_DB" >had
	rows copy.db >has
	diff -u had has
	[ "$(crm-export -d copy.db --all | tail -n +2)" = "$(tail -n +2 dump)" ]
	[ "$(sqlite3 copy.db 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok ]
}

@test "a dump is JSON Lines: the version, a row a line, their number" {
	crm-init
	sqlite3 "$CRM_DB" "UPDATE staff SET login = 'ann'; UPDATE op SET login = 'ann'"
	crm-add -q tag name='a "b" \\ ü' >/dev/null
	sqlite3 "$CRM_DB" "DELETE FROM op WHERE op = 2; DELETE FROM range WHERE op = 2"
	ok crm-export --all
	[ "${lines[0]}" = '{"crm":1,"schema":'"$(sqlite3 "$CRM_DB" 'PRAGMA user_version')"',"at":"2024-03-01T09:00:00Z"}' ]
	output=${output#*$'\n'}
	prints <<'OUT'
{"table":"staff","staff":1,"login":"ann","active":1}
{"table":"tag","tag":1,"name":"a \"b\" \\\\ ü"}
{"table":"op","op":1,"at":"2024-03-01T09:00:00Z","login":"ann","command":"crm-init","rows":1}
{"table":"range","range":1,"op":1,"entity":"staff","first":1,"last":1}
{"rows":4}
OUT
	printf '%s\n' "${lines[@]}" | jq -e . >/dev/null
}

@test "a dump taken in is the same database, history and all" {
	"$BATS_TEST_DIRNAME/data/book.sh" . >/dev/null
	crm-add -q field name=mood type=number >/dev/null
	crm-set -q ada@example.org x_mood=0.1 city=Turin >/dev/null
	crm-set -q ada@example.org x_mood=0.2 tags=a,b >/dev/null
	crm-rm -q joan@example.org >/dev/null
	crm-undo -q 9 >/dev/null || :
	crm-forget -q karl@example.net >/dev/null
	copied
}

@test "every character comes through, and every number to its last bit" {
	crm-init
	python3 - <<'PY' >plane.tsv
print("name\tnote")
for plane in range(17):
    text = "".join(chr(plane * 0x10000 + c) for c in
        (0x20, 0x22, 0x27, 0x5c, 0x7e, 0xa0, 0x2c3, 0x20ac, 0xe000, 0xfffd)
        if not 0xd800 <= plane * 0x10000 + c < 0xe000)
    print("plane %d\t%s" % (plane, (text + "\t\n\r").replace("\\", "\\\\")
        .replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")))
PY
	crm-add -q - <plane.tsv >/dev/null
	sqlite3 "$CRM_DB" "
		INSERT INTO change (op, entity, key, field, before, after) VALUES
		(2, 'contact', 1, 'x', 0.1, 1e300),
		(2, 'contact', 1, 'x', 9223372036854775807, -9223372036854775808),
		(2, 'contact', 1, 'x', 5.0, 5),
		(2, 'contact', 1, 'x', '5', ''),
		(2, 'contact', 1, 'x', 2.2250738585072014e-308, -1.7976931348623157e308),
		(2, 'contact', 1, 'x', 1.0/3, 123456789012345678.0);
		INSERT INTO target (measure, period, value) VALUES ('a', 'b', 5),
		('a', 'b', 0.1), ('a', 'b', -1e-7)"
	copied
	holds "SELECT count(*) FROM contact WHERE note LIKE '%' || char(9, 10, 13)" <<<17
}

@test "what programs made at random is taken in as it was" {
	crm-init
	python3 - <<'PY' >many.tsv
import random
random.seed(3)
def word():
    n = random.randrange(1, 12)
    return "".join(chr(random.choice((random.randrange(0x20, 0x7f),
        random.randrange(0xa1, 0x2000), random.randrange(0x3040, 0xd7a0),
        random.randrange(0x1f300, 0x1f700)))) for _ in range(n))
hidden = set(range(0x200b, 0x2070)) | {0x61c}
def clean(s):
    return "".join(c for c in s if ord(c) not in hidden).replace("\\", "\\\\")
print("name\tnote\tcity\ttags\twallet")
for i in range(500):
    tags = random.choice(["", "a", "b", "a,b"])
    print("\t".join((clean("n" + word()), clean(word()), clean(word()).strip(),
        tags, str(random.randrange(0, 100)))))
PY
	crm-add -q - <many.tsv >/dev/null
	crm-list -q -w 'contact % 3 = 0' | crm-set -q - city=Rome >/dev/null
	crm-list -q -w 'contact % 7 = 0' | crm-rm -q - >/dev/null
	crm-undo -q 3 >/dev/null || :
	copied
}

@test "what was forgotten stays so in the copy, and in an older copy of that" {
	crm-init
	printf 'name\tfamily\nAda Byron\tByron\nBob\t\n' | crm-add -q - >/dev/null
	crm-export --all >before
	crm-forget -q 1 >/dev/null
	copied
	diff crm.db.erased copy.db.erased
	crm-init -d old.db
	cp crm.db.erased old.db.erased
	crm-import -d old.db --all before
	fails 0 crm-set -d old.db -q 2 city=Rome
	[[ $stderr == 'crm-set: an older copy: 1 '* ]]
	[ "$(sqlite3 old.db 'SELECT name FROM contact')" = $'forgotten\nBob' ]
}

@test "a copy goes on where the original was: numbers, search, undo" {
	crm-init
	crm-add -q name=Ada >/dev/null
	crm-add -q name=Bob >/dev/null
	crm-rm -q Bob >/dev/null
	copied
	export CRM_DB=copy.db
	ok crm-undo -H 4
	ok crm-list -o contact,name -H
	prints <<<$'1\tAda\n2\tBob'
	ok crm-add -q name=Cyd
	prints <<<3
	holds 'SELECT max(op) FROM op' <<<6
}

@test "one file an entity, and columns.tsv, which says what each column is" {
	"$BATS_TEST_DIRNAME/data/book.sh" . >/dev/null
	crm-add -q field name=mood about='how it goes' >/dev/null
	crm-set -q ada@example.org x_mood=$'good\tbad\\\nlines' >/dev/null
	ok crm-export --dir out
	prints </dev/null
	[ "$(find out -type f -printf '%f\n' | sort | tr '\n' ' ')" = 'acks.tsv aliases.tsv audiences.tsv campaigns.tsv columns.tsv consents.tsv contact_points.tsv contacts.tsv deals.tsv expenses.tsv field_values.tsv fields.tsv handoffs.tsv interactions.tsv invoices.tsv links.tsv memberships.tsv messages.tsv needs.tsv occasions.tsv ops.tsv participants.tsv products.tsv quote_lines.tsv quotes.tsv rates.tsv responses.tsv rewards.tsv sales.tsv segments.tsv staff.tsv stage_changes.tsv taggings.tsv tags.tsv targets.tsv tasks.tsv ' ]
	for f in out/*.tsv; do
		awk -F'\t' -v f="$f" 'NR == 1 { n = NF } NF != n { print f ": " $0; exit 1 }' "$f"
		[ "${f##*/}" = columns.tsv ] ||
			diff -u <(awk -F'\t' -v t="$(basename "$f" .tsv)" '$1 == t { print $2 }' out/columns.tsv) \
			    <(head -1 "$f" | tr '\t' '\n')
	done
	ok grep -P '^(table|contacts\t(contact|owner|x_mood|wallet))\t' out/columns.tsv
	prints <<'OUT'
table	column	type	unit	meaning
contacts	contact	key		its number
contacts	owner	name		who is responsible
contacts	wallet	amount	currency	what they spend a year on what we sell, with anyone
contacts	x_mood	text		how it goes
OUT
	ok mlr --tsv --ojson filter '$name == "Ada Lovelace"' 'then' cut -of contact,owner,org_name,x_mood out/contacts.tsv
	[ "$(tr -d ' \n' <<<"$output")" = '[{"contact":3,"owner":"ann","x_mood":"good\tbad\\\nlines"}]' ]
	[ "$(stat -c %a out out/contacts.tsv | tr '\n' ' ')" = '700 600 ' ]
}

@test "files of an earlier export are replaced, others are left alone" {
	crm-init
	mkdir out
	echo mine >out/mine.tsv
	echo old >out/contacts.tsv
	ln -s ../elsewhere out/.tasks.tsv.part
	crm-export --dir out
	[ "$(cat out/mine.tsv)" = mine ]
	[ "$(head -c 8 out/contacts.tsv)" = $'contact\t' ]
	[ ! -e elsewhere ]
	[ -z "$(find out -name '.?*')" ]
}

@test "a folder that can't be written is an error, and nothing half written stays" {
	crm-init
	: >file
	fails 73 crm-export --dir file
	says "crm-export: cannot make 'file/.contacts.tsv.part': Not a directory"
	mkdir -p out/contacts.tsv
	fails 73 crm-export --dir out
	says "crm-export: cannot make 'out/contacts.tsv': Is a directory"
	[ "$(ls -A out)" = contacts.tsv ]
	fails 73 crm-export --dir no/such
	says "crm-export: cannot make the folder 'no/such': No such file or directory"
}

@test "output that can't be written is an error" {
	crm-init
	fails 74 bash -c 'crm-export --all >/dev/full'
	says 'crm-export: cannot write standard output: No space left on device'
	fails 74 bash -c 'crm-export --all >&-'
}

@test "a dump is one state of the database, whoever writes meanwhile" {
	crm-init
	awk 'BEGIN { print "name"; for (i = 0; i < 3000; i++) print "N" i }' | crm-add -q - >/dev/null
	mkfifo pipe
	crm-export --all >pipe &
	exec 4<pipe
	head -c 1 <&4 >got
	crm-rm -q 1 >/dev/null
	cat <&4 >>got
	wait $!
	[ "$(grep -c '"table":"contact",' got)" = 3000 ]
	crm-init -d copy.db
	ok crm-import -d copy.db --all got
}

@test "one of --all and --dir, and no operand" {
	fails 2 crm-export
	says 'crm-export: expected --all or --dir=DIR'
	fails 2 crm-export --all --dir x
	says 'crm-export: expected --all or --dir=DIR'
	fails 2 crm-export --all x
	says "crm-export: no operand is expected: 'x'"
	fails 66 crm-export --all
	says "crm-export: cannot open the database '$CRM_DB': no such file; crm-init makes one"
	prints </dev/null
}
