#!/usr/bin/env bats
# A disk that fails is told of, and harms nothing.

load helper.bash

@test "a call to the disk that fails is a message and 74, and nothing is half done" {
	figures "$B/tests/fault/io" $((SOAK ? 1 : 7))
}
