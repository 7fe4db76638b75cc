#!/usr/bin/env bats
# Reports of deals and of the lifecycle, each by an example worked by hand.

load helper.bash

no_rate='crm-report: amounts in CHF are left out: there is no rate of that day or before'

# Ada (of ann), Bob and Cy (of bob).
setup_book() {
	cat >crm.yaml <<'YAML'
currency: EUR
pipelines:
  sales:
    stages: [{ name: open, probability: 20, rots: 14d },
      { name: offer, probability: 70, rots: 10d }, { name: talks }]
    lost_reasons: [price, quality, no decision]
segments: { north: { where: city = 'Kiel' } }
YAML
	crm-init
	printf '%s\n' login ann bob | crm-add -q staff - >/dev/null
	printf '%b' 'name\towner\tcity\n' 'Ada\tann\tKiel\n' 'Bob\tbob\tBonn\n' \
	    'Cy\tbob\tKiel\n' | crm-add -q - since=2023-01-01 >/dev/null
}

# deals < ROWS: begun as they say.
deals() {
	crm-deal new -q - "$@" >/dev/null
}

# The six deals of the example, all at 70 %.
setup_six() {
	setup_book
	printf '%b' 'contact\tamount\texpected\n' \
	    '1\t3950\t2024-03-01\n' '1\t3060\t2024-02-29\n' \
	    '2\t1460\t2024-03-31\n' '2\t1340\t2024-04-01\n' \
	    '3\t1285\t2024-04-30\n' '3\t1190\t\n' |
	    deals stage=offer since=2024-02-01
}

@test "pipeline: six deals of 12,285 at 70 % are weighted 8,599.50" {
	setup_six
	ok crm-report pipeline
	prints <<'OUT'
pipeline	stage	deals	amount	chance	weighted	unpriced
sales	offer	6	12285.00	70	8599.50	0
OUT
	ok crm-report pipeline -H by=owner -o owner,deals,amount,weighted
	prints <<'OUT'
ann	2	7010.00	4907.00
bob	4	5275.00	3692.50
OUT
	ok crm-report pipeline -H segment=north -o deals,amount
	prints <<<'4	9485.00'
	ok crm-report pipeline by=owner -w "owner = 'bob'" --keys
	prints <<<$'contact\tname\n2\tBob\n3\tCy'
}

@test "pipeline: open is what began by today and is not over, priced at today's rate" {
	setup_book
	printf '%b' 'contact\tamount\tcurrency\tstage\tsince\n' \
	    '1\t100\tUSD\topen\t2024-03-01\n' '1\t40\tCHF\topen\t2024-02-01\n' \
	    '1\t\t\ttalks\t2024-02-01\n' '2\t70\tEUR\topen\t2024-02-01\n' | deals
	printf '%b' 'currency\tday\tvalue\n' 'USD\t2024-02-20\t0.5\n' \
	    'USD\t2024-03-01\t0.8\n' 'USD\t2024-03-02\t0.9\n' |
	    crm-add -q rate - >/dev/null
	CRM_NOW=2024-03-02T09:00:00Z crm-deal win -q --no-sale 4 >/dev/null
	run -0 --separate-stderr crm-report pipeline
	prints <<'OUT'
pipeline	stage	deals	amount	chance	weighted	unpriced
sales	open	3	150.00	20	30.00	1
sales	talks	1				1
OUT
	says "$no_rate"
	run -0 crm-report pipeline -H -o stage,deals,amount currency=USD
	[ "${lines[0]}" = 'open	3	187.50' ]
	export CRM_NOW=2024-02-29T09:00:00Z
	run -0 --separate-stderr crm-report pipeline -H -o stage,deals,amount
	prints <<<$'open	2	70.00\ntalks	1	'
	export CRM_NOW=2024-03-02T09:00:00Z
	run -0 --separate-stderr crm-report pipeline -H -o stage,deals,amount
	prints <<<$'open	2	90.00\ntalks	1	'
}

@test "forecast: best, weighted and worst by month; what is late stands apart" {
	setup_six
	printf '%b' 'contact\tamount\texpected\n' '2\t500\t2024-03-15\n' |
	    deals stage=open since=2024-02-01
	ok crm-report forecast commit=70
	prints <<'OUT'
late	period	deals	best	weighted	worst	unpriced
late	2024-02	1	3060.00	2142.00	3060.00	0
	2024-03	3	5910.00	3887.00	5410.00	0
	2024-04	2	2625.00	1837.50	2625.00	0
		1	1190.00	833.00	1190.00	0
OUT
	ok crm-report forecast -H -o period,deals,worst per=quarter
	prints <<<$'2024-Q1	1	0.00\n2024-Q1	3	0.00\n2024-Q2	2	0.00\n	1	0.00'
	ok crm-report forecast -H to=2024-03-31 by=owner -o owner,late,deals,best
	prints <<<$'ann	late	1	3060.00\nann		1	3950.00\nbob		2	1960.00'
	ok crm-report forecast -w 'late is null and period is null' --keys
	prints <<<$'contact\tname\n3\tCy'
}

# Eight deals that are over, and one that is open: Ada's won in January and
# in February, lost in March; and so on.
setup_closed() {
	setup_book
	printf '%b' 'contact\tamount\tcurrency\tsince\ttype\n' \
	    '1\t100\tEUR\t2023-12-01\tnew\n' '1\t300\tEUR\t2024-02-01\trenewal\n' \
	    '1\t50\tEUR\t2024-02-01\tnew\n' '2\t200\tEUR\t2023-12-30\tnew\n' \
	    '2\t80\tEUR\t2023-12-31\tnew\n' '3\t70\tCHF\t2024-02-01\tnew\n' \
	    '3\t900\tEUR\t2024-02-01\tnew\n' '3\t20\tEUR\t2024-02-01\tnew\n' |
	    deals
	printf '%b' 'deal\tat\n' '1\t2024-01-10\n' '2\t2024-02-21\n' \
	    '6\t2024-02-11\n' | crm-deal win -q --no-sale - >/dev/null
	printf '%b' 'deal\tat\treason\tcompetitor\n' \
	    '3\t2024-03-01\tprice\tAcme\n' '4\t2023-12-31\tprice\t\n' \
	    '5\t2024-02-29\tno decision\t\n' |
	    crm-deal lose -q - >/dev/null
	CRM_NOW=2024-03-02 crm-deal win -q --no-sale 7 >/dev/null
}

@test "win-rate: won of closed, by period; today counts, tomorrow does not" {
	setup_closed
	run -0 --separate-stderr crm-report win-rate
	prints <<'OUT'
period	won	lost	closed	revenue	unpriced	rate	low	high	few
all	3	3	6	400.00	1	50	18.761631	81.238369	few
OUT
	says "$no_rate"
	run -0 --separate-stderr crm-report win-rate -H per=month -o period,won,lost,closed,rate
	prints <<<$'2023-12	0	1	1	0\n2024-01	1	0	1	100\n2024-02	2	1	3	66.666667\n2024-03	0	1	1	0'
	ok crm-report win-rate -H per=quarter to=2023-12-31 -o period,won,lost
	prints <<<'2023-Q4	0	1'
	ok crm-report win-rate -H from=2024-02-21 by=owner -o owner,won,closed,revenue
	prints <<<$'ann	1	2	300.00\nbob	0	1	0.00'
	run -0 --separate-stderr crm-report win-rate -H to=2024-12-31 -o won,closed
	prints <<<'3	6'
	ok crm-report win-rate -H type=renewal -o period,won,closed
	prints <<<'all	1	1'
	ok crm-report win-rate -H to=2024-02-10 segment=north -o won,closed
	prints <<<'1	1'
	ok crm-report win-rate to=2023-12-31 --keys
	prints <<<$'contact\tname\n2\tBob'
}

@test "velocity: 40 deals x 25,000 x 25 % / 90 days are 2,777.78 a day" {
	setup_book
	{ echo contact; yes 1 | head -n 40; } | deals amount=25000 since=2023-10-01
	{ echo deal; seq 10; } | crm-deal win -q --no-sale --at 2023-12-30 - >/dev/null
	{ echo deal; seq 11 40; } | crm-deal lose -q --at 2024-02-01 --reason price - >/dev/null
	ok crm-report velocity
	prints <<'OUT'
deals	won	closed	average	days	velocity	unpriced	rate	low	high	few
40	10	40	25000	90	2777.777778	0	25	14.187119	40.193961	
OUT
	ok crm-report velocity -H to=2023-12-31 -o deals,won,closed,velocity
	prints <<<'10	10	10	2777.777778'
	ok crm-report velocity -H from=2023-12-30 to=2023-12-30 -o deals
	prints <<<10
	ok crm-report velocity -H from=2023-12-31 -o deals,won,velocity
	prints <<<'30	0	'
	ok crm-report velocity --keys
	prints <<<$'contact\tname\n1\tAda'
}

@test "velocity: 18 open deals x 42,000 x 24 % / 78 days are 2,326.15 a day" {
	setup_book
	{ echo contact; yes 2 | head -n 25; } | deals amount=42000 since=2023-12-01
	{ echo contact; yes 3 | head -n 18; } | deals since=2024-03-01
	{ echo deal; seq 6; } | crm-deal win -q --no-sale --at 2024-02-17 - >/dev/null
	{ echo deal; seq 7 25; } | crm-deal lose -q --at 2024-02-17 --reason price - >/dev/null
	ok crm-report velocity -H count=open -o deals,average,rate,days,velocity
	prints <<<'18	42000	24	78	2326.153846'
	ok crm-report velocity --keys
	prints <<<$'contact\tname\n2\tBob'
	ok crm-report velocity -H count=worked -o deals
	prints <<<43
	ok crm-report velocity -H count=open to=2024-02-29 -o deals,velocity
	prints <<<'0	0'
	ok crm-report velocity -H count=open by=contact_name -o contact_name,deals,closed,velocity
	prints <<<$'Bob	0	25	0\nCy	18	0	'
}

@test "lost: reason, competitor, stage, owner and size; no decision apart" {
	setup_book
	printf '%b' 'contact\tamount\tstage\towner\n' '1\t100\topen\tann\n' \
	    '1\t2500\toffer\tann\n' '1\t999\toffer\tbob\n' '2\t100\toffer\tbob\n' \
	    '3\t\ttalks\tbob\n' '3\t5\topen\tbob\n' |
	    deals since=2023-12-22
	printf '%b' 'deal\tat\treason\tcompetitor\n' '1\t2024-01-01\tprice\tAcme\n' \
	    '2\t2024-02-01\tprice\tAcme\n' '3\t2024-02-02\tquality\t\n' \
	    '4\t2024-02-20\tprice\tBest\n' '5\t2024-03-01\tno decision\t\n' |
	    crm-deal lose -q - >/dev/null
	CRM_NOW=2024-03-02 crm-deal lose -q 6 --reason price >/dev/null
	ok crm-report lost
	prints <<'OUT'
what	value	deals	no_decision	repeats	amount	unpriced	days
reason	price	3	0	1	2700.00	0	37
reason	quality	1	0	0	999.00	0	42
reason	no decision	1	1	0		1	70
competitor	Acme	2	0	1	2600.00	0	25.5
competitor		2	1	0	999.00	1	56
competitor	Best	1	0	0	100.00	0	60
stage	open	1	0	0	100.00	0	10
stage	offer	3	0	1	3599.00	0	47.666667
stage	talks	1	1	0		1	70
owner	bob	3	1	0	1099.00	1	57.333333
owner	ann	2	0	1	2600.00	0	25.5
size	100 to 999	3	0	0	1199.00	0	37.333333
size	1000 to 9999	1	0	1	2500.00	0	41
size		1	1	0		1	70
OUT
	ok crm-report lost -H what=reason from=2024-02-01 to=2024-02-20 -o value,deals,repeats
	prints <<<$'price	2	1\nquality	1	0'
	ok crm-report lost -H what=reason to=2024-12-31 -l 1 -o value,deals
	prints <<<'price	3'
	ok crm-report lost -H what=competitor by=contact_name -w 'value is not null' -o contact_name,value,deals
	prints <<<$'Ada	Acme	2\nBob	Best	1'
	ok crm-report lost -H what=reason segment=north -o value,deals
	prints <<<$'price	2\nquality	1\nno decision	1'
	ok crm-report lost -w "value = 'Best'" --keys
	prints <<<$'contact\tname\n2\tBob'
}

@test "lost: the next quarter is no repeat, and an organisation's people are one" {
	setup_book
	crm-add -q kind=org name=Firm >/dev/null
	crm-set -q 1 2 org=4 >/dev/null
	printf '%b' 'contact\tat\n' '1\t2023-01-01\n' '1\t2023-01-01\n' '2\t2023-01-01\n' |
	    deals
	printf '%b' 'deal\tat\n' '1\t2023-12-31\n' '2\t2024-01-01\n' '3\t2024-02-01\n' |
	    crm-deal lose -q --reason price - >/dev/null
	ok crm-report lost -H what=reason -o value,deals,repeats,days
	prints <<<'price	3	0	375'
	ok crm-report lost -H what=reason unit=account -o value,deals,repeats
	prints <<<'price	3	1'
	ok crm-report lost unit=account --keys
	prints <<<$'contact\tname\n4\tFirm'
}

@test "slipped: late and put off; a day brought forward or undone is not" {
	setup_book
	printf '%b' 'contact\tamount\texpected\n' '1\t10\t2024-02-28\n' \
	    '1\t20\t2024-03-01\n' '2\t30\t2024-04-01\n' '2\t40\t2024-04-01\n' \
	    '3\t50\t2024-02-01\n' | deals since=2024-01-01
	printf '%b' 'deal\texpected\n' '2\t2024-03-04\n' '3\t2024-04-11\n' '4\t2024-03-20\n' |
	    crm-set -q deal - >/dev/null
	crm-set -q deal 3 expected=2024-04-12 >/dev/null
	crm-set -q deal 4 expected=2024-06-01 >/dev/null
	crm-undo -q "$(sqlite3 "$CRM_DB" 'SELECT max(op) FROM op')" >/dev/null
	crm-deal win -q --no-sale 5 >/dev/null
	ok crm-report slipped
	prints <<'OUT'
deal	contact	name	title	owner	amount	expected	late	moves	moved
1	1	Ada		ann	10.00	2024-02-28	2	0	0
3	2	Bob		bob	30.00	2024-04-12	0	2	11
2	1	Ada		ann	20.00	2024-03-04	0	1	3
OUT
	ok crm-report slipped -H late=3 segment=north -o deal
	prints <<<2
	ok crm-report slipped late=5 --keys
	prints <<<$'contact\tname\n2\tBob'
	export CRM_NOW=2024-03-05T09:00:00Z
	ok crm-report slipped -H -o deal,late
	prints <<<$'1	6\n2	1\n3	0'
}

# steps < ROWS: contact, was, stage, at.
steps() {
	crm-add -q stage_change - >/dev/null
}

# The lifecycle of Ada: lead, prospect, back to lead, prospect, customer.
# Bob: lead, lost.  Cy: customer, from the first.  Di: lead, of late.
setup_steps() {
	setup_book
	printf '%b' 'name\tstage\tsince\n' 'Di\tlead\t2024-02-01\n' |
	    crm-add -q - owner=ann >/dev/null
	printf '%b' 'contact\twas\tstage\tat\n' \
	    '1\tlead\tprospect\t2023-02-11\n' '1\tprospect\tcustomer\t2023-03-02\n' \
	    '1\tlead\tprospect\t2023-01-11\n' '1\tprospect\tlead\t2023-02-01\n' \
	    '2\tlead\tlost\t2023-01-21\n' '2\tlost\tlead\t2023-05-01\n' \
	    '2\tlead\tlost\t2023-05-11\n' '4\tlead\tprospect\t2024-03-01T09:00Z\n' | steps
	sqlite3 "$CRM_DB" "UPDATE contact SET stage = CASE contact
	    WHEN 1 THEN 'customer' WHEN 2 THEN 'lost' WHEN 3 THEN 'customer'
	    ELSE 'prospect' END"
}

@test "funnel: forward moves, each contact once a stage, ripe ones in the rate" {
	setup_steps
	ok crm-report funnel
	prints <<'OUT'
stage	entered	ripe	went_on	left	days	rate	low	high	few
lead	3	2	1	1	10	50	9.453121	90.546879	few
prospect	2	1	1	0	50	100	20.654931	100	few
customer	2	2	0	0		0	0	65.761977	few
OUT
	ok crm-report funnel -H mature=0 -o stage,entered,ripe,went_on,days
	prints <<<$'lead	3	3	2	19.5\nprospect	2	2	1	50\ncustomer	2	2	0	'
	ok crm-report funnel -H mature=29 -o stage,ripe
	prints <<<$'lead	3\nprospect	1\ncustomer	2'
	ok crm-report funnel -H mature=30d from=2024-01-01 -o stage,entered,ripe
	prints <<<$'lead	1	0\nprospect	1	0'
	ok crm-report funnel -H by=owner to=2023-12-31 segment=north -o owner,stage,entered
	prints <<<$'ann	lead	1\nann	prospect	1\nann	customer	1\nbob	customer	1'
	ok crm-report funnel -w "stage = 'customer'" --keys
	prints <<<$'contact\tname\n1\tAda\n3\tCy'
	export CRM_NOW=2023-01-10T09:00:00Z
	ok crm-report funnel -H mature=0 -o stage,entered,went_on
	prints <<<$'lead	2	0\ncustomer	1	0'
}

@test "stage-time: stays that ended, who is there, and what is rotting" {
	setup_book
	printf '%b' 'contact\tsince\n' '1\t2024-01-01\n' '1\t2024-02-15\n' \
	    '2\t2024-02-16\n' '3\t2024-02-01\n' '3\t2024-02-01\n' | deals
	printf '%b' 'deal\tstage\tat\n' '1\toffer\t2024-01-11\n' '1\ttalks\t2024-01-13\n' \
	    '1\toffer\t2024-01-20\n' '4\toffer\t2024-02-21\n' |
	    crm-deal move -q - >/dev/null
	crm-deal win -q --no-sale --at 2024-01-24 1 >/dev/null
	crm-deal lose -q --reason price --at 2024-02-02 5 >/dev/null
	ok crm-report stage-time of=deal
	prints <<'OUT'
of	pipeline	stage	stays	mean	median	there	so_far	rotting
deal	sales	open	3	10.333333	10	2	14.5	1
deal	sales	offer	2	3	3	1	9	0
deal	sales	talks	1	7	7	0		0
OUT
	ok crm-report stage-time -H of=deal from=2024-01-12 to=2024-01-23 -o stage,stays,there
	prints <<<$'open	0	2\noffer	1	1\ntalks	1	0'
	ok crm-report stage-time -H by=owner segment=north of=deal -o owner,stage,stays,there,rotting
	prints <<<$'ann	open	1	1	1\nann	offer	2	0	0\nann	talks	1	0	0\nbob	open	2	0	0\nbob	offer	0	1	0'
	ok crm-report stage-time -w "stage = 'offer'" --keys
	prints <<<$'contact\tname\n1\tAda\n3\tCy'
	export CRM_NOW=2024-03-03T09:00:00Z
	ok crm-report stage-time of=deal -H -o stage,rotting
	prints <<<$'open	2\noffer	1\ntalks	0'
}

@test "stage-time: contacts are in their stages from the first contact on" {
	setup_steps
	ok crm-report stage-time of=contact
	prints <<'OUT'
of	pipeline	stage	stays	mean	median	there	so_far	rotting
contact		lead	5	15.8	10	0		
contact		prospect	2	20	20	1	0	
contact		customer	0			2	395	
contact		lost	1	100	100	1	295	
OUT
	ok crm-report stage-time by=type -H -w "of = 'contact'" -l 1 -o type,stage,stays
	prints <<<'	lead	5'
}

@test "an empty database gives a header and no rows" {
	crm-init
	for r in pipeline win-rate velocity funnel stage-time lost forecast slipped; do
		ok crm-report -H "$r"
		prints </dev/null
	done
	ok crm-report slipped
	prints <<<'deal	contact	name	title	owner	amount	expected	late	moves	moved'
}
