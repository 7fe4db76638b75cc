#!/usr/bin/env bats
# The EXAMPLES of the manual pages and the README's session are run.
#
# Each page starts from a copy of the book of tests/data/book.sh, in a folder
# that also holds its files, and its examples follow one another.  What
# begins with "$ " is a command, with "> " its next line; what follows is
# what it prints, stderr included.  Without such lines it only has to exit
# 0.  A display that does not begin with "$ " is not run.

load helper.bash

setup_file() {
	export BOOK=$BATS_FILE_TMPDIR/book
	mkdir "$BOOK"
	PATH=$B/bin:$PATH "$BATS_TEST_DIRNAME/data/book.sh" "$BOOK"
}

# The displays under EXAMPLES of a page, without the escapes of mdoc.
page_examples() {
	awk '
		/^\.Sh / { examples = $2 == "EXAMPLES" }
		examples && /^\.Bd -literal/ { print ""; shown = 1; next }
		/^\.Ed/ { shown = 0 }
		shown {
			gsub(/\\&/, "")
			gsub(/\\-/, "-")
			gsub(/\\\(aq/, "\047")
			gsub(/\\\(dq/, "\"")
			gsub(/\\\(ha/, "^")
			gsub(/\\\(ti/, "~")
			gsub(/\\e/, "\\")
			print
		}' "$1"
}

# The blocks of a README that are indented by four spaces.
readme_examples() {
	sed -nE 's/^ {4}//p; t; s/^[^ ].*//p' "$1"
}

# Make a script of the examples on stdin: commands alone, one file each,
# and beside it what each should print.
split() {
	awk -v to="$1" '
		function name() { return sprintf("%s/%03d", to, n) }
		/^\$ / { n++; run = 1; want = 0; print substr($0, 3) >(name() ".sh"); next }
		/^$/ { run = 0 }
		!run { next }
		/^> / && !want { print substr($0, 3) >(name() ".sh"); next }
		{ want = 1; print >(name() ".want") }'
}

# Run what split made, all in one shell, each command's output in a file.
follow() {
	local part
	for part in "$1"/*.sh; do
		# shellcheck disable=SC1090
		. "$part" >"${part%.sh}.got" 2>&1
		echo $? >"${part%.sh}.status"
	done
}

# check FOLDER TITLE: compare, and show every difference.
check() {
	local part bad=0
	for part in "$1"/*.sh; do
		part=${part%.sh}
		if [ "$(cat "$part.status" 2>/dev/null)" != 0 ]; then
			echo "$2: status $(cat "$part.status"): $(cat "$part.sh")"
			cat "$part.got"
			bad=1
		elif [ -f "$part.want" ] && ! diff -u --label "$2" \
		    --label "$(cat "$part.sh")" "$part.want" "$part.got"; then
			bad=1
		fi
	done
	return $bad
}

# examples TITLE: run what is on stdin in the present folder.
examples() {
	local parts=$BATS_TEST_TMPDIR/parts
	rm -rf "$parts"
	mkdir "$parts"
	split "$parts"
	[ -n "$(ls "$parts")" ] || return 0
	(set +e; set -o pipefail; follow "$parts") </dev/null || :
	check "$parts" "$1"
}

@test "the examples of the manual pages do what they show" {
	local page bad=0
	. "$BATS_TEST_DIRNAME/data/book.env"
	for page in "${BATS_TEST_DIRNAME%/tests}"/man/*.[1-9]; do
		[ -f "$page" ] || continue
		rm -rf here
		cp -R "$BOOK" here
		page_examples "$page" |
		    (cd here && CRM_DB=$PWD/crm.db examples "${page##*/}") ||
			bad=1
	done
	[ $bad = 0 ]
}

@test "the session in README.md does what it shows" {
	. "$BATS_TEST_DIRNAME/data/book.env"
	unset CRM_USER
	readme_examples "${BATS_TEST_DIRNAME%/tests}/README.md" |
	    examples README.md
}
