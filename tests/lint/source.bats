#!/usr/bin/env bats
# Rules about the C source that a compiler does not check.

load lint.bash

setup() {
	at_root
	ours=(cmd/*.c lib/*.[ch])
	all=("${ours[@]}" tests/*/*.[ch])
}

# lib/LAYERS names modules; a file db*.c or db*.h that is not named there is
# a part of db.
@test "a header is included only by the layers above it" {
	awk '
		FILENAME == "lib/LAYERS" {
			sub(/#.*/, "")
			if (NF) n++
			for (i = 1; i <= NF; i++) at[$i] = n
			next
		}
		function module(name,   part) {
			for (part = name; part != ""; part = substr(part, 1, length(part) - 1))
				if (at[part]) return part
			return name
		}
		FNR == 1 {
			from = FILENAME; sub(/.*\//, "", from); sub(/\.[ch]$/, "", from)
			from = FILENAME ~ /^cmd\// ? "" : module(from)
			if (from && !at[from]) {
				print FILENAME ": not in lib/LAYERS"
				bad = 1
			}
		}
		/^#include "/ {
			split($2, q, "\"")
			to = q[2]; sub(/\.h$/, "", to); to = module(to)
			up = from ? at[from] : n + 1
			if (!at[to] || (from != to && at[to] >= up)) {
				print FILENAME ":" FNR ": " from " must not include " to
				bad = 1
			}
		}
		END { exit bad }' lib/LAYERS "${ours[@]}"
}

@test "lib/LAYERS names no module that is not there" {
	sed 's/#.*//' lib/LAYERS | tr -s ' ' '\n' | while read -r module; do
		[ -z "$module" ] || [ -f "lib/$module.h" ] ||
			{ echo "no lib/$module.h"; false; }
	done
}

@test "only db*.c know SQLite and only one file knows YAML" {
	absent -l '<sqlite3\.h>' cmd/*.c lib/d[!b]*.[ch] lib/[!d]*.[ch]
	[ "$(cat "${ours[@]}" | grep -c '<yaml\.h>')" -le 1 ]
}

@test "functions that invite mistakes are not used" {
	absent -nE '\<(strcpy|strcat|sprintf|vsprintf|strncpy|strncat|gets|atoi|atol|atoll|atof|strtok|system|popen|localtime|gmtime|asctime|ctime|alloca)\(' "${all[@]}"
}

@test "nothing jumps out of a function, but what stands in for exit" {
	absent -nE '\<(_?setjmp|sigsetjmp|_?longjmp|siglongjmp)\(' "${ours[@]}" \
	    tests/[!f]*/*.[ch] tests/fuzz/[!f]*.c
}

@test "memory is taken in arena.c and buf.c only" {
	local taken='\<(malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf|getline|getdelim|open_memstream)\('
	absent -nE "$taken" cmd/*.c lib/[!ab]*.c lib/a[!r]*.c lib/b[!u]*.c
}

@test "nothing but headers is shared: no extern in a .c, no typedef" {
	absent -nE '^[[:blank:]]*extern\>' cmd/*.c lib/*.c
	absent -nE '^[[:blank:]]*typedef\>' "${all[@]}"
}

@test "no function is longer than 60 lines, no file than 400" {
	awk '
		FNR == 1 { start = 0 }
		FNR == 401 { print FILENAME ": over 400 lines"; bad = 1 }
		/^\{/ { start = FNR }
		/^\}/ && start {
			if (FNR - start + 1 > 60) {
				print FILENAME ":" start ": " FNR - start + 1 " lines"
				bad = 1
			}
			start = 0
		}
		END { exit bad }' "${all[@]}" /dev/null
}

@test "every header says what it is for and guards itself by its name" {
	for f in lib/*.h; do
		name=${f#lib/} name=${name%.h}
		head -n 2 "$f" | grep -q "^\(/\*\| \*\) $name -- " ||
			{ echo "$f: does not begin with '$name -- '"; false; }
		grep -q "^#ifndef CRM_${name^^}_H$" "$f" || { echo "$f: guard"; false; }
	done
}
