# shellcheck shell=bash
# What every test starts from: a folder of its own without a database, a
# fixed clock, no habits of the machine it runs on.

bats_require_minimum_version 1.5.0

setup() {
	read -ra wrap <<<"${WRAP-}"
	cd "$BATS_TEST_TMPDIR" || return
	umask 022
	unset CRM_CONFIG CRM_USER XDG_DATA_HOME XDG_CONFIG_HOME COLUMNS PAGER
	export PATH="$B/bin:$PATH" CRM_DB="$BATS_TEST_TMPDIR/crm.db"
	export LC_ALL=C TZ=UTC HOME="$BATS_TEST_TMPDIR" TERM=dumb
	export CRM_NOW=2024-03-01T09:00:00Z
}

# ok CMD ...: it exits 0 and says nothing on stderr.
ok() {
	run -0 --separate-stderr "${wrap[@]}" "$@"
	[ -z "$stderr" ] || { echo "stderr: $stderr"; return 1; }
}

# fails STATUS CMD ...: it exits with that status.
fails() {
	local want=$1
	shift
	run "-$want" --separate-stderr "${wrap[@]}" "$@"
}

# figures CMD ...: it exits 0, and the line it prints is shown.
figures() {
	run -0 "$@"
	echo "# $output" >&3
}

# bare [NAME=VALUE...] CMD ...: with no more of an environment than cron has.
bare() {
	env -i PATH="$PATH" ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"} "$@"
}

# prints < WANTED: stdout of the last command, exactly; nothing is
# prints </dev/null.
prints() {
	diff -u --label wanted --label printed - \
	    <(printf %s "${output:+$output$'\n'}")
}

# says TEXT: the first line of stderr, exactly.
says() {
	[ "${stderr_lines[0]-}" = "$1" ] ||
		{ echo "stderr: $stderr"; return 1; }
}

# holds SQL < WANTED: what the database answers.
holds() {
	diff -u --label wanted --label held - <(sqlite3 -tabs "$CRM_DB" "$1")
}

# count_elsewhere: what setpriv runs as somebody else can't write where
# coverage is counted.
count_elsewhere() {
	counted=$PWD/counted
	mkdir -m 777 "$counted"
	# shellcheck disable=SC2317
	setpriv() {
		GCOV_PREFIX=$counted/$RANDOM command setpriv "$@"
	}
}
