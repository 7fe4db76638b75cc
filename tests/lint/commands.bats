#!/usr/bin/env bats
# What a program says about itself, its page, its test and its completion
# are one list.

load lint.bash

setup() {
	at_root
	PATH=$B/bin:$PATH
	commands=(cmd/*.c)
	commands=("${commands[@]#cmd/}")
	commands=("${commands[@]%.c}")
}

# Lines of COMMAND TAB LETTER TAB NAME TAB ARGUMENT, of all commands.
options() {
	for c in "${commands[@]}"; do
		"$c" --options | awk -F'\t' -v OFS='\t' -v c="$c" '{ print c, $1, $2, $3 }'
	done
}

# A page as text, in long lines.
page() {
	mandoc -T ascii -O width=1000 "$1" | col -bx
}

@test "every command has a manual page and a test" {
	for c in "${commands[@]}"; do
		[ -f "man/$c.1" ] || { echo "no man/$c.1"; false; }
		[ -f "tests/$c.bats" ] || { echo "no tests/$c.bats"; false; }
	done
}

@test "every page of section 1 is about a command that exists" {
	for m in man/*.1; do
		c=${m#man/} c=${c%.1}
		[ -f "cmd/$c.c" ] || { echo "no cmd/$c.c"; false; }
	done
}

@test "a page's one line about the command is the command's own" {
	for c in "${commands[@]}"; do
		diff -u --label "$c --help" --label "man/$c.1" \
		    <("$c" --help | sed -n 2p) <(sed -n 's/^\.Nd //p' "man/$c.1")
	done
}

@test "every page names exactly the options its command has" {
	for c in "${commands[@]}"; do
		diff -u --label "$c --options" --label "man/$c.1" \
		    <("$c" --options | awk -F'\t' '{ print ($1 ? "-" $1 ", " : "") "--" $2 ($3 ? "=" $3 : "") }' | sort) \
		    <(page "man/$c.1" | sed -nE 's/^ {5}((-., )?--[a-z-]+(=[^ ]+)?)( .*)?$/\1/p' | sort)
	done
}

@test "every page's synopsis is the usage line" {
	for c in "${commands[@]}"; do
		diff -u --label "$c --help" --label "man/$c.1" \
		    <("$c" --help | sed -n '1s/^usage: //p') \
		    <(page "man/$c.1" | sed -n '/^SYNOPSIS/,/^DESCRIPTION/s/^ *crm/crm/p')
	done
}

@test "every page of section 1 has the sections one looks for" {
	for m in man/*.1; do
		for s in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
			grep -qx "\.Sh $s" "$m" || { echo "$m: no $s"; false; }
		done
	done
}

@test "pages refer to pages that exist" {
	for m in man/*; do
		sed -nE 's/^\.Xr (crm[a-z-]*) ([0-9]).*/\1.\2/p' "$m" | while read -r to; do
			[ -f "man/$to" ] || { echo "$m: no man/$to"; false; }
		done
	done
}

# --group makes a file of a group of people (crm-init), or groups of rows.
@test "a letter and a name mean the same in every command" {
	options | awk -F'\t' '
		$2 && name[$2] && name[$2] != $3 {
			print $1 ": -" $2 " is --" $3 ", elsewhere --" name[$2]
			bad = 1
		}
		seen[$3] && letter[$3] != $2 {
			print $1 ": --" $3 " is -" $2 ", elsewhere -" letter[$3]
			bad = 1
		}
		seen[$3] && $3 != "group" && (arg[$3] == "") != ($4 == "") {
			print $1 ": --" $3 " takes an argument here or elsewhere"
			bad = 1
		}
		{ seen[$3] = 1; letter[$3] = $2; arg[$3] = $4 }
		$2 { name[$2] = $3 }
		END { exit bad }'
}

@test "reserved options take what they take everywhere" {
	options | awk -F'\t' '
		BEGIN {
			split("d=FILE n= q= o=COLUMNS w=EXPR s=SORT l=N H= t= T= j= h= V= " \
			    "c=CHANNEL p=PURPOSE owner=STAFF at=WHEN reason=TEXT", list, " ")
			for (i in list) {
				split(list[i], pair, "=")
				want[pair[1]] = pair[2]
				reserved[pair[1]] = 1
			}
		}
		function check(option) {
			if (option != "" && reserved[option] && want[option] != $4) {
				print $1 ": " option " takes " $4 ", not " want[option]
				bad = 1
			}
		}
		{ check($2); check($3) }
		END { exit bad }'
}

@test "an option's line of help is short, lower case and has no full stop" {
	for c in "${commands[@]}"; do
		"$c" --options | awk -F'\t' -v c="$c" '
			$4 == "" || length($4) > 60 || $4 ~ /^[A-Z][a-z]|\.$/ {
				print c ": --" $3 $2 ": " $4
				bad = 1
			}
			END { exit bad }'
	done
}

@test "bash, zsh and fish complete every command" {
	[ ${#commands[@]} != 0 ] || return 0
	export HOME=$BATS_TEST_TMPDIR XDG_CONFIG_HOME=$BATS_TEST_TMPDIR
	for c in "${commands[@]}"; do
		# shellcheck disable=SC2016
		bash --norc -c '. completions/crm.bash && complete -p "$1"' - "$c"
		# shellcheck disable=SC2016
		zsh -fc 'fpath=($PWD/completions $fpath); autoload -U compinit
			compinit -D -u
			(( $+_comps[$1] )) && exit
			for p in ${(k)_patcomps} ${(k)_postpatcomps}; do
				[[ $1 = ${~p} ]] && exit
			done
			exit 1' - "$c" || { echo "zsh: $c"; false; }
		fish -Nc "source completions/crm.fish; complete -C '$c --'" |
			grep -q -- --help || { echo "fish: $c"; false; }
	done
}

@test "crm-schema(5) and crm-config(5) name everything there is" {
	export CRM_DB=$BATS_TEST_TMPDIR/crm.db
	crm-init
	for e in $(crm-complete -- crm-list '' | cut -f1); do
		grep -qx "\.Ss $e" man/crm-schema.5 || { echo "no $e"; false; }
		diff -u --label "$e" --label man/crm-schema.5 \
		    <(crm-list "$e" -o help -H | cut -f1) \
		    <(awk -v e="$e" '$1 == ".Ss" { on = $2 == e } on && $1 == ".It" { print $3 }' man/crm-schema.5)
	done
	diff -u --label 'crm-config keys' --label man/crm-config.5 \
	    <(crm-config keys -H | cut -f1) <(sed -n 's/^\.It Cm //p' man/crm-config.5)
}
