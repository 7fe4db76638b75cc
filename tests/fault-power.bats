#!/usr/bin/env bats
# What a command has done is on the disk when it ends.

load helper.bash

@test "power that fails at any moment loses nothing that was done" {
	figures "$B/tests/fault/power" $((SOAK ? 2000 : 100))
}

@test "on a disk that does not sync the same test sees what is lost" {
	run -1 "$B/tests/fault/power" 40 deaf
	[[ ${lines[-1]} == 'power: 40 points, '* ]]
	[[ ${lines[-1]} != *' 0 lost, '* ]]
}
