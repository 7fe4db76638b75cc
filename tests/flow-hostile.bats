#!/usr/bin/env bats
# Text that would be an instruction elsewhere -- to a terminal, a shell, SQL,
# a mail, a spreadsheet, a page -- comes out of every command as text.
#
# tests/data/hostile.tsv has one threat a row: its bytes as printf's %b
# writes them, and whether crm-add takes them as text or refuses them.

load helper.bash

setup_file() {
	export TABLE=$BATS_TEST_DIRNAME/data/hostile.tsv
	export OURS=$BATS_FILE_TMPDIR/ours.db THEIRS=$BATS_FILE_TMPDIR/theirs.db
	export CRM_NOW=2024-03-01T09:00:00Z LC_ALL=C TZ=UTC
	PATH=$B/bin:$PATH
	cd "$BATS_FILE_TMPDIR" || return
	texts taken >names
	printf '%02000d\n' 1 >>names
	CRM_DB=$OURS fill names
	cp "$OURS" "$THEIRS"
	poison "$THEIRS"
}

# texts FATE: the bytes of each such row, as a field of TSV.
texts() {
	local fate bytes
	tail -n +2 "$TABLE" | while IFS=$'\t' read -r _ fate bytes; do
		[ "$fate" = "$1" ] || continue
		printf %b "$bytes" | sed -z 's/\\/\\\\/g; s/\t/\\t/g; s/\r/\\r/g; s/\n/\\n/g'
		echo
	done
}

# A book in which every text that a command prints is one of those of FILE.
fill() {
	crm-init
	echo 'segments: {hand: {static: true}, all: {where: "1", about: "$(touch touched)"}}' >crm.yaml
	{ echo login; grep -v '\\[nrt]' "$1" | head -n 20; } | crm-add -q staff -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "name", "nick", "city", "note", "source", "industry" }
		{ print $0, $0, $0, $0, $0, $0 }' "$1" | crm-add -q -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "at", "channel", "subject", "body", "outcome" }
		{ print NR, "2024-02-01T10:00Z", "call", $0, $0, "reached" }' "$1" | crm-log -q -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "title", "due", "place" }
		{ print NR, $0, "2024-03-01", $0 }' "$1" | crm-add -q task -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "kind", "value" }
		/^[^-]*$/ { print NR, "social", $0 }' "$1" | crm-add -q contact_point -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "name", "about", "line", "price" }
		{ print $0, $0, $0, 5 }' "$1" | crm-add -q product -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "title", "next_step", "terms", "amount" }
		{ print NR, $0, $0, $0, 5 }' "$1" | crm-deal new -q -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "text", "price" }
		{ print $0, 5 }' "$1" | crm-quote new -q 1 - terms='`touch touched`'
	crm-quote new -q 1 --from 1 discount=5
	awk -F'\t' -v OFS='\t' 'BEGIN { print "name", "type", "brand", "objective", "arms" }
		{ print $0, "leads", $0, $0, "a:1" }' "$1" | crm-campaign new -q -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "offer" }
		{ print NR, $0 }' "$1" | crm-campaign add -q 1 -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "kind", "note" }
		{ print NR, "visited", $0 }' "$1" | crm-campaign respond -q 1 -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "how", "evidence" }
		{ print NR, $0, $0 }' "$1" | crm-consent give -q -c email -p marketing -
	awk -F'\t' -v OFS='\t' 'BEGIN { print "contact", "note", "kind" }
		{ print NR, $0, "gift" }' "$1" | crm-reward give -q -
	crm-list -q -l 5 | crm-segment add -q hand -
	crm-list -q -l 5 | crm-tag -q add '=$(touch touched)' -
	crm-link -q 1 referred_by 2 note='=$(touch touched)'
	crm-set -q 1 note='`touch touched`'
} >/dev/null

# Write what our own input refuses into every text of a database that its
# checks do not hold back, at the end of what is there.
poison() {
	local evil table column
	evil=$(texts refused | tr -d '\n' | od -An -v -tx1 | tr -d ' \n')
	sqlite3 "$1" "SELECT m.name, c.name FROM sqlite_schema m,
		pragma_table_info(m.name) c WHERE m.type = 'table' AND
		c.type = 'TEXT' AND m.name NOT LIKE 'sqlite_%' AND
		m.name NOT LIKE '%find%'" |
	while IFS='|' read -r table column; do
		sqlite3 "$1" "UPDATE OR IGNORE \"$table\" SET \"$column\" =
			CAST(CAST(\"$column\" AS BLOB) || x'$evil' AS TEXT)
			WHERE \"$column\" IS NOT NULL" 2>/dev/null || :
	done
}

# harmless FILE...: UTF-8 without C0 but TAB and LF, DEL, C1, directions, and
# no command was run.
harmless() {
	local f
	for f; do
		if ! iconv -f utf-8 -t utf-8 "$f" >iconv.out; then
			echo "$f: not UTF-8"
			return 1
		fi
		if tr '\0' '\1' <"$f" | grep -anP '[\x01-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c' |
		    cat -v | cut -c1-200 | grep .; then
			return 1
		fi
	done
	if [ -e touched ]; then
		echo 'a command was run'
		return 1
	fi
}

# Every command that prints, in each form it has.
printers() {
	local form e
	for form in -T -t -j; do
		for e in contact contact_point interaction task tag staff link \
		    product deal quote quote_line; do
			echo "crm-list $e $form"
			echo "crm-list $e $form -o help"
			echo "crm-show $e 1 $form"
		done
		echo "crm-list $form -o +nick,note,source,tags,phone,last_contact"
		echo "crm-due $form --owner all"
		echo "crm-history $form"
		echo "crm-history $form contact 1"
		echo "crm-undo -n $form 3"
		echo "crm-since $form --cursor=new"
		echo "crm-check $form"
		echo "crm-sql $form 'SELECT*FROM(contacts)'"
		echo "crm-report $form pipeline by=title,next_step"
		echo "crm-tag $form add x 3"
		echo "crm-tag $form rm x 3"
		echo "crm-assign $form -n '\$(touch touched)' 3"
		echo "crm-set $form -n 3 city=Rome"
		echo "crm-rm $form -n -r 3"
		echo "crm-log $form -n 3 -- x"
		echo "crm-done $form -n 3"
		echo "crm-link $form -n 3 spouse 4"
		echo "crm-find $form touch"
		echo "crm-score $form"
		echo "crm-promote $form -n --to lapsed 3"
		echo "crm-deal $form -n new 3 amount=5"
		echo "crm-quote $form -n sent 1"
		echo "crm-quote $form diff 1 2"
		echo "crm-sell $form -n 3 amount=5"
		echo "crm-campaign $form -n add 1 3 4"
		echo "crm-campaign $form result 1"
		echo "crm-campaign $form result --all"
		echo "crm-list audience $form"
		echo "crm-list response $form"
		echo "crm-next $form"
		echo "crm-segment $form names"
		echo "crm-consent $form show 1"
		echo "crm-list $form reward -o +note"
		echo "crm-reward $form balance 1"
		echo "crm-reward $form -n earn 3 points=5"
		echo "crm-consent $form -n give -c call -p marketing 3"
		echo "crm-gate $form -c meeting -p service --count 1 2 3"
		echo "crm-segment $form list hand -o name,note"
		echo "crm-segment $form -n add hand 3"
	done
	echo 'crm-list -o contact,note | crm-gate -c meeting -p service -'
	# a form feed is between two pages, and no more of a control
	for form in '' --letter --preview; do
		printf '%s | %s | %s\n' "awk '{ print \$0 FS (NR > 1 ? \"a@b.example\" : \"email\") }' FS='\t' keys" \
		    "crm-mail $form -m hostile.tmpl -" "tr -d '\f'"
	done
	echo 'crm-quote show 1'
	echo 'crm-quote show 1 --as=md'
	echo 'crm-quote show 1 --as=html'
	echo 'crm-export --all'
	echo 'crm-export --dir=out'
	echo 'crm-config show'
	echo 'crm-complete -- crm-show a'
	echo 'crm-complete -- crm-show ='
	echo 'crm-complete -- crm-tag add ='
	echo 'crm-complete -- crm-set 1 owner='
}

# run_printers {full | any}: run them all; what they print is harmless, and
# there is something of each, or nothing is expected but that none crashes.
run_printers() {
	local line status bad=0
	printf 'From: a@our.example\nX: {{name}}\n\n{{note|}}\n' >hostile.tmpl
	crm-list -o contact >keys
	while read -r line; do
		rm -rf new out
		status=0
		eval "${wrap[*]} $line" >printed 2>said || status=$?
		[[ $status == [01] || $1 == any && $status == 65 ]] ||
			{ echo "$line: $status $(cat said)"; bad=1; }
		[ ! -d out ] || cat out/* >printed
		[[ -s printed || $1 == any ]] || { echo "$line: nothing"; bad=1; }
		harmless printed said || { echo "of $line"; bad=1; }
	done < <(printers)
	return $bad
}

@test "every command that prints what is stored is tried here" {
	local c
	for c in "$B"/bin/crm-*; do
		c=${c##*/}
		# these say nothing of what is stored, but in messages
		[[ $c != @(crm-init|crm-body|crm-backup) ]] || continue
		grep -q "^[^#]*\<$c\>" "$BATS_TEST_DIRNAME/flow-hostile.bats" ||
			{ echo "not $c"; false; }
	done
}

@test "the bytes that must not be printed would be seen" {
	local fate bytes n=0
	while IFS=$'\t' read -r _ fate bytes; do
		printf %b "$bytes" >in
		if [ "$fate" = refused ]; then
			run -1 harmless in
			n=$((n + 1))
		fi
	done <"$TABLE"
	[ $n -ge 10 ]
	printf 'a\342\200\256b' >in
	run -1 harmless in
	echo a >in
	run -0 harmless in
	touch touched
	run -1 harmless in
}

@test "hostile text is harmless in whatever a command prints" {
	cp "$OURS" "$CRM_DB"
	cp "$BATS_FILE_TMPDIR/crm.yaml" .
	run_printers full
	holds 'SELECT count(*) > 30 FROM contact' <<<1
}

@test "a database made by someone else commands no terminal" {
	cp "$THEIRS" "$CRM_DB"
	run_printers any
	ok crm-list -l 1 -t -o name
	[[ $output == *'\x1b[2J\x1b]0;owned\x07'*'\u{9b}2J'*'\x00b'*'a\xff'* ]]
}

@test "what was taken comes out exactly, and can be written back" {
	cp "$OURS" "$CRM_DB"
	texts taken >wanted
	cat >decode.py <<'PY'
import json, sys
for line in sys.stdin:
    s = json.loads(line)["name"].replace("\\", "\\\\")
    for a, b in ("\t", "\\t"), ("\r", "\\r"), ("\n", "\\n"):
        s = s.replace(a, b)
    sys.stdout.buffer.write(s.encode() + b"\n")
PY
	crm-list -o name -j >listed
	python3 decode.py <listed | head -n "$(wc -l <wanted)" | cmp - wanted
	ok bash -c 'crm-list -o contact,name,nick,note,city | crm-set -j - industry= | jq -r .result | sort -u'
	prints <<<updated
	crm-list -o name -j | cmp - listed
}

@test "what is no text is refused by its place, or taken out" {
	crm-init
	local fate bytes n=0
	while IFS=$'\t' read -r _ fate bytes; do
		[ "$fate" = refused ] || continue
		printf 'name\n%b\n' "$bytes" >in
		fails 65 crm-add - <in
		[[ $stderr == 'crm-add: <stdin>:2: name: byte '*': '@('a control character'|'not UTF-8') ]]
		prints </dev/null
		fails 65 crm-fmt csv --raw <in
		fails 65 crm-tag add x - <in
		ok crm-add -q --clean - <in
		n=$((n + 1))
	done <"$TABLE"
	[ "$n" -ge 10 ]
	crm-list -o name >printed
	harmless printed
	[ "$(wc -l <printed)" = $((n + 1)) ]
}

@test "a text of a million characters is one like others" {
	crm-init
	{ echo name; printf '%01000000d\n' 7; } >in
	crm-add -q - <in
	crm-list -o name | cmp - in
	ok bash -c 'crm-list -o name | crm-fmt csv | wc -c'
	prints <<<1000006
	COLUMNS=60 ok crm-list -t -o contact,name -H
	prints <<<"1  $(printf '%056d' 0)…"
	fails 1 crm-show -- "$(head -c 100000 /dev/zero | tr '\0' x)"
	[ "${#stderr_lines[@]}" = 1 ]
}

@test "messages are one line whatever they are about" {
	cp "$OURS" "$CRM_DB"
	local text command word
	text=$({ texts refused; texts taken; } | sed 's/\\n/\n/g; s/\\r/\r/g' | tr -d '\0')
	for command in 'crm-show --' 'crm-list --' 'crm-list -w' 'crm-list -o' \
	    'crm-list -s' 'crm-list -l' 'crm-set -n 1 --' 'crm-log -n --at' \
	    'crm-due --' 'crm-sql --' 'crm-fmt --' 'crm-fmt diff /dev/null' \
	    'crm-import csv' 'crm-undo --' 'crm-history --' 'crm-body --' \
	    'crm-show -d' 'crm --' 'crm-config get' 'crm-tag' 'crm-link 1' \
	    'crm-asof' 'crm-forget -n' 'crm-list --' 'crm-list -' 'crm-report' \
	    'crm-report help' 'crm-report pipeline' 'crm-report pipeline -w' \
	    'crm-report pipeline -s'; do
		for word in "$text" "--$text" "x$text=$text"; do
			$command "$word" </dev/null >printed 2>said || :
			harmless printed said || { echo "of $command"; false; }
			[[ $(grep -c '' said) == [01] ]] || { cat said; false; }
		done
	done
	CRM_NOW=$text crm-list -l 1 >printed 2>said || :
	CRM_USER=$text crm-list -w 'owner = me()' >>printed 2>>said || :
	TZ=$text COLUMNS=$text crm-due -t >>printed 2>>said || :
	crm-sql "SELECT 1 AS \"$text\", '$text'" >>printed 2>>said || :
	harmless printed said
}

@test "every form of crm-fmt keeps text as text" {
	cp "$OURS" "$CRM_DB"
	crm-list -o contact,name,note,city,since >in
	local form
	for form in table 'table -j' csv 'csv --excel' jsonl md html 'chart contact' \
	    'chart --svg name contact' 'pivot contact since name'; do
		eval "${wrap[*]} crm-fmt $form" <in 2>said | tr -d '\r' >printed
		[[ -s printed && ! -s said ]] || { echo "$form: $(cat said)"; false; }
		harmless printed || { echo "of crm-fmt $form"; false; }
	done
}

@test "a spreadsheet finds no formula, wherever it sees cells" {
	cp "$OURS" "$CRM_DB"
	cat >cells.py <<'PY'
import csv, re, sys
text = sys.stdin.buffer.read().decode("utf-8-sig")
if sys.argv[1] == "commas":
    cells = [c for row in csv.reader(text.splitlines(keepends=True)) for c in row]
else:
    cells = [c.lstrip('" ') for c in re.split("[;\t\r\n]", text)]
print(len(cells) > 150)
for c in cells:
    if re.match("[=+@\t\r\uff1d\uff0b\uff0d\uff20-]", c) and not re.match(r"[-+][0-9 ]*$", c):
        print(ascii(c[:60]))
PY
	ok bash -c 'crm-list -o name,note,city,contact,nick | crm-fmt csv | python3 cells.py commas'
	prints <<<True
	ok bash -c 'crm-list -o name,note,city,contact,nick | crm-fmt csv --excel | python3 cells.py commas'
	prints <<<True
	ok bash -c 'crm-list -o name,note,city,contact,nick | crm-fmt csv --excel | python3 cells.py semicolons'
	prints <<<True
}

@test "a page holds no element that it was not given" {
	cp "$OURS" "$CRM_DB"
	crm-list -o name,note | crm-fmt html >page.html
	ok xmllint --html --noout page.html
	ok xmllint --html --xpath 'count(//*[not(self::html or self::head or self::meta or self::title or self::style or self::body or self::table or self::thead or self::tbody or self::tr or self::th or self::td or self::br)])' page.html
	prints <<<0
	ok xmllint --html --xpath 'count(//td/@*[name() != "class"])' page.html
	prints <<<0
	crm-list -o name,note | crm-fmt md >page.md
	sed 's/<br>//g; s/\\u{[0-9a-f]*}//g; s/\\.//g' page.md >plain
	[ "$(grep -c '[][<{}`*$_~]' plain)" = 0 ]
	[ "$(grep -vcE '^\|([^|\\]|\\.)*\|([^|\\]|\\.)*\|$' plain)" = 0 ]
	ok bash -c 'crm-list -o name,contact | crm-fmt chart --svg name contact | xmllint --noout -'
	[ ! -e touched ]
}

@test "calendars and reminders hold a property and a line for each of ours" {
	cp "$OURS" "$CRM_DB"
	crm-due --owner all -o due,day,what,contact_name,place >in
	crm-fmt ics <in >out.ics
	[ "$(tr -d '\n' <out.ics | tr '\r' '\n' | grep -c '')" = "$(grep -c '' out.ics)" ]
	tr -d '\r' <out.ics | sed -z 's/\n //g' >unfolded
	harmless unfolded
	[ "$(grep -vcE '^(BEGIN|END|VERSION|PRODID|UID|DTSTAMP|DTSTART;VALUE=DATE|SUMMARY|LOCATION):' unfolded)" = 0 ]
	[ "$(grep -c '^END:VEVENT$' unfolded)" = "$(($(wc -l <in) - 1))" ]
	crm-fmt remind <in >in.rem
	harmless in.rem
	[ "$(wc -l <in.rem)" = "$(($(wc -l <in) - 1))" ]
	remind -n in.rem 2024-03-01 >printed
	harmless printed
	[ "$(wc -l <printed)" = "$(wc -l <in.rem)" ]
	grep -qF '[shell("touch touched")] %b%\ - ' printed
}

@test "a terminal gets no instruction, with a pager or without" {
	for CRM_DB in "$OURS" "$THEIRS"; do
		for pager in cat 'tail -n +1'; do
			PAGER=$pager unbuffer crm-list -o name,note -l 10 >seen
			PAGER=$pager unbuffer crm-show 1 >>seen
			PAGER=$pager unbuffer crm-history -l 5 >>seen
			PAGER=$pager unbuffer crm-list -w $'name=\e[2J' >>seen || :
			tr -d '\r' <seen >printed
			[ "$(wc -l <printed)" -gt 20 ]
			harmless printed
		done
	done
}

@test "a completed word is the word, not a command" {
	cp "$OURS" "$CRM_DB"
	cat >complete.bash <<'SH'
compopt() { :; }
. "$1" && shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_crm
for word in "${COMPREPLY[@]}"; do
	eval "set -- $word"
	[ $# = 1 ] && printf '%s\n' "$1"
done
SH
	for start in '$' '`' '=' "'" '"' '-' '|' '{' '.' '<'; do
		bash complete.bash "${BATS_TEST_DIRNAME%/tests}/completions/crm.bash" \
		    crm-show "$start" >>printed 2>>said
	done
	[ ! -s said ] || { cat said; false; }
	harmless printed
	grep -qxF '$(touch touched)' printed
}
