#!/usr/bin/env bats
# Whoever is killed has done all of the work or none of it.

load helper.bash

@test "kill -9 at any call to the disk, and in mid stream, loses nothing that was done" {
	figures "$B/tests/fault/kill" $((SOAK ? 2000 : 100))
}
