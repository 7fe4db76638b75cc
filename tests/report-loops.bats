#!/usr/bin/env bats
# Reports of what was begun and left lying.

load helper.bash

# Ada and Bob are leads, Cy is a client, all of ann's; Firm employs Di.
setup_book() {
	cat >crm.yaml <<'YAML'
segments: { north: { where: city = 'Kiel' } }
YAML
	crm-init
	crm-add -q staff login=ann >/dev/null
	printf '%b' 'name\tkind\tstage\tsince\torg\tsource\tcity\towner\n' \
	    'Ada\tperson\tlead\t2024-02-28\t\tfair\tKiel\tann\n' \
	    'Bob\tperson\tlead\t2024-02-29\t\t\tBonn\tann\n' \
	    'Cy\tperson\tclient\t2023-01-01\t\t\tKiel\tann\n' \
	    'Firm\torg\tclient\t2023-01-01\t\t\tBonn\t\n' \
	    'Di\tperson\tclient\t2023-06-01\t4\t\tKiel\t\n' |
	    crm-add -q - >/dev/null
}

# talks < ROWS: contact, at, channel, subject.
talks() {
	crm-log -q - >/dev/null
}

@test "openloops: leads, meetings, quotes and promises, each with its owner" {
	setup_book
	printf '%b' 'contact\tat\tchannel\tsubject\n' \
	    '3\t2024-02-20\tmeeting\tprices\n' '3\t2024-02-27\tvisit\tplant\n' \
	    '4\t2024-02-28\tmeeting\ttoo early\n' '5\t2024-02-01\tmeeting\ttask\n' |
	    talks
	crm-add -q participant interaction=2 contact=2 >/dev/null
	crm-add -q task contact=5 'title=call back' due=2024-02-29 owner=ann >/dev/null
	crm-add -q task contact=3 'title=not yet' due=2024-03-01 done_at=2024-02-25 >/dev/null
	printf '%b' 'contact\tamount\tsince\n' '3\t100\t2024-02-01\n' \
	    '4\t100\t2024-02-01\n' | crm-deal new -q - >/dev/null
	crm-add -q product name=Engine price=100 >/dev/null
	crm-quote new -q 1 title='an engine' Engine=1 >/dev/null
	crm-quote new -q 2 Engine=2 >/dev/null
	crm-quote sent -q --at 2024-02-22 1 >/dev/null
	crm-quote sent -q --at 2024-02-23 2 >/dev/null
	ok crm-report openloops
	prints <<'OUT'
contact	name	kind	day	days	owner	about
5	Di	promise	2024-02-29	1	ann	call back
3	Cy	quote	2024-02-22	8	ann	an engine
3	Cy	meeting	2024-02-27	3	root	plant
1	Ada	lead	2024-02-28	2	ann	fair
OUT
	ok crm-report openloops -H lead=0 kind=lead -o name
	prints <<<Ada
	ok crm-report openloops -H meeting=1 quote=6 segment=north -o kind,name
	prints <<<$'promise	Di\nquote	Cy\nmeeting	Cy\nlead	Ada'
	ok crm-report openloops kind=meeting meeting=1 --keys
	prints <<<$'contact\tname\n3\tCy\n4\tFirm'
	crm-quote reject -q 1 --reason price >/dev/null
	crm-set -q 1 active=0 >/dev/null
	crm-done -q 1 >/dev/null
	printf '%b' 'contact\tat\tchannel\n' '3\t2024-02-28\temail\n' | talks
	ok crm-report openloops -H
	prints </dev/null
}

@test "quiet: days since the last talk, else since the first day" {
	setup_book
	printf '%b' 'contact\tat\tchannel\n' '3\t2023-12-02\tcall\n' \
	    '3\t2024-02-01\tnote\n' '4\t2023-03-01\temail\n' \
	    '5\t2023-12-03\tvisit\n' '2\t2023-01-01\temail\n' | talks
	ok crm-report quiet
	prints <<'OUT'
contact	name	owner	stage	last_day	last_channel	days_quiet
2	Bob	ann	lead	2023-01-01	email	425
3	Cy	ann	client	2023-12-02	call	90
OUT
	ok crm-report quiet -H days=89d stage=client
	prints <<<$'3	Cy	ann	client	2023-12-02	call	90\n4	Firm		client	2023-12-03	visit	89\n5	Di		client	2023-12-03	visit	89'
	ok crm-list -H -o days_quiet -w 'contact > 1'
	prints <<<$'425\n90\n89\n89'
	ok crm-report quiet -H days=2 -o contact,last_day,days_quiet -w 'contact = 1'
	prints <<<'1		2'
	ok crm-report quiet -H days=89 unit=account segment=north -o name
	prints <<<'Cy'
	ok crm-report quiet days=89 unit=account --keys
	prints <<<$'contact\tname\n2\tBob\n3\tCy\n4\tFirm'
	crm-set -q 3 role=partner >/dev/null
	ok crm-report quiet -H -o name
	prints <<<Bob
}

@test "missing: how many lack each field, of those who should have it" {
	setup_book
	crm-set -q 1 email=a@example.org country=DE birthday=--05-14 >/dev/null
	crm-set -q 3 email=c@example.org industry=steel >/dev/null
	sqlite3 "$CRM_DB" "UPDATE contact_point SET valid = 0 WHERE contact = 3"
	crm-set -q 2 active=0 >/dev/null
	ok crm-report missing
	prints <<'OUT'
field	missing	contacts	rate	low	high	few
email	3	4	75	30.064184	95.441274	few
phone	4	4	100	51.010916	100	few
owner	2	4	50	15.003899	84.996101	few
source	3	4	75	30.064184	95.441274	few
street	4	4	100	51.010916	100	few
postcode	4	4	100	51.010916	100	few
city	0	4	0	0	48.989084	few
country	3	4	75	30.064184	95.441274	few
language	4	4	100	51.010916	100	few
birthday	2	3	66.666667	20.76596	93.850806	few
org	2	3	66.666667	20.76596	93.850806	few
industry	1	1	100	20.654931	100	few
OUT
	ok crm-report missing field=email -H by=owner segment=north -o owner,missing,contacts
	prints <<<$'	1	1\nann	1	2'
	ok bash -c 'crm-report missing field=email -w "missing > 0" --keys | sort'
	prints <<<$'3\tCy\n4\tFirm\n5\tDi\ncontact\tname'
}

@test "an empty database gives a header and no rows" {
	crm-init
	for r in openloops quiet missing; do
		ok crm-report -H "$r"
		prints </dev/null
	done
	ok crm-report openloops
	prints <<<'contact	name	kind	day	days	owner	about'
}
