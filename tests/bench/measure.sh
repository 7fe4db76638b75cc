# shellcheck shell=bash
# How make bench measures: processes by their time and memory, ours and the
# reference in turns.
# shellcheck disable=SC2154,SC2317 # run.sh sets the names, pair calls ours

# clock FILE COMMAND...: run it, append microseconds and KiB to FILE.
clock() { "$tests/clock" "$@"; }

# median COLUMN FILE
median() {
	cut -f "$1" "$2" | sort -n | awk '
		{ v[NR] = $1 }
		END { print v[int((NR + 1) / 2)] }'
}

# row MEASURE OURS REFERENCE GOAL: the ratio of the first two against GOAL.
row() {
	awk -v m="$1" -v a="$2" -v b="$3" -v goal="$4" 'BEGIN {
		r = a / b
		printf "%s\t%.2f\t%.2f\t%.3f\t<= %s\t%s\n", m, a, b, r, goal,
		    r <= goal ? "met" : "missed"
	}'
}

# limit MEASURE VALUE LIMIT: one figure against a limit.
limit() {
	awk -v m="$1" -v a="$2" -v max="$3" 'BEGIN {
		printf "%s\t%.2f\t\t\t<= %s\t%s\n", m, a, max,
		    a <= max ? "met" : "missed"
	}'
}

wanted() { [[ $1 =~ $ONLY ]]; }
# goal SYSTEM OWN: the goal for the SQLite at hand.
goal() { if [ -n "${OWN-}" ]; then echo "$2"; else echo "$1"; fi; }
before_ours() { :; }
before_theirs() { :; }

# pair RUNS GOAL MEASURE: ours and theirs in turns, RUNS times; before_ours
# and before_theirs prepare each run and are not timed.
pair() {
	local i
	rm -f ours.tsv theirs.tsv
	for ((i = 0; i < $1; i++)); do
		before_ours
		ours ours.tsv
		before_theirs
		theirs theirs.tsv
	done
	row "$3" "$(ms ours.tsv)" "$(ms theirs.tsv)" "$2"
	before_ours() { :; }
	before_theirs() { :; }
}

# The median time and the highest memory in a file of clock.
ms() { awk -v us="$(median 1 "$1")" 'BEGIN { print us / 1000 }'; }
mib() { cut -f 2 "$1" | sort -n | awk 'END { print $1 / 1024 }'; }

# again FROM NAME: a copy of a database that nobody has open.
again() {
	rm -f "$2" "$2"-wal "$2"-shm
	cp "$1" "$2"
}

shell() { sqlite3 -bail -batch "$@"; }
