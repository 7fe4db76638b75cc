#!/usr/bin/env bats

load helper.bash

@test "every program in tests/unit succeeds in silence" {
	for unit in "${BATS_TEST_DIRNAME}"/unit/*.c; do
		[ -f "$unit" ] || continue
		unit=${unit##*/}
		run "${wrap[@]}" "$B/tests/unit/${unit%.c}"
		[ "$status.$output" = 0. ] || { echo "$unit: $output"; false; }
	done
}
