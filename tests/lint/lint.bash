# shellcheck shell=bash
# What every lint starts from.

bats_require_minimum_version 1.5.0

at_root() {
	cd "${BATS_TEST_DIRNAME%/tests/lint}" || return
	shopt -s nullglob
}

# absent GREP-OPTIONS... [FILE...]: no line of them matches.
absent() {
	! grep -d skip "$@" /dev/null
}
