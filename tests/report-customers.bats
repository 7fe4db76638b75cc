#!/usr/bin/env bats

load helper.bash

# Five customers, a lead; amounts in EUR but Eve's, for which there is no rate.
setup_book() {
	crm-init
	export CRM_NOW=2023-09-30T09:00:00Z
	printf 'name\tday\torder_no\tamount\tcost\tcurrency\n%s\n' \
	    "$(cat <<'SALES'
Ada	2023-01-10	a1	100.00	60.00	EUR
Bob	2023-01-20	b1	40.00	10.00	EUR
Cy	2023-02-15	c1	30.00	35.00	EUR
Dee	2023-04-02	d1	200.00	120.00	EUR
Ada	2023-04-05	a2	50.00	30.00	EUR
Bob	2023-04-10	b2	60.00	20.00	EUR
Eve	2023-05-05	e1	10.00	5.00	USD
Dee	2023-07-01	d2	20.00	10.00	EUR
Ada	2023-07-20	a3	80.00	40.00	EUR
Ada	2023-10-01	a4	999.00	1.00	EUR
SALES
)" | crm-sell -q - >/dev/null
	crm-sell -q --refund 8 day=2023-07-10 >/dev/null
	crm-add -q name=Lea >/dev/null
	crm-set -q Ada Dee city=Berlin >/dev/null
}

# misses CMD ...: it exits 0 and says that Eve's sale has no price.
misses() {
	fails 0 "$@"
	says 'crm-report: amounts in USD are left out: there is no rate of that day or before'
}

@test "rfm scores recency, frequency and money; equal values have equal scores" {
	setup_book
	misses crm-report rfm bins=2
	prints <<'OUT'
contact	name	recency	frequency	monetary	r	f	m	rfm	segment
1	Ada	72	3	230.00	2	2	2	222	
2	Bob	173	2	100.00	1	1	1	111	
3	Cy	227	1	30.00	1	1	1	111	
4	Dee	91	2	200.00	2	1	2	212	
5	Eve	148	1	0.00	2	1	1	211	
OUT
	misses crm-report rfm -o name,segment -H by=city -w "city = 'Berlin'"
	prints <<'OUT'
Ada	Potential Loyalist
Dee	Loyal Customers
OUT
	misses crm-report rfm --keys -w 'r = 2' bins=2 to=2023-04-05
	prints <<<$'contact\tname\n1\tAda\n4\tDee'
}

@test "rfm by ntile divides customers into parts of equal size" {
	setup_book
	misses crm-report rfm -o name,r,f,m method=ntile
	prints <<'OUT'
name	r	f	m
Ada	5	5	5
Bob	2	3	3
Cy	1	1	2
Dee	4	4	4
Eve	3	2	1
OUT
}

@test "cohorts tell how many of those who began together came back when" {
	setup_book
	ok crm-report cohorts per=quarter
	prints <<'OUT'
cohort	since	customers	active	rate	low	high	few
2023-Q1	0	3	3	100	43.850297	100	few
2023-Q1	1	3	2	66.666667	20.76596	93.850806	few
2023-Q1	2	3	1	33.333333	6.149194	79.23404	few
2023-Q2	0	2	2	100	34.238023	100	few
2023-Q2	1	2	1	50	9.453121	90.546879	few
OUT
	ok crm-report cohorts -H -o city,cohort,since,customers,active by=city \
	    from=2023-04-01 to=2023-09-29
	prints <<'OUT'
	2023-05	0	1	1
	2023-05	1	1	0
	2023-05	2	1	0
	2023-05	3	1	0
	2023-05	4	1	0
Berlin	2023-04	0	1	1
Berlin	2023-04	1	1	0
Berlin	2023-04	2	1	0
Berlin	2023-04	3	1	1
Berlin	2023-04	4	1	0
Berlin	2023-04	5	1	0
OUT
	ok crm-report cohorts --keys per=quarter -w 'since = 1'
	prints <<<$'contact\tname\n1\tAda\n2\tBob\n4\tDee'
}

@test "retention compares customers and their revenue with the period before" {
	setup_book
	misses crm-report retention from=2023-04-01
	prints <<'OUT'
period	customers	kept	rate	low	high	few	before	after	held	net	gross	unpriced
2023-Q2	3	2	66.666667	20.76596	93.850806	few	170.00	110.00	90.00	64.705882	52.941176	0
2023-Q3	4	2	50	15.003899	84.996101	few	310.00	80.00	50.00	25.806452	16.129032	1
OUT
	echo 'segments: { berlin: { where: "city = '"'Berlin'"'" } }' >crm.yaml
	ok crm-report retention -H -o period,customers,kept,before,after \
	    from=2023-04-01 segment=berlin
	prints <<'OUT'
2023-Q2	1	1	100.00	50.00
2023-Q3	2	2	250.00	80.00
OUT
}

@test "churn counts those who were customers and stayed away too long" {
	setup_book
	misses crm-report churn from=2023-04-01 per=quarter lapse=90d
	prints <<'OUT'
period	customers	lapsed	rate	low	high	few	lost	unpriced
2023-Q2	3	1	33.333333	6.149194	79.23404	few	30.00	0
2023-Q3	4	4	100	51.010916	100	few	270.00	1
OUT
	# 1 July is the 90th day after 2 April, and the 89th for one more day.
	ok crm-report churn -H -o lapsed,lost from=2023-09-01 to=2023-09-28 lapse=90d
	prints <<<$'0\t0.00'
	ok crm-report churn -H -o lapsed,lost from=2023-09-01 to=2023-09-29 lapse=90d
	prints <<<$'1\t20.00'
	misses crm-report churn --keys from=2023-04-01 lapse=90d \
	    -w "period <= '2023-07'"
	prints <<<$'contact\tname\n3\tCy\n1\tAda\n2\tBob'
}

@test "repeat tells who should have bought again by now" {
	setup_book
	ok crm-report repeat
	prints <<'OUT'
contact	name	orders	first	last	interval	expected	overdue
2	Bob	2	2023-01-20	2023-04-10	80	2023-06-29	93
4	Dee	2	2023-04-02	2023-07-01	90	2023-09-29	1
1	Ada	3	2023-01-10	2023-07-20	95.5	2023-10-23	0
OUT
	ok crm-report repeat orders=1 to=2023-02-15 -H
	prints <<'OUT'
1	Ada	1	2023-01-10	2023-01-10			0
2	Bob	1	2023-01-20	2023-01-20			0
3	Cy	1	2023-02-15	2023-02-15			0
OUT
}

@test "intervals tell how many purchases came how long after the one before" {
	setup_book
	ok crm-report intervals
	prints <<'OUT'
days	until	purchases	share	cumulative
61	90	3	75	75
91	120	1	25	100
OUT
	ok crm-report intervals by=city -H
	prints <<'OUT'
	61	90	1	100	100
Berlin	61	90	2	66.666667	66.666667
Berlin	91	120	1	33.333333	100
OUT
	ok crm-report intervals --keys -w 'days = 91'
	prints <<<$'contact\tname\n1\tAda'
}

@test "purchases are counted as models of them take it" {
	setup_book
	misses crm-report purchases
	prints <<'OUT'
contact	name	first	last	repeats	recency	age	value
1	Ada	2023-01-10	2023-07-20	2	27.285714	37.571429	65
2	Bob	2023-01-20	2023-04-10	1	11.428571	36.142857	60
3	Cy	2023-02-15	2023-02-15	0	0	32.428571	0
4	Dee	2023-04-02	2023-07-01	1	12.857143	25.857143	0
5	Eve	2023-05-05	2023-05-05	0	0	21.142857	0
OUT
}

# What they cost besides: hours of two of us, expenses, a present.
setup_costs() {
	setup_book
	printf 'login\thour_cost\nann\t60\nbea\t40\n' | crm-add -q staff - >/dev/null
	crm-log -q Ada -c visit by=ann minutes=30 cost=2.50 --at 2023-03-01 -- x >/dev/null
	crm-add -q participant interaction=1 staff=bea >/dev/null
	crm-add -q expense - >/dev/null <<'ROWS'
day	kind	amount	contact
2023-01-05	acquisition	20	Ada
2023-01-05	acquisition	50	Lea
2023-02-01	service	7	Bob
2023-03-01	retention	5	Cy
2023-10-01	service	100	Bob
ROWS
	crm-add -q rate - >/dev/null <<<$'currency\tday\tvalue\nCHF\t2023-01-01\t1.5\nCHF\t2023-08-01\t2'
	crm-add -q reward contact=Cy kind=gift day=2023-03-02 cost=2 currency=CHF >/dev/null
}

@test "value takes everything that a customer cost from what he brought" {
	setup_costs
	misses crm-report value
	prints <<'OUT'
contact	name	revenue	cost	service	retention	acquisition	profit	unpriced
4	Dee	200.00	120.00	0.00	0.00	0.00	80.00	0
2	Bob	100.00	30.00	7.00	0.00	0.00	63.00	0
1	Ada	230.00	130.00	52.50	0.00	20.00	27.50	0
5	Eve	0.00	0.00	0.00	0.00	0.00	0.00	1
3	Cy	30.00	35.00	0.00	8.00	0.00	-13.00	0
OUT
	crm-add -q name=Org kind=org >/dev/null
	crm-set -q Ada Bob org=Org >/dev/null
	misses crm-report value unit=account -o name,profit -H
	prints <<<$'Org\t90.50\nDee\t80.00\nEve\t0.00\nCy\t-13.00'
	misses crm-report value -H -o name,revenue,service,profit from=2023-03-01 \
	    to=2023-04-01
	prints <<<$'Cy\t0.00\t0.00\t-8.00\nAda\t0.00\t52.50\t-52.50'
}

@test "the whale curve rises above all profit and falls back to it" {
	setup_costs
	misses crm-report whale
	prints <<'OUT'
part	customers	least	profit	losing	ranked	cumulative	share	unpriced
1	1	80.00	80.00	0	1	80.00	50.793651	0
2	1	63.00	63.00	0	2	143.00	90.793651	0
3	1	27.50	27.50	0	3	170.50	108.253968	0
4	1	0.00	0.00	0	4	170.50	108.253968	1
5	1	-13.00	-13.00	1	5	157.50	100	0
OUT
	misses crm-report whale parts=2 by=city -H
	prints <<'OUT'
	1	2	0.00	63.00	0	2	63.00	126	1
	2	1	-13.00	-13.00	1	3	50.00	100	0
Berlin	1	1	80.00	80.00	0	1	80.00	74.418605	0
Berlin	2	1	27.50	27.50	0	2	107.50	100	0
OUT
	misses crm-report whale --keys -w 'losing > 0'
	prints <<<$'contact\tname\n3\tCy'
}

@test "deciles part customers by revenue, profit or orders" {
	setup_costs
	misses crm-report deciles parts=2
	prints <<'OUT'
decile	customers	least	most	sum	share	cumulative	unpriced
1	3	100	230	530	94.642857	94.642857	0
2	2	0	30	30	5.357143	100	1
OUT
	misses crm-report deciles measure=profit parts=2 -H
	prints <<'OUT'
1	3	27.5	80	170.5	108.253968	108.253968	0
2	2	-13	0	-13	-8.253968	100	1
OUT
	ok crm-report deciles measure=orders parts=2 -H
	prints <<'OUT'
1	3	2	3	7	77.777778	77.777778	0
2	2	1	1	2	22.222222	100	0
OUT
	ok crm-report deciles measure=orders parts=2 --keys -w 'decile = 1'
	prints <<<$'contact\tname\n1\tAda\n2\tBob\n4\tDee'
}

@test "concentration tells how much the greatest customers bring" {
	setup_book
	misses crm-report concentration top=2
	prints <<'OUT'
measure	customers	of	revenue	total	value	unpriced
top 1 %	1	4	230.00	560.00	41.071429	1
top 5 %	1	4	230.00	560.00	41.071429	1
top 10 %	1	4	230.00	560.00	41.071429	1
top 20 %	1	4	230.00	560.00	41.071429	1
top 2 customers	2	4	430.00	560.00	76.785714	1
herfindahl	4	4	560.00	560.00	3309.94898	1
gini	4	4	560.00	560.00	0.3125	1
OUT
	misses crm-report concentration by=city -H -w "measure = 'gini'"
	prints <<'OUT'
	gini	2	2	130.00	130.00	0.269231	1
Berlin	gini	2	2	430.00	430.00	0.034884	0
OUT
	crm-sell -q Bob amount=7 currency=USD day=2023-05-01 >/dev/null
	misses crm-report concentration -H -o total,value,unpriced -w "measure = 'gini'"
	prints <<<$'560.00\t0.3125\t2'
	crm-set -q Eve city=Rome >/dev/null
	misses crm-report concentration by=city -H -o city,unpriced -w "measure = 'gini'"
	prints <<<$'\t1\nBerlin\t0'
	misses crm-report concentration --keys -w "measure = 'top 5 %'"
	prints <<<$'contact\tname\n1\tAda'
}

@test "lapsed lists who has bought nothing for so long" {
	setup_book
	crm-add -q staff login=ann >/dev/null
	crm-set -q Cy owner=ann >/dev/null
	misses crm-report lapsed since=148d
	prints <<'OUT'
contact	name	owner	orders	last	days	revenue	lost	unpriced	most
2	Bob		2	2023-04-10	173	100.00	100.00	0	
3	Cy	ann	1	2023-02-15	227	30.00	30.00	0	
5	Eve		1	2023-05-05	148	0.00	0.00	1	
OUT
	misses crm-report lapsed since=149d -o name,lost -H
	prints <<<$'Bob\t100.00\nCy\t30.00'
	misses crm-report lapsed since=30d to=2023-02-10 -o name,days -H
	prints <<<$'Ada\t31'
}

@test "lapsed tells what brought most of what is lost" {
	crm-init
	printf 'name\tline\nNut\tDesk\nLid\tDesk\nLamp\tLight\nBare\t\n' |
	    crm-add -q product - >/dev/null
	sed 's/ /\t/g' <<-'IN' | crm-sell -q - >/dev/null
	name day product amount
	Ada 2022-02-01 Lamp 500
	Ada 2022-02-02 Nut 30
	Ada 2022-07-01 Lid 30
	Ada 2023-01-01 Lamp 50
	Ada 2023-02-01 Bare 65
	Bob 2022-03-01 Nut 10
	Bob 2022-03-01 Lid 10
	Cy 2022-03-01 Bare 9
	Dee 2022-03-01 Lamp 8
	IN
	crm-sell -q --refund 9 day=2022-03-01 >/dev/null
	ok crm-report lapsed of=product -o name,revenue,lost,most -H
	prints <<<$'Ada\t675.00\t175.00\tBare\nBob\t20.00\t20.00\tLid\nCy\t9.00\t9.00\tBare\nDee\t0.00\t0.00\t'
	ok crm-report lapsed of=line -o name,most -H
	prints <<<$'Ada\tDesk\nBob\tDesk\nCy\t\nDee\t'
}

@test "winback counts those who had lapsed and bought again" {
	setup_book
	ok crm-report winback from=2023-04-01 per=quarter lapse=80d
	prints <<'OUT'
period	lapsed	back	rate	low	high	few	away	revenue	unpriced
2023-Q2	1	1	100	20.654931	100	few	85	50.00	0
2023-Q3	4	2	50	15.003899	84.996101	few	98	80.00	0
OUT
	ok crm-report winback from=2023-04-01 lapse=80d by=city -H \
	    -o city,period,lapsed,back -w 'back > 0'
	prints <<'OUT'
Berlin	2023-04	1	1
Berlin	2023-07	2	2
OUT
	ok crm-report winback from=2023-07-01 per=quarter lapse=80d --keys
	prints <<<$'contact\tname\n1\tAda\n4\tDee'
}

@test "without sales there are no rows" {
	crm-init
	for report in rfm cohorts retention churn repeat intervals \
	    purchases value whale deciles concentration lapsed winback; do
		ok crm-report "$report"
		[ "${#lines[@]}" = 1 ]
	done
}

@test "churn and winback: a segment's own amounts, no period that has not begun" {
	setup_book
	ok crm-report churn from=2024-01-01 to=2024-01-31 -H
	prints </dev/null
	ok crm-report winback from=2024-01-01 to=2024-01-31 -H
	prints </dev/null
	crm-add -q name=Acme kind=org >/dev/null
	crm-sell -q - >/dev/null <<'TSV'
name	day	amount	currency
Gil	2022-01-10	10.00	EUR
Hal	2022-01-10	1000.00	EUR
Gil	2023-02-05	5.00	EUR
Hal	2023-02-06	500.00	EUR
TSV
	crm-set -q Gil Hal org=Acme >/dev/null
	crm-set -q Gil city=Rome >/dev/null
	sed -i '/^segments:/d' crm.yaml
	echo 'segments: { rome: { where: "city = '"'Rome'"'" } }' >>crm.yaml
	ok crm-report churn from=2023-01-01 to=2023-01-31 segment=rome unit=account -o period,lapsed,lost -H
	prints <<<$'2023-01\t1\t10.00'
	ok crm-report winback from=2023-02-01 to=2023-02-28 segment=rome unit=account -o period,back,revenue -H
	prints <<<$'2023-02\t1\t5.00'
}
