#!/usr/bin/env bats
# Rules about SQL: where it stands, and that all of it fits the schema.

load lint.bash

setup() {
	at_root
}

# Print FILE:LINE TAB TEXT for each array sql_* in the C files given, as the
# preprocessor leaves it.
texts() {
	local f
	for f in "$@"; do
		"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -Ilib -E "$f" |
		    text_of "$f"
	done
}

text_of() {
	awk -v file="$1" '
		/^# [0-9]+ "/ { line = $2 - 1; here = $3 == "\"" file "\""; next }
		{ line++ }
		here && /(^|[^a-z_])sql_[a-z0-9_]+\[\] =/ {
			inside = 1; text = ""; at = file ":" line
			sub(/^[^=]*=/, "")
		}
		inside {
			rest = $0
			while (match(rest, /"([^"\\]|\\.)*"/)) {
				piece = substr(rest, RSTART + 1, RLENGTH - 2)
				gsub(/\\n|\\t/, " ", piece)
				gsub(/\\"/, "\"", piece)
				text = text piece
				rest = substr(rest, RSTART + RLENGTH)
			}
			if (rest ~ /;[[:blank:]]*$/) {
				print at "\t" text
				inside = 0
			}
		}'
}

# A text that is put together from names of the catalogue goes into a buf.
@test "a statement stands in lib/, in an array called sql_*" {
	absent -nE '"(SELECT|INSERT|UPDATE|DELETE|CREATE|WITH) [A-Za-z(*]' cmd/*.c
	awk '
		/(^|[^a-z_])sql_[a-z0-9_]+\[\] =/ { inside = 1 }
		/buf_(text|printf)\(|on_rows\(|\\$/ { next }
		!inside && /"(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|WITH) +[a-z(*:]/ {
			print FILENAME ":" FNR ": " $0
			bad = 1
		}
		/;[[:blank:]]*(\/\*.*)?$/ { inside = 0 }
		END { exit bad }' lib/*.c /dev/null
}

@test "every statement and every view prepares against the schema" {
	texts lib/*.c >"$BATS_TEST_TMPDIR/texts"
	"$B/tests/lint/prepare" <"$BATS_TEST_TMPDIR/texts"
}

@test "parameters have names" {
	texts lib/*.c >"$BATS_TEST_TMPDIR/texts"
	absent -nE '\?([0-9]|[^a-z]|$)' "$BATS_TEST_TMPDIR/texts"
}

@test "tables are strict, keyed by their own name and checked cheaply" {
	steps=(schema/*.sql)
	[ ${#steps[@]} != 0 ] || return 0
	absent -niE 'without rowid|autoincrement|generated always|on delete cascade' \
	    "${steps[@]}"
	absent -nE 'CHECK.* IN \(' "${steps[@]}"
	cat "${steps[@]}" | sqlite3 -bail "$BATS_TEST_TMPDIR/db"
	run -0 sqlite3 "$BATS_TEST_TMPDIR/db" "
		SELECT l.name || ': not strict' FROM pragma_table_list AS l
		WHERE l.type = 'table' AND l.schema = 'main'
		  AND l.name NOT LIKE 'sqlite_%' AND NOT l.strict
		UNION ALL
		SELECT l.name || ': key ' || c.name
		FROM pragma_table_list AS l, pragma_table_info(l.name) AS c
		WHERE l.type = 'table' AND l.schema = 'main'
		  AND l.name NOT LIKE 'sqlite_%' AND c.pk AND c.name <> l.name"
	[ -z "$output" ] || { echo "$output"; false; }
}
