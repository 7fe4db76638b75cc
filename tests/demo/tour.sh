#!/bin/bash
# make demo: a week in the life of a small print shop, in a folder of its own.

set -eu -o pipefail
sample=$(cd "$(dirname "$0")" && pwd)
rm -rf "$B/demo"
mkdir "$B/demo"
cd "$B/demo"
export PATH=$B/bin:$PATH CRM_DB=$PWD/crm.db
unset CRM_CONFIG CRM_NOW CRM_USER

# say TEXT: what comes next, in words.
say() { printf '\n# %s\n' "$@"; }

# try COMMAND: print it as it would be typed, then run it.
try() {
	printf '$ %s\n' "$1"
	eval "$1"
}

# sample FILE: its rows, with days such as {+4} put in place of the year-less
# birthday that falls on them.
sample() {
	local line
	while IFS= read -r line; do
		while [[ $line =~ \{([+-][0-9]+)\} ]]; do
			line=${line/"${BASH_REMATCH[0]}"/$(
				date -d "${BASH_REMATCH[1]} days" +-%m-%d |
				    sed s/^/-/)}
		done
		printf '%s\n' "$line"
	done <"$sample/$1"
}

echo '# Halden Press prints cards and books. Two people sell: ann and bob.'
try crm-init
sample staff.tsv | crm-add -q staff - >/dev/null
sample orgs.tsv | crm-add -q - kind=org >/dev/null
sample people.tsv | crm-add -q - >/dev/null
sample calls.tsv | crm-log -q - >/dev/null
sample tasks.tsv | crm-add -q task - >/dev/null
export CRM_USER=ann
cp "$sample"/fair.tsv "$sample"/today.tsv .

say 'The morning: birthdays, follow-ups and who should hear from us.'
try 'crm-due'

say 'Who has gone quiet?'
try "crm-list -w 'days_quiet > 60' -o name,owner,days_quiet -s -days_quiet"

say 'The phone rings: who is this?'
try "crm-show '+44 20 7946 0958'"

say 'A lead, with an owner and something to do about it.'
try "crm-add name='Noor Samira' email=noor@example.org stage=lead owner=ann |
    crm-log - -c call --next +3d --todo 'send samples' -- 'wants 500 cards'"

say 'The calls of the day, from a file.'
try 'cat today.tsv'
try 'crm-log - <today.tsv'

say 'Two writers in one pipe: the visitors of the fair, added and tagged.'
try 'crm-add - source=fair stage=lead <fair.tsv | crm-tag add fair -'

say 'A report is a query; the views are documented in crm-schema(5).'
try "crm-sql 'SELECT stage, owner, count(*) AS contacts FROM contacts
    GROUP BY stage, owner ORDER BY stage, owner' | crm-fmt table"

say 'Every write is an operation. The last one was a mistake: take it back.'
try 'crm-history -l 3'
try 'crm-undo "$(crm-history -q -l 1)"'
try "crm-list -w \"tagged('fair')\""

printf '\n# The database is %s\n' "$CRM_DB"
