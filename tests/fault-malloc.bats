#!/usr/bin/env bats
# Memory that can't be had.

load helper.bash

@test "memory that can't be had is a message and 71, and nothing is half done" {
	figures "$B/tests/fault/malloc" $((SOAK ? 1 : 23))
}
