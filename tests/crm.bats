#!/usr/bin/env bats

load helper.bash

@test "crm lists the commands, and runs them by their short names" {
	ok crm
	[ "${lines[0]}" = Set-up ]
	crm init
	ok crm add -q name=Ada
	prints <<<1
	ok crm list -o name -H
	prints <<<Ada
}

@test "every command is in the list, with its own words" {
	for c in "$B"/bin/crm-*; do
		"$c" --help | sed -n 2p >brief
		crm | grep -qF -- " $(cat brief)" || { echo "$c"; false; }
	done
}

@test "an unknown command is a wrong command line" {
	fails 2 crm lst
	says "crm: no command 'lst'; did you mean 'list'?"
}

@test "--version and --help are answered by every command" {
	for c in "$B"/bin/*; do
		[[ $("$c" --version) == "${c##*/} "* ]] || { echo "$c"; false; }
		"$c" --help | head -n 1 | grep -q "^usage: ${c##*/}" || { echo "$c"; false; }
	done
}

@test "an option given twice, unknown or without its argument is wrong" {
	crm-init
	fails 2 crm-list -H -H
	says 'crm-list: --no-header is given twice'
	fails 2 crm-list --limt 3
	says "crm-list: unknown option '--limt'; did you mean '--limit'?"
	fails 2 crm-list -o
	says 'crm-list: -o needs COLUMNS'
	fails 2 crm-list --table=x
	says 'crm-list: --table takes no argument'
}
