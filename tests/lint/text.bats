#!/usr/bin/env bats
# Rules about every file that is written by hand.

load lint.bash

setup() {
	at_root
	wide=(Makefile .ci/run cmd/*.c lib/* schema/*.* schema/*/* README.md
	    tests/run tests/*.bash tests/*/*.[ch] tests/demo/*.sh tests/bench/* completions/*)
	all=("${wide[@]}" man/* tests/*.bats tests/lint/*)
}

@test "no line is wider than 80 columns" {
	for f in "${wide[@]}"; do
		expand "$f" | LC_ALL=C awk -v f="$f" '
			{ gsub(/[\200-\277]/, "") }
			length > 80 { print f ":" NR ": " length; bad = 1 }
			END { exit bad }'
	done
}

@test "no line ends in blanks and none of the C is indented with spaces" {
	# A row of TSV may well end in an empty field: not the tests, nor the
	# pages' examples.
	absent -nE '[[:blank:]]$' "${wide[@]}"
	absent -nE '^ {8}' cmd/*.c lib/*.[ch] tests/*/*.[ch]
}

@test "every file ends with one newline" {
	for f in "${all[@]}"; do
		[ -d "$f" ] || [ "$(tail -c 2 "$f" | od -An -c | tr -d ' ')" != '\n\n' ] ||
			{ echo "$f: empty line at the end"; false; }
		[ -d "$f" ] || [ -z "$(tail -c 1 "$f")" ] || { echo "$f: no newline"; false; }
	done
}

@test "nothing is left to do" {
	absent -nwE 'TO''DO|FIX''ME|X''XX|HA''CK' "${all[@]}"
}

@test "the root holds the eight names and dot files" {
	[ "$(git ls-files | grep -v '^\.' | cut -d/ -f1 | sort -u |
	    grep -vxE 'Makefile|README.md|cmd|lib|schema|tests|completions|man')" = '' ]
}

@test "no test sleeps or skips" {
	absent -nE '^[[:blank:]]*(sleep|skip)([[:blank:]]|$)' tests/*.bats tests/*.bash
}

@test "no check stands before && or after !, where it would fail unseen" {
	absent -nE '^[[:blank:]]+!? ?(\[|\[\[|cmp|diff|holds|says|prints) .*(\]|[^[:blank:]]) && (!? ?\[|cmp|diff|holds|says|prints)' tests/*.bats tests/*.bash
	absent -nE '^[[:blank:]]*! [a-z][^|]*$' tests/*.bats
}

@test "test titles are different within a file" {
	for f in tests/*.bats tests/lint/*.bats; do
		[ -z "$(grep '^@test ' "$f" | sort | uniq -d)" ] || { echo "$f"; false; }
	done
}
