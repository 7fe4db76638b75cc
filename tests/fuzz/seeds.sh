#!/bin/bash
# Make what the fuzzers start from, out of the tests: in the folder named, a
# folder of texts NAME and a dictionary NAME.dict for each of them.

set -eu -o pipefail
shopt -s nullglob
to=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
PATH=$B/bin:$PATH

# seed NAME PREFIX: what is on stdin, behind the byte that says how to read.
seed() {
	mkdir -p "$to/$1"
	{ printf %s "$2"; cat; } >"$to/$1/${BASH_LINENO[0]}.${3-}"
}

# each NAME PREFIX: every line of stdin, its escapes undone, is a text.
each() {
	mkdir -p "$to/$1"
	awk -v name="$to/$1/${BASH_LINENO[0]}." -v prefix="$2" '{
		gsub(/\\\\/, "\001")
		gsub(/\\n/, "\n")
		gsub(/\\t/, "\t")
		gsub(/\\r/, "\r")
		gsub(/\\"/, "\"")
		gsub(/\001/, "\\")
		printf "%s%s", prefix, $0 >name NR
		close(name NR)
	}'
}

# words NAME: every line of stdin goes into the dictionary.
words() {
	grep -axE '[[:print:]]{2,40}' | grep -v '[\]' | sort -u |
		sed 's/"/\\"/g; s/.*/"&"/' >>"$to/$1.dict"
}

# Here documents with that mark, a line each, escaped as printf has it.
documents() {
	awk -v mark="$1" '
		inside && $0 == mark { print text; inside = 0 }
		inside { gsub(/\\/, "\\\\"); text = text $0 "\\n" }
		index($0, "<<\047" mark "\047") { inside = 1; text = "" }
	' "${@:2}"
}

formats() {
	grep -hoP "printf '\K[^']+" "$@"
}

literals() {
	grep -hoP '(?<!include )"\K([^"\\]|\\.)+(?=")' "$@"
}

expressions() {
	grep -hoP -- "-w \"\K[^\"]+|-w '\K[^']+" tests/*.bats man/*
}

quoted() {
	grep -hoP "'\K[^'\n]{1,60}(?=')" tests/*.bats
}

for f in tests/demo/*.tsv; do
	seed tsv 0 "${f##*/}" <"$f"
done
documents TSV tests/*.bats tests/data/*.sh | each tsv 0
documents OUT tests/*.bats | each tsv 1
formats tests/*.bats | each tsv A
documents CSV tests/*.bats | each csv 0
formats tests/*.bats | each csv 0
literals tests/unit/csv.c | each csv 8
literals tests/unit/date.c | each date ''
literals tests/unit/date.c | words date
literals tests/unit/text.c | each text ''
literals tests/unit/text.c | each handle ''
quoted | grep -E '[@+]|[0-9]{4}' | each handle ''
quoted | grep -E '[0-9]{4}' | each date ''
quoted | grep -E '[0-9]' | each number ''
quoted | each text ''
expressions | each expr ''
expressions | each select ''
for f in schema/*.yaml schema/*/*.yaml; do
	seed yaml '' "${f##*/}" <"$f"
done
documents YAML tests/*.bats | each yaml ''

# A mapping, and rows that it may be for.
for f in schema/mappings/*.yaml; do
	{ cat "$f"; echo %%; sed -nE 's/.*column: *"?([^"},]*).*/\1/p' "$f" |
		paste -sd,; } | seed mapping '' "${f##*/}"
done
documents YAML tests/crm-import.bats | while read -r mapping; do
	formats tests/crm-import.bats | sed "s|^|$mapping%%\\\\n|"
done | each mapping ''

# A report, and how it is asked for: by all, by the customer, as a whole.
for f in schema/reports/*.sql; do
	for how in O 8 0; do
		seed report "$how" "${f##*/}$how" <"$f"
	done
done
documents SQL tests/*.bats | each report 0
documents SQL tests/*.bats | each report '?'
grep -ohE '\{[a-z]+ ?' schema/reports/*.sql | words report
grep -ohE '^--   [a-z_]+ +[a-z|]+ +' schema/reports/*.sql | tr -s ' ' | words report
printf '%s\n' '-- Parameters' '-- Columns' '-- Definitions' '-- Group: ' \
	'c.contact' ':contact}' 'd.deal ' 's.sale ' '{by x.y:contact}' | words report

mkdir "$to/book"
tests/data/book.sh "$to/book"
export CRM_DB=$to/book/crm.db
crm-export --all | head -n 60 | seed dump a
crm-export --all | head -n 1 | seed dump b
crm-export --all | grep -oE '"[a-z_]+"' | tr -d '"' | words dump
for e in contact task; do
	crm-list $e -o help -H | cut -f1
done | words expr
printf '%s\n' and or not between case when 'then' else end like 'is null' \
	tagged has_consent may_contact in_segment tier "day('som')" within \
	days_since fold 'me()' '||' '<=' '<>' "('vip')" "''" 'collate nocase' 'cast(' ' as text' \
	current_timestamp select '--' '/*' | words expr
cp "$to/expr.dict" "$to/select.dict"
grep -hoE '[A-Za-z_]{2,}' schema/mappings/* lib/mapping.c | words mapping
grep -hoE '[a-z_]{2,}' schema/crm.yaml | words yaml
printf '%s\n' ' - ' ': ' '- ' '? ' '&a ' '*a' '!!str ' '---' '...' '|-' \
	'>+' '{ ' '[ ' '%YAML 1.2' '<<: ' | words yaml
printf '%s\n' '""' '",' ',"' '";' '|' '""""' | words csv
printf '%s\n' 'ext. ' ';ext=' 'tel:' '(0)' '+49' '0049' 'x12' | words handle
rm -r "$to/book"
