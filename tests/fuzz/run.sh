#!/bin/bash
# Run the fuzzers named for some seconds each, JOBS at a time; show what was
# reached and what was found.  What they learn is kept in build/fuzz/corpus,
# findings in build/fuzz/found.

set -u -o pipefail
seconds=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root/build/fuzz" || exit 1
mkdir -p found corpus logs
shm=/dev/shm
[ -w $shm ] || shm=${TMPDIR-/tmp}
TMPDIR=$(mktemp -d -p "$shm") || exit 1
export TMPDIR seconds
trap 'rm -rf "$TMPDIR"' EXIT
mkdir "$TMPDIR/seeds"
"$root/tests/fuzz/seeds.sh" "$TMPDIR/seeds" || exit 1

# Memory that is free is soon taken again: 16 MiB of it are watched.
export ASAN_OPTIONS=quarantine_size_mb=16
one() {
	local more=()
	mkdir -p "corpus/$1" "$TMPDIR/seeds/$1"
	[ ! -f "$TMPDIR/seeds/$1.dict" ] || more=("-dict=$TMPDIR/seeds/$1.dict")
	"tests/fuzz/$1" -max_total_time="$seconds" -timeout=1 \
	    -print_final_stats=1 -artifact_prefix="found/$1-" "${more[@]}" \
	    "corpus/$1" "$TMPDIR/seeds/$1" >"logs/$1" 2>&1
	local status=$?
	awk -v name="$1" '
		match($0, / cov: [0-9]+/) { reached = substr($0, RSTART + 6) }
		/number_of_executed_units/ { runs = $2 }
		END {
			printf "%-8s %5d places reached in %d runs\n", name,
			    reached, runs
		}' "logs/$1"
	[ $status = 0 ] || { tail -n 40 "logs/$1"; echo "$1: FAILED"; }
	return $status
}
export -f one
printf '%s\n' "$@" | xargs -P "${JOBS:-1}" -I{} bash -c 'one {}'
