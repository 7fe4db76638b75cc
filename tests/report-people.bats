#!/usr/bin/env bats

load helper.bash

# Friday 1 March 2024; eve leads, ann is in the north, bob in the south.
setup_team() {
	export CRM_USER=eve
	crm-init
	echo "segments: {fair: {where: \"source = 'fair'\"}}" >crm.yaml
	printf 'login\trole\tdepartment\nann\tsales\tnorth\nbob\tsales\tsouth\n' |
	    crm-add -q staff - >/dev/null
	printf 'name\towner\tsource\tsince\nAda\tann\tfair\t2023-01-01\nBea\tann\tweb\t2024-02-01\nCy\tbob\tfair\t2024-01-10\nDot\t\tweb\t2023-01-01\n' |
	    crm-add -q - >/dev/null
}

talk() {
	{ printf 'contact\tat\tchannel\tdirection\tby\tminutes\n'; cat; } |
	    crm-log -q - >/dev/null
}


@test "activity counts talks by week, person and channel" {
	setup_team
	talk <<-'IN'
	Ada	2024-02-26	call	out	ann	10
	Ada	2024-02-27	call	in	ann	5
	Bea	2024-02-28	call	out	ann	
	Cy	2024-02-25	email	out	bob	
	Cy	2024-02-25	note		bob	
	Ada	2023-12-11	visit	out	ann	60
	Ada	2023-12-10	visit	out	ann	60
	Ada	2024-03-01T08:00Z	email	in	ann	
	IN
	CRM_NOW=2024-03-01T10:00:00Z crm-log -q Ada -c call by=ann >/dev/null
	ok crm-report activity
	prints <<'OUT'
period	person	channel	interactions	inbound	outbound	contacts	minutes
2023-W50	ann	visit	1	0	1	1	60
2024-W08	bob	email	1	0	1	1	0
2024-W09	ann	call	3	1	2	2	15
2024-W09	ann	email	1	1	0	1	0
OUT
	ok crm-report activity by=department per=year from=2024 segment=fair
	prints <<'OUT'
department	period	person	channel	interactions	inbound	outbound	contacts	minutes
north	2024	ann	call	2	1	1	1	15
north	2024	ann	email	1	1	0	1	0
south	2024	bob	email	1	0	1	1	0
OUT
	ok crm-report activity -w "channel = 'call'" --keys
	prints <<<$'contact\tname\n1\tAda\n2\tBea'
}

@test "a scorecard holds targets against what was reached" {
	setup_team
	talk <<-'IN'
	Ada	2024-02-26	call	out	ann	10
	Ada	2024-02-27	call	in	ann	5
	Bea	2024-02-28	visit	out	ann	30
	Ada	2023-12-31	call	out	ann	
	IN
	printf 'measure\tperiod\tstaff\trole\tvalue\ncalls\t2024-Q1\tann\t\t4\ncalls\t2024-Q1\t\tsales\t2\nrevenue\t2024\t\t\t1000\nprofit\t2024-Q1\tann\t\t100\nwon\t2024-02\tann\t\t1\nwon\t2024-02..2024-03\tann\t\t1\nleads\t2024-Q1\t\tsales\t2\nsongs\t2024\tbob\t\t3\ncalls\t2023-Q4\tann\t\t1\nminutes\t2024-03-01\tann\t\t30\n' |
	    crm-add -q target - >/dev/null
	crm-add -q deal contact=Ada owner=ann status=won since=2024-01-10 closed=2024-02-15 >/dev/null
	printf 'contact\tday\tamount\tcost\nAda\t2024-02-01\t250\t100\nDot\t2024-03-01\t40\t\n' |
	    crm-sell -q - >/dev/null
	crm-sell -q --refund 2 >/dev/null
	crm-add -q sale contact=Cy day=2024-01-05 amount=10 >/dev/null
	ok crm-report scorecard
	prints <<'OUT'
person	measure	period	target	actual	left	reached
ann	calls	2024-Q1	4	2	2	50
ann	leads	2024-Q1	2	1	1	50
ann	minutes	2024-03-01	30	0	30	0
ann	profit	2024-Q1	100	150	0	150
ann	won	2024-02..2024-03	1	1	0	100
bob	calls	2024-Q1	2	0	2	0
bob	leads	2024-Q1	2	1	1	50
bob	songs	2024	3			
	revenue	2024	1000	260	740	26
OUT
	ok crm-report scorecard from=2023-10 to=2023-10 by=role
	prints <<'OUT'
role	person	measure	period	target	actual	left	reached
sales	ann	calls	2023-Q4	1	1	0	100
OUT
	ok crm-report scorecard -w "measure = 'leads'" --keys
	prints <<<$'contact\tname\n2\tBea\n3\tCy'
}

@test "every measure of a scorecard counts" {
	setup_team
	printf '%s\n' touches inbound outbound emails meetings deals won_amount \
	    lost quotes tasks handoffs customers orders |
	    awk 'BEGIN { print "measure\tperiod\tstaff\tvalue" }
	    { print $1 "\t2024-Q1\tann\t10" }' | crm-add -q target - >/dev/null
	talk <<-'IN'
	Ada	2024-02-01	email	in	ann	
	Ada	2024-02-02	visit	out	ann	
	Ada	2024-02-03	meeting	out	ann	
	IN
	printf 'contact\towner\tstatus\tsince\tclosed\tamount\n1\tann\twon\t2024-01-02\t2024-02-01\t70\n1\tann\tlost\t2023-12-02\t2024-02-01\t\n2\tann\topen\t2024-03-01\t\t\n' |
	    crm-add -q deal - >/dev/null
	crm-add -q product name=Thing price=5 >/dev/null
	crm-quote new 3 Thing owner=ann >/dev/null
	crm-quote sent 1 >/dev/null
	printf 'title\towner\tdue\tdone_at\na\tann\t2024-02-01\t2024-02-09\nb\tann\t2024-02-01\t\n' |
	    crm-add -q task - >/dev/null
	crm-assign --offer ann Cy >/dev/null
	CRM_USER=ann crm-assign --accept Cy >/dev/null
	printf 'contact\tday\torder_no\tamount\n1\t2023-01-05\t\t1\n1\t2024-01-05\tA\t1\n1\t2024-01-07\tA\t1\n2\t2024-02-05\t\t1\n2\t2024-02-05\t\t1\n' |
	    crm-sell -q - >/dev/null
	ok crm-report scorecard -o measure,actual -w "person = 'ann'"
	prints <<'OUT'
measure	actual
customers	1
deals	2
emails	1
handoffs	1
inbound	1
lost	1
meetings	2
orders	2
outbound	2
quotes	1
tasks	1
touches	3
won_amount	70
OUT
}

@test "workload tells what each of us has in hand" {
	setup_team
	printf 'contact\ttitle\towner\tdue\nAda\ta\tann\t2024-02-29\nBea\tb\tann\t2024-03-01\nAda\tc\tann\t2024-03-08\nAda\td\tann\t2024-03-09\n' |
	    crm-add -q task - >/dev/null
	crm-add -q task contact=Ada title=e owner=ann due=2024-02-01 done_at=2024-02-01 >/dev/null
	printf 'contact\towner\tamount\tcurrency\tstatus\tclosed\tsince\nAda\tann\t100\tEUR\topen\t\t2024-02-01\nCy\tbob\t\t\topen\t\t2024-02-01\nCy\tbob\t9\tEUR\tlost\t2024-02-02\t2024-02-01\n' |
	    crm-add -q deal - >/dev/null
	crm-assign --offer bob Dot >/dev/null
	crm-add -q name=Eli owner=ann active=0 >/dev/null
	crm-add -q name=Fay owner=ann role=partner >/dev/null
	ok crm-report workload
	prints <<'OUT'
person	tasks	overdue	soon	deals	amount	contacts	offers
ann	4	1	2	1	100.00	2	0
bob	0	0	0	1	0.00	1	1
eve	0	0	0	0	0.00	0	0
	0	0	0	0	0.00	1	0
OUT
	ok crm-report workload -o department,tasks,offers by=department soon=0
	prints <<'OUT'
department	tasks	offers
	0	0
	0	0
north	4	0
south	0	1
OUT
	ok crm-report workload --keys -w 'overdue > 0 or offers > 0'
	prints <<<$'contact\tname\n1\tAda\n2\tBea\n3\tCy\n4\tDot'
}

@test "follow-ups are on time on their day, and late from the next" {
	setup_team
	printf 'contact\ttitle\towner\tdue\tdone_at\nAda\ta\tann\t2024-02-01\t2024-02-01T23:59Z\nBea\tb\tann\t2024-02-10\t2024-02-13\nAda\tc\tann\t2024-02-29\t\nAda\td\tann\t2024-03-01\t\nCy\te\tbob\t2024-03-01\t2024-03-01T08:00Z\nAda\tf\tann\t2024-03-02\t2024-02-28\nAda\tg\tann\t2023-12-01\t2023-12-01\nAda\th\tann\t2023-12-02\t2023-12-07\n' |
	    crm-add -q task - >/dev/null
	ok crm-report followups
	prints <<'OUT'
person	tasks	on_time	late	overdue	days_late	rate	low	high	few
ann	4	1	2	1	4	25	4.558726	69.935816	few
bob	1	1	0	0		100	20.654931	100	few
OUT
	ok crm-report followups by=source segment=fair -o source,person,tasks
	prints <<<$'source\tperson\ttasks\nfair\tann\t3\nfair\tbob\t1'
	ok crm-report followups to=+1d -w "person = 'ann'" -o tasks -H
	prints <<<4
	ok crm-report followups --keys -w 'late > 1'
	prints <<<$'contact\tname\n1\tAda\n2\tBea'
}

@test "coverage tells whose key accounts nobody talked to" {
	setup_team
	talk <<-'IN'
	Ada	2024-02-27	call	in	ann	
	Cy	2023-12-02	call	out	bob	
	Dot	2024-02-27	note		bob	
	IN
	printf 'contact\tday\tamount\nAda\t2024-02-01\t500\nDot\t2023-03-01\t300\nDot\t2023-02-28\t300\nCy\t2024-03-01\t100\nBea\t2024-02-01\t50\n' |
	    crm-sell -q - >/dev/null
	ok crm-report coverage top=3
	prints <<'OUT'
person	accounts	covered	without	days	revenue	revenue_without	rate	low	high	few
ann	1	1	0	3	500.00	0.00	100	20.654931	100	few
bob	1	0	1	90	100.00	100.00	0	0	79.345069	few
	1	0	1	425	300.00	300.00	0	0	79.345069	few
OUT
	ok crm-report coverage top=3 --keys
	prints <<<$'contact\tname\n3\tCy\n4\tDot'
	ok crm-report coverage quiet=91d by=source segment=fair -o source,accounts,covered
	prints <<<$'source\taccounts\tcovered\nfair\t1\t1\nfair\t1\t1'
	crm-add -q name=Org kind=org owner=bob >/dev/null
	crm-set -q Ada Dot org=Org >/dev/null
	ok crm-report coverage unit=account -o person,accounts,covered,revenue
	prints <<<$'person\taccounts\tcovered\trevenue\nann\t1\t1\t50.00\nbob\t2\t1\t900.00'
}

@test "adoption tells who keeps the records, and what is left alone" {
	setup_team
	CRM_USER=ann crm-log -q Ada -c call >/dev/null
	CRM_USER=bob crm-tag add -q x Cy >/dev/null
	CRM_USER=bob crm-undo -q 5 >/dev/null
	ok crm-report adoption stale=50d -o person,operations,days,per_week,last,interactions,contacts,stale,rate
	prints <<'OUT'
person	operations	days	per_week	last	interactions	contacts	stale	rate
ann	1	1	0.076923	2024-03-01	1	2	0	0
bob	0	0	0		0	1	1	100
eve	2	1	0.153846	2024-03-01	0	0	0	
OUT
	ok crm-report adoption stale=51d by=department to=yesterday -o department,operations,stale
	prints <<<$'department\toperations\tstale\nnorth\t0\t0\nsouth\t0\t0'
	ok crm-report adoption stale=50d --keys
	prints <<<$'contact\tname\n3\tCy'
	# An organisation is spoken to where one of its people is.
	crm-add -q name=Org kind=org stage=lead owner=bob since=2023-12-01 >/dev/null
	ok crm-report adoption stale=50d -H -o person,contacts,stale
	prints <<<$'ann\t2\t0\nbob\t2\t2\neve\t0\t0'
	crm-set -q Ada org=Org >/dev/null
	ok crm-report adoption stale=50d -H -o person,contacts,stale
	prints <<<$'ann\t2\t0\nbob\t2\t1\neve\t0\t0'
}

@test "a handoff is offered, and then taken, sent back or waiting" {
	setup_team
	printf 'contact\tgiver\ttaker\tat\tstate\tdecided_at\nAda\teve\tann\t2024-02-01T10:00Z\taccepted\t2024-02-01T14:00Z\nBea\teve\tann\t2024-02-02T10:00Z\trejected\t2024-02-03T10:00Z\nCy\teve\tann\t2024-02-05\toffered\t\nDot\teve\tbob\t2024-02-05\twithdrawn\t2024-02-06\nDot\teve\tbob\t2024-03-01T08:00Z\toffered\t\nDot\teve\tbob\t2023-12-01\toffered\t\n' |
	    crm-add -q handoff - >/dev/null
	ok crm-report handoff
	prints <<'OUT'
giver	taker	offered	accepted	rejected	waiting	decided	hours	rate	low	high	few
eve	ann	3	1	1	1	2	14	50	9.453121	90.546879	few
eve	bob	2	0	0	1	0					few
OUT
	ok crm-report handoff by=source segment=fair -o source,offered,waiting
	prints <<<$'source\toffered\twaiting\nfair\t2\t1'
	ok crm-report handoff -w 'rejected > 0' --keys
	prints <<<$'contact\tname\n1\tAda\n2\tBea\n3\tCy'
}

@test "an empty database has headers and no more" {
	crm-init
	for r in activity scorecard workload followups coverage adoption handoff; do
		ok crm-report -H "$r"
		[ -z "$output" ]
	done
}
