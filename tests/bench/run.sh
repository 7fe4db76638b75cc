#!/bin/bash
# make bench: each measure beside its reference in the same minute, in turns.
#
# Prints TSV: measure, ours, reference, ratio, goal, verdict; times are
# medians in milliseconds.  References use the same tables, foreign keys, WAL
# and synchronous=FULL.  N=100000 makes a smaller book, ONLY=PATTERN measures
# what matches, REPORT=PATTERN those of the reports.  Goals are for the
# system's SQLite, OWN=1 sets those for one that is compiled in.

set -eu -o pipefail
tests=$B/tests/bench
here=$(cd "$(dirname "$0")" && pwd)
dir=$B/bench
N=${N:-1000000}
ONLY=${ONLY:-.}
export PATH=$B/bin:$PATH LC_ALL=C TZ=UTC CRM_NOW=2026-11-23T09:00:00Z
unset CRM_CONFIG CRM_USER
rm -rf "$dir"
mkdir -p "$dir"
cd "$dir"
durable='PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;'

# shellcheck source=tests/bench/measure.sh
. "$here/measure.sh"
# shellcheck source=tests/bench/records.sh
. "$here/records.sh"
# shellcheck source=tests/bench/selling.sh
. "$here/selling.sh"
# shellcheck source=tests/bench/marketing.sh
. "$here/marketing.sh"
# shellcheck source=tests/bench/reports.sh
. "$here/reports.sh"

crm-init -d empty.db >init.log
shell empty.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
"$tests/contacts" "$N" >first.tsv
"$tests/contacts" "$N" $((N + 1)) >second.tsv

printf 'measure\tours\treference\tratio\tgoal\tverdict\n'

# The book the rest reads: what measure_add loads.
make_book() {
	again empty.db book.db
	crm-add -q -d book.db - <first.tsv >/dev/null
	shell book.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	one=$((N / 2))
}

if wanted add; then measure_add; fi
make_book
crm-init -d few.db >>init.log
crm-add -q -d few.db name=Ada >/dev/null
shell few.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
for m in start log stream list due sell segment gate mail campaign undo \
    upsert find writers history promote score next totals reports; do
	if wanted $m; then measure_$m; fi
done
rm -f ./*.db ./*.db-* ./*.tsv
